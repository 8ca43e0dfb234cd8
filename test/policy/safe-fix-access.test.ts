/** Safe fixes of policies change no access: random policies before and after each fix, evaluated request by request. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import type { AnalysisOptions } from '../../server/src/engine/analysis.ts';
import { fixAll } from '../../server/src/engine/fix-all.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { run } from '../../server/src/engine/run.ts';
import { RULES } from '../../server/src/rules/index.ts';
import { memoryReader } from '../kit/memory-reader.ts';
import { applyFix } from '../kit/read-back.ts';
import {
  allowedRequests,
  type Context,
  type Policy,
  type EvaluatedStatement,
  type Universe,
} from './naive-evaluator.ts';
import { runs } from '../kit/runs.ts';

// ---- Policies of which AWS takes each, with much in them that a safe fix can be offered for.

const several = <T>(one: fc.Arbitrary<T>, most: number): fc.Arbitrary<T | T[]> =>
  fc.oneof(one, fc.array(one, { minLength: 1, maxLength: most }));

const action = fc.constantFrom(
  's3:GetObject',
  'S3:getobject',
  's3:Get*',
  's3:Get?bject',
  's3:*',
  's3:**',
  's3:PutObject',
  's3:ListBucket',
  's3:List*',
  's3:HeadObject',
  's3:ListObjectsV2',
  's3:GetObjct',
  'sqs:SendMessage',
  'sqs:*',
  'sqs:SendMessageBatch',
  'iam:PassRole',
  '*',
  '*:*',
  '**',
);
const resource = fc.constantFrom(
  '*',
  '**',
  'arn:aws:s3:::data',
  'arn:aws:s3:::data/*',
  'arn:aws:s3:::data*',
  'arn:aws:s3:::*',
  'arn:aws:s3:::data/${aws:username}/*',
  'arn:aws:s3:::data/${*}',
  'arn:aws:s3:::data/?',
  'arn:aws:s3:::data/${?}',
  'arn:aws:s3:::data/alice/*',
  'arn:*:s3:::data/alice/a',
  'arn:aws:sqs:*:*:jobs',
  'arn:aws:sqs:eu-west-1:111122223333:jobs',
  'arn:aws:sqs:eu-west-1:111122223333:*',
  'arn:aws:iam::111122223333:role/*',
  'arn:aws:*:*:*:*',
);

type Condition = NonNullable<EvaluatedStatement['Condition']>[string];
const ofKey = (
  key: string,
  values: readonly (string | number | boolean)[],
  ...operators: readonly string[]
): fc.Arbitrary<readonly [string, Condition]> =>
  fc
    .tuple(
      fc.constantFrom(...operators),
      fc.constantFrom(key, key.toLowerCase()),
      several(fc.constantFrom(...values), 3),
    )
    .map(([operator, name, listed]) => [operator, { [name]: listed }]);

const condition: fc.Arbitrary<readonly [string, Condition]> = fc.oneof(
  ofKey(
    'aws:SourceIp',
    ['10.1.2.3/8', '10.0.0.0/8', '203.0.113.7', '203.0.113.7/24', '0.0.0.0/0', '2001:db8::1/32'],
    'IpAddress',
    'NotIpAddress',
    'IpAddressIfExists',
  ),
  ofKey(
    'aws:PrincipalTag/team',
    ['*', 'da*', 'data', '**', '?', 'd'],
    'StringLike',
    'StringNotLike',
    'StringLikeIfExists',
    'StringNotLikeIfExists',
    'StringEquals',
    'StringNotEquals',
    'StringEqualsIfExists',
  ),
  ofKey(
    'aws:username',
    ['*', 'al*', 'alice', '${aws:username}'],
    'StringLike',
    'StringEquals',
    'StringNotLike',
    'StringLikeIfExists',
  ),
  ofKey(
    's3:max-keys',
    ['5', '10', 10, '10.0', '100', '+5'],
    'NumericLessThan',
    'NumericLessThanEquals',
    'NumericGreaterThan',
    'NumericGreaterThanEquals',
    'NumericEquals',
    'NumericNotEquals',
    'NumericLessThanIfExists',
  ),
  ofKey('s3:max-keys', ['5', '10', '100'], 'NumericLessThan', 'NumericGreaterThanEquals'),
  ofKey(
    'aws:CurrentTime',
    ['2020-01-01T00:00:00Z', '1577836800', '1924992000', '2031-01-01', '2031-01-01T00:00:00.000Z'],
    'DateGreaterThan',
    'DateLessThan',
    'DateLessThanEquals',
    'DateNotEquals',
  ),
  ofKey('aws:SecureTransport', ['true', 'false', true, false, 'True'], 'Bool', 'BoolIfExists'),
  ofKey(
    'aws:TagKeys',
    ['*', 'team', 'cost*'],
    'ForAnyValue:StringLike',
    'ForAllValues:StringLike',
    'ForAnyValue:StringNotLike',
    'ForAllValues:StringNotLike',
    'ForAllValues:StringEquals',
    'ForAnyValue:StringLikeIfExists',
  ),
  ofKey('aws:SourceArn', ['*', 'arn:aws:sns:*:*:*', 'arn:*'], 'ArnLike', 'ArnNotLike', 'ArnLikeIfExists', 'StringLike'),
  ofKey('aws:MultiFactorAuthPresent', ['true', 'false', true], 'Null', 'Bool', 'BoolIfExists'),
);

const conditions = fc.array(condition, { minLength: 1, maxLength: 2 }).map((list) => {
  const together: Record<string, Record<string, Condition[string]>> = {};
  for (const [operator, keys] of list) together[operator] = { ...together[operator], ...keys };
  return together;
});

const statement: fc.Arbitrary<EvaluatedStatement> = fc
  .record({
    Sid: fc.option(fc.constantFrom('Read', 'Write', '', 'read-all', 'Read all'), { nil: undefined }),
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    named: several(action, 5),
    notActions: fc.nat(7),
    on: several(resource, 4),
    notResources: fc.nat(9),
    Condition: fc.option(conditions, { nil: undefined }),
  })
  .map(({ Sid, Effect, named, notActions, on, notResources, Condition }): EvaluatedStatement => ({
    ...(Sid === undefined ? {} : { Sid }),
    Effect,
    ...(notActions === 0 ? { NotAction: named } : { Action: named }),
    ...(notResources === 0 ? { NotResource: on } : { Resource: on }),
    ...(Condition ? { Condition } : {}),
  }));

/** Some statements stand there twice, under another name. */
const policy: fc.Arbitrary<Policy> = fc
  .record({
    Version: fc.constantFrom(undefined, '2012-10-17', '2012-10-17', '2008-10-17'),
    list: fc.array(statement, { minLength: 1, maxLength: 4 }),
    twice: fc.option(fc.nat(3), { nil: undefined }),
    alone: fc.nat(5),
  })
  .map(({ Version, list, twice, alone }) => {
    const again = twice === undefined ? undefined : list[twice];
    const { Sid: _, ...unnamed } = again ?? list[0]!;
    return {
      ...(Version === undefined ? {} : { Version }),
      Statement: alone === 0 ? list[0]! : again ? [...list, unnamed] : list,
    };
  });

// ---- Documents that have a policy.

interface Carrier {
  readonly doc: string;
  readonly write: (policy: Policy) => string;
  readonly read: (text: string) => Policy;
}

const indented = (value: unknown): string => JSON.stringify(value, null, 2);
type Template = { readonly Resources: { readonly P: { readonly Properties: { readonly PolicyDocument: Policy } } } };
type Terraform = { readonly resource: { readonly aws_iam_policy: { readonly p: { readonly policy: string } } } };

const CARRIERS: readonly Carrier[] = [
  { doc: 'file:///case/p.json', write: indented, read: (text) => JSON.parse(text) as Policy },
  {
    doc: 'file:///case/t.json',
    write: (document) =>
      indented({ Resources: { P: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document } } } }),
    // What the stack is deployed to is in the partition aws.
    read: (text) => {
      const {
        Resources: {
          P: { Properties },
        },
      } = JSON.parse(text, (_, value: unknown) =>
        isSub(value) ? value['Fn::Sub'].replaceAll('${AWS::Partition}', 'aws').replaceAll('${!', '${') : value,
      ) as Template;
      return Properties.PolicyDocument;
    },
  },
  {
    doc: 'file:///case/main.tf.json',
    write: (document) =>
      indented({
        resource: { aws_iam_policy: { p: { policy: JSON.stringify(document).replaceAll('${', () => '$${') } } },
      }),
    read: (text) =>
      JSON.parse((JSON.parse(text) as Terraform).resource.aws_iam_policy.p.policy.replaceAll('$${', '${')) as Policy,
  },
];

function isSub(value: unknown): value is { readonly 'Fn::Sub': string } {
  return typeof value === 'object' && value !== null && 'Fn::Sub' in value;
}

// ---- Requests.

const KEYS: Readonly<Record<string, readonly (Context[string] | undefined)[]>> = {
  'aws:sourceip': ['203.0.113.7', '10.9.9.9', '2001:db8::7', '198.51.100.1'],
  'aws:principaltag/team': [undefined, 'data', 'd', 'ops'],
  'aws:username': ['alice', undefined, 'bob'],
  's3:max-keys': [undefined, '3', '10', '50', '1000'],
  'aws:currenttime': ['2026-11-28T12:00:00Z', '2019-06-01T00:00:00Z', '2031-01-01T00:00:00Z'],
  'aws:securetransport': ['true', 'false'],
  'aws:tagkeys': [undefined, ['team'], ['cost', 'other']],
  'aws:sourcearn': [undefined, 'arn:aws:sns:eu-west-1:111122223333:t'],
  'aws:multifactorauthpresent': [undefined, 'true', 'false'],
};

/** Each key with all its values beside several values of the others. */
const CONTEXTS: readonly Context[] = Array.from({ length: 60 }, (_, index) =>
  Object.fromEntries(
    Object.entries(KEYS).flatMap(([key, values], of) => {
      const value = values[Math.floor(index * (of + 1) * 0.618 + index / 7) % values.length];
      return value === undefined ? [] : [[key, value]];
    }),
  ),
);

const UNIVERSE: Universe = {
  actions: [
    's3:GetObject',
    's3:GetObjectTagging',
    's3:PutObject',
    's3:ListBucket',
    'sqs:SendMessage',
    'sqs:ReceiveMessage',
    'iam:PassRole',
  ],
  resources: [
    'arn:aws:s3:::data',
    'arn:aws:s3:::data/alice/a',
    'arn:aws:s3:::data/bob/a',
    'arn:aws:s3:::data/*',
    'arn:aws:s3:::data/a',
    'arn:aws:s3:::data/?',
    'arn:aws:s3:::database/x',
    'arn:aws:s3:::other/${aws:username}/a',
    'arn:aws:sqs:eu-west-1:111122223333:jobs',
    'arn:aws:sqs:us-east-1:444455556666:jobs',
    'arn:aws:iam::111122223333:role/r',
  ],
  contexts: CONTEXTS,
};

const OPTIONS: AnalysisOptions = {
  profile: 'strict',
  certainty: 'possible',
  configuration: DEFAULT_CONFIGURATION,
  rules: new Set(RULES.filter(({ fix }) => fix === 'safe').map(({ id }) => id)),
};

/** Rules whose safe fix leaves what AWS evaluates, and which these policies give something to say. */
const TRIED = [
  'iam-policy-condition-any-value',
  'iam-policy-condition-ip-range',
  'iam-policy-condition-redundant-bounds',
  'iam-policy-condition-value-syntax',
  'iam-policy-condition-value-type',
  'iam-policy-duplicate-statement',
  'iam-policy-hard-coded-partition',
  'iam-policy-redundant-entry',
  'iam-policy-sid',
  'iam-policy-unknown-action',
  'iam-policy-version',
];

describe('safe fixes of policies', () => {
  it('do not change what a policy allows, individually and together', () => {
    const cache = new ParseCache();
    const tried = new Map<string, number>();
    fc.assert(
      fc.property(policy, fc.constantFrom(...CARRIERS), (document, { doc, write, read }) => {
        const reader = memoryReader(new Map([[doc, write(document)]]));
        const before = allowedRequests(document, UNIVERSE);
        const check = (what: string, text: string): void => {
          const after = allowedRequests(read(text), UNIVERSE);
          const lost = [...before].filter((request) => !after.has(request));
          const gained = [...after].filter((request) => !before.has(request));
          if (lost.length + gained.length > 0)
            assert.fail(
              `${what} takes ${lost.slice(0, 3).join('; ')} and gives ${gained.slice(0, 3).join('; ')}\n${text}`,
            );
        };
        for (const { rule, fixes } of run(reader, [doc], OPTIONS, cache).documents[0]!.findings)
          for (const fix of fixes) {
            if (!fix.safe) continue;
            tried.set(rule, (tried.get(rule) ?? 0) + 1);
            check(`${rule}: ${fix.title}`, applyFix(reader, fix).get(doc)!);
          }
        check('fix all', fixAll(reader, [doc], OPTIONS, cache).texts.get(doc) ?? write(document));
      }),
      { numRuns: runs(100) },
    );
    for (const rule of TRIED)
      assert.ok((tried.get(rule) ?? 0) > 2, `${rule}: ${tried.get(rule) ?? 0} of ${JSON.stringify([...tried])}`);
  });
});
