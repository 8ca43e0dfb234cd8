/** Redundant entries of a list in a policy, which other entries cover. */
import { flatMap } from '../../base/flat-map.ts';
import { withPlaceholders } from '../../base/placeholders.ts';
import { UNKNOWN_PIECE } from '../text/unknown-piece.ts';
import { implies } from '../../model/quantified.ts';
import type { PossibleText } from './written.ts';
import { includes } from '../text/wildcard.ts';
import { arnFields } from '../text/arn-fields.ts';

/**
 * The maximum number of wildcards of a list that are compared with its other entries. In longer lists, most covered
 * entries are near the first wildcards.
 */
const MOST_WILDCARDS = 64;

/**
 * The redundant entries of a list by index, each with the index of an entry that covers it and is not covered itself.
 */
export function redundantIn(
  entries: readonly PossibleText[],
  covers: (wide: string, narrow: string) => boolean,
  same: (text: string) => string,
): ReadonlyMap<number, number> {
  const redundant = new Map<number, number>();
  const first = new Map<string, number>();
  const always = (narrow: number, wide: number): boolean =>
    entries[narrow]!.when.yes.exact && implies(entries[narrow]!.when, entries[wide]!.when);
  entries.forEach(({ text }, index) => {
    const before = first.get(same(text));
    if (before === undefined) first.set(same(text), index);
    else if (entries[before]!.value !== entries[index]!.value && always(index, before)) redundant.set(index, before);
  });
  const wildcards = flatMap(entries, ({ text }, index) =>
    /[*?]/.test(text) && !redundant.has(index) ? [index] : [],
  ).slice(0, MOST_WILDCARDS);
  entries.forEach(({ text }, index) => {
    if (redundant.has(index)) return;
    // Of two equivalent entries, the first is kept.
    const by = wildcards.find(
      (wide) =>
        entries[wide]!.value !== entries[index]!.value &&
        covers(entries[wide]!.text, text) &&
        !(wide > index && covers(text, entries[wide]!.text)) &&
        always(index, wide),
    );
    if (by !== undefined) redundant.set(index, by);
  });
  return withoutChains(redundant);
}

/**
 * Resolves chains: an entry that covers a covering entry covers all of its entries, so a finding and its fix name the
 * entry that is kept. Entries in a cycle are kept: because `covers` is incomplete, each could be removed in favor of
 * the next.
 */
function withoutChains(coveredBy: ReadonlyMap<number, number>): ReadonlyMap<number, number> {
  const ends = new Map<number, number | undefined>();
  for (const start of coveredBy.keys()) {
    const passed = new Set<number>();
    let at = start;
    for (
      let next = coveredBy.get(at);
      next !== undefined && !ends.has(at) && !passed.has(at);
      next = coveredBy.get(at)
    ) {
      passed.add(at);
      at = next;
    }
    const end = ends.has(at) ? ends.get(at) : passed.has(at) ? undefined : at;
    for (const one of passed) ends.set(one, end);
  }
  return new Map(
    flatMap(
      [...coveredBy.keys()].sort((a, b) => a - b),
      (index): readonly (readonly [number, number])[] => {
        const end = ends.get(index);
        return end === undefined ? [] : [[index, end]];
      },
    ),
  );
}

/** Whether one action pattern covers another, case-insensitively. */
export function actionCovers(wide: string, narrow: string): boolean {
  return includes(wide === '*' ? '*' : wide.toLowerCase(), narrow.toLowerCase());
}

/**
 * Whether one resource covers another, field by field. A wildcard is assumed not to match beyond its field. An
 * interpolated part covers only itself, and a wildcard covers it. The same applies to a policy variable and an escaped
 * character (`${*}`).
 */
export function resourceCovers(one: string, other: string): boolean {
  const [wide, narrow] = [withoutVariables(one), withoutVariables(other)];
  if (/^\*+$/.test(wide)) return true;
  if (wide.includes('?') && narrow.includes(UNKNOWN_PIECE)) return false;
  // For a resource of the stack, the parts after the same reference are compared.
  const start = new RegExp(`^${UNKNOWN_PIECE}[^${UNKNOWN_PIECE}]+${UNKNOWN_PIECE}`).exec(wide)?.[0];
  if (start !== undefined)
    return narrow.startsWith(start) && includes(wide.slice(start.length), narrow.slice(start.length));
  const [theirs, own] = [arnFields(wide), arnFields(narrow)];
  return theirs.length === 6 && own.length === 6 && theirs.every((part, index) => includes(part, own[index]!));
}

/** A string with policy variables as placeholders, which contain neither separators nor wildcards. */
function withoutVariables(text: string): string {
  return text.includes('${')
    ? withPlaceholders(
        text,
        ({ inside }) =>
          `${UNKNOWN_PIECE}$${inside.replace(/[:*?]/g, (one) => String.fromCharCode(0xe000 + one.charCodeAt(0)))}${UNKNOWN_PIECE}`,
      )
    : text;
}
