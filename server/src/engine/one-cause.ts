/**
 * Merges findings with the same cause, such as the wildcards of a statement, into one finding with related locations.
 */
import { flatMap } from '../base/flat-map.ts';
import { addTo } from '../base/groups.ts';
import { inert } from '../base/inert.ts';
import { byText } from '../base/order.ts';
import type { Span } from '../base/span.ts';
import { mergedCovered, sortedCovered } from '../model/covered.ts';
import { compareSeverities } from '../model/severity.ts';
import { inScenario } from '../model/scenario.ts';
import { isInAllScenarios, isWithinScenarios } from './kept-scenarios.ts';
import { shownLeaf } from './narrow.ts';
import { messageIn, type Draft } from './report.ts';

/** The maximum number of related locations of one finding. */
const MOST_PLACES = 32;

/**
 * Merges drafts with the same cause, by default of one rule, the most severe and certain ones first. A draft that is
 * wrong in other scenarios is kept separate, and a possible draft never represents a certain one.
 */
export function ofOneCause(drafts: readonly Draft[]): readonly Draft[] {
  const groups = new Map<string, Draft[]>();
  const result: Draft[] = [];
  for (const draft of drafts) {
    const key = keyOf(draft);
    if (key === undefined) result.push(draft);
    else addTo(groups, key, draft);
  }
  for (const group of groups.values()) result.push(...(group.length === 1 ? group : together(group)));
  return result;
}

/** The key of a cause. Instances of one configured resource have separate subjects and are folded later. */
function keyOf({ rule, subject, at, report: { cause } }: Draft): string | undefined {
  if (!cause) return undefined;
  if (cause.of === 'document') return JSON.stringify([rule, at.doc, cause.what]);
  const { doc, start, end } = cause.of.origin.use;
  const of = cause.across ? [] : [rule, subject?.address];
  return JSON.stringify([...of, doc, start, end, cause.what]);
}

function together(group: readonly Draft[]): readonly Draft[] {
  const kept = new Map<Draft, Draft[]>();
  for (const draft of group.toSorted(inWeight)) {
    const representative = [...kept.keys()].find(
      (one) =>
        isWithinScenarios(draft.place, one.place) && (one.certainty === 'certain' || draft.certainty === 'possible'),
    );
    if (representative) kept.get(representative)!.push(draft);
    else kept.set(draft, []);
  }
  return [...kept].map(([draft, others]) => (others.length === 0 ? draft : withOthers(draft, others)));
}

function withOthers(draft: Draft, others: readonly Draft[]): Draft {
  // The message states that each named resource allows it, so their findings must be as certain and have the same
  // scenarios.
  const equals = draft.report.cause!.across
    ? others.filter(({ certainty, place }) => certainty === draft.certainty && isWithinScenarios(draft.place, place))
    : others;
  const names = [...new Set([draft, ...equals].map(nameOf))];
  const related = [...draft.related];
  const isNew = (at: Span): boolean =>
    related.length < MOST_PLACES && byPlace(at, draft.at) !== 0 && !related.some((one) => byPlace(one.at, at) === 0);
  for (const other of others.toSorted((a, b) => byPlace(a.at, b.at))) {
    if (isNew(other.at)) related.push({ at: other.at, message: relatedMessage(other, draft) });
    for (const one of other.related) if (isNew(one.at)) related.push(one);
  }
  return {
    ...draft,
    message: names.length === 1 ? draft.message : messageIn(draft.report.cause!.message(names), draft.certainty),
    subjects: [...new Set(flatMap([draft, ...others], ({ subjects }) => subjects))],
    ...sortedCovered(mergedCovered([draft, ...others])),
    related,
    folded: [...(draft.folded ?? []), ...flatMap(others, (other) => [other, ...(other.folded ?? [])])],
  };
}

/** The message of a related place, with its scenario and certainty where these are not those of the finding. */
function relatedMessage(other: Draft, { certainty, place }: Draft): string {
  const { also } = other.report.cause!;
  if (also === undefined) return inert(`The same applies to ${nameOf(other)}.`);
  const when = isWithinScenarios(place, other.place) ? [] : other.when;
  return messageIn(inScenario(also, when), certainty === other.certainty ? 'certain' : other.certainty);
}

function nameOf({ report: { cause }, place }: Draft): string {
  return cause?.name ?? shownLeaf(place);
}

/**
 * Orders drafts: a draft that is wrong in all scenarios can represent others. Keys are ordered by name, because their
 * order in the text is arbitrary.
 */
function inWeight(a: Draft, b: Draft): number {
  return (
    Number(b.certainty === 'certain') - Number(a.certainty === 'certain') ||
    compareSeverities(a.severity, b.severity) ||
    Number(isInAllScenarios(b.place)) - Number(isInAllScenarios(a.place)) ||
    byText(keysOf(a), keysOf(b)) ||
    byPlace(a.at, b.at)
  );
}

function keysOf({ resource, path }: Draft): string {
  return `${resource ?? ''} ${path.replace(/\d+/g, '')}`;
}

function byPlace(a: Span, b: Span): number {
  return byText(a.doc, b.doc) || a.start - b.start || a.end - b.end;
}
