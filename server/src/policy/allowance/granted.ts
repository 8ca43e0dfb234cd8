/** The grants and denials of indexed actions by the statements of a policy. */
import type { Truth } from '../../base/guard.ts';
import { memoize2 } from '../../base/memoize.ts';
import {
  all,
  any,
  exists,
  is,
  isPresent,
  judgement,
  not,
  NO,
  UNKNOWABLE,
  YES,
  type Judgement,
} from '../../model/judgement.ts';
import { itemsOf, leaves } from '../../model/navigate.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import { oneOf } from '../../model/predicate.ts';
import type { Value } from '../../model/value.ts';
import type { ActionIndex } from '../data/action-index.ts';
import { actionPattern, isEverything, isWholeService, canNameAction } from '../data/action.ts';
import { unreduced, actionLimitsOf, partsOf, type ActionLimit, type RemainingActions } from './actions-left.ts';
import { boundaryOfHolder, denialsOfHolder, factsOfHolder, type PolicyHolders } from './policy-holders.ts';
import { actionLimitsOfBoundary } from './boundary.ts';
import type { KeyData } from '../condition/condition-keys.ts';
import { isAllow } from '../condition/in-force.ts';
import { denialsIn } from './denial.ts';
import { actionsMatching } from '../resource/statement-names.ts';
import { coversAllOf, broadResources } from '../resource/resource-pattern.ts';

/** An entry of a statement that names an action. */
export interface ActionEntry {
  readonly statement: Statement;
  /** The action entry, or the NotAction element. */
  readonly at: Value;
  /** Where the statement exists, has its effect, and names the action with this entry. */
  readonly named: Judgement;
  /** Whether the entry covers a whole service on all resources, or is NotAction. Another rule reports these. */
  readonly whole: boolean;
}

/** The entries of a policy that name actions, by action. */
export interface ActionEntries {
  readonly allowing: ReadonlyMap<string, readonly ActionEntry[]>;
  readonly denying: ReadonlyMap<string, readonly ActionEntry[]>;
}

/**
 * Finds actions of an index in a policy, such as those that its statements allow anywhere. `compute` finds them, if
 * they are not known from an earlier version. Each index is for one kind of them.
 */
export type AllowedActions = (
  policy: PolicyDocument,
  index: ActionIndex,
  compute: () => ReadonlySet<string>,
) => ReadonlySet<string>;

/**
 * The maximum number of entries for an action and an effect in a policy. Further grants add nothing; further denials
 * are unknown.
 */
const MOST = 64;

/**
 * The entries of a policy that match indexed actions, reduced by Deny statements with NotAction in other policies of
 * its principals.
 */
export function actionEntriesIn(
  policy: PolicyDocument,
  index: ActionIndex,
  holders?: PolicyHolders,
  data?: KeyData,
): ActionEntries {
  // Only a few Deny statements with NotAction reduce the actions.
  const cutting = [...denialsIn(policy), ...denialsOfHolder(holders)].filter(
    ({ statement }) => statement.notActions.state !== 'absent',
  );
  const boundary = data && boundaryOfHolder(holders);
  return ((cutting.length > 0 || boundary) && holders?.isOwn ? entriesOfHolder : entriesOf)(index, policy, () => [
    ...(cutting.length > 0 ? actionLimitsOf(cutting, factsOfHolder(holders)) : []),
    ...(boundary ? actionLimitsOfBoundary(boundary, data) : []),
  ]);
}

const entriesOf = memoize2(computeEntries);
/** The entries of a policy, reduced by Deny statements in other policies. */
const entriesOfHolder = memoize2(computeEntries);

function computeEntries(
  index: ActionIndex,
  policy: PolicyDocument,
  cutsBy: () => readonly ActionLimit[],
): ActionEntries {
  const cuts = cutsBy();
  const allowing = new Map<string, ActionEntry[]>();
  const denying = new Map<string, ActionEntry[]>();
  for (const statement of policy.statements)
    for (const [effect, into] of [
      ['Allow', allowing],
      ['Deny', denying],
    ] as const) {
      const counts = all(judgement(policy.when), judgement(statement.when), is(statement.effect, oneOf(effect)));
      if (counts.no.isAlways()) continue;
      let everywhere: boolean | undefined;
      for (const part of effect === 'Allow' ? partsOf(statement, cuts) : [unreduced(statement)])
        for (const { action, at, named, broad } of namedBy(part, index, effect === 'Deny')) {
          const list = into.get(action) ?? [];
          if (list.length > MOST) continue;
          into.set(action, list);
          const whole = effect === 'Allow' && broad && (everywhere ??= isOnEverything(statement, at));
          list.push({
            statement,
            at,
            named:
              list.length === MOST
                ? effect === 'Deny'
                  ? UNKNOWABLE
                  : NO
                : all(counts, part.when, named, lists(part, statement, action)),
            whole,
          });
        }
    }
  return { allowing, denying };
}

/** Where NotAction of the Allow statement lists an action that a Deny statement with NotAction permits. */
function lists({ cut }: RemainingActions, { notActions }: Statement, action: string): Judgement {
  return cut && notActions.state !== 'absent'
    ? not(exists(itemsOf(notActions, true), ({ value }) => is(value, actionsMatching(action))))
    : YES;
}

/** Whether a statement allows an action on all resources of its service; false if unknown. */
export function isOnEverything({ resources, notResources }: Statement, action: Value): boolean {
  return (
    isPresent(notResources).yes.satisfiable() ||
    exists(broadResources(itemsOf(resources, true)), (item) => coversAllOf(item.value, action)).yes.satisfiable()
  );
}

/**
 * The actions of an index for which a policy can have an entry that covers the whole service (`ActionEntry.whole`). To
 * find them takes much less work than the entries, and most policies have none.
 */
export function possiblyWhole({ statements }: PolicyDocument, index: ActionIndex): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { actions, notActions } of statements) {
    if (isPresent(notActions).yes.satisfiable()) return new Set(index.actions);
    for (const { value } of itemsOf(actions, true).items)
      for (const { value: leaf } of leaves(value))
        if (leaf.state === 'known' && ENTIRE.test(leaf.raw))
          for (const action of index.covered(leaf.raw)) found.add(action);
  }
  return found;
}

/** An action entry whose name is only wildcards. */
const ENTIRE = /(?:^|:)[*?]+$/;

/** Where a policy allows an unknown or interpolated action that can be a given one. */
export function allowsUnknown({ statements }: PolicyDocument, action: string): Judgement {
  const room = { known: () => false, text: canNameAction(action), collection: false };
  return any(
    ...statements.map((statement) =>
      all(
        judgement(statement.when),
        isAllow(statement),
        exists(itemsOf(statement.actions, true), (item) => is(item.value, room)),
      ),
    ),
  );
}

interface Named {
  readonly action: string;
  readonly at: Value;
  readonly named: Judgement;
  readonly broad: boolean;
}

function* namedBy(
  { actions, notActions }: Pick<RemainingActions, 'actions' | 'notActions'>,
  index: ActionIndex,
  unknownToo: boolean,
): Iterable<Named> {
  const listed = coveredIn(actions, index);
  for (const { action, at, when, broad } of listed.covered)
    yield { action, at, named: namedAt(at, when, action), broad };
  // An unknown action can deny anything. Whether it can allow anything is evaluated elsewhere.
  if (unknownToo)
    for (const at of listed.unknown.slice(0, 1))
      for (const action of index.actions) yield { action, at, named: UNKNOWABLE, broad: false };
  const excluding = isPresent(notActions);
  if (!excluding.yes.satisfiable()) return;
  const excluded = coveredIn(notActions, index);
  const where = new Map<string, Judgement[]>();
  for (const { action, at, when } of excluded.covered)
    where.set(action, [...(where.get(action) ?? []), namedAt(at, when, action)]);
  const others = excluded.unknown.length > 0 ? UNKNOWABLE : NO;
  for (const action of index.actions) {
    const named = all(excluding, not(any(...(where.get(action) ?? []), others)));
    if (!named.no.isAlways()) yield { action, at: notActions, named, broad: true };
  }
}

function namedAt(at: Value, when: Truth, action: string): Judgement {
  return all(judgement(when), at.state === 'known' ? YES : is(at, actionsMatching(action)));
}

interface CoveredIn {
  readonly covered: readonly {
    readonly action: string;
    readonly at: Value;
    readonly when: Truth;
    readonly broad: boolean;
  }[];
  /** Entries that are unknown, or that exist only in some scenarios. */
  readonly unknown: readonly Value[];
}

/** The indexed actions or the resources of an element. Cached, because statements can share an element. */
function coveredIn(element: Value, index: ActionIndex): CoveredIn {
  return element.state === 'absent' && !element.open ? NOTHING : covered(index, element);
}

const covered = memoize2((index: ActionIndex, element: Value): CoveredIn => {
  const found: CoveredIn['covered'][number][] = [];
  const unknown: Value[] = [];
  const { items, complete } = itemsOf(element, true);
  for (const { value, when } of items) {
    const here = new Set<string>();
    for (const { value: leaf } of leaves(value)) {
      if (leaf.state !== 'known') {
        unknown.push(value);
        continue;
      }
      for (const action of index.covered(leaf.raw)) {
        if (here.has(action)) continue;
        here.add(action);
        found.push({ action, at: value, when, broad: isBroad(leaf.raw) });
      }
    }
  }
  if (!complete.yes.isAlways()) unknown.push(element);
  return { covered: found, unknown };
});

const NOTHING: CoveredIn = { covered: [], unknown: [] };

function isBroad(written: string): boolean {
  const pattern = actionPattern(written);
  return pattern !== undefined && (isWholeService(pattern) || isEverything(pattern));
}
