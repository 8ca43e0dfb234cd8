/** Replacements within one text, sorted and joined where they touch. */
import type { Range } from '../base/span.ts';
import { Refused } from './refused.ts';

export interface Splice extends Range {
  readonly newText: string;
  /**
   * Decides between insertions at one offset: the lower comes first, equal ones keep the order in which they were made.
   */
  readonly order?: number;
}

/** A replacement of nothing at an offset. Of insertions at one offset, the one with the lower `order` comes first. */
export function insertion(at: number, newText: string, order = 0): Splice {
  return { start: at, end: at, newText, order };
}

/** A replacement of a half-open range by nothing. */
export function deletion(start: number, end: number): Splice {
  return { start, end, newText: '' };
}

/**
 * The same replacements sorted, with those that touch made one. An insertion at the start of a replaced range goes
 * before it, one at its end after it. Those that overlap are refused.
 */
export function joined(splices: readonly Splice[]): readonly Splice[] {
  const sorted = splices.toSorted(
    (a, b) => a.start - b.start || Number(a.start < a.end) - Number(b.start < b.end) || (a.order ?? 0) - (b.order ?? 0),
  );
  const result: Splice[] = [];
  for (const next of sorted) {
    const last = result.at(-1);
    if (last && next.start < last.end) throw new Refused('Two changes overlap.');
    if (last?.end === next.start)
      result[result.length - 1] = { start: last.start, end: next.end, newText: last.newText + next.newText };
    else result.push({ start: next.start, end: next.end, newText: next.newText });
  }
  return result;
}

/**
 * Replacements that come from several trees of one document, sorted. Those that meet are refused: neither knows the
 * other.
 */
export function disjointSplices(groups: readonly (readonly Splice[])[]): readonly Splice[] {
  const sorted = groups.flat().toSorted((a, b) => a.start - b.start || a.end - b.end);
  for (let i = 1; i < sorted.length; i++) {
    if (groups.length > 1 && sorted[i]!.start <= sorted[i - 1]!.end) throw new Refused('Two changes overlap.');
  }
  return sorted;
}
