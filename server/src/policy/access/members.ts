/** The members of groups. A member whose access is only that of its group is not listed beside it. */
import { flatMap } from '../../base/flat-map.ts';
import type { Guard } from '../../base/guard.ts';
import { numbering } from '../../base/memoize.ts';
import type { Resource } from '../../model/resource.ts';
import type { Identity } from '../allowance/identity.ts';
import type { AccessGrant, PrincipalAccess } from './access.ts';
import { sourceKey, keyOfLimit } from './collected.ts';

/** Adds to groups their members, and omits those with the same access. */
export function withMembers(
  rows: readonly PrincipalAccess[],
  identities: readonly Identity[],
  within: Guard,
): readonly PrincipalAccess[] {
  const groups = new Map(flatMap(rows, (row) => (isGroup(row) ? [[row.principal.resource, row] as const] : [])));
  if (groups.size === 0) return rows;
  const members = new Map<Resource, Resource[]>();
  const omitted = new Set<Resource>();
  const byResource = new Map(rows.map((row) => [row.principal.resource, row]));
  for (const { resource, groups: memberships } of identities) {
    const own = byResource.get(resource);
    for (const { group, when } of memberships) {
      const row = groups.get(group.resource);
      // Others are listed with their scenarios.
      if (!row || !within.coveredBy(when.yes)) continue;
      members.set(group.resource, [...(members.get(group.resource) ?? []), resource]);
      if (own && contentOf(own) === contentOf(row)) omitted.add(resource);
    }
  }
  return rows
    .filter(({ principal }) => !principal.resource || !omitted.has(principal.resource))
    .map((row) => {
      const ofPrincipal = row.principal.resource && members.get(row.principal.resource);
      return ofPrincipal ? { ...row, members: ofPrincipal } : row;
    });
}

function isGroup({ principal: { resource } }: PrincipalAccess): boolean {
  return resource?.type === 'AWS::IAM::Group';
}

const numberOf = numbering();

const idOf = (key: object | string): string => (typeof key === 'string' ? key : `#${numberOf(key)}`);

/** What is allowed, removed and limited, for comparison. */
function contentOf({ grants, removed, possible, limits, keys }: PrincipalAccess): string {
  return JSON.stringify([
    ...[grants, removed, possible].map(contentOfGrants),
    limits.map((limit) => idOf(keyOfLimit(limit))).sort(),
    keys.map(({ access }) => (access ? [access.grants, access.removed, access.possible].map(contentOfGrants) : [])),
  ]);
}

function contentOfGrants(grants: readonly AccessGrant[]): readonly string[] {
  return flatMap(grants, ({ source, actions }) =>
    actions.map(
      ({ action, isConditional, isPartial }) =>
        `${idOf(sourceKey(source))} ${action} ${String(isConditional)} ${String(isPartial)}`,
    ),
  ).sort();
}
