/** What limits an identity, whatever it is granted: statements that deny, and its boundary. */
import { Guard } from '../base/guard.ts';
import { once } from '../base/once.ts';
import { all, any, exists, is, isAbsent, isPresent, judgement, NO, not, UNKNOWABLE, YES, type Judgement } from '../model/judgement.ts';
import { itemsOf, leaves, type Items } from '../model/navigate.ts';
import type { Statement } from '../model/policy.ts';
import type { Value } from '../model/value.ts';
import type { ActionIndex } from './action-index.ts';
import type { ServiceActions } from './action.ts';
import { allOf, every, everyOfAll, type Taken } from './arn-shape.ts';
import { conditionsHold, type RequestContext } from './condition-holds.ts';
import { namingsIn, type Naming } from './granted.ts';
import type { IamData } from './iam-data.ts';
import type { Grant, Identity } from './identity.ts';
import { allowsAction, managedPolicy } from './managed-policy.ts';
import { wideOnes } from './resource-pattern.ts';
import { leavesScoped, scoped } from './scope.ts';
import { namesResource, taking } from './statement-names.ts';
import type { Target } from './target.ts';

/** On what it is asked whether something is allowed: on all of a kind that the action takes, on some of it, on one thing. */
export type Extent = 'every' | 'some' | Target;

/** An action, and what it takes. */
interface Asked {
  readonly action: string;
  readonly forms: Forms;
}

export interface Limits {
  /** Where statements deny the action on all of what a statement allows it on (undefined for everything), or on the one thing that is asked about. */
  denied(allowing: Statement | undefined, extent: Extent, request?: RequestContext): Judgement;
  /** Where the boundary lets the identity do it, which it does for no more than it allows itself. */
  capped(extent: Extent, request?: RequestContext): Judgement;
}

/** What limits an identity in an action of an index. */
export function limitsOf(identity: Identity, asked: Asked, index: ActionIndex, iam: IamData): Limits {
  const denials = once(() => denialsOf(identity, asked.action, index));
  return {
    denied: (allowing, extent, request) => deniedBy(denials(), allowing, asked.forms, extent, request),
    capped: (extent, request) => cap(identity, asked, index, iam, extent, request),
  };
}

/** The most statements that deny an action which each grant is held against; with more, what is left is not known. */
const MOST_DENIALS = 32;

/** Where a statement names all resources of a kind. Of many resources those count that can stand for so many. */
export function namesEvery(statement: Statement, taken: Taken): Judgement {
  let known = wide.get(statement);
  if (!known) wide.set(statement, known = wideOnes(itemsOf(statement.resources, true)));
  const listed = exists(known, (item) => is(item.value, taking(taken)));
  const left = isPresent(statement.notResources);
  return !left.yes.satisfiable() ? listed : any(listed, all(left, not(exists(itemsOf(statement.notResources, true), (item) => is(item.value, taking(taken))))));
}

const wide = new WeakMap<Statement, Items>();

export interface Forms {
  /** What the action takes. */
  readonly any: readonly string[];
  /** That which each request of the action is about; all of it where none is required. */
  readonly required: readonly string[];
}

export function formsOf(service: ServiceActions | undefined, name: string): Forms {
  const taken = service?.named(name)?.resources ?? [];
  const forms = (types: typeof taken): readonly string[] => types.flatMap(({ type }) => service?.resourceType(type)?.arns ?? []);
  return { any: forms(taken), required: forms(taken.filter(({ required }) => required)) };
}

interface Denial {
  readonly grant: Grant;
  readonly naming: Naming;
}

/** What its boundary denies, an identity is denied as well. */
function denialsOf({ grants, boundaries }: Identity, action: string, index: ActionIndex): readonly Denial[] {
  return [...grants, ...boundaries].flatMap((grant) => (namingsIn(grant.policy, index).denying.get(action) ?? []).map((naming) => ({ grant, naming })));
}

/**
 * Where statements deny an action for all that a statement allows it for; without one, for all. A denial takes away only what it names, and one
 * with conditions takes it away from some requests. What it leaves of all that there is can be less than all, such as what has a boundary.
 */
function deniedBy(denials: readonly Denial[], allowing: Statement | undefined, { any: forms, required }: Forms, extent: Extent, request?: RequestContext): Judgement {
  if (denials.length === 0) return NO;
  if (denials.length > MOST_DENIALS) return UNKNOWABLE;
  return any(...denials.map(({ grant, naming: { statement, named: naming } }) => {
    const counts = all(judgement(grant.when), naming);
    if (counts.no.isAlways()) return counts;
    const everything = any(...required.map((form) => namesEvery(statement, every([form]))), namesEvery(statement, everyOfAll(forms)));
    const named = typeof extent === 'string' ? NO : namesTarget(statement, extent);
    const denied = any(everything, named, allowing ? includesAllOf(statement, allowing) : NO);
    const met = conditionsHold(statement, request);
    return all(counts, denied, extent === 'some' ? met : any(met, leavesScoped(statement, request)));
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

function cap({ boundary, boundaries }: Identity, asked: Asked, index: ActionIndex, iam: IamData, extent: Extent, request?: RequestContext): Judgement {
  if (!boundary) return YES;
  const none = isAbsent(boundary);
  if (none.yes.isAlways()) return YES;
  const documents = boundaries.map((grant) => boundaryAllows(grant, asked, index, extent, request));
  const ofAws = leaves(boundary).map(({ guard, value }) => {
    const policy = managedPolicy(value, iam);
    const allows = policy && (policy.admin || allowsAction(policy, asked.action));
    return policy ? all(judgement({ yes: guard, no: Guard.never }), allows ? YES : NO) : NO;
  });
  // What is a boundary and not in sight may allow it or not.
  const seen = any(...boundaries.map(({ when }) => judgement(when)), ...leaves(boundary).map(({ guard, value }) => managedPolicy(value, iam) ? judgement({ yes: guard, no: Guard.never }) : NO));
  const hidden = all(not(none), not(seen));
  return any(none, ...documents, ...ofAws, all(hidden, UNKNOWABLE));
}

function boundaryAllows({ policy, when }: Grant, { action, forms }: Asked, index: ActionIndex, extent: Extent, request?: RequestContext): Judgement {
  const allowing = namingsIn(policy, index).allowing.get(action) ?? [];
  return all(judgement(when), any(...allowing.map(({ statement, named }) => all(named, allowsOn(statement, forms, extent, request), conditionsHold(statement, request)))));
}

/** Where a statement of a boundary lets something be done on what is asked about. */
function allowsOn(statement: Statement, forms: Forms, extent: Extent, request?: RequestContext): Judgement {
  if (extent === 'some') return YES;
  const reaches = extent === 'every' ? namesEvery(statement, every(forms.any)) : namesTarget(statement, extent);
  return reaches.no.isAlways() ? NO : all(reaches, not(scoped(statement, request)));
}
