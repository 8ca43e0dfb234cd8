/** What the length of a policy is held to, and how much longer it may become. */
import { table, type Table } from '../base/table.ts';
import type { PolicyDocument } from '../model/policy.ts';
import { QUOTAS, type QuotaName } from '../model/quota.ts';
import type { RelationKind } from '../model/relation.ts';
import { leastSize } from './size.ts';

/** How much an account may have of something: `quota` of the context of a rule. */
export type QuotaOf = (name: QuotaName) => number;

export interface Limit {
  readonly quota: QuotaName;
  /** Whether all inline policies of an identity share it. */
  readonly together: boolean;
}

/** What the inline policies of an identity are held to together, by its type. */
export const INLINE: Table<QuotaName> = table({
  'AWS::IAM::Role': 'iam.roleInlinePolicies',
  'AWS::IAM::User': 'iam.userInlinePolicies',
  'AWS::IAM::Group': 'iam.groupInlinePolicies',
});

/** Inline policies that are resources of their own, by what they are attached to; mostly a role where the type does not say it. */
const ATTACHED: Table<QuotaName> = table({
  'AWS::IAM::RolePolicy': 'iam.roleInlinePolicies',
  'AWS::IAM::Policy': 'iam.roleInlinePolicies',
  'AWS::IAM::UserPolicy': 'iam.userInlinePolicies',
  'AWS::IAM::GroupPolicy': 'iam.groupInlinePolicies',
});

/** How identities are connected with the policies that are not written in them, and back. */
const HOLDERS = {
  'policy-roles': 'role-policies',
  'policy-users': 'user-policies',
  'policy-groups': 'group-policies',
} as const satisfies Partial<Record<RelationKind, RelationKind>>;

/** The number of holders of one policy that are looked at. */
const MOST_HOLDERS = 16;

/** By the service whose resource a policy is attached to. */
const RESOURCES: Table<QuotaName> = table({
  dynamodb: 'dynamodb.resourcePolicy',
  kms: 'kms.keyPolicy',
  s3: 's3.bucketPolicy',
  secretsmanager: 'secretsmanager.resourcePolicy',
  sns: 'sns.topicPolicy',
  sqs: 'sqs.queuePolicy',
});

/** What limits the length of a policy; undefined where no quota is known. */
export function limitOf({ kind, host, service }: PolicyDocument): Limit | undefined {
  const alone = (quota: QuotaName | undefined): Limit | undefined => quota && { quota, together: false };
  switch (kind) {
    case 'trust':
      return alone('iam.trustPolicy');
    case 'scp':
      return alone('organizations.scp');
    case 'rcp':
      return alone('organizations.rcp');
    case 'permission-set':
      return alone('sso.permissionSetPolicy');
    case 'boundary':
      return alone('iam.managedPolicy');
    case 'identity': {
      const shared = INLINE[host.type] ?? ATTACHED[host.type];
      if (shared) return { quota: shared, together: true };
      // Of a policy that is a file of its own nobody knows whether it is a managed one; longer than that it can be nothing else than the one policy of a role.
      return alone(
        host.type === 'AWS::IAM::ManagedPolicy' || host.format === 'iam-policy' ? 'iam.managedPolicy' : undefined,
      );
    }
    case 'resource':
      return alone(RESOURCES[service ?? '']);
    default:
      return undefined;
  }
}

/**
 * The length that a fix can add to a policy: what is left to the identity that has the least left. One of which it is not known what it is held to may
 * become as long as a managed one.
 */
export function roomIn(policy: PolicyDocument, quotaOf: QuotaOf): number {
  const { quota, together } = limitOf(policy) ?? ({ quota: 'iam.managedPolicy', together: false } as const);
  const left = (name: QuotaName, documents: readonly PolicyDocument[]): number => {
    const size = ({ value }: PolicyDocument): number => leastSize(value, QUOTAS[name].unit === 'bytes');
    return (
      quotaOf(name) -
      documents
        .filter(({ value, kind }) => value !== policy.value && kind === 'identity')
        .reduce((sum, one) => sum + size(one), size(policy))
    );
  };
  if (!together) return left(quota, []);
  const { host } = policy;
  const kinds = Object.entries(HOLDERS) as [keyof typeof HOLDERS, RelationKind][];
  return Math.min(
    left(quota, host.policies().documents),
    ...kinds.flatMap(([kind, back]) =>
      host
        .related(kind)
        .edges.slice(0, MOST_HOLDERS)
        .map(({ resource: holder }) => {
          const inline = holder
            .related(back)
            .edges.filter(({ resource }) => resource.type !== 'AWS::IAM::ManagedPolicy')
            .flatMap(({ resource }) => resource.policies().documents);
          return left(INLINE[holder.type] ?? quota, [...new Set([...holder.policies().documents, ...inline])]);
        }),
    ),
  );
}

/** The characters that actions take in a list. */
export function lengthOfList(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length + 3, 0);
}
