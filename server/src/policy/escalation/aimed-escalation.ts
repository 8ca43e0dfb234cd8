/**
 * Privilege escalation with actions that are allowed only on some names: of the identity itself, of roles and users of
 * the stack with administrator permissions, or unused names. Resources outside the stack are unknown, so passing their
 * roles is only a possible path.
 */
import { flatMap } from '../../base/flat-map.ts';
import { isolated } from '../../base/isolation.ts';
import { memoize } from '../../base/memoize.ts';
import { table, type Table } from '../../base/table.ts';
import { all, any, isAbsent, judgement, NO, not, YES, type Judgement } from '../../model/judgement.ts';
import { itemsOf } from '../../model/navigate.ts';
import { isWithin } from '../../model/quantified.ts';
import type { Edge, Resource, Stack } from '../../model/resource.ts';
import { attachable } from './attachable.ts';
import {
  representativeGrants,
  isConditional,
  PASS_ROLE,
  type Escalation,
  type EscalationMethod,
} from './escalation.ts';
import type { EscalationPath } from '../data/iam-data.ts';
import { accessOf, type IdentityAccess, type IdentityContext, type Permission } from '../allowance/identity-access.ts';
import { identitiesOf, type Identity } from '../allowance/identity.ts';
import { NamedResources } from './named-resources.ts';
import { ReportedPlaces } from './reported-places.ts';
import { byAssuming } from './role-assuming.ts';
import { byPassingRole, byPassingExternalRole, rolePassingsOf, type IdentityInContext } from './role-passing.ts';
import { ASSUME_ROLE } from './role-trust.ts';
import { finderOf, OWN_USER, rolesLike, targetOf, targetsLike, type Target } from '../resource/target.ts';

/**
 * Actions that change the permissions of an identity, by type.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
const OWN: Table<readonly string[]> = table({
  'AWS::IAM::Group': ['iam:AttachGroupPolicy', 'iam:PutGroupPolicy'],
  'AWS::IAM::Role': ['iam:AttachRolePolicy', 'iam:PutRolePolicy'],
  'AWS::IAM::User': ['iam:AttachUserPolicy', 'iam:PutUserPolicy'],
});

/** Actions that allow others to act as an identity of a type, or as a member of a group. */
const BECOMING: Table<readonly string[]> = table({
  'AWS::IAM::Group': ['iam:AddUserToGroup'],
  'AWS::IAM::Role': ['iam:UpdateAssumeRolePolicy'],
  'AWS::IAM::User': ['iam:CreateAccessKey', 'iam:CreateLoginProfile', 'iam:UpdateLoginProfile'],
});

/** All actions of name-based escalation paths. */
const NAMED = new Set(
  [...Object.values(OWN), ...Object.values(BECOMING)]
    .flat()
    .concat('iam:PassRole', 'iam:AttachRolePolicy', 'iam:PutRolePolicy', 'iam:CreatePolicyVersion', ASSUME_ROLE),
);

const GIVING = ['iam:AttachRolePolicy', 'iam:PutRolePolicy'] as const;

/** The name-based escalation paths of an identity, without those that apply to all names. */
export function aimedEscalationsOf(
  identity: Identity,
  access: IdentityAccess,
  stack: Stack,
  lookup: IdentityContext,
): readonly Escalation[] {
  // Most identities have no IAM permissions.
  if (![...NAMED].some((action) => access.lesser(action).length > 0)) return [];
  const seen: IdentityInContext = { identity, access, stack, lookup };
  return [
    ...[...bySelf(seen), ...byMaking(seen)].map((one) => ({ ...one, open: memoize(one.open) })),
    ...byOthers(seen),
    ...byAssuming(seen),
  ];
}

/**
 * An identity that can attach a policy to itself, write an inline policy for itself, or change a policy that it has.
 * Its permissions boundary still applies.
 */
function bySelf(seen: IdentityInContext): readonly Escalation[] {
  const {
    identity: { resource, grants, inherited, boundary },
  } = seen;
  const free = boundary ? isAbsent(boundary) : YES;
  if (free.no.isAlways()) return [];
  const own = (OWN[resource.type] ?? []).map((action) => one(seen, 'self', action, targetOf(resource), resource, free));
  // A policy variable for the user name applies only to users. A permission set is used through a role.
  const asking =
    resource.type === 'AWS::IAM::Role' || resource.type === 'AWS::SSO::PermissionSet'
      ? []
      : OWN['AWS::IAM::User']!.map((action) => one(seen, 'self', action, OWN_USER, undefined, free));
  const policies = new Set(
    flatMap([...grants, ...inherited], ({ policy: { host } }) =>
      host.type === 'AWS::IAM::ManagedPolicy' ? [host] : [],
    ),
  );
  return flatMap(
    [
      ...own,
      ...asking,
      ...[...policies].map((host) => one(seen, 'self', 'iam:CreatePolicyVersion', targetOf(host), host, free)),
    ],
    (path) => path ?? [],
  );
}

/** A path of one action on one resource. */
function one(
  seen: IdentityInContext,
  way: EscalationMethod,
  action: string,
  target: Target,
  resource: Resource | undefined,
  where: Judgement,
  permissions = representativeGrants(seen.access, action),
): Escalation | undefined {
  const {
    access,
    lookup: { iam },
  } = seen;
  const path = pathOf(seen, [action]);
  if (!path || permissions.length === 0) return undefined;
  return {
    path,
    way,
    parts: [permissions],
    conditional: permissions.every(isConditional),
    anchor: { action, permissions },
    ...(resource ? { target: resource } : {}),
    open: (permission) => {
      const named = attachable(permission, access, iam, (request) => permission.for(target, request));
      return named.no.isAlways() ? NO : all(named, where, not(wide(seen, action)), not(access.administers));
    },
  };
}

/** A path in the data, or one that is specific to names. */
function pathOf(
  {
    lookup: {
      iam: { risks },
    },
  }: IdentityInContext,
  actions: readonly string[],
): EscalationPath | undefined {
  return risks.escalation.find(
    (path) =>
      path.actions.length === actions.length && path.actions.every((action, index) => action === actions[index]),
  );
}

/** Where an action is granted for all names. That is reported separately. */
function wide({ access, lookup: { iam } }: IdentityInContext, action: string): Judgement {
  return any(
    ...representativeGrants(access, action).map((permission) =>
      attachable(permission, access, iam, (request) => permission.everywhere(request)),
    ),
  );
}

/** The maximum number of name patterns that are examined. */
const MOST_PATTERNS = 16;

/**
 * An identity that can create roles and attach policies to them, with names of the same pattern, can create a role that
 * trusts it and has administrator permissions. The role need not exist.
 */
function byMaking(seen: IdentityInContext): readonly Escalation[] {
  const {
    access,
    lookup: { iam },
  } = seen;
  const making = representativeGrants(access, 'iam:CreateRole');
  if (making.length === 0) return [];
  return flatMap(GIVING, (action): readonly Escalation[] => {
    const giving = representativeGrants(access, action);
    const patterns = [
      ...new Set(
        flatMap([...making, ...giving], ({ statement }) =>
          statement ? rolesLike(itemsOf(statement.resources, true).items) : [],
        ),
      ),
    ]
      .slice(0, MOST_PATTERNS)
      .map(targetsLike);
    if (giving.length === 0 || patterns.length === 0) return [];
    const path: EscalationPath = {
      name: `CreateRoleThen${action.slice(4)}`,
      actions: ['iam:CreateRole', action],
      existing: false,
    };
    return [
      {
        path,
        way: 'make',
        parts: [making, giving],
        conditional: making.every(isConditional) || giving.every(isConditional),
        anchor: { action, permissions: giving },
        open: (permission) => {
          const both = any(
            ...patterns.map((pattern) => {
              const given = attachable(permission, access, iam, (request) => permission.for(pattern, request));
              return given.no.isAlways()
                ? NO
                : all(given, any(...making.map((one) => any(one.for(pattern), one.everywhere()))));
            }),
          );
          return both.no.isAlways() ? NO : all(both, not(wide(seen, action)), not(access.administers));
        },
      },
    ];
  });
}

/** The roles, users and groups of a stack that have administrator or full IAM permissions. */
interface Powerful {
  /** Where each of them has these permissions. */
  readonly where: ReadonlyMap<Resource, Judgement>;
  readonly namedBy: ReturnType<typeof finderOf>;
}

/** Finds the administrators of a stack in steps, if an identity can act as others: their permissions are evaluated. */
export function* findingAdministrators(
  identity: Identity,
  lookup: IdentityContext,
  stack: Stack,
): Generator<void, void, undefined> {
  const access = accessOf(identity, lookup);
  const actions = [PASS_ROLE, ...Object.values(BECOMING).flat()];
  if (!actions.some((action) => access.lesser(action).length > 0)) return;
  const progress = progressIn(stack);
  const identities = identitiesOf(stack);
  while (progress.evaluated < identities.length) {
    const one = identities[progress.evaluated]!;
    if (BECOMING[one.resource.type])
      isolated(
        () => one.resource.self.origin.use,
        () => void accessOf(one, lookup).administers,
        () => undefined,
      );
    progress.evaluated++;
    yield;
  }
}

/**
 * The number of identities of a stack whose permissions were evaluated for an earlier one: most identities of a large
 * stack can act as others.
 */
const progressIn = memoize((_: Stack) => ({ evaluated: 0 }));

const powerfulIn = memoize((stack: Stack, lookup: IdentityContext): Powerful => {
  const where = new Map(
    flatMap(identitiesOf(stack), (identity): readonly (readonly [Resource, Judgement])[] => {
      const { resource, boundary } = identity;
      if (!BECOMING[resource.type]) return [];
      const does = isolated(
        () => resource.self.origin.use,
        () =>
          all(judgement(resource.when), accessOf(identity, lookup).administers, boundary ? isAbsent(boundary) : YES),
        () => NO,
      );
      return does.yes.satisfiable() ? [[resource, does]] : [];
    }),
  );
  return { where, namedBy: finderOf([...where.keys()]) };
});

function byOthers(seen: IdentityInContext): readonly Escalation[] {
  const { access, stack, lookup } = seen;
  const passing = representativeGrants(access, PASS_ROLE);
  const becoming = flatMap(Object.entries(BECOMING), ([type, actions]) =>
    actions.map((action) => ({ type, action, permissions: representativeGrants(access, action) })),
  ).filter(({ permissions }) => permissions.length > 0);
  if (passing.length === 0 && becoming.length === 0) return [];
  const { where } = powerfulIn(stack, lookup);
  const passings = rolePassingsOf(seen, passing);
  return [
    ...flatMap(becoming, ({ type, action, permissions }) =>
      escalationsToNamed(
        seen,
        permissions,
        type,
        (resource, named) =>
          one(
            seen,
            'become',
            action,
            targetOf(resource),
            resource,
            all(where.get(resource)!, not(isMember(seen.identity.resource, resource))),
            named,
          ) ?? [],
      ),
    ),
    ...byPassingExternalRole(seen, passing, passings),
    ...(passings.length === 0
      ? []
      : escalationsToNamed(seen, passing, 'AWS::IAM::Role', (role, named) =>
          byPassingRole(seen, named, passings, role, where.get(role)!),
        )),
  ];
}

/** Where the stack adds a user to a group. Adding itself to that group gains the user nothing. */
function isMember(user: Resource, group: Resource): Judgement {
  if (user.type !== 'AWS::IAM::User' || group.type !== 'AWS::IAM::Group') return NO;
  const [own, additions] = [user.related('user-groups').edges, user.related('user-additions').edges];
  const among = (edges: readonly Edge[]): Judgement =>
    any(...edges.filter(({ resource }) => resource === group).map(({ when }) => judgement(when)));
  return any(
    among(own),
    ...additions.map(({ resource, when }) => all(judgement(when), among(resource.related('addition-group').edges))),
  );
}

/**
 * The administrators of a type that grants name and that are reported: as many as the places of the grants have
 * findings. A grant on all names is reported separately.
 */
function escalationsToNamed(
  { identity, stack, lookup }: IdentityInContext,
  permissions: readonly Permission[],
  type: string,
  escalationsOf: (resource: Resource, named: readonly Permission[]) => Escalation | readonly Escalation[],
): readonly Escalation[] {
  const { namedBy } = powerfulIn(stack, lookup);
  const namedResources = new NamedResources(
    permissions.filter((permission) => !isWithin(permission.there, permission.everywhere())),
    namedBy,
  );
  const reported = new ReportedPlaces(identity.resource);
  const found: Escalation[] = [];
  for (const { resource, by } of namedResources.each((permission) => reported.has(permission))) {
    if (resource.type !== type || resource === identity.resource) continue;
    const escalations = [escalationsOf(resource, by())]
      .flat()
      .map((escalation) => ({ ...escalation, open: memoize(escalation.open) }));
    for (const escalation of escalations) reported.add(escalation);
    found.push(...escalations);
  }
  return found;
}
