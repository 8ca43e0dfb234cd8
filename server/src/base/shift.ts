/** Offsets of a text in an earlier version of it. */
import type { Range } from './span.ts';

/** A change of a text in one place. Offsets are in UTF-16 code units. */
export interface Shift {
  /** Where both texts differ first. */
  readonly start: number;
  /** The end of the difference in the earlier text. */
  readonly before: number;
  /** The end of the difference in the text now. */
  readonly now: number;
}

/** Between a text and itself. */
export const NO_SHIFT: Shift = { start: 0, before: 0, now: 0 };

/** The length of the parts that are compared at once, which is much faster than by characters. */
const PART = 4096;

/** The smallest range outside which two texts are equal. */
export function shiftBetween(before: string, now: string): Shift {
  const most = Math.min(before.length, now.length);
  let start = 0;
  while (start + PART <= most && before.slice(start, start + PART) === now.slice(start, start + PART)) start += PART;
  while (start < most && before.charCodeAt(start) === now.charCodeAt(start)) start++;
  const [b, n] = [before.length, now.length];
  let tail = 0;
  while (
    tail + PART <= most - start &&
    before.slice(b - tail - PART, b - tail) === now.slice(n - tail - PART, n - tail)
  )
    tail += PART;
  while (tail < most - start && before.charCodeAt(b - 1 - tail) === now.charCodeAt(n - 1 - tail)) tail++;
  return { start, before: b - tail, now: n - tail };
}

/** The offset in the earlier text; undefined within the change. */
export function offsetBefore({ start, before, now }: Shift, offset: number): number | undefined {
  if (offset < start || (start === before && start === now)) return offset;
  return offset < now ? undefined : offset - now + before;
}

/** Whether an offset of the text now is on a line with a change. */
export function isOnChangedLine({ start, before, now }: Shift, text: string, offset: number): boolean {
  if (start === before && start === now) return false;
  return !text.slice(Math.min(offset, start), start).includes('\n') && !text.slice(now, offset).includes('\n');
}

/** Whether a range of the earlier text begins or ends on a line of the text now with a change. */
export function touchesChange(shift: Shift, text: string, range: Range): boolean {
  const { start, end } = rangeNow(shift, range);
  return isOnChangedLine(shift, text, start) || isOnChangedLine(shift, text, end);
}

/** The range in the text now of a range in the earlier text. A range around the change includes it. */
export function rangeNow(shift: Shift, range: Range): Range {
  const at = (offset: number): number => {
    if (offset <= shift.start) return offset;
    return offset >= shift.before ? offset - shift.before + shift.now : shift.start;
  };
  return { start: at(range.start), end: at(range.end) };
}
