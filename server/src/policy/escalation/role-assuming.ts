/**
 * Privilege escalation by assuming a role of the stack that has administrator permissions or can escalate its own
 * privileges.
 */
import { isolated } from '../../base/isolation.ts';
import { memoize } from '../../base/memoize.ts';
import { once } from '../../base/once.ts';
import { all, any, isAbsent, judgement, NO, not, YES, type Judgement } from '../../model/judgement.ts';
import { itemsOf } from '../../model/navigate.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import { escalationsOf, few, isConditional, type Escalation } from './escalation.ts';
import { accessOf, type Access, type Lookup, type Permission } from '../allowance/identity-access.ts';
import { identitiesOf, type Identity } from '../allowance/identity.ts';
import type { Seen } from './role-passing.ts';
import { ASSUME_ROLE, trustIn, type Trust } from './role-trust.ts';
import { finderOf, targetOf } from '../resource/target.ts';

/** The permissions that a principal gains by assuming a role. */
interface Power {
  /** Where it has administrator permissions or full IAM access. */
  readonly administers: Judgement;
  /**
   * Where it can escalate its privileges: with its own permissions, by passing any role, or by assuming an
   * administrator role.
   */
  readonly escalates: Judgement;
}

interface Roles {
  readonly identities: ReadonlyMap<Resource, Identity>;
  readonly namedBy: ReturnType<typeof finderOf>;
  readonly administers: (identity: Identity) => Judgement;
  readonly escalates: (identity: Identity) => Judgement;
}

const rolesOf = memoize((stack: Stack, lookup: Lookup): Roles => {
  const identities = new Map(
    identitiesOf(stack)
      .filter(({ resource }) => resource.type === 'AWS::IAM::Role')
      .map((identity) => [identity.resource, identity]),
  );
  const judged = (judge: (identity: Identity) => Judgement): ((identity: Identity) => Judgement) =>
    memoize((identity) =>
      isolated(
        () => identity.resource.self.origin.use,
        () => all(free(identity), judge(identity)),
        () => NO,
      ),
    );
  return {
    identities,
    namedBy: finderOf([...identities.keys()]),
    administers: judged((identity) => accessOf(identity, lookup).administers),
    escalates: judged((identity) => escalates(identity, stack, lookup)),
  };
});

/** Where a role exists without a permissions boundary, which would also limit its sessions. */
function free({ resource, boundary }: Identity): Judgement {
  return all(judgement(resource.when), boundary ? isAbsent(boundary) : YES);
}

function escalates(identity: Identity, stack: Stack, lookup: Lookup): Judgement {
  const access = accessOf(identity, lookup);
  const own = escalationsOf(access, lookup.iam, undefined, true).filter(
    ({ way, conditional }) => way !== 'existing' && !conditional,
  );
  const { identities, administers } = rolesOf(stack, lookup);
  return any(
    ...own.flatMap(openings),
    ...assumable(identity, access, stack, lookup).map(({ role, trust, permissions, isAllowed }) => {
      const where = administers(identities.get(role)!);
      return trust.conditional || where.no.isAlways()
        ? NO
        : all(trust.where, where, any(...permissions.map(isAllowed)));
    }),
  );
}

function openings({ anchor, open }: Escalation): readonly Judgement[] {
  return anchor.permissions.map((permission) => open(permission));
}

interface Assumable {
  readonly role: Resource;
  readonly trust: Trust;
  /** The permissions that name the role. */
  readonly permissions: readonly Permission[];
  readonly isAllowed: (permission: Permission) => Judgement;
}

/** The roles of a stack that an identity is allowed to assume and that trust it. */
function assumable(identity: Identity, access: Access, stack: Stack, lookup: Lookup): readonly Assumable[] {
  const { namedBy } = rolesOf(stack, lookup);
  const naming = new Map<Resource, Set<Permission>>();
  for (const permission of few(access, ASSUME_ROLE))
    for (const { value } of permission.statement ? itemsOf(permission.statement.resources, true).items : [])
      for (const role of namedBy(value))
        if (role !== identity.resource) naming.set(role, (naming.get(role) ?? new Set()).add(permission));
  return [...naming].flatMap(([role, permissions]): readonly Assumable[] => {
    const trust = trustIn(role, identity, stack);
    const target = targetOf(role);
    return trust.where.no.isAlways()
      ? []
      : [
          {
            role,
            trust,
            permissions: [...permissions],
            isAllowed: memoize((permission: Permission) =>
              any(permission.for(target), all(permission.everywhere(), not(permission.keptFrom(target)))),
            ),
          },
        ];
  });
}

/**
 * The roles of a stack through which an identity can escalate its privileges, each with the permissions that name it.
 */
export function byAssuming({ identity, access, stack, lookup }: Seen): readonly Escalation[] {
  const path = lookup.iam.risks.escalation.find(({ actions }) => actions.join() === ASSUME_ROLE);
  if (!path || access.lesser(ASSUME_ROLE).length === 0) return [];
  const roles = rolesOf(stack, lookup);
  const own = once(() =>
    any(
      ...escalationsOf(access, lookup.iam, undefined, true).flatMap((one) => (one.way === 'own' ? openings(one) : [])),
    ),
  );
  const found = assumable(identity, access, stack, lookup).flatMap(({ role, trust, permissions, isAllowed }) => {
    const its = roles.identities.get(role)!;
    const administers = roles.administers(its);
    const climbs = administers.yes.isAlways() ? NO : roles.escalates(its);
    // An identity that can grant itself any permission gains nothing from a role that can do the same.
    const powers: Power = {
      administers,
      escalates: climbs.no.isAlways() ? NO : all(climbs, not(administers), not(own())),
    };
    return (['administers', 'escalates'] as const).flatMap((power): readonly Escalation[] =>
      powers[power].no.isAlways()
        ? []
        : [
            {
              path,
              way: power === 'administers' ? 'assume' : 'climb',
              parts: [permissions],
              target: role,
              conditional: trust.conditional || permissions.every(isConditional),
              anchor: { action: ASSUME_ROLE, permissions },
              open: memoize((permission: Permission) =>
                all(isAllowed(permission), trust.where, powers[power], not(access.administers)),
              ),
            },
          ],
    );
  });
  // One finding covers several roles of a statement. Administrators come first, regardless of their order.
  return [...found.filter(({ way }) => way === 'assume'), ...found.filter(({ way }) => way !== 'assume')];
}
