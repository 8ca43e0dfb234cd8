/** The remaining actions of a statement after Deny statements with NotAction: next to `Deny NotAction s3:Get*`, `Allow *` allows only these. */
import { all, exists, is, isPresent, not, YES, type Judgement, type Predicate } from '../../model/judgement.ts';
import { itemsOf, mapLeaves } from '../../model/navigate.ts';
import type { Statement } from '../../model/policy.ts';
import type { Element, Known, Leaf, Value } from '../../model/value.ts';
import { actionPattern, isEverything, type ActionPattern } from '../data/action.ts';
import type { RequestContext } from '../condition/condition-holds.ts';
import type { Denial } from './denial.ts';
import { holdForEvery } from '../condition/every-request.ts';
import { EVERY_RESOURCE } from '../resource/resource-pattern.ts';
import { includes, isDisjoint } from '../text/wildcard.ts';

/** The elements of an Allow statement after Deny statements with NotAction have left only some actions. */
export interface RemainingActions {
  readonly when: Judgement;
  /** One action, or a list; each remaining action is at the place of the wildcard that it is a part of. */
  readonly actions: Value;
  /** Absent in a remainder, which `actions` contain. NotAction of the statement still excludes its actions. */
  readonly notActions: Value;
  /** Whether it is the remainder of a denial, and not a written statement. */
  readonly cut: boolean;
}

/**
 * The maximum number of denials with NotAction that apply only in some scenarios. Each doubles the parts of a
 * statement.
 */
const MOST_SOMETIMES = 2;

/** The most actions of a denial with NotAction that are distinguished. */
const MOST_SPARED = 64;

/** A statement without any denial. */
export function asWritten({ actions, notActions }: Statement): RemainingActions {
  return { when: YES, actions, notActions, cut: false };
}

/**
 * A limit that leaves only some actions of every statement of a policy: a denial with NotAction, or a permissions
 * boundary.
 */
export interface Cut {
  /** The statement that denies the other actions; it does not limit itself. */
  readonly statement?: Statement;
  /** The actions that it leaves. */
  readonly spared: readonly ActionPattern[];
  readonly when: Judgement;
  /** Whether it leaves more than these, so that only wildcards for all actions are replaced by them. */
  readonly onlyEverything: boolean;
}

/**
 * The denials of all actions but some on everything.
 * @param facts The facts that are known about every request of a holder of the policy.
 */
export function cutsOf(denying: readonly Denial[], facts: RequestContext | undefined): readonly Cut[] {
  return denying.flatMap(({ statement, when }): readonly Cut[] => {
    const spared = sparedBy(statement);
    if (!spared) return [];
    const cuts = all(when, isPresent(statement.notActions), holdForEvery(statement, facts), coversAll(statement));
    return cuts.yes.satisfiable() ? [{ statement, spared, when: cuts, onlyEverything: false }] : [];
  });
}

/** The parts of a statement that allows something, in disjoint scenarios: as it is written, and what is left of it. */
export function partsOf(statement: Statement, cuts: readonly Cut[]): readonly RemainingActions[] {
  let parts: readonly RemainingActions[] = [asWritten(statement)];
  let sometimes = 0;
  for (const { statement: own, spared, when, onlyEverything } of cuts) {
    if (own === statement || (!when.yes.isAlways() && ++sometimes > MOST_SOMETIMES)) continue;
    parts = parts.flatMap((part): readonly RemainingActions[] => {
      const left = cutTo(part, spared, onlyEverything);
      if (!left) return [part];
      const cut = { ...left, when: all(part.when, when) };
      return when.yes.isAlways() ? [cut] : [{ ...part, when: all(part.when, not(when)) }, cut];
    });
  }
  return parts;
}

/** The patterns of a denial with NotAction, if all of them are known. */
function sparedBy({ notActions }: Statement): readonly ActionPattern[] | undefined {
  if (notActions.state === 'absent') return undefined;
  const { items, complete } = itemsOf(notActions, true);
  if (items.length > MOST_SPARED || !complete.yes.isAlways()) return undefined;
  const patterns = items.map(({ value, when }) =>
    value.state === 'known' && when.yes.isAlways() ? actionPattern(value.raw) : undefined,
  );
  return patterns.every((pattern) => pattern !== undefined) ? patterns : undefined;
}

/** Whether a statement applies to all resources. */
function coversAll({ resources }: Statement): Judgement {
  return exists(itemsOf(resources, true), ({ value }) => is(value, EVERY_RESOURCE));
}

/** The remaining part; undefined if it is unchanged. */
function cutTo(
  { actions, notActions }: RemainingActions,
  spared: readonly ActionPattern[],
  onlyEverything: boolean,
): Omit<RemainingActions, 'when'> | undefined {
  const named = itemsOf(actions, true);
  const stays = (value: Value): boolean =>
    onlyEverything && (value.state !== 'known' || !/^\*+(?::\*+)?$/.test(value.raw));
  if (notActions.state === 'absent' && named.items.every(({ value }) => stays(value))) return undefined;
  const listed = named.items.flatMap(({ value, when }) =>
    (stays(value) ? [value] : common(value, spared)).map((one): Element => ({ value: one, when })),
  );
  const present = isPresent(notActions);
  const left = !present.yes.satisfiable()
    ? []
    : spared.map((pattern): Element => ({
        value: written(pattern, notActions),
        when: all(present, not(exists(itemsOf(notActions, true), ({ value }) => is(value, listing(pattern))))),
      }));
  const { origin } = actions.state === 'absent' ? notActions : actions;
  return {
    cut: true,
    actions: { state: 'list', origin, items: [...listed, ...left], open: !named.complete.yes.isAlways() },
    notActions: { state: 'absent', open: false, origin },
  };
}

/** The intersection of an Action item with some patterns. Unknown items stay as they are. */
function common(value: Value, spared: readonly ActionPattern[]): readonly Value[] {
  const both = (leaf: Leaf, one: ActionPattern): Leaf => {
    const pattern = leaf.state === 'known' ? actionPattern(leaf.raw) : undefined;
    if (!pattern) return leaf;
    const shared = intersection(pattern, one);
    return !shared
      ? { ...leaf, state: 'known', raw: '', quoted: true, value: null }
      : isSame(shared, pattern)
        ? leaf
        : written(shared, leaf);
  };
  const found = new Map<string, Value>();
  for (const one of spared) {
    const shared = mapLeaves(value, (leaf) => both(leaf, one));
    if (shared.state !== 'known' || shared.value !== null)
      found.set(shared.state === 'known' ? shared.raw : String(found.size), shared);
  }
  return [...found.values()];
}

function isSame(one: ActionPattern, other: ActionPattern): boolean {
  return one.service === other.service && one.name.toLowerCase() === other.name.toLowerCase();
}

/** The actions that two patterns have in common, as far as one pattern can express them; else the first pattern. */
function intersection(one: ActionPattern, other: ActionPattern): ActionPattern | undefined {
  const service = narrower(one.service, other.service);
  const name = narrower(one.name, other.name);
  return service === undefined || name === undefined ? undefined : { service, name };
}

function narrower(one: string, other: string): string | undefined {
  const [mine, its] = [one.toLowerCase(), other.toLowerCase()];
  if (includes(mine, its)) return other;
  return includes(its, mine) || !isDisjoint(mine, its) ? one : undefined;
}

/** A pattern at the place of the wildcard that it is a part of, where it cannot be edited. */
function written(pattern: ActionPattern, at: Value): Known {
  const raw = isEverything(pattern) ? '*' : `${pattern.service}:${pattern.name}`;
  return { state: 'known', origin: { ...at.origin, edit: 'none' }, raw, quoted: true, value: raw };
}

/** A NotAction item that covers all of a pattern. */
function listing({ service, name }: ActionPattern): Predicate {
  return {
    known: ({ raw }) => {
      const pattern = actionPattern(raw);
      return (
        pattern !== undefined &&
        includes(`${pattern.service}:${pattern.name}`.toLowerCase(), `${service}:${name}`.toLowerCase())
      );
    },
    collection: false,
  };
}
