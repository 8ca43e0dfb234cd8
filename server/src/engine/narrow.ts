import { Guard, type Term, type Truth } from '../base/guard.ts';
import type { Span } from '../base/span.ts';
import type { Certainty } from '../model/finding.ts';
import { leaves } from '../model/navigate.ts';
import type { Leaf } from '../model/value.ts';
import type { Fault } from '../rules/rule.ts';

/** One place where a report comes true. */
export interface Place {
  readonly fault: Fault;
  readonly leaf: Leaf;
  readonly at: Span;
  readonly certainty: Certainty;
  /** The scenarios in which it is wrong there; where that is not known at all, those in which it can be. */
  readonly guard: Guard;
  readonly when: readonly Term[];
}

/**
 * The places at which the faults of one report are wrong, and how certainly. What is wrong through a value that the document
 * leads to in some scenario is certain. What is wrong only through an assumed or an unknown value is possible, and is said
 * only where nothing is certain. Faults of one cause share a finding, at the first that is wrong in a scenario.
 */
export function narrow(faults: readonly Fault[], exists: Truth, mark: (leaf: Leaf) => Span): readonly Place[] {
  const certain: Place[] = [];
  let told: Guard = Guard.never;
  for (const fault of faults) {
    const wrong = exists.yes.and(fault.wrong.yes).reached();
    if (!wrong.satisfiable() || wrong.coveredBy(told)) continue;
    certain.push(...placesOf(fault, (guard) => {
      const here = wrong.and(guard).reached();
      return here.satisfiable() ? here : undefined;
    }, 'certain', exists, mark));
    told = told.or(wrong);
  }
  if (certain.length > 0) return certain;
  for (const fault of faults) {
    const { yes, no } = fault.wrong;
    const possible = placesOf(fault, (guard) => {
      const here = exists.yes.and(yes).and(guard);
      if (here.satisfiable()) return here;
      if (guard.coveredBy(exists.no, no)) return undefined;
      const there = exists.yes.and(guard);
      return there.satisfiable() ? there : guard;
    }, 'possible', exists, mark);
    if (possible.length > 0) return possible;
  }
  return [];
}

function placesOf(fault: Fault, wrongWithin: (guard: Guard) => Guard | undefined, certainty: Certainty, exists: Truth, mark: (leaf: Leaf) => Span): Place[] {
  const places = new Map<string, Omit<Place, 'when'>>();
  for (const { guard, value: leaf } of leaves(fault.at)) {
    const wrong = wrongWithin(guard);
    if (!wrong) continue;
    const at = mark(leaf);
    const key = `${at.doc} ${at.start} ${at.end}`;
    const before = places.get(key);
    const union = before ? before.guard.or(wrong) : wrong;
    const first = before && !(wrong.holdsByDefault() && !before.guard.holdsByDefault()) ? before.leaf : leaf;
    places.set(key, { fault, leaf: first, at, certainty, guard: union });
  }
  return [...places.values()].map((place) => ({ ...place, when: scenarioOf(place.guard, exists) }));
}

/** The scenario in words, without what has to be so for the resource to be there. Empty for every scenario in which it is there. */
function scenarioOf(guard: Guard, exists: Truth): readonly Term[] {
  const terms = guard.describe();
  if (terms.length === 0 || exists.yes.coveredBy(guard)) return [];
  const own = exists.yes.describe();
  const more = terms.filter((term) => !own.some(({ kind, name, value }) => term.kind === kind && term.name === name && term.value === value));
  return more.length > 0 ? more : terms;
}
