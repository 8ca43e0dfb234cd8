/** How rules about identities speak of them. */
import { table, type Table } from '../../base/table.ts';
import type { Resource } from '../../model/resource.ts';
import type { Identity } from '../../policy/identity.ts';
import type { Permission } from '../../policy/identity-access.ts';

const NOUNS: Table<string> = table({
  'AWS::IAM::Role': 'role',
  'AWS::IAM::User': 'user',
  'AWS::IAM::Group': 'group',
  'AWS::SSO::PermissionSet': 'permission set',
});

/** The subject of a message about permissions: the identity, or a principal with the one policy that is seen. */
export function who({ resource: { type, displayName } }: Identity): string {
  return NOUNS[type] === undefined
    ? `A principal with the policy in ${displayName}`
    : `The ${NOUNS[type]} ${displayName}`;
}

/** The resources in which permissions are written, so that a finding there names them. */
export function carriersOf(permissions: readonly Permission[]): readonly Resource[] {
  return [...new Set(permissions.flatMap(({ policy }) => policy?.host ?? []))];
}
