import type { Range } from '../../base/span.ts';

/** Where and why the YAML parser stopped. */
export interface ReadingError {
  readonly reason: string;
  readonly at: number;
}

/** Replacement text of the same length. */
export interface Change extends Range {
  readonly by: string;
}

/** A change that gets the parser further, and the problem to report. */
export interface RepairAttempt {
  /** In the order of the text. */
  readonly changes: readonly Change[];
  /** False for a change that only helps the parser: the values are still the source. */
  readonly isKept: boolean;
  /** The place of a colon that was put over the last character of a key. */
  readonly halfKey?: number;
  /** The message for `reported`; undefined if the text is well-formed except for this parser. */
  readonly message?: string;
  readonly reported: readonly Range[];
  /**
   * The offset that the parser must reach for this repair to be accepted without trying others; by default, past the
   * surroundings of the error.
   */
  readonly enough?: number;
  /** The number of characters that it must gain over others, because it is less likely intended. */
  readonly doubt?: number;
  /** Whether it is accepted regardless of its result. */
  readonly sure?: true;
}

/** Replaces invalid text with spaces. */
export function leaveOut(text: string, range: Range, message: string): RepairAttempt {
  const end = range.start + text.slice(range.start, range.end).trimEnd().length;
  return { changes: [blank(text, range)], isKept: true, message, reported: [{ start: range.start, end }] };
}

/** Passes a different text to the parser; values are still read from the original. */
export function show(
  change: Change,
  message: string,
  reported: Range = { start: change.start, end: change.end },
): RepairAttempt {
  return { changes: [change], isKept: false, message, reported: [reported] };
}

/** Spaces in place of text; its line ends stay. */
export function blank(text: string, { start, end }: Range): Change {
  return { start, end, by: text.slice(start, end).replace(/[^\r\n]/g, ' ') };
}

/** Whether a repair changes anything. */
export function isEffective(text: string, { changes }: RepairAttempt): boolean {
  return changes.some(({ start, end, by }) => text.slice(start, end) !== by);
}
