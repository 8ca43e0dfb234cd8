/** The effect of inputs on a template: deployments, a chosen scenario, limits, rules. */
import assert from 'node:assert/strict';
import { Template } from '../../server/src/formats/cloudformation/evaluate.ts';
import type { Deployment, TemplateInputs } from '../../server/src/formats/cloudformation/inputs.ts';
import { templateStack } from '../../server/src/formats/cloudformation/stack.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { analysed, linesOf } from '../engine/analysis.ts';
import { propertyOf, valueText, whenText } from './template-values.ts';
import { ALL_LINKS } from '../kit/all-links.ts';

const HEAD = `Parameters:
  Env: {Type: String, Default: dev, AllowedValues: [dev, test, prod]}
  Open: {Type: String, Default: 'true'}
  Names: {Type: CommaDelimitedList}
  Key: {Type: String, NoEcho: true}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  IsOpen: !Equals [!Ref Open, 'true']
Resources:
  R:
    Type: T::A::B
    Properties:
      P: `;

function deployment(name: string, parameters: Readonly<Record<string, string>>): Deployment {
  return { name, parameters: new Map(Object.entries(parameters).map(([key, text]) => [key, { text }])) };
}

describe('a template that is given values', () => {
  const dev = deployment('dev.json', { Env: 'dev', Open: 'true' });
  const prod = deployment('prod.json', { Env: 'prod', Open: 'false', Names: 'a, b', Key: 'hunter2' });
  const rows: readonly (readonly [what: string, inputs: TemplateInputs, expression: string, expected: string])[] = [
    ['by one deployment', { deployments: [prod] }, '!Ref Env', '"prod"'],
    ['by one deployment that leaves it out', { deployments: [deployment('x', {})] }, '!Ref Env', '"dev"'],
    [
      'by one deployment that leaves out what has no default',
      { deployments: [deployment('x', {})] },
      '!Ref Names',
      '?parameter',
    ],
    ['as a list', { deployments: [prod] }, '!Ref Names', '["a", "b"]'],
    ['that are secret', { deployments: [prod] }, '!Ref Key', 'secret("hunter2")'],
    ['by one deployment, for a condition', { deployments: [prod] }, '!If [IsProd, 1, 2]', '1'],
    [
      'by several deployments',
      { deployments: [dev, prod] },
      '!Ref Env',
      '"dev" if deployment is dev.json | "prod" if deployment is prod.json',
    ],
    [
      'by several deployments that stay apart',
      { deployments: [dev, prod] },
      '!If [IsProd, !If [IsOpen, 1, 2], !If [IsOpen, 3, 4]]',
      '2 if IsProd is true and IsOpen is false | 3 if IsProd is false and IsOpen is true',
    ],
    [
      'by several deployments, of which one leaves it out',
      { deployments: [dev, prod] },
      '!Ref Names',
      '?parameter if deployment is dev.json | ["a", "b"] if deployment is prod.json',
    ],
    ['that AllowedValues do not have', { deployments: [deployment('x', { Env: 'other' })] }, '!Ref Env', '"other"'],
    [
      'by a scenario',
      { deployments: [], scenario: { conditions: new Map(), parameters: new Map([['Env', 'test']]) } },
      '!Ref Env',
      '"test"',
    ],
    [
      'by a scenario over a deployment',
      { deployments: [dev, prod], scenario: { conditions: new Map(), parameters: new Map([['Env', 'test']]) } },
      '!Ref Env',
      '"test"',
    ],
    [
      'by a scenario, for a pseudo parameter',
      { deployments: [], scenario: { conditions: new Map(), parameters: new Map([['AWS::Region', 'eu-west-1']]) } },
      '!Sub "${AWS::Region}"',
      '"eu-west-1"',
    ],
  ];
  for (const [what, inputs, expression, expected] of rows)
    it(what, () => {
      assert.equal(
        valueText(
          propertyOf(new Template(parse('file:///t.yaml', `${HEAD}${expression}\n`), { inputs }), 'R', 'P'),
          [],
        ),
        expected,
      );
    });

  it('exists in the chosen scenario alone', () => {
    const exists = (conditions: Readonly<Record<string, boolean>>): string => {
      const inputs: TemplateInputs = {
        deployments: [],
        scenario: { conditions: new Map(Object.entries(conditions)), parameters: new Map() },
      };
      const { stack } = templateStack({
        tree: parse('file:///t.yaml', `${HEAD}1\n`),
        format: 'cloudformation',
        carriers: new Map(),
        linksOf: ALL_LINKS,
        generated: false,
        inputs,
      });
      return whenText(stack.resources[0]!.when.yes, []);
    };
    assert.equal(exists({}), '');
    assert.equal(exists({ IsProd: true }), ' if IsProd is true');
    assert.equal(exists({ IsProd: false }), ' if IsProd is false');
    assert.equal(exists({ Nowhere: true }), '');
  });
});

describe('a limit of a parameter', () => {
  const volume = (limits: string): readonly string[] =>
    linesOf(
      analysed(
        {
          't.yaml': `Parameters:\n  On: {Type: String, ${limits}}\nResources:\n  V: {Type: AWS::EC2::Volume, Properties: {AvailabilityZone: a, Size: 1, Encrypted: !Ref On}}\n`,
        },
        { rules: new Set(['ebs-volume-encryption']) },
      ),
    ).map((line) => line.split(' ')[1]!);
  const rows: readonly (readonly [what: string, limits: string, ...expected: string[]])[] = [
    ['none', 'AllowedValues: []', 'possible'],
    ['a pattern that has the value', 'AllowedPattern: "true|false"', 'possible'],
    ['a pattern that does not have it', 'AllowedPattern: "true"'],
    ['a pattern that has it as a part', 'AllowedPattern: "xfalse"'],
    ['a pattern with anchors', 'AllowedPattern: "^(true|yes)$"'],
    ['a pattern that is none', 'AllowedPattern: "("', 'possible'],
    ['a pattern that may take long', 'AllowedPattern: "([a-z]+)+b"', 'possible'],
    ['a pattern that may take long, without its characters', 'AllowedPattern: "(a+)+b"'],
    ['a pattern of alternatives that may take long', 'AllowedPattern: "([a-z]|a)*b"', 'possible'],
    [
      'a pattern of options that may take long',
      `AllowedPattern: "${'a?'.repeat(40)}${'a'.repeat(40)}[a-z]"`,
      'possible',
    ],
    ['a pattern of repeated alternatives that may take long', 'AllowedPattern: "([a-z]|a){60}b"', 'possible'],
    [
      'a pattern of an address',
      'AllowedPattern: "(([0-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])\\\\.){3}([0-9]|25[0-5])(/(1[6-9]|2[0-8]))"',
    ],
    ['a pattern with look-around', 'AllowedPattern: "(?!false).*"', 'possible'],
    ['a shortest length', 'MinLength: 6'],
    ['a longest length', 'MaxLength: 4'],
    ['a longest length that it has', 'MaxLength: 5', 'possible'],
    ['a length that is none', 'MaxLength: x', 'possible'],
  ];
  for (const [what, limits, ...expected] of rows)
    it(`${what}: ${limits}`, () => assert.deepEqual(volume(limits), expected));

  for (const [what, limits, ...expected] of [
    ['none', '', 'possible'],
    ['a pattern that each item has', ', AllowedPattern: "\\\\d{12}"'],
    ['a pattern that an item can have', ', AllowedPattern: "\\\\d{12}|[*]"', 'possible'],
  ] as const)
    it(`of a list, ${what}`, () => {
      const lines = linesOf(
        analysed(
          {
            't.yaml': `Parameters:\n  Owners: {Type: CommaDelimitedList${limits}}\nResources:\n  R: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Action: sts:AssumeRole, Principal: {AWS: !Ref Owners}}]}}}\n`,
          },
          { rules: new Set(['iam-role-trust-wildcard-principal']) },
        ),
      );
      assert.deepEqual(
        lines.map((line) => line.split(' ')[1]!),
        expected,
      );
    });

  for (const [value, limits, ...expected] of [
    ['!Split [",", !Ref Owners]', '', 'possible'],
    ['!Split [",", !Ref Owners]', ", AllowedPattern: '[\\d,]+'"],
    // Matching this pattern may take long.
    ['!Split [",", !Ref Owners]', ", AllowedPattern: '^(\\d{12})$|^((\\d{12}(,|, ))*\\d{12})$'"],
    ['!Ref Owners', ", AllowedPattern: '^(\\d{12})$|^((\\d{12}(,|, ))*\\d{12})$'"],
    ['!Select [0, !Split [",", !Ref Owners]]', ", AllowedPattern: '\\d{12}'"],
    ['!Select [0, !Split [",", !Ref Owners]]', '', 'possible'],
    ['!Split [",", !Ref Owners]', ", AllowedPattern: '[\\d,*]+'", 'possible'],
    ['!Split [",", !Ref Owners]', ", AllowedPattern: '\\d{12},.'", 'possible'],
    ['!Split [",", !Ref Owners]', ", AllowedPattern: '[^a]+'", 'possible'],
    ['!Split [",", !Ref Owners]', ", AllowedPattern: '\\d{12}|\\*'", 'possible'],
    ['!Split [",", !Ref Owners]', ", AllowedPattern: '[!--]+'", 'possible'],
    ['!Split [",", !Ref Owners]', ", AllowedPattern: '\\D+'", 'possible'],
    ['!Split [",", !Ref Owners]', ", AllowedPattern: '(?i)[a-z]+'", 'possible'],
  ] as const)
    it(`of a string that is split: ${value} with ${limits}`, () => {
      const lines = linesOf(
        analysed(
          {
            't.yaml': `Parameters:\n  Owners: {Type: String${limits}}\nResources:\n  R: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Action: sts:AssumeRole, Principal: {AWS: ${value}}}]}}}\n`,
          },
          { rules: new Set(['iam-role-trust-wildcard-principal']) },
        ),
      );
      assert.deepEqual(
        lines.map((line) => line.split(' ')[1]!),
        expected,
      );
    });

  it('is not held against a text where that may take long', () => {
    for (const pattern of [
      '(a|a)*b',
      '(a|a){60}b',
      'a?'.repeat(40) + 'a'.repeat(40) + 'b',
      '(a*)*b',
      '(?:aa?)+b',
      'a*a*a*a*a*a*b',
    ]) {
      const text = `Parameters:\n  P: {Type: String, AllowedPattern: '${pattern}'}\nConditions:\n  X: !Equals [!Ref P, ${'a'.repeat(60)}]\nResources:\n  R: {Type: T::A::B, Properties: {P: !If [X, 1, 2]}}\n`;
      assert.match(valueText(propertyOf(new Template(parse('file:///t.yaml', text)), 'R', 'P'), []), /^1 if/, pattern);
    }
  });

  it('leaves out what it is compared with and cannot be', () => {
    const text = `Parameters:\n  P: {Type: String, Default: a, AllowedPattern: '[a-c]'}\nConditions:\n  X: !Equals [!Ref P, b]\n  Y: !Equals [!Ref P, other]\nResources:\n  R: {Type: T::A::B, Properties: {P: !If [Y, 1, 2]}}\n`;
    assert.equal(valueText(propertyOf(new Template(parse('file:///t.yaml', text)), 'R', 'P'), []), '2');
  });

  const neither = (limits: string, conditions = 'X: !Equals [!Ref P, dev]\n  Y: !Equals [!Ref P, prod]'): string => {
    const text = `Parameters:\n  P: {Type: String, ${limits}}\nConditions:\n  ${conditions}\nResources:\n  R: {Type: T::A::B, Properties: {P: !If [X, 1, !If [Y, 1, 2]]}}\n`;
    return valueText(propertyOf(new Template(parse('file:///t.yaml', text)), 'R', 'P'), []).replaceAll(
      / if [^|]*/g,
      '',
    );
  };
  it('is all that a pattern names, where the template names it too', () => {
    for (const pattern of ['dev|prod', '^(dev|prod)$', '^(?:prod|dev)$'])
      assert.equal(neither(`AllowedPattern: '${pattern}'`), '1| 1', pattern);
    for (const pattern of ['dev|prod|test', '(dev|prod).?', 'dev|pro?d'])
      assert.equal(neither(`AllowedPattern: '${pattern}'`), '1| 1| 2', pattern);
  });
  it('is one of many allowed values', () => {
    const many = Array.from({ length: 200 }, (_, i) => `v${i}`).join(', ');
    assert.equal(neither(`AllowedValues: [${many}]`, 'X: !Equals [!Ref P, other]\n  Y: !Equals [!Ref P, v1]'), '1| 2');
    assert.equal(
      neither(`AllowedValues: [${many}]`, 'X: !Equals [!Ref P, other]\n  Y: !Equals [!Ref P, v199]'),
      '1| 2',
    );
  });
  it('has to be in a text that is compared', () => {
    assert.equal(
      neither(
        'Default: a',
        "X: !Equals [!Sub 'a-${AWS::Region}-${P}', b-x-a]\n  Y: !Equals [!Sub 'x-${AWS::Region}-y', x-y]",
      ),
      '2',
    );
    assert.equal(
      neither('Default: a', "X: !Equals [!Sub 'a-${AWS::Region}-a', a-a]\n  Y: !Equals [!Sub 'x-${AWS::Region}', x-y]"),
      '1| 2',
    );
  });
});

describe('a rule of a template', () => {
  const SIZES = Array.from({ length: 300 }, (_, i) => `s${i}`).join(', ');
  const bucket = (rule: string): readonly string[] =>
    linesOf(
      analysed(
        {
          't.yaml': `Parameters:
  Env: {Type: String, Default: dev, AllowedValues: [dev, test, prod]}
  Encrypt: {Type: String, Default: 'true', AllowedValues: ['true', 'false']}
  Size: {Type: String, Default: s0, AllowedValues: [${SIZES}]}
Conditions:
  On: !Equals [!Ref Encrypt, 'true']
Rules:
  R: ${rule}
Resources:
  V: {Type: AWS::EC2::Volume, Properties: {AvailabilityZone: a, Size: 1, Encrypted: !If [On, true, false]}}
`,
        },
        { rules: new Set(['ebs-volume-encryption']) },
      ),
    ).map((line) => line.replace(/^\S+ (\S+).*?( when .*)?$/, '$1$2'));
  const ON = "!Equals [!Ref Encrypt, 'true']";
  const rows: readonly (readonly [what: string, rule: string, expected: number])[] = [
    ['that says nothing', '{Assertions: []}', 1],
    ['that rules it out', `{Assertions: [{Assert: ${ON}}]}`, 0],
    [
      'that rules it out in one scenario',
      `{RuleCondition: !Equals [!Ref Env, prod], Assertions: [{Assert: ${ON}}]}`,
      1,
    ],
    ['with an assertion on a list', `{Assertions: [{Assert: !Contains [['true'], !Ref Encrypt]}]}`, 0],
    [
      'with an assertion on a list, in the long form',
      `{Assertions: [{Assert: {Fn::Contains: [['true', 'x'], {Ref: Encrypt}]}}]}`,
      0,
    ],
    [
      'with an assertion on a list that has it',
      `{Assertions: [{Assert: !Contains [['true', 'false'], !Ref Encrypt]}]}`,
      1,
    ],
    ['with an assertion on each member', `{Assertions: [{Assert: {Fn::EachMemberIn: [[!Ref Encrypt], ['true']]}}]}`, 0],
    [
      'with an assertion that each member is something',
      `{Assertions: [{Assert: {Fn::EachMemberEquals: [[!Ref Encrypt], 'true']}}]}`,
      0,
    ],
    [
      'with an assertion that is not known',
      `{Assertions: [{Assert: {Fn::EachMemberIn: [{Fn::RefAll: x}, ['true']]}}]}`,
      1,
    ],
    ['with an assertion on a long list', `{Assertions: [{Assert: !Contains [[${SIZES}, 'true'], !Ref Encrypt]}]}`, 0],
    [
      'with an assertion on a long list that has it',
      `{Assertions: [{Assert: !Contains [[${SIZES}, 'true', 'false'], !Ref Encrypt]}]}`,
      1,
    ],
    [
      'for some of the values of a parameter that has many',
      `{RuleCondition: !Contains [[${SIZES.replace('s0, ', '')}], !Ref Size], Assertions: [{Assert: ${ON}}]}`,
      1,
    ],
    ['of another shape', '[a]', 1],
  ];
  for (const [what, rule, expected] of rows) it(what, () => assert.equal(bucket(rule).length, expected));
});
