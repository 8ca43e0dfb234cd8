/** The findings of a template by its parameter files, and in a chosen scenario. */
import assert from 'node:assert/strict';
import { readConfiguration } from '../../server/src/config/read-configuration.ts';
import type { AnalysisOptions } from '../../server/src/engine/analysis.ts';
import { scenario } from '../../server/src/model/scenario.ts';
import { analysed, findingsOf, uri, type Files } from './analysis.ts';

/** In Cidr 0.0.0.0/0 is open to the world; the disk is encrypted in production alone. */
const NET = `Parameters:
  Stage: {Type: String, AllowedValues: [dev, prod], Default: dev}
  Cidr: {Type: String, Default: 0.0.0.0/0}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Disk:
    Type: AWS::EC2::Volume
    Properties: {AvailabilityZone: a, Size: 1, Encrypted: !If [IsProd, true, false]}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: x
      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: !Ref Cidr, Description: x}]
`;
const DISK = 'ebs-volume-encryption';
const SSH = 'sg-ingress-open-ssh';

/** What is certain of the two, a line each, with the scenario. */
function found(files: Files, options: Partial<AnalysisOptions> = {}, configured = ''): readonly string[] {
  const { configuration } = readConfiguration(uri('.stackwarden.yaml'), configured);
  const analysis = analysed(
    { 'net.yaml': NET, ...files },
    { certainty: 'certain', configuration, rules: new Set([DISK, SSH]), ...options },
    ['net.yaml'],
  );
  return findingsOf(analysis).map(({ rule, when }) => `${rule} ${scenario(when)}`.trim());
}

describe('findings for the deployments of a template', () => {
  const rows: readonly (readonly [what: string, files: Files, expected: readonly string[], configured?: string])[] = [
    ['without files, in all scenarios', {}, [`${DISK} when IsProd is false`, `${SSH} when Cidr is "0.0.0.0/0"`]],
    ['one deployment', { 'net.params.json': '{"Stage": "dev", "Cidr": "10.0.0.0/8"}' }, [DISK]],
    ['another deployment', { 'net.params.json': '{"Parameters": {"Stage": "prod", "Cidr": "0.0.0.0/0"}}' }, [SSH]],
    ['a deployment that leaves a parameter at its default', { 'net.params.json': '["Stage=prod"]' }, [SSH]],
    [
      'a deployment that keeps what the stack has',
      {
        'net.params.json':
          '[{"ParameterKey": "Stage", "ParameterValue": "prod"}, {"ParameterKey": "Cidr", "UsePreviousValue": true}]',
      },
      [`${SSH} when Cidr is "0.0.0.0/0"`],
    ],
    [
      'several deployments, whose values stay together',
      {
        'net.a.params.json': '{"Stage": "prod", "Cidr": "0.0.0.0/0"}',
        'net.b.params.json': '{"Stage": "dev", "Cidr": "10.0.0.0/8"}',
      },
      [`${DISK} when IsProd is false`, `${SSH} when it is deployed with net.a.params.json`],
    ],
    [
      'several deployments, of which one keeps what the stack has',
      {
        'net.a.params.json': '{"Stage": "prod", "Cidr": "${CIDR}"}',
        'net.b.params.json': '{"Stage": "prod", "Cidr": "10.0.0.0/8"}',
      },
      [`${SSH} when it is deployed with net.a.params.json and Cidr is "0.0.0.0/0"`],
    ],
    [
      'deployments in which nothing is wrong',
      {
        'net.a.params.json': '{"Stage": "prod", "Cidr": "10.0.0.0/8"}',
        'net.b.params.json': '{"Stage": "prod", "Cidr": "10.1.0.0/16"}',
      },
      [],
    ],
    [
      'what the configuration pins',
      {},
      [`${SSH} when Cidr is "0.0.0.0/0"`],
      'parameters: [{templates: net.yaml, values: {Stage: prod}}]',
    ],
    [
      'the files that the configuration names',
      { 'net.params.json': '{"Stage": "dev"}', 'p/prod.yaml': 'Stage: prod\nCidr: 10.0.0.0/8\n' },
      [],
      'parameters: [{templates: net.yaml, files: p/prod.yaml}]',
    ],
    [
      'no files, because the configuration says so',
      { 'net.params.json': '{"Stage": "prod", "Cidr": "10.0.0.0/8"}' },
      [`${DISK} when IsProd is false`, `${SSH} when Cidr is "0.0.0.0/0"`],
      'parameters: [{templates: "*", files: []}]',
    ],
  ];
  for (const [what, files, expected, configured] of rows)
    it(`are correct with ${what}`, () => assert.deepEqual(found(files, {}, configured), expected));

  it('lead to the place of the value in the parameter file', () => {
    const values = '{"Stage": "prod", "Cidr": "0.0.0.0/0"}';
    const [ssh] = findingsOf(
      analysed({ 'net.yaml': NET, 'net.params.json': values }, { rules: new Set([SSH]) }, ['net.yaml']),
    );
    assert.deepEqual(
      ssh?.related.map(({ at }) => [at.doc, values.slice(at.start, at.end)]),
      [[uri('net.params.json'), '"0.0.0.0/0"']],
    );
  });

  it('have no fix that changes a parameter file', () => {
    const findings = findingsOf(
      analysed({ 'net.yaml': NET, 'net.params.json': '{"Stage": "prod", "Cidr": "0.0.0.0/0"}' }, {}, ['net.yaml']),
    );
    assert.deepEqual(
      findings.flatMap(({ fixes }) => fixes.flatMap(({ edits }) => edits)).filter(({ doc }) => doc !== uri('net.yaml')),
      [],
    );
  });

  it('never show the value of a secret parameter', () => {
    const template = NET.replace('Cidr: {Type', 'Cidr: {NoEcho: true, Type').replace('0.0.0.0/0', '10.0.0.0/8');
    const analysis = analysed(
      { 'net.yaml': template, 'net.a.params.json': '{"Cidr": "0.0.0.0/0"}', 'net.b.params.json': '{"Cidr": "::/0"}' },
      {},
      ['net.yaml'],
    );
    assert.ok(findingsOf(analysis).some(({ rule }) => rule === SSH));
    assert.doesNotMatch(
      JSON.stringify(findingsOf(analysis).map(({ message, when, related }) => [message, when, related])),
      /0\.0\.0\.0|::\/0/,
    );
  });
});

describe('findings in a selected scenario', () => {
  const rows: readonly (readonly [
    what: string,
    terms: NonNullable<AnalysisOptions['scenario']>,
    expected: readonly string[],
  ])[] = [
    ['a condition that is true', [{ name: 'IsProd', value: 'true' }], [`${SSH} when Cidr is "0.0.0.0/0"`]],
    [
      'a condition that is false',
      [{ kind: 'condition', name: 'IsProd', value: 'false' }],
      [DISK, `${SSH} when Cidr is "0.0.0.0/0"`],
    ],
    ['a parameter', [{ name: 'Stage', value: 'prod' }], [`${SSH} when Cidr is "0.0.0.0/0"`]],
    [
      'two parameters',
      [
        { name: 'Stage', value: 'prod' },
        { kind: 'parameter', name: 'Cidr', value: '10.0.0.0/8' },
      ],
      [],
    ],
    [
      'names that it lacks',
      [{ name: 'Gone', value: 'true' }],
      [`${DISK} when IsProd is false`, `${SSH} when Cidr is "0.0.0.0/0"`],
    ],
  ];
  for (const [what, terms, expected] of rows)
    it(`are correct with ${what}`, () => assert.deepEqual(found({}, { scenario: terms }), expected));

  for (const [what, terms, files] of [
    [
      'itself',
      [
        { name: 'IsProd', value: 'true' },
        { name: 'Stage', value: 'dev' },
      ],
      {},
    ],
    ['what the template allows', [{ name: 'Stage', value: 'qa' }], {}],
    ['what a file says', [{ name: 'IsProd', value: 'true' }], { 'net.params.json': '{"Stage": "dev"}' }],
  ] as const)
    it(`are replaced by a problem if the scenario contradicts ${what}`, () => {
      const { documents, incomplete } = analysed({ 'net.yaml': NET, ...files }, { scenario: terms }, ['net.yaml']);
      assert.deepEqual(documents[0]?.findings, []);
      assert.deepEqual(incomplete, [
        { doc: uri('net.yaml'), reason: 'is not checked because its chosen scenario is impossible' },
      ]);
    });

  it('apply to the conditions of a nested template, whose parameters the parent template sets', () => {
    const parent = (stage: string): string =>
      `Conditions: {Is: !Equals [!Ref AWS::Region, a]}\nResources:\n  Net: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: net.yaml, Parameters: {Stage: ${stage}, Cidr: 10.0.0.0/8}}}\n`;
    const of = (stage: string, ...terms: NonNullable<AnalysisOptions['scenario']>): readonly [unknown, unknown] => {
      const {
        documents: [, net],
      } = analysed({ 'all.yaml': parent(stage), 'net.yaml': NET }, { scenario: terms, rules: new Set([DISK, SSH]) });
      return [net?.findings.length, net?.inputs?.scenario.map(({ name }) => name).join()];
    };
    assert.deepEqual(of('dev'), [1, '']);
    assert.deepEqual(of('!If [Is, dev, prod]', { name: 'IsProd', value: 'true' }), [0, 'IsProd']);
    assert.deepEqual(of('!If [Is, dev, prod]', { name: 'IsProd', value: 'false' }), [1, 'IsProd']);
    assert.deepEqual(of('dev', { name: 'Stage', value: 'prod' }), [1, '']);
  });

  it('have no such problem if the scenario is possible', () => {
    assert.deepEqual(
      analysed(
        { 'net.yaml': NET },
        {
          scenario: [
            { name: 'IsProd', value: 'true' },
            { name: 'Stage', value: 'prod' },
          ],
        },
      ).incomplete,
      [],
    );
  });

  it('take precedence over parameter files', () => {
    const files = {
      'net.a.params.json': '{"Stage": "dev", "Cidr": "0.0.0.0/0"}',
      'net.b.params.json': '{"Stage": "dev", "Cidr": "10.0.0.0/8"}',
    };
    assert.deepEqual(found(files, { scenario: [{ name: 'Stage', value: 'prod' }] }), [
      `${SSH} when it is deployed with net.a.params.json`,
    ]);
  });
});
