/** The size quota of a policy, and the characters left in it. */
import { addTo } from '../../base/groups.ts';
import { memoize } from '../../base/memoize.ts';
import { table, type Table } from '../../base/table.ts';
import { isPolicyFile } from '../../model/format.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import { QUOTAS, type QuotaName } from '../../model/quota.ts';
import type { RelationKind } from '../../model/relation.ts';
import type { Stack } from '../../model/resource.ts';
import { leastSize } from './size.ts';

/** The quota of an account: `quota` of the context of a rule. */
export type QuotaOf = (name: QuotaName) => number;

export interface Limit {
  readonly quota: QuotaName;
  /** Whether all inline policies of an identity share it. */
  readonly together: boolean;
}

/** The shared quota of the inline policies of an identity, by its type. */
export const INLINE: Table<QuotaName> = table({
  'AWS::IAM::Role': 'iam.roleInlinePolicies',
  'AWS::IAM::User': 'iam.userInlinePolicies',
  'AWS::IAM::Group': 'iam.groupInlinePolicies',
});

/** Inline policies as separate resources, by the type they are attached to; usually a role where the type does not show it. */
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

/** The most principals of one policy that are examined. */
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

/** The quota of a policy; undefined where none is known. */
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
      // Whether a policy file is for a managed policy is unknown; a longer one can only be the single inline policy of a role.
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
 * The length that a fix can add to a policy: what is left to the identity that has the least left, also where it has another policy that is made of the
 * same statements. One of which it is not known what it is held to may become as long as a managed one.
 */
export function roomIn(policy: PolicyDocument, quotaOf: QuotaOf, { policies }: Pick<Stack, 'policies'>): number {
  const sharing = sharedStatements(policies);
  const others = new Set(policy.statements.flatMap((statement) => sharing.get(placeOf(statement)) ?? []));
  return Math.min(...[policy, ...[...others].slice(0, MOST_HOLDERS)].map((one) => roomOf(one, quotaOf)));
}

/** The policies that have a statement that is written once for several of them, as in a data source of Terraform. */
const sharedStatements = memoize(
  (policies: readonly PolicyDocument[]): ReadonlyMap<string, readonly PolicyDocument[]> => {
    const having = new Map<string, PolicyDocument[]>();
    for (const policy of policies) for (const statement of policy.statements) addTo(having, placeOf(statement), policy);
    return new Map([...having].filter(([, all]) => all.length > 1));
  },
);

function placeOf({ value: { origin } }: Statement): string {
  const { doc, start, end } = origin.def ?? origin.use;
  return `${doc} ${start} ${end}`;
}

function roomOf(policy: PolicyDocument, quotaOf: QuotaOf): number {
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

/** The characters of actions in a list. */
export function lengthOfList(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length + 3, 0);
}
