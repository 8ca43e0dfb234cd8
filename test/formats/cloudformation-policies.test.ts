/** The policy documents of a template, in every scenario. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Truth } from '../../server/src/base/guard.ts';
import { templateStack } from '../../server/src/formats/cloudformation/stack.ts';
import { carriersByType, type PolicyLocations } from '../../server/src/formats/policy-locations.ts';
import type { PolicyDocument, Statement } from '../../server/src/model/policy.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { SCHEMAS } from '../kit/memory-reader.ts';
import { valueText } from './template-values.ts';
import { ALL_LINKS } from '../kit/all-links.ts';

const CARRIERS = carriersByType(
  JSON.parse(readFileSync(join(SCHEMAS, 'iam/locations.json'), 'utf8')) as PolicyLocations,
);

const HEAD = `Parameters:
  Env: {Type: String, Default: dev, AllowedValues: [dev, prod]}
  Act: {Type: String, Default: '*', AllowedValues: ['*']}
  Json: {Type: String, Default: '{"Statement": {"Action": "p"}}', AllowedValues: ['{"Statement": {"Action": "p"}}']}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  Never: !Equals [a, b]
x:
  s: &s {Action: s}
  c: &c {Bool: {k: v}}
Resources:
`;

function policies(resource: string): readonly PolicyDocument[] {
  return templateStack({
    tree: parse('file:///t.yaml', `${HEAD}  ${resource}\n`),
    format: 'cloudformation',
    carriers: CARRIERS,
    linksOf: ALL_LINKS,
    generated: false,
  }).stack.policies;
}

/** Where something is known to be so; nothing for everywhere. */
function where({ yes, no }: Truth): string {
  if (yes.isAlways()) return '';
  const of = (side: Truth['yes']): string =>
    side
      .describe()
      .map(({ name, value }) => `${name} is ${String(value)}`)
      .join(' and ');
  return yes.satisfiable()
    ? ` if ${of(yes)}`
    : no.isAlways()
      ? ' never'
      : no.satisfiable()
        ? ` perhaps, not if ${of(no)}`
        : ' perhaps';
}

function statementText({ actions, when, conditions, conditionsComplete }: Statement): string {
  const parts = [
    valueText(actions, []),
    ...conditions.map(
      ({ operator, key, values, when: there }) => `${operator} ${key} ${valueText(values, [])}${where(there)}`,
    ),
  ];
  const open = conditions.length > 0 || !conditionsComplete.yes.isAlways() ? where(conditionsComplete) : '';
  return `${parts.join('; ')}${open && ` (all conditions${open})`}${where(when)}`;
}

function text({ kind, service, path, when, statements, complete }: PolicyDocument): string {
  return `${kind}${service ? ` of ${service}` : ''} at ${path}${where(when)}: ${[...statements.map(statementText), ...(complete.yes.isAlways() ? [] : [`all${where(complete)}`])].join(' | ')}`;
}

describe('the policies of a resource', () => {
  const managed = (document: string): string =>
    `P: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: ${document}}}`;
  const AT = 'identity at PolicyDocument';
  const rows: readonly (readonly [resource: string, ...expected: string[]])[] = [
    [managed('{Statement: [{Action: a}, {Action: [b, c]}]}'), `${AT}: "a" | ["b", "c"]`],
    [managed('{Statement: {Action: a}}'), `${AT}: "a"`],
    [managed('{Statement: []}'), `${AT}: `],
    [managed('{}'), `${AT}: `],
    ['P: {Type: AWS::IAM::ManagedPolicy, Properties: {}}'],
    [
      'P: {Type: AWS::IAM::ManagedPolicy, Condition: IsProd, Properties: {PolicyDocument: {Statement: {Action: a}}}}',
      `${AT} if IsProd is true: "a"`,
    ],
    [
      'P: {Type: AWS::IAM::ManagedPolicy, Condition: Never, Properties: {PolicyDocument: {Statement: {Action: a}}}}',
      `${AT} never: "a"`,
    ],
    // JSON in a text of which parts are not known, or that stands in several lines.
    [
      managed(
        `!Sub '{"Statement": [{"Action": ["a", "b:\${AWS::Region}"], "Condition": {"Bool": {"k": "\${AWS::AccountId}"}}}]}'`,
      ),
      `${AT}: ["a", "b:" + ?parameter]; Bool k ?parameter`,
    ],
    [managed(`!Sub '{"Statement": {"Action": \${AWS::Region}}}'`), `${AT}: all perhaps`],
    [managed(`!Sub '{"Statement": {"Action": "\${AWS::Region}"'`), `${AT}: all perhaps`],
    // The text is no JSON, so that what it would allow is never certain.
    [
      managed(`!Sub '{"Statement": {"Resource": "*", "Action": "\${AWS::Region}"'`),
      `${AT}: ?parameter perhaps | all perhaps`,
    ],
    [managed(`'{"Statement":\n    {"Action": "a"}}'`), `${AT}: "a"`],
    // A function at every level.
    [
      managed('!If [IsProd, {Statement: {Action: a}}, {Statement: {Action: b}}]'),
      `${AT}: "a" if IsProd is true | "b" if IsProd is false`,
    ],
    [
      managed('!If [IsProd, {Statement: {Action: a}}, !Ref AWS::NoValue]'),
      `${AT} if IsProd is true: "a" if IsProd is true`,
    ],
    [
      managed('{Statement: !If [IsProd, [{Action: a}], [{Action: b}, {Action: c}]]}'),
      `${AT}: "a" if IsProd is true | "b" if IsProd is false | "c" if IsProd is false`,
    ],
    [
      managed('{Statement: [{Action: a}, !If [IsProd, {Action: b}, !Ref AWS::NoValue]]}'),
      `${AT}: "a" | "b" if IsProd is true (all conditions if IsProd is true) if IsProd is true`,
    ],
    [
      managed('{Statement: [!If [IsProd, {Action: a}, {Action: b}]]}'),
      `${AT}: "a" if IsProd is true | "b" if IsProd is false`,
    ],
    [
      managed('{Statement: [!If [IsProd, !If [Never, {Action: a}, !Ref AWS::NoValue], {Action: b}]]}'),
      `${AT}: "b" if IsProd is false (all conditions if IsProd is false) if IsProd is false`,
    ],
    [
      managed('{Statement: [{Action: !If [IsProd, a, [b, c]]}]}'),
      `${AT}: "a" if IsProd is true | ["b", "c"] if IsProd is false`,
    ],
    [
      managed('{Statement: [{Action: [a, !If [IsProd, b, !Ref AWS::NoValue]]}]}'),
      `${AT}: ["a", "b" if IsProd is true | absent if IsProd is false]`,
    ],
    // Conditions.
    [
      managed('{Statement: {Action: a, Condition: {Bool: {k: v, l: w}, StringLike: {m: [x, y]}}}}'),
      `${AT}: "a"; Bool k "v"; Bool l "w"; StringLike m ["x", "y"]`,
    ],
    [
      managed('{Statement: {Action: a, Condition: !If [IsProd, {Bool: {k: v}}, !Ref AWS::NoValue]}}'),
      `${AT}: "a"; Bool k "v" if IsProd is true`,
    ],
    [
      managed('{Statement: {Action: a, Condition: {Bool: {k: !If [IsProd, v, !Ref AWS::NoValue]}}}}'),
      `${AT}: "a"; Bool k "v" if IsProd is true | absent if IsProd is false`,
    ],
    [managed('{Statement: {Action: a, Condition: !ImportValue x}}'), `${AT}: "a" (all conditions perhaps)`],
    [managed('{Statement: {Action: a, Condition: {Bool: !ImportValue x}}}'), `${AT}: "a" (all conditions perhaps)`],
    [
      managed('{Statement: {Action: a, Condition: {Bool: {k: v, Fn::Transform: {Name: x}}}}}'),
      `${AT}: "a"; Bool k "v" (all conditions perhaps)`,
    ],
    [
      managed('{Statement: {Action: a, Condition: {Bool: {k: v}, Fn::Transform: {Name: x}}}}'),
      `${AT}: "a"; Bool k "v" (all conditions perhaps)`,
    ],
    [managed('{Statement: {Action: a, Fn::Transform: {Name: x}}}'), `${AT}: "a" (all conditions perhaps)`],
    // What is not known.
    [managed('!ImportValue x'), `${AT}: all perhaps`],
    // Of a statement each part of which comes from elsewhere nothing is seen.
    [managed('{Statement: {Effect: Allow, Action: !ImportValue x, Resource: [!ImportValue y]}}'), `${AT}: all perhaps`],
    [managed('{Statement: {Effect: Allow, Action: !ImportValue x, Resource: a}}'), `${AT}: ?import`],
    [
      managed('{Statement: !If [IsProd, {Action: a}, !ImportValue x]}'),
      `${AT}: "a" if IsProd is true | all if IsProd is true`,
    ],
    [managed('{Statement: !ImportValue x}'), `${AT}: all perhaps`],
    [managed('{Statement: [{Action: a}, !ImportValue x]}'), `${AT}: "a" | all perhaps`],
    [managed('{Statement: [{Action: a}, {Fn::Transform: {Name: x}}]}'), `${AT}: "a" | all perhaps`],
    [managed('{Statement: [{Action: a}], Fn::Transform: {Name: x}}'), `${AT}: "a"`],
    [managed('{Fn::Transform: {Name: x}}'), `${AT}: all perhaps`],
    // Aliases.
    [
      managed('{Statement: [*s, {Action: a, Condition: *c}, {<<: *s, Condition: *c}]}'),
      `${AT}: "s" | "a"; Bool k "v" | "s"; Bool k "v"`,
    ],
    // A document in a text.
    [managed(`'{"Statement": [{"Action": "a"}]}'`), `${AT}: "a"`],
    [managed(`!Sub '{"Statement": [{"Action": "a"}]}'`), `${AT}: "a"`],
    [managed(`!Sub '{"Statement": [{"Action": "\${Act}"}]}'`), `${AT}: "*"`],
    [managed(`!Sub '{"Statement": [{"Action": "\${Env}"}]}'`), `${AT}: "dev" if Env is dev | "prod" if Env is prod`],
    [managed(`!Sub '{"Statement": [{"Action": "\${AWS::Region}", "Resource": "*"}]}'`), `${AT}: ?parameter`],
    [
      managed(`!Join ['', ['{"Statement": [{"Action": ["a", "', !Ref Env, '"]}]}']]`),
      `${AT}: ["a", "dev" if Env is dev | "prod" if Env is prod]`,
    ],
    [
      managed(`!Join ['', ['{"Statement": [{"Action": ["a:', !Ref AWS::Region, '"]}]}']]`),
      `${AT}: ["a:" + ?parameter]`,
    ],
    [managed(`!Join ['', ['{"Statement": [{"Action": ', !Ref AWS::Region, '}]}']]`), `${AT}: all perhaps`],
    [
      managed(`!If [IsProd, '{"Statement": {"Action": "a"}}', '{"Statement": {"Action": "b"}}']`),
      `${AT}: "a" if IsProd is true | "b" if IsProd is false`,
    ],
    [managed('!Ref Json'), `${AT}: "p"`],
    [managed("'nothing of the kind'"), `${AT}: all perhaps`],
    // Several of them.
    [
      'R: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: {Action: t}}, Policies: [{PolicyDocument: {Statement: {Action: a}}}, !If [IsProd, {PolicyDocument: {Statement: {Action: b}}}, !Ref AWS::NoValue]]}}',
      'trust at AssumeRolePolicyDocument: "t"',
      'identity at Policies[].PolicyDocument: "a"',
      'identity at Policies[].PolicyDocument if IsProd is true: "b" if IsProd is true | all if IsProd is true',
    ],
    [
      'R: {Type: AWS::S3::BucketPolicy, Properties: {PolicyDocument: {Statement: {Action: a}}}}',
      'resource of s3 at PolicyDocument: "a"',
    ],
  ];
  for (const [resource, ...expected] of rows) {
    it(`of ${resource} are ${expected.join(' and ') || 'none'}`, () =>
      assert.deepEqual(policies(resource).map(text), expected));
  }
});
