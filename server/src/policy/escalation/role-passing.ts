/**
 * Privilege escalation by passing roles to services: administrator roles of the stack, and external roles with unknown
 * permissions.
 */
import { flatMap } from '../../base/flat-map.ts';
import { memoize } from '../../base/memoize.ts';
import { all, any, NO, not, UNKNOWABLE, type Judgement } from '../../model/judgement.ts';
import { itemsOf } from '../../model/navigate.ts';
import { resourcesOfTypes } from '../../model/resources-of-type.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';
import {
  byLength,
  representativeGrants,
  isConditional,
  PASS_ROLE,
  passedTo,
  PASS_ROLE_SERVICES,
  type Escalation,
} from './escalation.ts';
import type { EscalationPath } from '../data/iam-data.ts';
import type { IdentityAccess, IdentityContext, Permission } from '../allowance/identity-access.ts';
import type { Identity } from '../allowance/identity.ts';
import { trustsService } from './role-trust.ts';
import {
  finderOf,
  isOne,
  namesRole,
  rolesLike,
  targetBy,
  targetOf,
  targetsLike,
  type Target,
} from '../resource/target.ts';

/** The maximum number of name patterns that are examined. */
const MOST_PATTERNS = 16;

const somewhere = memoize((permission: Permission) => permission.somewhere());

/** An identity with its environment. */
export interface IdentityInContext {
  readonly identity: Identity;
  readonly access: IdentityAccess;
  readonly stack: Stack;
  readonly lookup: IdentityContext;
}

/** A way to pass a role to a service and to start something with it. */
export interface RolePassing {
  readonly path: EscalationPath;
  /** The actions that start something. */
  readonly others: readonly string[];
  readonly parts: Escalation['parts'];
  readonly services: readonly string[];
  /** Where any role can be passed this way. That is reported separately. */
  readonly wherever: Judgement;
}

/** The ways in which an identity can pass roles by name, shorter ones first. */
export function rolePassingsOf(
  { access, lookup: { iam } }: IdentityInContext,
  passing: readonly Permission[],
): readonly RolePassing[] {
  if (passing.length === 0) return [];
  return flatMap(byLength(iam.risks.escalation), (path): readonly RolePassing[] => {
    const others = path.actions.filter((action) => action !== PASS_ROLE);
    if (others.length === path.actions.length) return [];
    const parts = path.actions.map((action) => (action === PASS_ROLE ? passing : representativeGrants(access, action)));
    if (parts.some((permissions) => permissions.length === 0)) return [];
    const services = [...new Set(flatMap(others, (action) => PASS_ROLE_SERVICES[action.split(':')[0]!] ?? []))];
    const wherever = any(
      ...flatMap(services, (service) => passing.map((one) => one.everywhere(passedTo([service])[0]))),
    );
    return services.length === 0 || wherever.yes.isAlways() ? [] : [{ path, others, parts, services, wherever }];
  });
}

/** An identity that can pass an administrator role to a service that the role trusts, and start something with it. */
export function byPassingRole(
  { access }: IdentityInContext,
  permissions: readonly Permission[],
  passings: readonly RolePassing[],
  role: Resource,
  where: Judgement,
): readonly Escalation[] {
  const target = targetOf(role);
  const passRole = permissions.filter((permission) => !permission.for(target).no.isAlways());
  if (passRole.length === 0) return [];
  const passableTo = new Map(
    SERVICES.map((service) => [
      service,
      memoize((permission: Permission) => permission.for(target, passedTo([service])[0])),
    ]),
  );
  const found: Escalation[] = [];
  for (const { path, others, parts, services, wherever } of passings) {
    if (found.some((shorter) => shorter.path.actions.every((action) => path.actions.includes(action)))) continue;
    const trusting = services
      .map((service) => ({ service, trusted: trusts(role, service) }))
      .filter(({ trusted }) => !trusted.no.isAlways());
    if (trusting.length === 0) continue;
    const open = (permission: Permission): Judgement => {
      const passed = any(...trusting.map(({ service, trusted }) => all(trusted, passableTo.get(service)!(permission))));
      if (passed.no.isAlways()) return NO;
      const started = flatMap(path.actions, (action, index) =>
        action === PASS_ROLE ? [] : [any(...parts[index]!.map(somewhere))],
      );
      return all(passed, where, ...started, not(wherever), not(access.administers));
    };
    // Passing a role to CloudFormation is the purpose of deployment identities.
    const deploys = others.every((action) => action.startsWith('cloudformation:'));
    for (const intended of deploys ? [true, false] : [false]) {
      const permissions = passRole.filter((permission) => !deploys || namesOne(permission, target) === intended);
      if (permissions.length > 0)
        found.push({
          path,
          way: 'hand',
          parts,
          target: role,
          intended,
          conditional:
            parts.some((judgements, index) => path.actions[index] !== PASS_ROLE && judgements.every(isConditional)) ||
            permissions.every(isLimited),
          anchor: { action: PASS_ROLE, permissions },
          open,
        });
    }
  }
  return found;
}

/**
 * An identity that can pass external roles to a service, by a name pattern or by name, and start something with them.
 * The permissions of the roles are unknown, so this is only a possible path.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
export function byPassingExternalRole(
  seen: IdentityInContext,
  passing: readonly Permission[],
  passings: readonly RolePassing[],
): readonly Escalation[] {
  const named = (permission: Permission): Values =>
    permission.statement ? itemsOf(permission.statement.resources, true).items : [];
  const isInSight = rolesIn(seen.stack);
  return [
    ...byTargets(
      seen,
      'match',
      passings,
      passing.map((permission) => ({
        permission,
        targets: rolesLike(named(permission)).slice(0, MOST_PATTERNS).map(targetsLike),
      })),
    ),
    ...byTargets(
      seen,
      'name',
      passings,
      passing.map((permission) => ({
        permission,
        targets: named(permission)
          .filter(({ value }) => namesRole(value) && !isInSight(value))
          .slice(0, MOST_PATTERNS)
          .map(({ value }) => targetBy(value)),
      })),
    ),
  ];
}

type Values = readonly { readonly value: Value }[];

const ROLES: ReadonlySet<string> = new Set(['AWS::IAM::Role']);

/** Whether a resource of a statement names a role of the stack, whose permissions are known. */
const rolesIn = memoize((stack: Stack): ((value: Value) => boolean) => {
  const find = finderOf(resourcesOfTypes(stack, ROLES));
  return (value) => find(value).length > 0;
});

function byTargets(
  { access }: IdentityInContext,
  way: 'match' | 'name',
  passings: readonly RolePassing[],
  passing: readonly { readonly permission: Permission; readonly targets: readonly Target[] }[],
): readonly Escalation[] {
  const targets = new Map(passing.filter((one) => one.targets.length > 0).map((one) => [one.permission, one.targets]));
  if (targets.size === 0) return [];
  const found: EscalationPath[] = [];
  return flatMap(passings, ({ path, parts, services, others, wherever }): readonly Escalation[] => {
    // Deployment identities of CloudFormation are granted such roles by name.
    if (
      others.every((action) => action.startsWith('cloudformation:')) ||
      found.some((shorter) => shorter.actions.every((action) => path.actions.includes(action)))
    )
      return [];
    found.push(path);
    const passed = memoize((permission: Permission) =>
      any(
        ...flatMap(targets.get(permission) ?? [], (target) =>
          services.map((service) => permission.for(target, passedTo([service])[0])),
        ),
      ),
    );
    const permissions = [...targets.keys()].filter((permission) => !passed(permission).no.isAlways());
    if (permissions.length === 0) return [];
    return [
      {
        path,
        way,
        parts,
        conditional: false,
        anchor: { action: PASS_ROLE, permissions },
        open: memoize((permission) => {
          const started = flatMap(path.actions, (action, index) =>
            action === PASS_ROLE ? [] : [any(...parts[index]!.map(somewhere))],
          );
          return all(passed(permission), ...started, not(wherever), not(access.administers), UNKNOWABLE);
        }),
      },
    ];
  });
}

/** Whether a role can only be passed under other conditions than one on the service, which is evaluated separately. */
function isLimited(permission: Permission): boolean {
  return (
    isConditional(permission) &&
    permission.limited!.conditions.some(({ key }) => key.toLowerCase() !== 'iam:passedtoservice')
  );
}

/** Whether a grant names only one target, and no pattern. */
function namesOne({ statement }: Permission, target: Target): boolean {
  return (
    statement !== undefined &&
    itemsOf(statement.resources, true).items.every(
      ({ value }) => !target.named(value).yes.satisfiable() || isOne(value),
    )
  );
}

const SERVICES = [...new Set(Object.values(PASS_ROLE_SERVICES).flat())];

const trusted = new Map(
  SERVICES.map((service) => [service, memoize((role: Resource) => trustsService(role, service))]),
);

/** Where a role trusts a service. */
function trusts(role: Resource, service: string): Judgement {
  return trusted.get(service)!(role);
}
