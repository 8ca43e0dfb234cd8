/** The size quota of a policy and its remaining characters. */
import { flatMap } from '../../base/flat-map.ts';
import { addTo } from '../../base/groups.ts';
import { memoize } from '../../base/memoize.ts';
import { sameSpan, type Span } from '../../base/span.ts';
import { table, type Table } from '../../base/table.ts';
import { isPolicyFile } from '../../model/format.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import { QUOTAS, type QuotaName } from '../../model/quota.ts';
import type { RelationKind } from '../../model/relation.ts';
import type { Stack } from '../../model/resource.ts';
import { leastSize } from './size.ts';

/** The quota of an account, as rules get it from `quota` of their context. */
export type QuotaOf = (name: QuotaName) => number;

export interface Limit {
  readonly quota: QuotaName;
  /** Whether all inline policies of an identity share the quota. */
  readonly together: boolean;
}

/** The shared quota of the inline policies of an identity, by its type. */
export const INLINE: Table<QuotaName> = table({
  'AWS::IAM::Role': 'iam.roleInlinePolicies',
  'AWS::IAM::User': 'iam.userInlinePolicies',
  'AWS::IAM::Group': 'iam.groupInlinePolicies',
});

/**
 * Inline policies that are separate resources, by the type that they are attached to. If the type is not determined, it
 * is usually a role.
 */
const ATTACHED: Table<QuotaName> = table({
  'AWS::IAM::RolePolicy': 'iam.roleInlinePolicies',
  'AWS::IAM::Policy': 'iam.roleInlinePolicies',
  'AWS::IAM::UserPolicy': 'iam.userInlinePolicies',
  'AWS::IAM::GroupPolicy': 'iam.groupInlinePolicies',
});

/** The relations between identities and their separate policies, in both directions. */
const HOLDERS = {
  'policy-roles': 'role-policies',
  'policy-users': 'user-policies',
  'policy-groups': 'group-policies',
} as const satisfies Partial<Record<RelationKind, RelationKind>>;

/** The maximum number of principals of a policy, and of policies with its statements, that are examined. */
const MOST_HOLDERS = 16;

/** By the service of the resource with the policy. */
const RESOURCES: Table<QuotaName> = table({
  dynamodb: 'dynamodb.resourcePolicy',
  kms: 'kms.keyPolicy',
  s3: 's3.bucketPolicy',
  secretsmanager: 'secretsmanager.resourcePolicy',
  sns: 'sns.topicPolicy',
  sqs: 'sqs.queuePolicy',
});

/** The quota of a policy; undefined if unknown. */
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
      // A policy file can be for a managed policy. If it is longer, it can only be the single inline policy of a role.
      return alone(
        host.type === 'AWS::IAM::ManagedPolicy' || isPolicyFile(host.format) ? 'iam.managedPolicy' : undefined,
      );
    }
    case 'resource':
      return alone(RESOURCES[service ?? '']);
    default:
      return undefined;
  }
}

/**
 * The number of characters that a fix can add to a policy: the smallest remainder of all policies that share its
 * statements. An identity policy with unknown principals can be as long as a managed policy.
 */
export function remainingLength(
  policy: PolicyDocument,
  quotaOf: QuotaOf,
  stack: Pick<Stack, 'policies' | 'resourcesFrom'>,
): number {
  const all = new Set([policy, ...flatMap(policy.statements, (statement) => policiesWith(statement, stack))]);
  return Math.min(...[...all].slice(0, MOST_HOLDERS).map((one) => roomOf(one, quotaOf)));
}

/** The policies that share a statement, as with a Terraform data source, if there are several. */
function policiesWith(
  statement: Statement,
  stack: Pick<Stack, 'policies' | 'resourcesFrom'>,
): readonly PolicyDocument[] {
  const place = placeOf(statement);
  // Not all policies of a large template need to be read.
  const hosts = stack.resourcesFrom?.(place.doc, place);
  if (!hosts) return sharedStatements(stack.policies).get(keyOf(place)) ?? [];
  return flatMap(hosts, (host) => host.policies().documents).filter(({ statements }) =>
    statements.some((one) => sameSpan(placeOf(one), place)),
  );
}

/** The policies that share each statement. */
const sharedStatements = memoize(
  (policies: readonly PolicyDocument[]): ReadonlyMap<string, readonly PolicyDocument[]> => {
    const having = new Map<string, PolicyDocument[]>();
    for (const policy of policies)
      for (const statement of policy.statements) addTo(having, keyOf(placeOf(statement)), policy);
    return new Map([...having].filter(([, all]) => all.length > 1));
  },
);

function placeOf({ value: { origin } }: Statement): Span {
  return origin.def ?? origin.use;
}

function keyOf({ doc, start, end }: Span): string {
  return `${doc} ${start} ${end}`;
}

function roomOf(policy: PolicyDocument, quotaOf: QuotaOf): number {
  const { quota, together } = limitOf(policy) ?? ({ quota: 'iam.managedPolicy', together: false } as const);
  const remaining = (name: QuotaName, documents: readonly PolicyDocument[]): number => {
    const size = ({ value }: PolicyDocument): number => leastSize(value, QUOTAS[name].unit === 'bytes');
    return (
      quotaOf(name) -
      documents
        .filter(({ value, kind }) => value !== policy.value && kind === 'identity')
        .reduce((sum, one) => sum + size(one), size(policy))
    );
  };
  if (!together) return remaining(quota, []);
  const { host } = policy;
  const kinds = Object.entries(HOLDERS) as [keyof typeof HOLDERS, RelationKind][];
  return Math.min(
    remaining(quota, host.policies().documents),
    ...flatMap(kinds, ([kind, back]) =>
      host
        .related(kind)
        .edges.slice(0, MOST_HOLDERS)
        .map(({ resource: holder }) => {
          const inline = flatMap(
            holder.related(back).edges.filter(({ resource }) => resource.type !== 'AWS::IAM::ManagedPolicy'),
            ({ resource }) => resource.policies().documents,
          );
          return remaining(INLINE[holder.type] ?? quota, [...new Set([...holder.policies().documents, ...inline])]);
        }),
    ),
  );
}

/** The characters of actions in a list. */
export function lengthOfList(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length + 3, 0);
}
