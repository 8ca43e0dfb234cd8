/**
 * The effective permissions of an identity from all its policies: inline policies, managed policies, and those of its
 * groups, within its permissions boundary.
 */
import { flatMap } from '../../base/flat-map.ts';
import { memoize, memoize2, memoizeName } from '../../base/memoize.ts';
import { once } from '../../base/once.ts';
import { all, any, is, judgement, NO, not, YES, type Judgement } from '../../model/judgement.ts';
import { leaves } from '../../model/navigate.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import { isWithin } from '../../model/quantified.ts';
import type { Leaf, Value } from '../../model/value.ts';
import { actionIndex, type ActionIndex } from '../data/action-index.ts';
import type { ServiceActions } from '../data/action.ts';
import type { HoldersOf } from './policy-holders.ts';
import type { RequestContext } from '../condition/condition-holds.ts';
import { deniedBy, denialsIn, arnFormsOf, type Denial, type RequestedResources } from './denial.ts';
import { actionEntriesIn, possiblyWhole, type AllowedActions, type ActionEntries } from './granted.ts';
import type { IamData, ManagedPolicy } from '../data/iam-data.ts';
import { requestWith, StatementPermission, type ActionOfIdentity, type GrantedEntry } from './statement-permission.ts';
import { limitsOf } from './identity-limits.ts';
import type { Identity } from './identity.ts';
import { allowsAction, managedPolicy } from '../data/managed-policy.ts';
import { namesAction } from '../resource/statement-names.ts';
import type { Target } from '../resource/target.ts';

/**
 * A grant of an action to an identity. Its methods state `this`, so that the compiler refuses to call one that was
 * taken from it.
 */
export declare abstract class Permission {
  readonly action: string;
  /** The granting element: an action or NotAction of a statement, or the ARN of an AWS managed policy. */
  readonly at: Value;
  /** The granting policy; undefined for an AWS managed policy. */
  readonly policy: PolicyDocument | undefined;
  readonly statement: Statement | undefined;
  /** The statement without the conditions that do not limit the action; undefined for an AWS managed policy. */
  abstract get limited(): Statement | undefined;
  /**
   * Whether it grants all actions of its service, or all except some, on all resources. Other rules report these
   * grants.
   */
  readonly whole: boolean;
  /** Where the identity has the grant, whatever its resources, its conditions and Deny statements leave of it. */
  abstract get there(): Judgement;
  /** Where it applies to all resources of a type that the action supports. */
  abstract everywhere(this: Permission, request?: RequestContext): Judgement;
  /** The same for requests that meet the conditions of the grant, if any request can meet them. */
  abstract everywhereIfMet(this: Permission): Judgement;
  /** Where it applies to some resource. */
  abstract somewhere(this: Permission, request?: RequestContext): Judgement;
  /** Where it applies to a resource that the statement names individually. */
  abstract for(this: Permission, target: Target, request?: RequestContext): Judgement;
  /** Where a Deny statement or the boundary excludes a resource. */
  abstract keptFrom(this: Permission, target: Target): Judgement;
}

export declare abstract class IdentityAccess {
  /** The grants of an indexed action, given in any case. */
  abstract permissions(this: IdentityAccess, action: string): readonly Permission[];
  /** The same without the grants that the identity has only where it administers IAM. */
  abstract lesser(this: IdentityAccess, action: string): readonly Permission[];
  /** Where the identity has full IAM access. Other rules report that, and further privilege escalation adds nothing. */
  abstract get administers(): Judgement;
}

/** The data for the evaluation of identities. */
export interface IdentityContext {
  readonly iam: IamData;
  actions(prefix: string): ServiceActions | undefined;
  readonly beside: HoldersOf;
  /** Knows the actions of policies from earlier versions; by default, they are computed. */
  readonly allowed?: AllowedActions | undefined;
}

/** Actions that change permissions boundaries. */
const BOUNDARY_ACTIONS = [
  'iam:DeleteRolePermissionsBoundary',
  'iam:PutRolePermissionsBoundary',
  'iam:DeleteUserPermissionsBoundary',
  'iam:PutUserPermissionsBoundary',
  'iam:CreatePolicyVersion',
  'iam:SetDefaultPolicyVersion',
] as const;

/** Actions that grant permissions and for which IAM supports the boundary of the user or role as a condition key. */
export const BOUNDED_ACTIONS = [
  'iam:CreateRole',
  'iam:CreateUser',
  'iam:AttachRolePolicy',
  'iam:AttachUserPolicy',
  'iam:PutRolePolicy',
  'iam:PutUserPolicy',
  'iam:PutRolePermissionsBoundary',
  'iam:PutUserPermissionsBoundary',
] as const;

/** The index of all evaluated actions. */
const actionsAtRisk = memoize(({ credentials, exfiltration, escalation }: IamData['risks']): ActionIndex =>
  actionIndex([
    ...credentials,
    ...exfiltration,
    ...BOUNDARY_ACTIONS,
    ...BOUNDED_ACTIONS,
    'iam:CreatePolicy',
    ...flatMap(escalation, ({ actions }) => actions),
  ]),
);

/** The permissions of an identity for indexed actions. Cached, because several rules use them. */
export function accessOf(
  identity: Identity,
  lookup: IdentityContext,
  index = actionsAtRisk(lookup.iam.risks),
): IdentityAccess {
  return accesses(index, identity, lookup);
}

const accesses = memoize2(computeAccess);

const NOTHING: readonly Permission[] = [];

/** An IAM action that full IAM access includes and that other wildcards do not match. */
const OF_ADMINISTRATORS = 'iam:AttachUserPolicy';

const ADMINISTRATION = actionIndex([OF_ADMINISTRATORS]);

function computeAccess(index: ActionIndex, identity: Identity, lookup: IdentityContext): IdentityAccess {
  const { iam } = lookup;
  const managed = [
    ...managedOf(identity, iam),
    ...flatMap(identity.groups, ({ group, when }) =>
      managedOf(group, iam).map((one): AttachedManagedPolicy => ({ ...one, when: all(one.when, judgement(when)) })),
    ),
  ];
  const given = identity.groups.length === 0 ? identity.grants : [...identity.grants, ...identity.inherited];
  const allowing = (policy: PolicyDocument): ActionEntries['allowing'] =>
    actionEntriesIn(policy, index, lookup.beside(policy), lookup).allowing;
  const known = (policy: PolicyDocument, among: ActionIndex, compute: () => ReadonlySet<string>): ReadonlySet<string> =>
    lookup.allowed ? lookup.allowed(policy, among, compute) : compute();
  const allowed = memoize((policy: PolicyDocument) => known(policy, index, () => new Set(allowing(policy).keys())));
  // Most identities have few or none of these permissions.
  const named = once(() => new Set(flatMap(given, ({ policy }) => [...allowed(policy)])));
  const permissions = (requested: string): readonly Permission[] => {
    if (managed.length === 0 && named().size === 0) return NOTHING;
    const action = index.covered(requested)[0] ?? requested;
    if (managed.length === 0 && !named().has(action)) return NOTHING;
    return permissionsOf(action);
  };
  const permissionsOf = memoizeName((action: string): readonly Permission[] => {
    const entries = flatMap(given, ({ policy, when }) =>
      (allowed(policy).has(action) ? (allowing(policy).get(action) ?? []) : []).map((entry): GrantedEntry => ({
        policy,
        when,
        entry,
      })),
    );
    const granting = managed.filter(({ policy }) => allowsAction(policy, action));
    if (entries.length === 0 && granting.length === 0) return NOTHING;
    const forms = arnFormsOf(lookup.actions, action);
    const limits = limitsOf(identity, { action, forms }, index, lookup);
    const granted: ActionOfIdentity = { action, any: forms.any, facts: identity.facts, limits, lookup };
    const own = entries.map((one): Permission => new StatementPermission(one, granted));
    const ofAws = granting.map(({ at, when, policy }): Permission => {
      const granted =
        (extent: RequestedResources) =>
        (context?: RequestContext): Judgement => {
          const request = requestWith(identity.facts, context);
          return all(when, not(limits.denied(undefined, extent, request)), limits.capped(extent, request));
        };
      const everywhere = granted('every');
      return {
        action,
        at,
        policy: undefined,
        statement: undefined,
        limited: undefined,
        there: when,
        whole: isWholeIn(policy, action),
        everywhere,
        everywhereIfMet: once(everywhere),
        somewhere: granted('some'),
        // Grants on all resources are evaluated by `everywhere`.
        for: () => NO,
        keptFrom: (target) => any(limits.denied(undefined, target), not(limits.capped(target))),
      };
    });
    return [...own, ...ofAws];
  });
  const administers = once(() => {
    const admin = any(...managed.filter(({ policy }) => policy.admin).map(({ when }) => when));
    // A Deny statement for IAM can limit AdministratorAccess.
    const denied = admin.no.isAlways()
      ? NO
      : limitsOf(
          identity,
          { action: OF_ADMINISTRATORS, forms: arnFormsOf(lookup.actions, OF_ADMINISTRATORS) },
          index,
          lookup,
        ).denied(undefined, 'every');
    // Rules about an identity that can act as others ask this of all identities of the stack.
    const canBeWhole =
      managed.some(({ policy }) => isWholeIn(policy, OF_ADMINISTRATORS)) ||
      given.some(({ policy }) => known(policy, ADMINISTRATION, () => possiblyWhole(policy, ADMINISTRATION)).size > 0);
    const entire = canBeWhole ? permissions(OF_ADMINISTRATORS).filter(({ whole }) => whole) : NOTHING;
    return any(...entire.map((permission) => permission.everywhere()), all(admin, not(denied)));
  });
  const lesser = memoizeName((action: string) =>
    permissions(action).filter(({ whole, there }) => !whole || !isWithin(there, administers())),
  );
  return new MemoizedAccess(permissions, lesser, administers);
}

/** Whether an AWS managed policy that allows an action allows all actions of its service. */
function isWholeIn({ admin, most, services }: ManagedPolicy, action: string): boolean {
  return admin || most || services.includes(action.slice(0, action.indexOf(':')));
}

class MemoizedAccess implements IdentityAccess {
  readonly permissions: IdentityAccess['permissions'];
  readonly #lesser: IdentityAccess['lesser'];
  readonly #administers: () => Judgement;

  constructor(
    permissions: IdentityAccess['permissions'],
    lesser: IdentityAccess['lesser'],
    administers: () => Judgement,
  ) {
    this.permissions = permissions;
    this.#lesser = lesser;
    this.#administers = administers;
  }

  lesser(action: string): readonly Permission[] {
    // Nothing is kept of the many actions that are not granted.
    return this.permissions(action).length === 0 ? NOTHING : this.#lesser(action);
  }
  get administers(): Judgement {
    return this.#administers();
  }
}

/** The scenarios in which an identity keeps an action on all resources after Deny statements are applied. */
export function keptAfterDeny(
  { grants, inherited, facts }: Identity,
  { actions }: IdentityContext,
): (action: string) => Judgement {
  const denials = flatMap([...grants, ...inherited], ({ policy, when }) =>
    denialsIn(policy).map((denial): Denial => ({
      statement: denial.statement,
      when: all(judgement(when), judgement(policy.when), denial.when),
    })),
  );
  if (denials.length === 0) return () => YES;
  return (action) => {
    const named = denials.map(({ statement, when }): Denial => ({
      statement,
      when: all(when, namesAction(statement, action)),
    }));
    return not(deniedBy(named, undefined, arnFormsOf(actions, action), 'every', facts));
  };
}

/** An AWS managed policy that is attached to an identity. */
export interface AttachedManagedPolicy {
  readonly at: Value;
  readonly when: Judgement;
  readonly policy: ManagedPolicy;
}

/** The AWS managed policies of an identity that the data includes. Cached, because rules ask for each action. */
export const managedOf = memoize2(({ managed }: Identity, iam: IamData): readonly AttachedManagedPolicy[] =>
  flatMap(managed, ({ value, when }) => {
    const paths = new Map<string, ManagedPolicy>();
    for (const { value: leaf } of leaves(value)) {
      const policy = managedPolicy(leaf, iam);
      if (policy) paths.set(policy.path, policy);
    }
    return [...paths.values()].map((policy): AttachedManagedPolicy => {
      const named = (leaf: Leaf): boolean => managedPolicy(leaf, iam)?.path === policy.path;
      return {
        at: value,
        policy,
        when: all(judgement(when), is(value, { known: named, text: named, reference: () => false, collection: false })),
      };
    });
  }),
);
