/** Names of identities in messages, for the rules about identities. */
import { flatMap } from '../../../base/flat-map.ts';
import { table, type Table } from '../../../base/table.ts';
import type { Resource } from '../../../model/resource.ts';
import type { Allowance } from '../../../policy/allowance/allowance.ts';
import type { HoldersOf } from '../../../policy/allowance/policy-holders.ts';
import type { Identity } from '../../../policy/allowance/identity.ts';
import type { Permission } from '../../../policy/allowance/identity-access.ts';
import type { RelatedValue } from '../../rule.ts';

const NOUNS: Table<string> = table({
  'AWS::IAM::Role': 'role',
  'AWS::IAM::User': 'user',
  'AWS::IAM::Group': 'group',
  'AWS::SSO::PermissionSet': 'permission set',
});

/** The rest of a sentence about permissions that a boundary limits. */
export const WITHIN_BOUNDARY = ' within its permissions boundary';

/** The subject of a message about permissions: the identity, or a principal with the only known policy. */
export function permissionSubject({ resource }: Pick<Identity, 'resource'>): string {
  const { type, nativeType, displayName } = resource;
  // An attachment to an identity outside the configuration stands for it.
  return NOUNS[type] === undefined || nativeType.endsWith('_attachment')
    ? `A principal with ${displayName}`
    : `The ${NOUNS[type]} ${displayName}`;
}

/** The resources that contain permissions, so that a finding there names them. */
export function carriersOf(permissions: readonly Permission[]): readonly Resource[] {
  return [...new Set(flatMap(permissions, ({ policy }) => policy?.host ?? []))];
}

/** The identity that a finding in a policy is about, if others have the policy too and are not affected. */
export function affectedHolder(
  identity: Identity,
  permissions: readonly Permission[],
  { beside }: { readonly beside: HoldersOf },
): readonly RelatedValue[] {
  const isShared = permissions.some(({ policy }) => policy !== undefined && (beside(policy)?.each.length ?? 0) > 1);
  return isShared
    ? [{ value: identity.resource.self, message: `${permissionSubject(identity)} has this policy.` }]
    : [];
}

/**
 * If several principals have a policy: those that keep some of its actions while a Deny statement removes them for
 * others.
 */
export function principalsKeeping(allowance: Allowance, actions: readonly string[]): readonly RelatedValue[] {
  return allowance
    .keptBy(actions)
    .map((resource) => ({
      value: resource.self,
      message: `${permissionSubject({ resource })} keeps this permission; others with the policy are denied it.`,
    }));
}
