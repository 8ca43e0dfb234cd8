/**
 * The permissions of policies with denials within a boundary, compared with an evaluator of concrete requests that is
 * independent of the code under test.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { templateStack } from '../../server/src/formats/cloudformation/stack.ts';
import { carriersByType, type PolicyLocations } from '../../server/src/formats/policy-locations.ts';
import { any } from '../../server/src/model/judgement.ts';
import { policyHolders } from '../../server/src/policy/allowance/policy-holders.ts';
import { iamData, type IamFiles } from '../../server/src/policy/data/iam-data.ts';
import { accessOf } from '../../server/src/policy/allowance/identity-access.ts';
import { identitiesOf } from '../../server/src/policy/allowance/identity.ts';
import { serviceActions, type ServiceData } from '../../server/src/policy/data/service-actions.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { data } from '../schemas/data.ts';
import { ALL_LINKS } from '../kit/all-links.ts';
import { runs } from '../kit/runs.ts';

const CARRIERS = carriersByType(data<PolicyLocations>('iam/locations'));
const IAM = iamData({
  services: data<IamFiles['services']>('iam/services'),
  globalKeys: data('iam/global-keys'),
  partitions: data('iam/partitions'),
  risks: data('iam/risks'),
});
const LOOKUP = {
  iam: IAM,
  actions: (service: string) =>
    ['iam', 'kms', 'sqs', 'secretsmanager'].includes(service)
      ? serviceActions(service, data<ServiceData>(`iam/services/${service}`))
      : undefined,
};

// ---- Requests: of each action on what it takes, one that nobody names among them, with every combination of some
// keys.

const ACCOUNT = '111122223333';
const RESOURCES: Readonly<Record<string, readonly string[]>> = {
  'iam:AttachUserPolicy': ['user/nobody', 'user/alice'].map((name) => `arn:aws:iam::${ACCOUNT}:${name}`),
  'iam:CreatePolicyVersion': ['policy/nobody', 'policy/alice'].map((name) => `arn:aws:iam::${ACCOUNT}:${name}`),
  'kms:Decrypt': ['key/nobody', 'key/alice'].map((name) => `arn:aws:kms:eu-west-1:${ACCOUNT}:${name}`),
  'sqs:ReceiveMessage': ['nobody', 'alice'].map((name) => `arn:aws:sqs:eu-west-1:${ACCOUNT}:${name}`),
  'secretsmanager:GetSecretValue': ['secret:nobody', 'secret:alice'].map(
    (name) => `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:${name}`,
  ),
};
const ACTIONS = Object.keys(RESOURCES);

const KEYS: Readonly<Record<string, readonly (string | undefined)[]>> = {
  'aws:SecureTransport': ['true', 'false'],
  'aws:RequestedRegion': ['eu-west-1', 'us-east-1', 'ap-south-1'],
  'aws:MultiFactorAuthPresent': [undefined, 'true', 'false'],
  'aws:PrincipalTag/team': [undefined, 'data', 'interns'],
  // What each request of the role has.
  'aws:PrincipalArn': [`arn:aws:iam::${ACCOUNT}:role/ops/dev`],
  'aws:PrincipalType': ['AssumedRole'],
  'aws:username': [undefined],
};
type Context = ReadonlyMap<string, string | undefined>;
const CONTEXTS: readonly Context[] = Object.entries(KEYS).reduce<readonly Context[]>(
  (contexts, [key, values]) =>
    contexts.flatMap((context) => values.map((value) => new Map([...context, [key, value]]))),
  [new Map()],
);

// ---- Policies.

interface PolicyStatement {
  readonly Effect: string;
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

function matches(pattern: string, text: string, exactly = true): boolean {
  return new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    exactly ? 's' : 'is',
  ).test(text);
}

const OPERATORS: Readonly<Record<string, (has: string | undefined, listed: readonly string[]) => boolean>> = {
  Bool: (has, listed) => has !== undefined && listed.includes(has),
  BoolIfExists: (has, listed) => has === undefined || listed.includes(has),
  StringEquals: (has, listed) => has !== undefined && listed.includes(has),
  StringNotEquals: (has, listed) => has === undefined || !listed.includes(has),
  StringNotLike: (has, listed) => has === undefined || !listed.some((one) => matches(one, has)),
  ArnLike: (has, listed) => has !== undefined && listed.some((one) => matches(one, has)),
  ArnNotLike: (has, listed) => has === undefined || !listed.some((one) => matches(one, has)),
  StringLike: (has, listed) => has !== undefined && listed.some((one) => matches(one, has)),
  StringLikeIfExists: (has, listed) => has === undefined || listed.some((one) => matches(one, has)),
  Null: (has, listed) => listed.includes(String(has === undefined)),
};

function holds({ Condition }: PolicyStatement, context: Context): boolean {
  return Object.entries(Condition ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, listed]) => OPERATORS[operator]!(context.get(key), [listed].flat())),
  );
}

function isAbout(statement: PolicyStatement, action: string, resource: string): boolean {
  const named = statement.Action
    ? statement.Action.some((one) => matches(one, action, false))
    : !statement.NotAction!.some((one) => matches(one, action, false));
  return (
    named &&
    (statement.Resource
      ? statement.Resource.some((one) => matches(one, resource))
      : !statement.NotResource!.some((one) => matches(one, resource)))
  );
}

/** Whether some request of an action is allowed by a statement that meets something. */
function allows(
  policy: readonly PolicyStatement[],
  action: string,
  resources: readonly string[],
  by: (statement: PolicyStatement) => boolean,
  boundary: PolicyStatement | undefined,
): boolean {
  return resources.some((resource) =>
    CONTEXTS.some(
      (context) =>
        (!boundary || isAbout(boundary, action, resource)) &&
        policy.some(
          (statement) =>
            statement.Effect === 'Allow' &&
            by(statement) &&
            isAbout(statement, action, resource) &&
            holds(statement, context),
        ) &&
        !policy.some(
          (statement) =>
            statement.Effect === 'Deny' && isAbout(statement, action, resource) && holds(statement, context),
        ),
    ),
  );
}

function isUnconditional(statement: PolicyStatement): boolean {
  return CONTEXTS.every((context) => holds(statement, context));
}

const conditions = fc.oneof(
  fc.constantFrom<NonNullable<PolicyStatement['Condition']>>(
    { Bool: { 'aws:SecureTransport': 'false' } },
    { Bool: { 'aws:SecureTransport': 'true' } },
    { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
    { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
    { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'us-east-1'] } },
    { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
    { StringLike: { 'aws:RequestedRegion': 'eu-*' } },
    { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
    { StringEquals: { 'aws:PrincipalTag/team': 'interns' } },
    { StringNotEquals: { 'aws:PrincipalTag/team': 'data' } },
    { Null: { 'aws:PrincipalTag/team': 'true' } },
    { Null: { 'aws:PrincipalTag/team': 'false' } },
    { StringLikeIfExists: { 'aws:PrincipalTag/team': '*' } },
    { Null: { 'aws:SecureTransport': 'false' } },
    { Bool: { 'aws:SecureTransport': 'false' }, StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
    { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/ops/*' } },
    { ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/admin', 'arn:aws:iam::*:role/*/dev'] } },
    { StringNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/admin' } },
    { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/*' }, Bool: { 'aws:SecureTransport': 'true' } },
    { StringLike: { 'aws:PrincipalArn': '*/dev' }, StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
    { StringEquals: { 'aws:PrincipalType': ['AssumedRole', 'User'] } },
    { StringNotEquals: { 'aws:username': 'alice' }, Bool: { 'aws:SecureTransport': 'false' } },
    { Null: { 'aws:username': 'false' } },
  ),
);
const actions = fc.uniqueArray(
  fc.constantFrom(
    ...ACTIONS,
    ...ACTIONS,
    '*',
    '*',
    'iam:*',
    'kms:*',
    'sqs:Re*',
    '*:Get*',
    'iam:*Policy*',
    'IAM:attach*',
    's3:*',
    'secretsmanager:*',
  ),
  { minLength: 1, maxLength: 3 },
);
const resources = fc.uniqueArray(
  fc.constantFrom(
    '*',
    '*',
    '*',
    `arn:aws:iam::${ACCOUNT}:user/*`,
    'arn:aws:iam::*:*',
    'arn:aws:iam::*:user/alice',
    'arn:aws:iam::*:policy/a*',
    'arn:aws:kms:*:*:key/*',
    `arn:aws:kms:eu-west-1:${ACCOUNT}:key/alice`,
    'arn:aws:sqs:*:*:*',
    'arn:aws:sqs:*:*:alice',
    'arn:aws:secretsmanager:*:*:secret:*',
    'arn:aws:secretsmanager:*:*:secret:alice',
  ),
  { minLength: 1, maxLength: 2 },
);
const statements = (allow: boolean): fc.Arbitrary<PolicyStatement> =>
  fc
    .record({
      Effect: fc.constant(allow ? 'Allow' : 'Deny'),
      named: actions,
      not: fc.integer({ min: 0, max: 3 }),
      on: resources,
      notOn: fc.integer({ min: 0, max: allow ? 99 : 4 }),
      condition: fc.option(conditions, { freq: allow ? 1 : 2, nil: undefined }),
    })
    .map(({ Effect, named, not, on, notOn, condition }): PolicyStatement => ({
      Effect,
      ...(not === 0 ? { NotAction: named } : { Action: named }),
      ...(notOn === 0 ? { NotResource: on } : { Resource: on }),
      ...(condition ? { Condition: condition } : {}),
    }));
const policies = fc
  .tuple(
    fc.array(statements(true), { minLength: 1, maxLength: 2 }),
    fc.array(statements(false), { minLength: 1, maxLength: 3 }),
  )
  .map(([allowing, denying]) => [...allowing, ...denying]);

/** Boundaries that allow something on whatever condition; what they leave of a condition is asked elsewhere. */
const boundaries = fc.option(
  fc
    .record({ named: actions, not: fc.integer({ min: 0, max: 1 }), on: fc.oneof(fc.constant(['*']), resources) })
    .map(({ named, not, on }): PolicyStatement => ({
      Effect: 'Allow',
      ...(not === 0 ? { NotAction: named } : { Action: named }),
      Resource: on,
    })),
  { freq: 1, nil: undefined },
);

function template(documents: readonly (readonly PolicyStatement[])[], boundary: PolicyStatement | undefined): string {
  const role = {
    Type: 'AWS::IAM::Role',
    Properties: {
      ...(boundary ? { PermissionsBoundary: { Ref: 'B' } } : {}),
      RoleName: 'dev',
      Path: '/ops/',
      AssumeRolePolicyDocument: { Statement: [] },
      Policies: documents.map((Statement, index) => ({
        PolicyName: `p${index}`,
        PolicyDocument: { Version: '2012-10-17', Statement },
      })),
    },
  };
  const limit = {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: { PolicyDocument: { Version: '2012-10-17', Statement: [boundary] } },
  };
  return JSON.stringify({ Resources: { R: role, ...(boundary ? { B: limit } : {}) } });
}

function accessTo(documents: readonly (readonly PolicyStatement[])[], boundary: PolicyStatement | undefined) {
  const { stack } = templateStack({
    tree: parse('file:///t.json', template(documents, boundary)),
    format: 'cloudformation',
    carriers: CARRIERS,
    linksOf: ALL_LINKS,
    generated: false,
  });
  const [identity] = identitiesOf(stack);
  return accessOf(identity!, { ...LOOKUP, beside: (policy) => policyHolders(policy, stack) });
}

describe('denials', () => {
  it('and boundaries remove exactly what an evaluator of single requests denies, in the same policy or another one', () => {
    const differences: string[] = [];
    const counts = { policies: 0, everywhere: 0, nowhere: 0, partly: 0 };
    fc.assert(
      fc.property(policies, fc.boolean(), boundaries, (policy, apart, boundary) => {
        const access = accessTo(
          apart
            ? [policy.filter(({ Effect }) => Effect === 'Allow'), policy.filter(({ Effect }) => Effect === 'Deny')]
            : [policy],
          boundary,
        );
        counts.policies++;
        for (const action of ACTIONS) {
          const [nobody] = RESOURCES[action]!;
          const permissions = access.permissions(action);
          const truth = {
            everywhere: allows(policy, action, [nobody!], isUnconditional, boundary),
            everywhereIfMet: allows(policy, action, [nobody!], () => true, boundary),
            somewhere: allows(policy, action, RESOURCES[action]!, isUnconditional, boundary),
            possible: allows(policy, action, RESOURCES[action]!, () => true, boundary),
          };
          const answers = {
            everywhere: any(...permissions.map((one) => one.everywhere())),
            everywhereIfMet: any(...permissions.map((one) => one.everywhereIfMet())),
            somewhere: any(...permissions.map((one) => one.somewhere())),
          };
          counts[truth.everywhere ? 'everywhere' : truth.possible ? 'partly' : 'nowhere']++;
          for (const name of ['everywhere', 'everywhereIfMet', 'somewhere'] as const) {
            // Which of the resources of a statement a boundary leaves is not asked.
            if (name === 'somewhere' && boundary && !boundary.Resource!.includes('*')) continue;
            if (answers[name].yes.isAlways() !== truth[name])
              differences.push(`${name} ${action} is ${String(truth[name])}: ${JSON.stringify([...policy, boundary])}`);
          }
          if (truth.possible && answers.somewhere.no.isAlways())
            differences.push(`${action} is allowed somewhere: ${JSON.stringify([...policy, boundary])}`);
        }
      }),
      { numRuns: runs(300) },
    );
    assert.deepEqual(differences, []);
    assert.ok(Math.min(counts.everywhere, counts.nowhere, counts.partly) > 50, JSON.stringify(counts));
  });
});
