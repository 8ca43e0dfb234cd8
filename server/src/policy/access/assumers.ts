/**
 * The principals that can assume a role that has access, also through other roles: role chaining.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
 */
import { flatMap } from '../../base/flat-map.ts';
import type { Resource } from '../../model/resource.ts';
import type { AccessPrincipal, Assumer, PrincipalAccess, AccessPrincipalKind } from './access.ts';

/** The maximum number of roles between a principal and the role with access. */
const MOST_BETWEEN = 3;

/** The maximum number of principals that are listed for one role. */
const MOST_ASSUMERS = 16;

/** The maximum number of roles whose trust policies are evaluated for one listing, so that the work is linear. */
const MOST_ROLES = 16;

/** Principals that have names of their own. Services are those of the resources that use a role. */
const NAMED: ReadonlySet<AccessPrincipalKind> = new Set([
  'identity',
  'anyone',
  'restricted',
  'organization',
  'account',
  'principal',
  'federated',
]);

/** A principal that may assume a role. */
interface Direct {
  readonly principal: AccessPrincipal;
  readonly isConditional: boolean;
}

/** Adds to roles the principals that can assume them. `ofRole` returns the access to a role. */
export function withAssumers(
  rows: readonly PrincipalAccess[],
  ofRole: (role: Resource) => readonly Omit<PrincipalAccess, 'keys'>[],
): readonly PrincipalAccess[] {
  const known = new Map<Resource, readonly Direct[]>();
  const direct = (role: Resource): readonly Direct[] => {
    const found = known.get(role) ?? (known.size < MOST_ROLES ? assuming(ofRole(role)) : []);
    known.set(role, found);
    return found;
  };
  return rows.map((row) => {
    const { resource } = row.principal;
    if (resource?.type !== ROLE || row.grants.length === 0) return row;
    const assumedBy = assumersOf(resource, direct);
    return assumedBy.length === 0 ? row : { ...row, assumedBy };
  });
}

const ROLE = 'AWS::IAM::Role';

function assuming(access: readonly Omit<PrincipalAccess, 'keys'>[]): readonly Direct[] {
  return flatMap(access, ({ principal, grants }) => {
    const actions = flatMap(grants, (grant) => grant.actions.filter(({ capability }) => capability === 'assume'));
    if (actions.length === 0 || !NAMED.has(principal.kind)) return [];
    return [{ principal, isConditional: actions.every(({ isConditional }) => isConditional) }];
  });
}

/** The principals that may assume a role, the direct ones first. Each resource is followed once. */
function assumersOf(role: Resource, direct: (role: Resource) => readonly Direct[]): readonly Assumer[] {
  const found: Assumer[] = [];
  const seen = new Set([role]);
  const open: { readonly to: Resource; readonly through: readonly Resource[]; readonly isConditional: boolean }[] = [
    { to: role, through: [], isConditional: false },
  ];
  for (let next = open.shift(); next && found.length < MOST_ASSUMERS; next = open.shift())
    for (const { principal, isConditional } of direct(next.to)) {
      const { resource } = principal;
      if (resource && seen.has(resource)) continue;
      if (resource) seen.add(resource);
      const one = { principal, through: next.through, isConditional: next.isConditional || isConditional };
      found.push(one);
      if (resource?.type === ROLE && next.through.length < MOST_BETWEEN)
        open.push({ to: resource, through: [resource, ...next.through], isConditional: one.isConditional });
    }
  return found.slice(0, MOST_ASSUMERS);
}
