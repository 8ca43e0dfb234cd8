/**
 * The actions that a statement still allows next to Deny statements with NotAction: next to `Deny NotAction s3:Get*`,
 * `Allow *` allows only `s3:Get*`.
 */
import { flatMap } from '../../base/flat-map.ts';
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

/** The Action and NotAction elements of an Allow statement, reduced by Deny statements with NotAction. */
export interface RemainingActions {
  readonly when: Judgement;
  /** A string or a list. Each remaining action has the location of the wildcard that matches it. */
  readonly actions: Value;
  /**
   * Absent if `cut` is true: `actions` then contains the result. The statement's NotAction element still excludes its
   * actions.
   */
  readonly notActions: Value;
  /** Whether a limit reduced the actions, so that they differ from the source. */
  readonly cut: boolean;
}

/**
 * The maximum number of Deny statements with NotAction that apply only in some scenarios. Each doubles the number of
 * parts of a statement.
 */
const MOST_SOMETIMES = 2;

/** The maximum number of NotAction entries of a Deny statement that are evaluated. */
const MOST_ALLOWED = 64;

/** An Allow statement that no limit reduces. */
export function unreduced({ actions, notActions }: Statement): RemainingActions {
  return { when: YES, actions, notActions, cut: false };
}

/**
 * A limit on the actions of every statement of a policy: a Deny statement with NotAction, or a permissions boundary.
 */
export interface ActionLimit {
  /** The Deny statement, which does not limit itself. Undefined for a boundary. */
  readonly statement?: Statement;
  /** The actions that the limit does not exclude. */
  readonly allowed: readonly ActionPattern[];
  readonly when: Judgement;
  /** Whether the limit permits further actions that are not listed. It then reduces only wildcards for all actions. */
  readonly onlyEverything: boolean;
}

/**
 * The limits that Deny statements with NotAction set on all resources.
 * @param facts The known facts about every request of the principal.
 */
export function actionLimitsOf(denying: readonly Denial[], facts: RequestContext | undefined): readonly ActionLimit[] {
  return flatMap(denying, ({ statement, when }): readonly ActionLimit[] => {
    const allowed = allowedBy(statement);
    if (!allowed) return [];
    const cuts = all(when, isPresent(statement.notActions), holdForEvery(statement, facts), coversAll(statement));
    return cuts.yes.satisfiable() ? [{ statement, allowed, when: cuts, onlyEverything: false }] : [];
  });
}

/** Splits an Allow statement by disjoint scenarios: unchanged where no limit applies, and reduced where one does. */
export function partsOf(statement: Statement, cuts: readonly ActionLimit[]): readonly RemainingActions[] {
  let parts: readonly RemainingActions[] = [unreduced(statement)];
  let sometimes = 0;
  for (const { statement: own, allowed, when, onlyEverything } of cuts) {
    if (own === statement || (!when.yes.isAlways() && ++sometimes > MOST_SOMETIMES)) continue;
    parts = flatMap(parts, (part): readonly RemainingActions[] => {
      const reduced = cutTo(part, allowed, onlyEverything);
      if (!reduced) return [part];
      const cut = { ...reduced, when: all(part.when, when) };
      return when.yes.isAlways() ? [cut] : [{ ...part, when: all(part.when, not(when)) }, cut];
    });
  }
  return parts;
}

/** The NotAction patterns of a Deny statement; undefined unless all of them are known. */
function allowedBy({ notActions }: Statement): readonly ActionPattern[] | undefined {
  if (notActions.state === 'absent') return undefined;
  const { items, complete } = itemsOf(notActions, true);
  if (items.length > MOST_ALLOWED || !complete.yes.isAlways()) return undefined;
  const patterns = items.map(({ value, when }) =>
    value.state === 'known' && when.yes.isAlways() ? actionPattern(value.raw) : undefined,
  );
  return patterns.every((pattern) => pattern !== undefined) ? patterns : undefined;
}

/** Whether a statement applies to all resources. */
function coversAll({ resources }: Statement): Judgement {
  return exists(itemsOf(resources, true), ({ value }) => is(value, EVERY_RESOURCE));
}

/** The reduced part; undefined if the limit does not change it. */
function cutTo(
  { actions, notActions }: RemainingActions,
  allowed: readonly ActionPattern[],
  onlyEverything: boolean,
): Omit<RemainingActions, 'when'> | undefined {
  const named = itemsOf(actions, true);
  const stays = (value: Value): boolean =>
    onlyEverything && (value.state !== 'known' || !/^\*+(?::\*+)?$/.test(value.raw));
  if (notActions.state === 'absent' && named.items.every(({ value }) => stays(value))) return undefined;
  const listed = flatMap(named.items, ({ value, when }) =>
    (stays(value) ? [value] : common(value, allowed)).map((one): Element => ({ value: one, when })),
  );
  const present = isPresent(notActions);
  const permitted = !present.yes.satisfiable()
    ? []
    : allowed.map((pattern): Element => ({
        value: written(pattern, notActions),
        when: all(present, not(exists(itemsOf(notActions, true), ({ value }) => is(value, listing(pattern))))),
      }));
  const { origin } = actions.state === 'absent' ? notActions : actions;
  return {
    cut: true,
    actions: { state: 'list', origin, items: [...listed, ...permitted], open: !named.complete.yes.isAlways() },
    notActions: { state: 'absent', open: false, origin },
  };
}

/** The intersection of an Action entry with patterns. Unknown entries are unchanged. */
function common(value: Value, allowed: readonly ActionPattern[]): readonly Value[] {
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
  for (const one of allowed) {
    const shared = mapLeaves(value, (leaf) => both(leaf, one));
    if (shared.state !== 'known' || shared.value !== null)
      found.set(shared.state === 'known' ? shared.raw : String(found.size), shared);
  }
  return [...found.values()];
}

function isSame(one: ActionPattern, other: ActionPattern): boolean {
  return one.service === other.service && one.name.toLowerCase() === other.name.toLowerCase();
}

/**
 * The intersection of two patterns; if no single pattern can express it, the first pattern. Undefined if they are
 * disjoint.
 */
function intersection(one: ActionPattern, other: ActionPattern): ActionPattern | undefined {
  const service = narrower(one.service, other.service);
  const name = narrower(one.name, other.name);
  return service === undefined || name === undefined ? undefined : { service, name };
}

function narrower(one: string, other: string): string | undefined {
  const [first, second] = [one.toLowerCase(), other.toLowerCase()];
  if (includes(first, second)) return other;
  return includes(second, first) || !isDisjoint(first, second) ? one : undefined;
}

/** A pattern at the location of the wildcard that matches it. It is not editable. */
function written(pattern: ActionPattern, at: Value): Known {
  const raw = isEverything(pattern) ? '*' : `${pattern.service}:${pattern.name}`;
  return { state: 'known', origin: { ...at.origin, edit: 'none' }, raw, quoted: true, value: raw };
}

/** Matches a NotAction entry that covers all actions of a pattern. */
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
