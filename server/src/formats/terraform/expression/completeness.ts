/** Collections that are complete in some scenarios and can have more items in others. */
import { Guard, type Truth } from '../../../base/guard.ts';
import { choice } from '../../../model/navigate.ts';
import type { Element, Member, Origin, Value } from '../../../model/value.ts';

/** The scenarios in which all members are known, and those in which there can be others. */
export interface Completeness {
  readonly whole: Guard;
  readonly unseen: Guard;
}

export const ALL_KNOWN: Completeness = { whole: Guard.always, unseen: Guard.never };
export const NONE_KNOWN: Completeness = { whole: Guard.never, unseen: Guard.always };

/**
 * The completeness of a collection that combines two others: all members where all of both are, more members possible
 * where either can have more.
 */
export function bothComplete(a: Completeness, b: Completeness): Completeness {
  return { whole: a.whole.and(b.whole), unseen: a.unseen.or(b.unseen) };
}

/** An object that is open only in the scenarios in which it can have other keys. */
export function openObject(origin: Origin, entries: readonly Member[], seen: Completeness): Value {
  return inScenarios(origin, entries, seen, (some, open) => ({ state: 'object', origin, entries: some, open }));
}

/**
 * A list that is open only in the scenarios in which it can have other items. `none` returns the list for scenarios
 * without items.
 */
export function openList(
  origin: Origin,
  items: readonly Element[],
  seen: Completeness,
  none: (list: Value) => Value = (list) => list,
): Value {
  return inScenarios(origin, items, seen, (some, open) => {
    const list: Value = { state: 'list', origin, items: some, open };
    return open || some.length > 0 ? list : none(list);
  });
}

function inScenarios<M extends { readonly when: Truth }>(
  origin: Origin,
  members: readonly M[],
  { whole, unseen }: Completeness,
  made: (some: readonly M[], open: boolean) => Value,
): Value {
  if (!unseen.satisfiable()) return made(members, false);
  if (!whole.satisfiable()) return made(members, true);
  const within = (guard: Guard): readonly M[] =>
    members.filter(
      ({ when }) => when.yes.and(guard).satisfiable() || (!when.yes.satisfiable() && !guard.coveredBy(when.no)),
    );
  return choice(origin, [
    { guard: whole, value: made(within(whole), false) },
    { guard: unseen, value: made(within(unseen), true) },
  ]);
}
