/**
 * Privilege escalation by assuming a role of the stack that has administrator permissions or can escalate its own
 * privileges.
 */
import { flatMap } from '../../base/flat-map.ts';
import { isolated } from '../../base/isolation.ts';
import { memoize, memoize2 } from '../../base/memoize.ts';
import { once } from '../../base/once.ts';
import { all, any, isAbsent, judgement, NO, not, YES, type Judgement } from '../../model/judgement.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import { escalationsOf, representativeGrants, isConditional, type Escalation } from './escalation.ts';
import { accessOf, type IdentityAccess, type IdentityContext, type Permission } from '../allowance/identity-access.ts';
import { identitiesOf, type Identity } from '../allowance/identity.ts';
import type { IamData } from '../data/iam-data.ts';
import { NamedResources } from './named-resources.ts';
import { ReportedPlaces } from './reported-places.ts';
import type { IdentityInContext } from './role-passing.ts';
import { ASSUME_ROLE, trustIn, trustsPrincipals, type Trust } from './role-trust.ts';
import { finderOf, targetOf } from '../resource/target.ts';

interface Roles {
  readonly identities: ReadonlyMap<Resource, Identity>;
  /** Finds those that trust principals of an account. Most roles trust services only. */
  readonly namedBy: ReturnType<typeof finderOf>;
  /** Where a role has administrator permissions or full IAM access. */
  readonly administers: (role: Identity) => Judgement;
  /**
   * Where it can escalate its privileges: with its own permissions, by passing any role, or by assuming an
   * administrator role.
   */
  readonly escalates: (role: Identity) => Judgement;
}

const rolesOf = memoize((stack: Stack, lookup: IdentityContext): Roles => {
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
    namedBy: finderOf(
      [...identities.keys()].filter((role) =>
        isolated(
          () => role.self.origin.use,
          () => trustsPrincipals(role),
          () => false,
        ),
      ),
    ),
    administers: judged((identity) => accessOf(identity, lookup).administers),
    escalates: judged((identity) => escalates(identity, stack, lookup)),
  };
});

/** Where a role exists without a permissions boundary, which would also limit its sessions. */
function free({ resource, boundary }: Identity): Judgement {
  return all(judgement(resource.when), boundary ? isAbsent(boundary) : YES);
}

function escalates(identity: Identity, stack: Stack, lookup: IdentityContext): Judgement {
  const access = accessOf(identity, lookup);
  const found = flatMap(
    ownEscalationsOf(access, lookup.iam).filter(({ way, conditional }) => way !== 'existing' && !conditional),
    openings,
  );
  const { administers } = rolesOf(stack, lookup);
  const isWorth = (role: Identity): boolean => !administers(role).no.isAlways();
  let roles = 0;
  for (const { role, trust, permissions, isAllowed } of assumable(identity, access, stack, lookup, isWorth)) {
    if (trust.conditional) continue;
    found.push(all(trust.where, administers(role), any(...permissions.map(isAllowed))));
    if (++roles === MOST_ROLES) break;
  }
  return any(...found);
}

/**
 * The maximum number of roles that count for what a role can become by assuming others. Each of them applies in other
 * scenarios, and these multiply.
 */
const MOST_ROLES = 8;

/** The escalation paths of an identity by its own permissions, including those that other rules report. */
const ownEscalationsOf = memoize2((access: IdentityAccess, iam: IamData) =>
  escalationsOf(access, iam, undefined, true),
);

function openings({ anchor, open }: Escalation): readonly Judgement[] {
  return anchor.permissions.map((permission) => open(permission));
}

interface Assumable {
  readonly role: Identity;
  readonly trust: Trust;
  /** The permissions that name the role. */
  readonly permissions: readonly Permission[];
  readonly isAllowed: (permission: Permission) => Judgement;
}

/**
 * The roles of a stack that an identity is allowed to assume and that trust it.
 * @param isWorth Whether anything is gained by a role. It decides before the trust policy is evaluated.
 * @param isDone Whether further roles that a permission names can be left out.
 */
function* assumable(
  identity: Identity,
  access: IdentityAccess,
  stack: Stack,
  lookup: IdentityContext,
  isWorth: (role: Identity) => boolean,
  isDone: (permission: Permission) => boolean = () => false,
): Iterable<Assumable> {
  const { identities, namedBy } = rolesOf(stack, lookup);
  for (const { resource, by } of new NamedResources(representativeGrants(access, ASSUME_ROLE), namedBy).each(isDone)) {
    const role = identities.get(resource)!;
    if (resource === identity.resource || !isWorth(role)) continue;
    const trust = trustIn(resource, identity, stack);
    if (trust.where.no.isAlways()) continue;
    const target = targetOf(resource);
    yield {
      role,
      trust,
      permissions: by(),
      isAllowed: memoize((permission: Permission) =>
        any(permission.for(target), all(permission.everywhere(), not(permission.keptFrom(target)))),
      ),
    };
  }
}

/**
 * The roles of a stack through which an identity can escalate its privileges, each with the permissions that name it.
 * Administrators come first: one finding covers several roles of a statement.
 */
export function byAssuming({ identity, access, stack, lookup }: IdentityInContext): readonly Escalation[] {
  const path = lookup.iam.risks.escalation.find(({ actions }) => actions.join() === ASSUME_ROLE);
  if (!path || access.lesser(ASSUME_ROLE).length === 0) return [];
  const { administers, escalates } = rolesOf(stack, lookup);
  const own = once(() =>
    any(...flatMap(ownEscalationsOf(access, lookup.iam), (one) => (one.way === 'own' ? openings(one) : []))),
  );
  // An identity that can grant itself any permission gains nothing from a role that can do the same.
  const climbs = memoize((role: Identity): Judgement => {
    const where = administers(role).yes.isAlways() ? NO : escalates(role);
    return where.no.isAlways() ? NO : all(where, not(administers(role)), not(own()));
  });
  const reported = new ReportedPlaces(identity.resource);
  const through = (way: 'assume' | 'climb', power: (role: Identity) => Judgement): readonly Escalation[] => {
    const found: Escalation[] = [];
    for (const { role, trust, permissions, isAllowed } of assumable(
      identity,
      access,
      stack,
      lookup,
      (one) => !power(one).no.isAlways(),
      (permission) => reported.has(permission),
    )) {
      const escalation: Escalation = {
        path,
        way,
        parts: [permissions],
        target: role.resource,
        conditional: trust.conditional || permissions.every(isConditional),
        anchor: { action: ASSUME_ROLE, permissions },
        open: memoize((permission: Permission) =>
          all(isAllowed(permission), trust.where, power(role), not(access.administers)),
        ),
      };
      reported.add(escalation);
      found.push(escalation);
    }
    return found;
  };
  return [...through('assume', administers), ...through('climb', climbs)];
}
