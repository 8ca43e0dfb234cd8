import { flatMap } from '../base/flat-map.ts';
import { addTo } from '../base/groups.ts';
import { Guard, TRUE, type Truth } from '../base/guard.ts';
import { areKeptApart, isKnownWrong, keepApart } from './kept-scenarios.ts';
import { scenarioTermsOf } from './narrow.ts';
import type { Draft } from './report.ts';

/**
 * Joins findings of one rule at one place, one for each compared value of a parameter or variable. If they cover all
 * values, the finding is certain. Only scenarios in which the value is known to be wrong count.
 */
export function* mergingComparedValues(drafts: readonly Draft[]): Generator<void, readonly Draft[], undefined> {
  const groups = new Map<string, Draft[]>();
  for (const draft of drafts) {
    if (draft.certainty !== 'possible') continue;
    addTo(groups, keyOf(draft), draft);
  }
  const whole = new Map<Draft, Draft>();
  const gone = new Set<Draft>();
  for (const possible of groups.values()) {
    const places = possible.map(({ place }) => place);
    if (possible.length === 1 || areKeptApart(places)) continue;
    const group: Draft[] = [];
    for (const draft of possible) {
      if (isKnownWrong(draft.place)) group.push(draft);
      // The scenarios of a kept draft are those of a call that is made again.
      yield;
    }
    // A string with a placeholder shows what applies to all values.
    const shown = group.find(({ place }) => place.leaf.state === 'template') ?? group[0];
    const guard = group.length < 2 ? Guard.never : certainIn(wrongInAny(group), shown?.subject?.when ?? TRUE);
    if (!shown || !guard.satisfiable()) {
      keepApart(places);
      continue;
    }
    const when = scenarioTermsOf(guard, shown.subject?.when ?? TRUE);
    for (const draft of group) if (draft !== shown) gone.add(draft);
    whole.set(shown, {
      ...shown,
      certainty: 'certain',
      place: { ...shown.place, certainty: 'certain', guard, when },
      when,
      message: shown.message.replace(/^Possible: /, ''),
    });
  }
  return whole.size === 0 ? drafts : flatMap(drafts, (draft) => (gone.has(draft) ? [] : [whole.get(draft) ?? draft]));
}

function keyOf({
  rule,
  severity,
  subject,
  place: {
    leaf: {
      origin: { use },
    },
    at,
  },
}: Draft): string {
  // A string can have several findings, each at a part of it.
  return JSON.stringify([rule, severity, subject?.address, use.doc, use.start, use.end, at.start, at.end]);
}

/**
 * The scenarios in which the resource is certainly wrong. Compared values that cover all values leave an assumption
 * behind, so for a conditional resource, all scenarios in which it exists are compared too.
 */
function certainIn(wrong: Guard, { yes }: Truth): Guard {
  const reached = wrong.reached();
  if (reached.satisfiable()) return reached;
  const there = yes.reached();
  return there.coveredBy(wrong) ? there : Guard.never;
}

/** The scenarios in which one of some findings is known to be wrong. */
function wrongInAny(drafts: readonly Draft[]): Guard {
  return drafts.reduce<Guard>(
    (sum, { place: { guard, violation } }) => sum.or(guard.and(violation.wrong.yes)),
    Guard.never,
  );
}
