/** How much longer policies may become, by the quotas of an account. */
import assert from 'node:assert/strict';
import { templateStack } from '../../server/src/formats/cloudformation/stack.ts';
import { carriersByType, type PolicyLocations } from '../../server/src/formats/policy-locations.ts';
import type { QuotaName } from '../../server/src/model/quota.ts';
import type { Stack } from '../../server/src/model/resource.ts';
import { limitOf, remainingLength } from '../../server/src/policy/statement/remaining-length.ts';
import { leastSize } from '../../server/src/policy/statement/size.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { data } from '../schemas/data.ts';
import { ALL_LINKS } from '../kit/all-links.ts';

const CARRIERS = carriersByType(data<PolicyLocations>('iam/locations'));
const STATEMENT = "{Effect: Allow, Action: 's3:GetObject', Resource: '*'}";
const DOCUMENT = `{Statement: [${STATEMENT}]}`;
const LONGER = `{Statement: [${STATEMENT}, ${STATEMENT}]}`;

const CASES: readonly (readonly [what: string, resource: string, quota: QuotaName | undefined, beside: number])[] = [
  [
    'a managed policy',
    `{Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: ${DOCUMENT}}}`,
    'iam.managedPolicy',
    0,
  ],
  [
    'an inline policy of a role',
    `{Type: AWS::IAM::Role, Properties: {Policies: [{PolicyDocument: ${DOCUMENT}}]}}`,
    'iam.roleInlinePolicies',
    0,
  ],
  [
    'one of two of a user',
    `{Type: AWS::IAM::User, Properties: {Policies: [{PolicyDocument: ${DOCUMENT}}, {PolicyDocument: ${DOCUMENT}}]}}`,
    'iam.userInlinePolicies',
    1,
  ],
  [
    'a policy that is attached to a group',
    `{Type: AWS::IAM::GroupPolicy, Properties: {PolicyDocument: ${DOCUMENT}}}`,
    'iam.groupInlinePolicies',
    0,
  ],
  [
    'a trust policy beside another one',
    `{Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: ${DOCUMENT}, Policies: [{PolicyDocument: ${DOCUMENT}}]}}`,
    'iam.trustPolicy',
    0,
  ],
  [
    'the policy of a bucket',
    `{Type: AWS::S3::BucketPolicy, Properties: {Bucket: b, PolicyDocument: ${DOCUMENT}}}`,
    's3.bucketPolicy',
    0,
  ],
  ['the policy of a key', `{Type: AWS::KMS::Key, Properties: {KeyPolicy: ${DOCUMENT}}}`, 'kms.keyPolicy', 0],
  [
    'a policy whose quota is not known',
    `{Type: AWS::ECR::Repository, Properties: {RepositoryPolicyText: ${DOCUMENT}}}`,
    undefined,
    0,
  ],
];

function stackOf(resources: string): Stack {
  return templateStack({
    tree: parse('file:///t.yaml', `Transform: AWS::LanguageExtensions\nResources: {${resources}}\n`),
    format: 'cloudformation',
    carriers: CARRIERS,
    linksOf: ALL_LINKS,
    generated: false,
  }).stack;
}

/** A policy with others; whether its remaining size is that of the longest one, and whether all policies are read. */
const SHARING: readonly (readonly [what: string, resources: string, isShared: boolean, isRead: boolean])[] = [
  [
    'with a statement of its own does not depend on policies of other resources',
    `P: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: ${DOCUMENT}}}, L: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: ${LONGER}}}`,
    false,
    false,
  ],
  [
    'is not that of a longer one in the same resource',
    `P: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: ${DOCUMENT}, Policies: [{PolicyDocument: ${LONGER}}]}}`,
    false,
    false,
  ],
  [
    'is at most that of a longer one with an alias of its statement',
    `P: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Statement: [&S ${STATEMENT}]}}}, L: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Statement: [*S, ${STATEMENT}]}}}`,
    true,
    true,
  ],
  [
    'is at most that of a longer one in the same loop',
    `'Fn::ForEach::Each': [Name, [A, LongerName, B], {'P\${Name}': {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Statement: [${STATEMENT.replace("'*'", "'${Name}'")}]}}}}]`,
    true,
    false,
  ],
];

describe('the remaining size of policies', () => {
  for (const [what, resources, isShared, isRead] of SHARING)
    it(`of a template ${what}`, () => {
      const stack = stackOf(resources);
      const [policy] = stack.policies;
      let reads = 0;
      const room = remainingLength(policy!, () => 1000, {
        resourcesFrom: stack.resourcesFrom!,
        get policies() {
          reads++;
          return stack.policies;
        },
      });
      assert.equal(
        1000 - room,
        Math.max(...stack.policies.slice(0, isShared ? undefined : 1).map(({ value }) => leastSize(value))),
      );
      assert.equal(reads > 0, isRead);
    });

  for (const [what, resource, quota, beside] of CASES)
    it(`of ${what} is the rest of its quota`, () => {
      const { stack } = templateStack({
        tree: parse('file:///t.yaml', `Resources: {P: ${resource}}\n`),
        format: 'cloudformation',
        carriers: CARRIERS,
        linksOf: ALL_LINKS,
        generated: false,
      });
      const policy = stack.policies.find(({ kind }) => quota !== 'iam.trustPolicy' || kind === 'trust')!;
      const size = leastSize(policy.value);
      assert.equal(limitOf(policy)?.quota, quota);
      assert.equal(
        remainingLength(policy, (name) => (name === (quota ?? 'iam.managedPolicy') ? 1000 : 1), stack),
        1000 - size * (1 + beside),
      );
    });
});
