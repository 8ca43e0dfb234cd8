/**
 * The permissions of each Allow statement of a policy after its Deny statements are applied. Rules about allowed
 * actions use these permissions instead of the statements.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
import { spend } from '../../base/budget.ts';
import { flatMap } from '../../base/flat-map.ts';
import { memoize, memoizeName } from '../../base/memoize.ts';
import {
  all,
  any,
  exists,
  is,
  isPresent,
  judgement,
  NO,
  not,
  UNKNOWABLE,
  YES,
  type Judgement,
  type Predicate,
} from '../../model/judgement.ts';
import { itemsOf, leaves, type Items } from '../../model/navigate.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import type { Resource } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';
import { actionPattern, isEverything, type Action } from '../data/action.ts';
import { actionLimitsOf, partsOf, type RemainingActions } from './actions-left.ts';
import { everyResource } from '../resource/arn-shape.ts';
import { boundaryOfHolder, denialsOfHolder, factsOfHolder, type HoldersOf } from './policy-holders.ts';
import { boundaryAllows, actionLimitsOfBoundary, narrowsEntry } from './boundary.ts';
import { conditionsCanHold as canHold } from '../condition/condition-holds.ts';
import type { KeyData } from '../condition/condition-keys.ts';
import { deniedBy, denialsIn, arnFormsOf, namesEvery, type RequestedResources, type ArnForms } from './denial.ts';
import { kindOfDenied } from './denied-alike.ts';
import { holdForEvery } from '../condition/every-request.ts';
import { grantsToIdentity } from './grant.ts';
import { limitsOfEach, limitsOfHolder, type Limits, type HolderLimits } from './holder-limits.ts';
import { dependsOnHolder, forHolder, isForOthers } from './holder.ts';
import { EVERY_RESOURCE } from '../resource/resource-pattern.ts';
import { actionsMatching } from '../resource/statement-names.ts';
import { isDisjoint } from '../text/wildcard.ts';
import { isAllow } from '../condition/in-force.ts';

/** The permissions that an Allow statement grants after the Deny statements of its policy are applied. */
export interface Allowance {
  /** The statement in the source. It provides the resources, the conditions and the location of fixes. */
  readonly statement: Statement;
  /** The statement without the conditions that every request of the policy's principal meets. */
  readonly held: Statement;
  /**
   * Where the statement is in effect: the policy grants permissions to an identity, the effect is Allow, and
   * NotResource does not exclude every resource.
   */
  readonly when: Judgement;
  /**
   * The maximum set of allowed actions. If a Deny statement with NotAction reduces it, each remaining action has the
   * location of the wildcard that matches it.
   */
  readonly actions: Items;
  /** The NotAction element. Absent if a Deny statement with NotAction reduces the actions. */
  readonly notActions: Value;
  /** Whether a Deny statement with NotAction reduced `actions`, so that they differ from the source. */
  readonly cut: boolean;
  /** Whether at least one action that an entry matches is denied for every request in some scenario. */
  isReduced(entry: string): boolean;
  /**
   * Where Deny statements do not remove an action: on all resources by default, or on some resources of the statement.
   */
  leaves(action: string, extent?: RequestedResources): Judgement;
  /** Whether the permissions boundary of the principal, and not a Deny statement, reduces an entry. */
  isBounded(entry: string): boolean;
  /**
   * If the policy has several principals: those that keep one of the actions where all of the actions are denied to
   * others. Empty if the actions are the same for all of them.
   */
  keptBy(actions: readonly string[]): readonly Resource[];
  /**
   * Where Deny statements leave at least one action that matches both the entry and the predicate. For an unknown
   * service, any action could match.
   */
  leavesOne(entry: Value, meets: (service: string, action: Action) => boolean, extent?: RequestedResources): Judgement;
}

/**
 * The data for the evaluation of a policy: service actions, AWS managed policies, and other limits on its principals.
 */
export interface PolicyContext extends KeyData {
  readonly beside: HoldersOf;
}

/** Actions that allow an identity to grant itself any permission. */
export const GIVES_ANY_PERMISSION = [
  'iam:AttachUserPolicy',
  'iam:AttachRolePolicy',
  'iam:PutUserPolicy',
  'iam:PutRolePolicy',
  'iam:CreatePolicyVersion',
] as const;

/** A placeholder for an unknown action. Only a statement that denies all actions, or all except some, denies it. */
export const ANY_ACTION = 'any-service:AnyAction';

/** Where an allowance includes an action that allows an identity to grant itself any permission. */
export function leavesIam(allowance: Allowance): Judgement {
  return any(...GIVES_ANY_PERMISSION.map((action) => allowance.leaves(action)));
}

/**
 * Where a statement applies to all users, roles or policies of the account: Resource matches them all, or NotResource
 * excludes none.
 */
export function namesIdentities(statement: Statement, { actions }: Pick<PolicyContext, 'actions'>): Judgement {
  return any(
    ...GIVES_ANY_PERMISSION.map((action) => namesEvery(statement, everyResource(arnFormsOf(actions, action).any))),
  );
}

/** The allowances of the statements of a policy. */
export const allowancesOf = memoize(computeAllowances);

function computeAllowances(policy: PolicyDocument, around: PolicyContext): readonly Allowance[] {
  const granted = grantsToIdentity(policy);
  if (granted.no.isAlways()) return [];
  const holders = around.beside(policy);
  const facts = factsOfHolder(holders);
  const boundary = boundaryOfHolder(holders);
  const own = denialsIn(policy);
  const denying = [...own, ...denialsOfHolder(holders)];
  const cuts = [...actionLimitsOf(denying, facts), ...(boundary ? actionLimitsOfBoundary(boundary, around) : [])];
  const limits: Limits = {
    all: limitsOfHolder(denying, facts, boundary),
    each: holders && !holders.isOwn ? limitsOfEach(own, holders) : [],
    isClosed: holders?.isClosed === true,
  };
  return flatMap(policy.statements, (statement): readonly Allowance[] => {
    const allows = all(
      isAllow(statement),
      judgement(statement.when),
      granted,
      not(
        any(
          excludesAll(statement.notResources),
          excludesAll(statement.notActions, EVERY_ACTION),
          facts && dependsOnHolder([statement], facts) ? isForOthers(statement, facts) : NO,
        ),
      ),
    );
    if (allows.no.isAlways()) return [];
    return partsOf(statement, cuts).map(
      (part) => new Left(statement, { ...part, when: all(allows, part.when) }, limits, around),
    );
  });
}

const EVERY_ACTION: Predicate = {
  known: ({ raw }) => {
    const pattern = actionPattern(raw);
    return pattern !== undefined && isEverything(pattern);
  },
  text: () => false,
  reference: () => false,
  collection: false,
};

/** Where NotResource or NotAction excludes everything. The statement then has no effect. */
export function excludesAll(element: Value, everything: Predicate = EVERY_RESOURCE): Judgement {
  return element.state === 'absent' && !element.open
    ? NO
    : exists(itemsOf(element, true), ({ value }) => is(value, everything));
}

class Left implements Allowance {
  readonly statement: Statement;
  readonly held: Statement;
  readonly when: Judgement;
  readonly actions: Items;
  readonly notActions: Value;
  readonly cut: boolean;
  readonly #limits: Limits;
  readonly #data: KeyData;
  readonly #firstOfKind = new Map<string, string>();
  readonly #every = memoizeName((action) => this.#left(action, 'every'));
  readonly #some = memoizeName((action) => this.#left(action, 'some'));

  constructor(
    statement: Statement,
    { when, actions, notActions, cut }: RemainingActions,
    limits: Limits,
    data: KeyData,
  ) {
    this.statement = statement;
    this.held = limits.all.facts ? forHolder(statement, limits.all.facts) : statement;
    this.when = when;
    this.actions = itemsOf(actions, true);
    this.notActions = notActions;
    this.cut = cut;
    this.#limits = limits;
    this.#data = data;
  }

  isReduced(entry: string): boolean {
    return this.#reduces((side) => this.#denies(side, entry) || this.#narrows(side, entry));
  }

  isBounded(entry: string): boolean {
    return !this.#reduces((side) => this.#denies(side, entry)) && this.#reduces((side) => this.#narrows(side, entry));
  }

  /**
   * Whether a predicate is true of the limits that all principals of the policy share, or of the limits of each
   * principal.
   */
  #reduces(holds: (side: HolderLimits) => boolean): boolean {
    const { all, each } = this.#limits;
    return holds(all) || (each.length > 0 && each.every(({ side }) => holds(side)));
  }

  #narrows({ boundary }: HolderLimits, entry: string): boolean {
    return boundary !== undefined && narrowsEntry(boundary, entry, this.#data).yes.satisfiable();
  }

  #denies({ denying, facts }: HolderLimits, entry: string): boolean {
    return denying.some(
      ({ statement, when }) =>
        statement !== this.statement &&
        !when.no.isAlways() &&
        sharesActions(statement, entry) &&
        holdForEvery(statement, facts).yes.satisfiable(),
    );
  }

  #formsOf(action: string): ArnForms {
    return arnFormsOf((service) => this.#data.actions(service), action);
  }

  /** Whether no limit applies. */
  get #isWhole(): boolean {
    const { all, each } = this.#limits;
    return all.denying.length === 0 && !all.boundary && each.length === 0 && !this.cut;
  }

  leaves(action: string, extent: RequestedResources = 'every'): Judgement {
    if (this.#isWhole) return YES;
    if (typeof extent !== 'string') return this.#left(action, extent);
    const alike = this.#firstAlike(action);
    return extent === 'every' ? this.#every(alike) : this.#some(alike);
  }

  /** The first queried action among those that the limits treat alike, as they do most actions of a service. */
  readonly #firstAlike = memoizeName((action) => {
    const { all, each } = this.#limits;
    // A boundary, and the NotAction element of a reduced statement, depend on the action itself.
    const sides = [all, ...each.map(({ side }) => side)];
    if (this.cut || sides.some(({ boundary }) => boundary)) return action;
    const forms = this.#formsOf(action);
    const kind = sides
      .map(({ denialsOf, facts }) => kindOfDenied(denialsOf(action), this.statement, forms, facts))
      .join();
    const first = this.#firstOfKind.get(kind) ?? action;
    this.#firstOfKind.set(kind, first);
    return first;
  });

  leavesOne(
    entry: Value,
    meets: (service: string, action: Action) => boolean,
    extent: RequestedResources = 'every',
  ): Judgement {
    if (this.#isWhole) return YES;
    let found = NO;
    const seen = new Set<Judgement>();
    for (const { value: leaf } of leaves(entry)) {
      const pattern = leaf.state === 'known' ? actionPattern(leaf.raw) : undefined;
      if (!pattern) return YES;
      const service = this.#data.actions(pattern.service);
      if (!service) return this.leaves(`${pattern.service}:AnyAction`, extent);
      for (const action of service.matching(pattern.name)) {
        if (!meets(pattern.service, action)) continue;
        const left = this.leaves(`${pattern.service}:${action.name}`, extent);
        if (seen.has(left)) continue;
        seen.add(left);
        found = any(found, left);
        if (found.yes.isAlways()) return found;
      }
    }
    return found;
  }

  #left(action: string, extent: RequestedResources): Judgement {
    // NotAction of the Allow statement also excludes actions that the Deny statement permits.
    const listed = this.cut
      ? exists(itemsOf(this.statement.notActions, true), ({ value }) => is(value, actionsMatching(action)))
      : NO;
    if (listed.yes.isAlways()) return NO;
    const forms = this.#formsOf(action);
    const denied = this.#deniedBy(this.#limits.all, action, forms, extent);
    const { each, isClosed } = this.#limits;
    if (each.length === 0 || denied.yes.isAlways()) return not(any(listed, denied));
    // Others can attach a managed policy to an identity outside the stack that has no such Deny statement.
    const ofAll = all(
      any(...each.map(({ holding }) => holding.when)),
      ...each.map(({ holding, side }) => any(not(holding.when), this.#deniedBy(side, action, forms, extent))),
      ...(isClosed ? [] : [UNKNOWABLE]),
    );
    return not(any(listed, denied, ofAll));
  }

  keptBy(actions: readonly string[]): readonly Resource[] {
    const { each } = this.#limits;
    const keeping = each.filter(({ side }) =>
      actions.some((action) => !this.#deniedBy(side, action, this.#formsOf(action), 'every').yes.satisfiable()),
    );
    return keeping.length < each.length ? keeping.map(({ holding }) => holding.resource) : [];
  }

  /** Where Deny statements or the permissions boundary of the principal exclude an action. */
  #deniedBy(
    { denialsOf, facts, boundary }: HolderLimits,
    action: string,
    forms: ArnForms,
    extent: RequestedResources,
  ): Judgement {
    const denials = denialsOf(action);
    spend(1 + 4 * denials.length);
    const denied = deniedBy(denials, this.statement, forms, extent, facts);
    return !boundary || denied.yes.isAlways()
      ? denied
      : any(
          denied,
          not(boundaryAllows(boundary, { action, forms, extent, request: facts, hold: canHold }, this.#data)),
        );
  }
}

/** Whether a statement names at least one action that an entry matches. */
function sharesActions({ actions, notActions }: Statement, entry: string): boolean {
  const pattern = formOf(entry);
  if (pattern === undefined) return false;
  if (isPresent(notActions).yes.satisfiable()) return true;
  return itemsOf(actions, true).items.some(({ value }) =>
    leaves(value).some(({ value: leaf }) => {
      const form = leaf.state === 'known' ? formOf(leaf.raw) : undefined;
      return form !== undefined && !isDisjoint(form, pattern);
    }),
  );
}

function formOf(entry: string): string | undefined {
  const pattern = actionPattern(entry);
  return pattern && `${pattern.service}:${pattern.name}`.toLowerCase();
}
