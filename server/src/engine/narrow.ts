import { Guard, type Term, type Truth } from '../base/guard.ts';
import { sameSpan, type Span } from '../base/span.ts';
import type { Certainty } from '../model/finding.ts';
import { leaves } from '../model/navigate.ts';
import type { Leaf } from '../model/value.ts';
import type { Violation } from '../rules/rule.ts';

/** One place where a report comes true. */
export interface Place {
  readonly fault: Violation;
  readonly leaf: Leaf;
  readonly at: Span;
  readonly certainty: Certainty;
  /** The scenarios in which it is wrong there; where that is not known at all, those in which it can be. */
  readonly guard: Guard;
  readonly when: readonly Term[];
}

/**
 * The places at which the violations of one report are wrong, and how certainly. What is wrong through a value that the document
 * leads to in some scenario is certain. What is wrong only through an assumed or an unknown value is possible, and is said
 * only where nothing is certain, and where somebody wants to hear it; what is wrong through assumed values in any case, because several findings at one place
 * may be one that is certain (`united.ts`). Faults of one cause share a finding, at the first that is wrong in
 * a scenario.
 */
export function narrow(
  violations: readonly Violation[],
  exists: Truth,
  mark: (leaf: Leaf) => Span,
  certainty: Certainty,
): readonly Place[] {
  // Most of what is looked at is right.
  if (violations.every(({ wrong }) => wrong.no.isAlways())) return [];
  const certain: Place[] = [];
  let told: Guard = Guard.never;
  for (const fault of violations) {
    const wrong = exists.yes.and(fault.wrong.yes);
    const reached = wrong.reached();
    if (!reached.satisfiable() || reached.coveredBy(told)) continue;
    certain.push(
      ...placesOf(fault, leaves(fault.at), 'certain', exists, mark, (guard) => {
        const here = wrong.and(guard);
        return { here, named: here.reached() };
      }),
    );
    told = told.or(reached);
  }
  if (certain.length > 0) return certain;
  const found: Place[] = [];
  for (const fault of violations) {
    const { yes, no } = fault.wrong;
    // What is wrong in assumed scenarios may be so in all of them together with what another fault or report says of the place.
    if (certainty === 'certain' && !exists.yes.and(yes).satisfiable()) continue;
    const open = leaves(fault.at).filter(({ guard }) => !guard.coveredBy(exists.no, no));
    const possible = placesOf(fault, open, 'possible', exists, mark, (guard) => {
      const here = exists.yes.and(yes).and(guard);
      const there = here.satisfiable() ? here : exists.yes.and(guard);
      return { here, named: there.satisfiable() ? there : guard };
    });
    found.push(
      ...(found.length === 0
        ? possible
        : possible.filter(
            ({ leaf, guard }) =>
              guard.and(yes).satisfiable() && found.some((other) => sameSpan(other.leaf.origin.use, leaf.origin.use)),
          )),
    );
  }
  return found;
}

/** The scenarios in which a fault is wrong at one place, and those to name; none of these when nothing is to be said. */
interface Wrong {
  readonly here: Guard;
  readonly named: Guard;
}

type Branches = ReturnType<typeof leaves>;

function placesOf(
  fault: Violation,
  all: Branches,
  certainty: Certainty,
  exists: Truth,
  mark: (leaf: Leaf) => Span,
  wrongWithin: (guard: Guard) => Wrong,
): Place[] {
  const places = new Map<string, { readonly at: Span; readonly branches: Branches[number][] }>();
  for (const branch of all) {
    // Values of several lines may share a mark, and are told apart all the same, as they are when each is on a line of its own.
    const { use } = branch.value.origin;
    const key = `${use.doc} ${use.start} ${use.end}`;
    const place = places.get(key);
    if (place) place.branches.push(branch);
    else places.set(key, { at: mark(branch.value), branches: [branch] });
  }
  return [...places.values()].flatMap(({ at, branches }) => {
    const { here, named } = wrongWithin(branches.reduce<Guard>((sum, { guard }) => sum.or(guard), Guard.never));
    if (!named.satisfiable()) return [];
    const wrong = branches.filter(({ guard }) => named.and(guard).satisfiable());
    const { value: leaf } = wrong.find(({ guard }) => named.and(guard).holdsByDefault()) ?? wrong[0] ?? branches[0]!;
    return [
      { fault, leaf, at, certainty, guard: named, when: isEverywhere(here, exists) ? [] : scenarioOf(named, exists) },
    ];
  });
}

/** Whether a guard has every scenario in which the resource is there. */
function isEverywhere(guard: Guard, exists: Truth): boolean {
  return exists.yes.satisfiable() && exists.yes.coveredBy(guard);
}

/** A scenario in words, without what has to be so for the resource to be there. */
export function scenarioOf(guard: Guard, exists: Truth): readonly Term[] {
  const terms = guard.describe();
  if (isEverywhere(guard, exists)) return [];
  const own = exists.yes.describe();
  const more = terms.filter(
    (term) => !own.some(({ kind, name, value }) => term.kind === kind && term.name === name && term.value === value),
  );
  return more.length > 0 ? more : terms;
}
