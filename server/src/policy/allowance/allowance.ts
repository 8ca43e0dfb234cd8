/**
 * The permissions of each Allow statement of a policy after its Deny statements are applied. Rules about allowed actions use this, and read no
 * statement themselves.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
import { spend } from '../../base/budget.ts';
import { memoize } from '../../base/memoize.ts';
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
import { cutsOf, partsOf, type RemainingActions } from './actions-left.ts';
import { every } from '../resource/arn-shape.ts';
import { boundaryBeside, denialsBeside, factsBeside, type Beside } from './beside.ts';
import { boundaryAllows, cutsOfBoundary, narrowsEntry } from './boundary.ts';
import { conditionsCanHold as canHold } from '../condition/condition-holds.ts';
import type { KeyData } from '../condition/condition-keys.ts';
import { deniedBy, denialsIn, formsOf, namesEvery, type Extent, type Forms } from './denial.ts';
import { holdForEvery } from '../condition/every-request.ts';
import { grantsToIdentity } from './grant.ts';
import { sharing, sideOf, type Limits, type Side } from './sides.ts';
import { asksHolder, forHolder, isForOthers } from './holder.ts';
import { EVERY_RESOURCE } from '../resource/resource-pattern.ts';
import { covering } from '../resource/statement-names.ts';
import { isDisjoint } from '../text/wildcard.ts';
import { isAllow } from '../condition/in-force.ts';

/** The permissions of one statement, without those that Deny statements of its policy remove for every request. */
export interface Allowance {
  /** The statement as it is written: its resources, its conditions, and the place for fixes. */
  readonly statement: Statement;
  /** The same without the conditions that each request of who has the policy meets. */
  readonly held: Statement;
  /** Where the policy grants permissions to an identity, the statement exists and allows, and NotResource leaves a resource. */
  readonly when: Judgement;
  /** The actions that are allowed at most. Where a denial with NotAction leaves only some, these, each at the place of the wildcard that matches it. */
  readonly actions: Items;
  /** NotAction, as it is written; absent where a denial leaves only some actions. */
  readonly notActions: Value;
  /** Whether `actions` are the remainder of a denial, and not written as such. */
  readonly cut: boolean;
  /** Whether some action of an entry is denied for every request, in some scenario at least, so that not all of the entry is allowed. */
  isReduced(entry: string): boolean;
  /** Where denials leave an action: on all resources, unless it is asked for some resources of the statement. */
  leaves(action: string, extent?: Extent): Judgement;
  /** Whether that is so by the permissions boundary of who has the policy, and not by denials. */
  isBounded(entry: string): boolean;
  /**
   * Of several who have the policy, those who keep some of these actions where all of them are denied to others; none where it makes no difference who has it.
   */
  keptBy(actions: readonly string[]): readonly Resource[];
  /** Where denials leave one of the actions that an entry stands for and that meet something; of a service that is not known any could. */
  leavesOne(entry: Value, meets: (service: string, action: Action) => boolean, extent?: Extent): Judgement;
}

/** The data looked up for a policy: the actions of services, AWS managed policies, and what else limits its principal. */
export interface Around extends KeyData {
  readonly beside: Beside;
}

/** Actions with which an identity can give itself any other permission. */
export const GIVES_ANY_PERMISSION = [
  'iam:AttachUserPolicy',
  'iam:AttachRolePolicy',
  'iam:PutUserPolicy',
  'iam:PutRolePolicy',
  'iam:CreatePolicyVersion',
] as const;

/** A placeholder for an unknown action: a statement that denies it denies all actions, or all except some. */
export const ANY_ACTION = 'any-service:AnyAction';

/** Where an allowance leaves an action with which an identity can give itself any other permission. */
export function leavesIam(allowance: Allowance): Judgement {
  return any(...GIVES_ANY_PERMISSION.map((action) => allowance.leaves(action)));
}

/** Where a statement applies to all users, roles or policies of the account, by Resource or because NotResource does not list them. */
export function namesIdentities(statement: Statement, { actions }: Pick<Around, 'actions'>): Judgement {
  return any(...GIVES_ANY_PERMISSION.map((action) => namesEvery(statement, every(formsOf(actions, action).any))));
}

/** The permissions of the statements of a policy, each computed once. */
export const allowancesOf = memoize(computeAllowances);

function computeAllowances(policy: PolicyDocument, around: Around): readonly Allowance[] {
  const granted = grantsToIdentity(policy);
  if (granted.no.isAlways()) return [];
  const holders = around.beside(policy);
  const facts = factsBeside(holders);
  const boundary = boundaryBeside(holders);
  const own = denialsIn(policy);
  const denying = [...own, ...denialsBeside(holders)];
  const cuts = [...cutsOf(denying, facts), ...(boundary ? cutsOfBoundary(boundary, around) : [])];
  const limits: Limits = {
    all: sideOf(denying, facts, boundary),
    each: holders && !holders.isOwn ? sharing(own, holders) : [],
    isClosed: holders?.isClosed === true,
  };
  return policy.statements.flatMap((statement): readonly Allowance[] => {
    const allows = all(
      isAllow(statement),
      judgement(statement.when),
      granted,
      not(
        any(
          excludesAll(statement.notResources),
          excludesAll(statement.notActions, EVERY_ACTION),
          facts && asksHolder([statement], facts) ? isForOthers(statement, facts) : NO,
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

/** Where NotResource or NotAction excludes everything, so that the statement has no effect. */
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
  readonly #every = new Map<string, Judgement>();
  readonly #some = new Map<string, Judgement>();

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

  /** Whether something is true for the denials that apply to all holders of the policy, or for those of each holder. */
  #reduces(holds: (side: Side) => boolean): boolean {
    const { all, each } = this.#limits;
    return holds(all) || (each.length > 0 && each.every(({ side }) => holds(side)));
  }

  #narrows({ boundary }: Side, entry: string): boolean {
    return boundary !== undefined && narrowsEntry(boundary, entry, this.#data).yes.satisfiable();
  }

  #denies({ denying, facts }: Side, entry: string): boolean {
    return denying.some(
      ({ statement, when }) =>
        statement !== this.statement &&
        !when.no.isAlways() &&
        sharesActions(statement, entry) &&
        holdForEvery(statement, facts).yes.satisfiable(),
    );
  }

  #formsOf(action: string): Forms {
    return formsOf((service) => this.#data.actions(service), action);
  }

  /** Whether nothing takes anything away. */
  get #isWhole(): boolean {
    const { all, each } = this.#limits;
    return all.denying.length === 0 && !all.boundary && each.length === 0 && !this.cut;
  }

  leaves(action: string, extent: Extent = 'every'): Judgement {
    if (this.#isWhole) return YES;
    if (typeof extent !== 'string') return this.#left(action, extent);
    const known = extent === 'every' ? this.#every : this.#some;
    let its = known.get(action);
    if (!its) known.set(action, (its = this.#left(action, extent)));
    return its;
  }

  leavesOne(entry: Value, meets: (service: string, action: Action) => boolean, extent: Extent = 'every'): Judgement {
    if (this.#isWhole) return YES;
    let found = NO;
    for (const { value: leaf } of leaves(entry)) {
      const pattern = leaf.state === 'known' ? actionPattern(leaf.raw) : undefined;
      if (!pattern) return YES;
      const service = this.#data.actions(pattern.service);
      if (!service) return this.leaves(`${pattern.service}:AnyAction`, extent);
      for (const action of service.matching(pattern.name)) {
        if (meets(pattern.service, action))
          found = any(found, this.leaves(`${pattern.service}:${action.name}`, extent));
        if (found.yes.isAlways()) return found;
      }
    }
    return found;
  }

  #left(action: string, extent: Extent): Judgement {
    // Actions that NotAction excludes are not allowed, although a denial leaves them.
    const listed = this.cut
      ? exists(itemsOf(this.statement.notActions, true), ({ value }) => is(value, covering(action)))
      : NO;
    if (listed.yes.isAlways()) return NO;
    const forms = this.#formsOf(action);
    const denied = this.#deniedBy(this.#limits.all, action, forms, extent);
    const { each, isClosed } = this.#limits;
    if (each.length === 0 || denied.yes.isAlways()) return not(any(listed, denied));
    // A managed policy can be attached to an identity that is not defined here and has no such Deny statement.
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

  /** Where denials or the boundary of who has the policy exclude an action. */
  #deniedBy({ naming, facts, boundary }: Side, action: string, forms: Forms, extent: Extent): Judgement {
    const denials = naming(action);
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

/** Whether a statement names some action that an entry matches. */
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
