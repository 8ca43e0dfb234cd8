/** How much longer a policy may become. */
import type { PolicyDocument } from '../model/policy.ts';
import type { RelationKind } from '../model/relation.ts';
import { leastSize } from './size.ts';

/**
 * The characters that a policy may have, white space left out: managed policies each, the inline ones of an identity together.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const QUOTAS: Readonly<Record<string, number>> = {
  'AWS::IAM::ManagedPolicy': 6144,
  'AWS::IAM::Role': 10240, 'AWS::IAM::RolePolicy': 10240, 'AWS::IAM::Policy': 10240,
  'AWS::IAM::Group': 5120, 'AWS::IAM::GroupPolicy': 5120,
  'AWS::IAM::User': 2048, 'AWS::IAM::UserPolicy': 2048,
};

/** What a policy of which it is not known what it is attached to may have: as much as a managed one. */
const UNKNOWN = 6144;

/** How identities are connected with the policies that are not written in them, and back. */
const HOLDERS = { 'policy-roles': 'role-policies', 'policy-users': 'user-policies', 'policy-groups': 'group-policies' } as const satisfies Partial<Record<RelationKind, RelationKind>>;

/** The number of holders of one policy that are looked at. */
const MOST_HOLDERS = 16;

/** The number of characters that a fix can add to a policy: what is left to the identity that has the least left. */
export function roomIn(policy: PolicyDocument): number {
  const { host } = policy;
  const quota = QUOTAS[host.type] ?? UNKNOWN;
  if (host.type === 'AWS::IAM::ManagedPolicy') return quota - leastSize(policy.value);
  const left = (most: number, documents: readonly PolicyDocument[]): number =>
    most - documents.filter((one) => one.value !== policy.value && one.kind === 'identity').reduce((sum, one) => sum + leastSize(one.value), leastSize(policy.value));
  const kinds = Object.entries(HOLDERS) as [keyof typeof HOLDERS, RelationKind][];
  return Math.min(left(quota, host.policies().documents), ...kinds.flatMap(([kind, back]) => host.related(kind).edges.slice(0, MOST_HOLDERS).map(({ resource: holder }) => {
    const inline = holder.related(back).edges.filter(({ resource }) => resource.type !== 'AWS::IAM::ManagedPolicy').flatMap(({ resource }) => resource.policies().documents);
    return left(QUOTAS[holder.type] ?? UNKNOWN, [...new Set([...holder.policies().documents, ...inline])]);
  })));
}

/** The characters that actions take in a list. */
export function lengthOfList(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length + 3, 0);
}
