/** The checks of other tools and the controls of standards that a finding covers. */
import { mergedCovered, sortedCovered, type Covered } from '../model/covered.ts';
import { peersAt, type PeerPlace } from '../rules/peer-places.ts';
import type { AnyRule, Report, Violation } from '../rules/rule.ts';
import type { ViolationPlace } from './narrow.ts';

/**
 * What violations cover that are wrong in the same scenarios; if none of the report states it, what the rule covers.
 */
export function coveredByViolations(
  { aliases, controls }: AnyRule,
  { violations }: Report,
  place: ViolationPlace,
): Required<Covered> {
  const states = (what: keyof Covered): boolean => violations.some((violation) => violation[what]);
  if (!states('aliases') && !states('controls')) return { aliases, controls };
  const together = sortedCovered(
    mergedCovered(violations.filter((violation) => violation === place.violation || holdsWith(place, violation))),
  );
  return {
    aliases: states('aliases') ? together.aliases : aliases,
    controls: states('controls') ? together.controls : controls,
  };
}

/** Without the checks of other tools that do not read what has the value. */
export function coveredWhereRead(place: PeerPlace, { aliases, controls }: Required<Covered>): Required<Covered> {
  return { aliases: peersAt(aliases, place), controls };
}

/** Whether another violation is wrong in the scenarios of a finding, or can be where the finding is possible. */
function holdsWith({ guard, certainty }: ViolationPlace, { wrong }: Violation): boolean {
  return certainty === 'certain' ? guard.and(wrong.yes).satisfiable() : !guard.coveredBy(wrong.no);
}
