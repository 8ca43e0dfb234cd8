import { flatMap } from '../base/flat-map.ts';
import { shown } from '../model/shown.ts';
import { Guard, type Term, type Truth } from '../base/guard.ts';
import { sameSpan, type Span } from '../base/span.ts';
import type { Certainty } from '../model/finding.ts';
import { generalBranch } from '../model/general-branches.ts';
import { leaves } from '../model/navigate.ts';
import type { Leaf } from '../model/value.ts';
import type { Violation } from '../rules/rule.ts';

/** Finds the range to mark for a value, or for a part of its string. */
type Mark = (leaf: Leaf, part?: string, skip?: number) => Span;

/** A value at which a violation is wrong, with its certainty and scenarios. */
export interface ViolationPlace {
  readonly violation: Violation;
  readonly leaf: Leaf;
  /** The value for any other value of its parameters, if the leaf has a literal that they are compared with. */
  readonly general?: Leaf | undefined;
  /** The leaf and `general` as messages show them, if that is known without them (`kept-drafts.ts`). */
  readonly shown?: string;
  readonly shownInGeneral?: string;
  readonly at: Span;
  readonly certainty: Certainty;
  /** The scenarios in which it is wrong there; if it is unknown, those in which it can be. */
  readonly guard: Guard;
  readonly when: readonly Term[];
}

/** The value that identifies a finding. It does not depend on comparisons elsewhere in the document. */
export function recognizedLeaf({ general, leaf }: ViolationPlace): Leaf {
  return general ?? leaf;
}

/** That value as messages show it. */
export function shownInGeneral(place: ViolationPlace): string {
  return place.shownInGeneral ?? shown(recognizedLeaf(place));
}

/** The value of a place as messages show it. */
export function shownLeaf({ shown: known, leaf }: Pick<ViolationPlace, 'shown' | 'leaf'>): string {
  return known ?? shown(leaf);
}

/**
 * The places of the violations of a report, with certainty. A violation in a reached scenario is certain. A violation
 * in assumed scenarios, or due to an unknown value, is possible; it is omitted if another violation is certain or if
 * possible findings are not reported. Assumed scenarios are always kept, because several findings at one place can
 * together be certain (`merge-compared-values.ts`). Violations with the same cause share a finding, at the first one
 * that is wrong in a scenario.
 */
export function narrow(
  violations: readonly Violation[],
  when: Truth,
  mark: Mark,
  certainty: Certainty,
): readonly ViolationPlace[] {
  // Most values are compliant.
  if (violations.every(({ wrong }) => wrong.no.isAlways())) return [];
  const certain: ViolationPlace[] = [];
  let covered: Guard = Guard.never;
  for (const violation of violations) {
    const wrong = when.yes.and(violation.wrong.yes);
    const reached = wrong.reached();
    if (!reached.satisfiable() || reached.coveredBy(covered)) continue;
    certain.push(
      ...placesOf(violation, leaves(violation.at), 'certain', when, mark, (guard) => {
        const here = wrong.and(guard);
        return { here, named: here.reached() };
      }),
    );
    covered = covered.or(reached);
  }
  if (certain.length > 0) return certain;
  const found: ViolationPlace[] = [];
  for (const violation of violations) {
    const { yes, no } = violation.wrong;
    // Together with other violations or reports of the place, assumed scenarios can be all scenarios.
    if (certainty === 'certain' && !when.yes.and(yes).satisfiable()) continue;
    const open = leaves(violation.at).filter(({ guard }) => !guard.coveredBy(when.no, no));
    const possible = placesOf(violation, open, 'possible', when, mark, (guard) => {
      const here = when.yes.and(yes).and(guard);
      const there = here.satisfiable() ? here : when.yes.and(guard);
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

/** The scenarios in which a violation is wrong at a place, and those to name; empty if there is nothing to report. */
interface Wrong {
  readonly here: Guard;
  readonly named: Guard;
}

type Branches = ReturnType<typeof leaves>;

function placesOf(
  violation: Violation,
  all: Branches,
  certainty: Certainty,
  when: Truth,
  mark: Mark,
  wrongWithin: (guard: Guard) => Wrong,
): ViolationPlace[] {
  const places = new Map<string, { readonly at: Span; readonly branches: Branches[number][] }>();
  for (const branch of all) {
    // Multiline values can share a mark. They are distinguished as if they were on separate lines.
    const { use } = branch.value.origin;
    const key = `${use.doc} ${use.start} ${use.end}`;
    const place = places.get(key);
    if (place) place.branches.push(branch);
    else places.set(key, { at: mark(branch.value, violation.part, violation.skip), branches: [branch] });
  }
  return flatMap([...places.values()], ({ at, branches }) => {
    const { here, named } = wrongWithin(branches.reduce<Guard>((sum, { guard }) => sum.or(guard), Guard.never));
    if (!named.satisfiable()) return [];
    const wrong = branches.filter(({ guard }) => named.and(guard).satisfiable());
    const first = wrong[0] ?? branches[0]!;
    const branch = wrong.find(({ guard }) => named.and(guard).holdsByDefault()) ?? generalBranch(first, wrong);
    const general = generalValue(branch, violation);
    return [
      {
        violation,
        leaf: branch.value,
        ...(general === branch.value ? {} : { general }),
        at,
        certainty,
        guard: named,
        when: isEverywhere(here, when) ? [] : scenarioTermsOf(named, when),
      },
    ];
  });
}

/** The general branch of a branch (`general-branches.ts`), whether that is wrong or not. */
function generalValue(branch: Branches[number], { at }: Violation): Leaf {
  if (at.state !== 'choice') return branch.value;
  const { use } = branch.value.origin;
  return generalBranch(
    branch,
    leaves(at).filter(({ value }) => sameSpan(value.origin.use, use)),
  ).value;
}

/** Whether a guard includes every scenario in which the resource exists. */
function isEverywhere(guard: Guard, when: Truth): boolean {
  return when.yes.satisfiable() && when.yes.coveredBy(guard);
}

/** A scenario as text, without the conditions of the resource's existence. */
export function scenarioTermsOf(guard: Guard, when: Truth): readonly Term[] {
  const terms = guard.describe();
  if (isEverywhere(guard, when)) return [];
  const own = when.yes.describe();
  const more = terms.filter(
    (term) => !own.some(({ kind, name, value }) => term.kind === kind && term.name === name && term.value === value),
  );
  return more.length > 0 ? more : terms;
}
