/** No result of an analysis contains the value of a secret. */
import assert from 'node:assert/strict';
import { is } from '../../server/src/model/judgement.ts';
import { text } from '../../server/src/model/predicate.ts';
import { analysed, findingsOf, type Files } from './analysis.ts';
import { checked, probe } from './probe.ts';

const SECRET = 'hunter2,hunter3';

const HEAD = `Parameters:
  Key: {Type: String, NoEcho: true, Default: "${SECRET}"}
  Limited: {Type: String, NoEcho: 'TRUE', AllowedValues: ["${SECRET}", "hunter4"]}
  Plain: {Type: String, Default: x}
Mappings:
  ByKey: {"${SECRET}": {Name: hunter5}}
Conditions:
  IsKey: !Equals [!Ref Key, "${SECRET}"]
  IsPlain: !Equals [!Ref Plain, x]
`;

/** Everything that a rule which finds fault with every text makes of a value. */
function secretsIn(expression: string): readonly string[] {
  const rule = probe({
    'AWS::EC2::Volume': (volume) => {
      const value = volume.get('P');
      return [
        {
          violations: [
            {
              wrong: is(
                value,
                text(() => true),
              ),
              at: value,
            },
            {
              wrong: is(
                volume.get('Q'),
                text(() => true),
              ),
              at: volume.get('Q'),
            },
          ],
          message: (shown) => `It is ${shown}.`,
          related: [{ value, message: 'Here.' }],
        },
      ];
    },
  });
  const template = `${HEAD}Resources:\n  Disk: {Type: AWS::EC2::Volume, Properties: {P: ${expression}, Q: ${expression}}}\n`;
  return checked(template, [rule]).drafts.map(({ message, when, related, path, subjects }) =>
    JSON.stringify({ message, when, related, path, subjects }),
  );
}

describe('a secret of a template', () => {
  const expressions = [
    '!Ref Key',
    '!Ref Limited',
    '!Sub "a${Key}b"',
    '!Join ["-", [a, !Ref Key]]',
    '!Select [0, !Split [",", !Ref Key]]',
    '!Join ["", !Split [",", !Ref Key]]',
    '!If [IsPlain, !Ref Key, !Ref Limited]',
    '!If [IsKey, !Ref Key, y]',
    '!FindInMap [ByKey, !Ref Key, Name]',
    '!Sub ["${A}", {A: !Ref Key}]',
    '!Select [1, [a, !Ref Key]]',
  ];
  for (const expression of expressions) {
    it(`is hidden in the explanation of ${expression}`, () => {
      const all = secretsIn(expression);
      assert.ok(all.length > 0);
      for (const one of all) assert.doesNotMatch(one, /hunter[234]/);
    });
  }

  it('is shown if it is not a secret', () => assert.match(secretsIn('!Ref Plain').join(), /It is x/));
});

describe('a secret in an analysis', () => {
  const SOURCE = '9.9.9.9/0';
  const group = (source: unknown): string =>
    JSON.stringify({
      resource: {
        aws_security_group: {
          g: { ingress: [{ protocol: 'tcp', from_port: 22, to_port: 22, cidr_blocks: [source] }] },
        },
      },
      variable: { source: { default: SOURCE, sensitive: true } },
    });
  const documents: Readonly<Record<string, Files>> = {
    'a NoEcho parameter': {
      't.yaml': `Parameters:\n  Source: {Type: String, NoEcho: true, Default: ${SOURCE}}\nResources:\n  G:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: !Ref Source}]\n`,
    },
    'a sensitive variable': { 'main.tf.json': group('${var.source}') },
    'a sensitive value of a plan': {
      'plan.json': JSON.stringify({
        format_version: '1.2',
        resource_changes: [
          {
            address: 'aws_security_group.g',
            mode: 'managed',
            type: 'aws_security_group',
            name: 'g',
            change: {
              actions: ['create'],
              after: { ingress: [{ protocol: 'tcp', from_port: 22, to_port: 22, cidr_blocks: [SOURCE] }] },
              after_unknown: {},
              after_sensitive: { ingress: [{ cidr_blocks: [true] }] },
            },
          },
        ],
      }),
    },
  };
  for (const [what, files] of Object.entries(documents)) {
    it(`is hidden: ${what}`, () => {
      const analysis = analysed(files);
      assert.ok(findingsOf(analysis).some(({ rule }) => rule === 'sg-ingress-open-ssh'));
      assert.doesNotMatch(JSON.stringify([analysis.documents, analysis.incomplete]), /9\.9\.9\.9/);
    });
  }
});

describe('a finding about secrets', () => {
  const marks = (template: string): readonly (readonly [rule: string, secret: boolean])[] =>
    findingsOf(analysed({ 'a.yaml': template })).map(({ rule, secret }) => [rule, secret === true]);

  it('marks the name of what lacks a setting, which is shown', () =>
    assert.deepEqual(marks('Resources:\n  Key: {Type: AWS::SecretsManager::Secret}\n'), [
      ['secretsmanager-rotation', false],
    ]));

  it('marks a value that is not shown', () =>
    assert.deepEqual(
      marks(
        'Resources:\n  F: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {TOKEN: k3yk3yk3yk3y}}}}\n',
      ),
      [['environment-variable-secret', true]],
    ));

  it('marks a key in a comment, which is not shown', () =>
    assert.deepEqual(marks('Resources:\n  T: {Type: AWS::SecretsManager::Secret} # AKIAQQQQQQQQQQQQHUSH\n').slice(-1), [
      ['template-hardcoded-access-key', true],
    ]));
});
