/** What an identity may do, over all its policies: its own, those that are attached, those of AWS; within its boundary. */
import { Guard } from '../base/guard.ts';
import { once } from '../base/once.ts';
import { all, any, exists, is, isAbsent, isPresent, judgement, NO, not, UNKNOWABLE, YES, type Judgement, type Predicate } from '../model/judgement.ts';
import { itemsOf, leaves, type Items } from '../model/navigate.ts';
import type { PolicyDocument, Statement } from '../model/policy.ts';
import type { Leaf, Value } from '../model/value.ts';
import { actionIndex, type ActionIndex } from './action-index.ts';
import type { ServiceActions } from './action.ts';
import { allOf, every, everyOfAll, some, type Taken } from './arn-shape.ts';
import { conditionsCanHold, conditionsHold, type RequestContext } from './condition-holds.ts';
import { grantsToIdentity } from './grant.ts';
import { namingsIn, type Naming } from './granted.ts';
import { HOLE, shapeOf } from './hole.ts';
import type { IamData, ManagedPolicy } from './iam-data.ts';
import type { Grant, Identity } from './identity.ts';
import { wideOnes } from './resource-pattern.ts';
import { scoped } from './scope.ts';
import { namesResource, taking } from './statement-allows.ts';
import type { Target } from './target.ts';

/** One place that grants an action to an identity. */
export interface Permission {
  readonly action: string;
  /** What grants it: an action or NotAction of a statement, the name of a policy of AWS. */
  readonly at: Value;
  /** The policy that says so; undefined for one of AWS. */
  readonly policy: PolicyDocument | undefined;
  readonly statement: Statement | undefined;
  /** Whether it is one of all actions of its service or of almost all services on all that there is, which is a finding of its own. */
  readonly whole: boolean;
  /** Where it is granted for every resource of some kind that the action takes. */
  everywhere(request?: RequestContext): Judgement;
  /** The same where the conditions hold under which it is granted, unless they never do. */
  everywhereIfMet(): Judgement;
  /** Where it is granted for some resource, whichever. */
  somewhere(request?: RequestContext): Judgement;
  /** Where it is granted for something that the resources of its statement name, each by itself. */
  for(target: Target, request?: RequestContext): Judgement;
}

export interface Access {
  /** What grants an action of the index, in any case. */
  permissions(action: string): readonly Permission[];
  /** Where the identity may do all of IAM by what is a finding of its own, so that what else it could gain by some of it adds nothing. */
  readonly administers: Judgement;
}

/** What is looked up for an identity. */
export interface Lookup {
  readonly iam: IamData;
  actions(prefix: string): ServiceActions | undefined;
}

/** Actions by which who has them changes the boundary of somebody. */
const BOUNDARY_ACTIONS = ['iam:DeleteRolePermissionsBoundary', 'iam:PutRolePermissionsBoundary', 'iam:DeleteUserPermissionsBoundary', 'iam:PutUserPermissionsBoundary', 'iam:CreatePolicyVersion', 'iam:SetDefaultPolicyVersion'] as const;

/** Actions for which IAM compares the boundary of the user or role that is made or changed, as far as they give it more. */
export const BOUNDED_ACTIONS = ['iam:CreateRole', 'iam:CreateUser', 'iam:AttachRolePolicy', 'iam:AttachUserPolicy', 'iam:PutRolePolicy', 'iam:PutUserPolicy', 'iam:PutRolePermissionsBoundary', 'iam:PutUserPermissionsBoundary'] as const;

/** The index of all that is asked about identities. */
function askedOf({ risks }: IamData): ActionIndex {
  let index = indexes.get(risks);
  if (!index) indexes.set(risks, index = actionIndex([...risks.credentials, ...risks.exfiltration, ...BOUNDARY_ACTIONS, ...BOUNDED_ACTIONS, 'iam:CreatePolicy', ...risks.escalation.flatMap(({ actions }) => actions)]));
  return index;
}

const indexes = new WeakMap<IamData['risks'], ActionIndex>();

/** What an identity may do of the actions of an index. Several rules ask, so it is worked out once. */
export function accessOf(identity: Identity, lookup: Lookup, index = askedOf(lookup.iam)): Access {
  let known = accesses.get(index);
  if (!known) accesses.set(index, known = new WeakMap());
  let access = known.get(identity);
  if (!access) known.set(identity, access = worked(identity, lookup, index));
  return access;
}

const accesses = new WeakMap<ActionIndex, WeakMap<Identity, Access>>();

/** The most statements that deny an action which each grant is held against; with more, what is left is not known. */
const MOST_DENIALS = 32;

const NOTHING: readonly Permission[] = [];

/** An action of IAM that who may do all of it may do, and that nobody is given by the way. */
const OF_ADMINISTRATORS = 'iam:AttachUserPolicy';

function worked(identity: Identity, lookup: Lookup, index: ActionIndex): Access {
  const { iam } = lookup;
  const managed = managedOf(identity, iam);
  const found = new Map<string, readonly Permission[]>();
  // Most identities are granted little of an index, or nothing.
  const named = once(() => new Set(identity.grants.flatMap(({ policy }) => [...namingsIn(policy, index).allowing.keys()])));
  const permissions = (asked: string): readonly Permission[] => {
    if (managed.length === 0 && named().size === 0) return NOTHING;
    const action = index.covered(asked)[0] ?? asked;
    if (managed.length === 0 && !named().has(action)) return NOTHING;
    let its = found.get(action);
    if (!its) found.set(action, its = permissionsOf(action));
    return its;
  };
  const permissionsOf = (action: string): readonly Permission[] => {
    const namings = identity.grants.flatMap(({ policy, when }) => (namingsIn(policy, index).allowing.get(action) ?? []).map((naming) => ({ policy, when, naming })));
    const granting = managed.filter(({ policy }) => has(policy, action));
    if (namings.length === 0 && granting.length === 0) return NOTHING;
    const [service = '', name = ''] = action.split(':');
    const forms = formsOf(lookup.actions(service.toLowerCase()), name);
    const denials = once(() => denialsOf(identity, action, index));
    const capped = once(() => cap(identity, action, index, iam));
    const own = namings.map(({ policy, when, naming: { statement, at, named, whole } }): Permission => {
      const granted = once(() => all(judgement(when), grantsToIdentity(policy), named));
      const on = (resources: () => Judgement, narrow: () => Judgement, request?: RequestContext, hold = conditionsHold, target?: Target): Judgement => {
        const where = all(granted(), resources());
        if (where.no.isAlways()) return where;
        const allowed = all(where, narrow());
        if (allowed.no.isAlways()) return allowed;
        return all(allowed, hold(statement, request), not(deniedBy(denials(), statement, forms, request, target)), capped());
      };
      return {
        action, at, policy, statement, whole,
        everywhere: (request) => on(() => namesEvery(statement, every(forms.any)), () => not(scoped(statement, request)), request),
        everywhereIfMet: () => on(() => namesEvery(statement, every(forms.any)), () => not(scoped(statement)), undefined, conditionsCanHold),
        somewhere: (request) => on(() => namesResource(statement, some), () => YES, request),
        for: (target, request) => on(() => exists(itemsOf(statement.resources, true), (item) => target.named(item.value)), () => not(scoped(statement, request)), request, conditionsHold, target),
      };
    });
    const ofAws = granting.map(({ at, when, policy }): Permission => {
      const granted = (request?: RequestContext): Judgement => all(when, not(deniedBy(denials(), undefined, forms, request)), capped());
      const always = once(granted);
      // What is granted on everything is asked by that.
      return { action, at, policy: undefined, statement: undefined, whole: policy.most || policy.services.includes(service), everywhere: granted, everywhereIfMet: always, somewhere: granted, for: () => NO };
    });
    return [...own, ...ofAws];
  };
  const administers = once(() => {
    const admin = any(...managed.filter(({ policy }) => policy.admin).map(({ when }) => when));
    // Who has AdministratorAccess can be denied IAM nevertheless.
    const denied = admin.no.isAlways() ? NO : deniedBy(denialsOf(identity, OF_ADMINISTRATORS, index), undefined, formsOf(lookup.actions('iam'), 'AttachUserPolicy'));
    return any(...permissions(OF_ADMINISTRATORS).filter(({ whole }) => whole).map((permission) => permission.everywhere()), all(admin, not(denied)));
  });
  return { permissions, get administers() { return administers(); } };
}

/** A policy of AWS that an identity has. */
export interface Managed {
  readonly at: Value;
  readonly when: Judgement;
  readonly policy: ManagedPolicy;
}

/** The policies of AWS that an identity has, as far as the data knows them. */
export function managedOf({ managed }: Identity, iam: IamData): readonly Managed[] {
  return managed.flatMap(({ value, when }) => {
    const paths = new Map<string, ManagedPolicy>();
    for (const { value: leaf } of leaves(value)) {
      const policy = managedPolicy(leaf, iam);
      if (policy) paths.set(policy.path, policy);
    }
    return [...paths.values()].map((policy): Managed => {
      const named = (leaf: Leaf): boolean => managedPolicy(leaf, iam)?.path === policy.path;
      return { at: value, policy, when: all(judgement(when), is(value, { known: named, text: named, reference: () => false, collection: false })) };
    });
  });
}

function has({ actions }: ManagedPolicy, action: string): boolean {
  const lower = action.toLowerCase();
  return actions.some((one) => one.toLowerCase() === lower);
}

/** The policy of AWS that a value names by its ARN, whatever the partition; undefined for all else. */
export function managedPolicy(leaf: Leaf, iam: IamData): ManagedPolicy | undefined {
  const path = managedPath(leaf);
  return path === undefined ? undefined : iam.managed(path);
}

/** A policy of AWS whose path meets something. A reference to another resource names none. */
export function namedByAws(meets: (path: string) => boolean): Predicate {
  const test = (leaf: Leaf): boolean => {
    const path = managedPath(leaf);
    return path !== undefined && meets(path);
  };
  return { known: test, text: test, reference: () => false, collection: false };
}

/** What stands behind `policy/` in the ARN of a policy of AWS. */
export function managedPath(leaf: Leaf): string | undefined {
  const text = leaf.state === 'known' ? leaf.raw : leaf.state === 'text' ? shapeOf(leaf) : '';
  const path = /^(?:arn:[^:]*|[^:]*):iam::aws:policy\/(.+)$/.exec(text)?.[1];
  return path?.includes(HOLE) ? undefined : path;
}

/** Where a statement names all resources of a kind. Of many resources those count that can stand for so many. */
function namesEvery(statement: Statement, taken: Taken): Judgement {
  let known = wide.get(statement);
  if (!known) wide.set(statement, known = wideOnes(itemsOf(statement.resources, true)));
  const listed = exists(known, (item) => is(item.value, taking(taken)));
  const left = isPresent(statement.notResources);
  return !left.yes.satisfiable() ? listed : any(listed, all(left, not(exists(itemsOf(statement.notResources, true), (item) => is(item.value, taking(taken))))));
}

const wide = new WeakMap<Statement, Items>();

interface Forms {
  /** What the action takes. */
  readonly any: readonly string[];
  /** That which each request of the action is about; all of it where none is required. */
  readonly required: readonly string[];
}

function formsOf(service: ServiceActions | undefined, name: string): Forms {
  const taken = service?.named(name)?.resources ?? [];
  const forms = (types: typeof taken): readonly string[] => types.flatMap(({ type }) => service?.resourceType(type)?.arn ?? []);
  return { any: forms(taken), required: forms(taken.filter(({ required }) => required)) };
}

interface Denial {
  readonly grant: Grant;
  readonly naming: Naming;
}

function denialsOf(identity: Identity, action: string, index: ActionIndex): readonly Denial[] {
  return identity.grants.flatMap((grant) => (namingsIn(grant.policy, index).denying.get(action) ?? []).map((naming) => ({ grant, naming })));
}

/**
 * Where statements deny an action for all that a statement allows it for; without one, for all. A denial takes away only what it names, and one
 * with conditions takes it away from some requests.
 */
function deniedBy(denials: readonly Denial[], allowing: Statement | undefined, { any: forms, required }: Forms, request?: RequestContext, target?: Target): Judgement {
  if (denials.length === 0) return NO;
  if (denials.length > MOST_DENIALS) return UNKNOWABLE;
  return any(...denials.map(({ grant, naming: { statement, named: naming } }) => {
    const counts = all(judgement(grant.when), naming);
    if (counts.no.isAlways()) return counts;
    const everything = any(...required.map((form) => namesEvery(statement, every([form]))), namesEvery(statement, everyOfAll(forms)));
    const named = target ? namesTarget(statement, target) : NO;
    return all(counts, allowing ? any(everything, named, includesAllOf(statement, allowing)) : everything, conditionsHold(statement, request));
  }));
}

/** Where a statement that denies something does so for one thing. */
function namesTarget({ resources, notResources }: Statement, target: Target): Judgement {
  const named = (element: Value): Judgement => exists(itemsOf(element, true), (item) => target.spared(item.value));
  const left = isPresent(notResources);
  return !left.yes.satisfiable() ? named(resources) : any(named(resources), all(left, not(named(notResources))));
}

/** The most resources that are held against one another. */
const MOST_RESOURCES = 16;

/** Whether a statement that denies names all resources that another one allows, one by one. */
function includesAllOf(denying: Statement, allowing: Statement): Judgement {
  const { items, complete } = itemsOf(allowing.resources, true);
  if (items.length === 0 || items.length > MOST_RESOURCES || !complete.yes.isAlways()) return NO;
  return all(...items.map(({ value }) => any(...leaves(value).map(({ value: leaf }) => leaf.state === 'known' ? namesResource(denying, allOf(leaf.raw)) : NO))));
}

/** Where the boundary of an identity lets it do something, which it does for no more than it allows itself. */
function cap({ boundary, boundaries }: Identity, action: string, index: ActionIndex, iam: IamData): Judgement {
  if (!boundary) return YES;
  const none = isAbsent(boundary);
  if (none.yes.isAlways()) return YES;
  const documents = boundaries.map((grant) => boundaryAllows(grant, action, index));
  const ofAws = leaves(boundary).map(({ guard, value }) => {
    const policy = managedPolicy(value, iam);
    const allows = policy && (policy.admin || has(policy, action));
    return policy ? all(judgement({ yes: guard, no: Guard.never }), allows ? YES : NO) : NO;
  });
  // What is a boundary and not in sight may allow it or not.
  const seen = any(...boundaries.map(({ when }) => judgement(when)), ...leaves(boundary).map(({ guard, value }) => managedPolicy(value, iam) ? judgement({ yes: guard, no: Guard.never }) : NO));
  const hidden = all(not(none), not(seen));
  return any(none, ...documents, ...ofAws, all(hidden, UNKNOWABLE));
}

function boundaryAllows({ policy, when }: Grant, action: string, index: ActionIndex): Judgement {
  const { allowing, denying } = namingsIn(policy, index);
  const denied = any(...(denying.get(action) ?? []).map(({ statement, named }) => all(named, namesEvery(statement, every([])), conditionsHold(statement))));
  const allowed = any(...(allowing.get(action) ?? []).map(({ statement, named }) => all(named, conditionsHold(statement))));
  return all(judgement(when), allowed, not(denied));
}
