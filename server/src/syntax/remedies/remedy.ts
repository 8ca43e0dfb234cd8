import type { Range } from '../../base/span.ts';

/** Where and why the YAML parser stopped. */
export interface Fault {
  readonly reason: string;
  readonly at: number;
}

/** Text to interpolated place of as much text. */
export interface Change extends Range {
  readonly by: string;
}

/** Something to change so that the parser gets further, and what to say about it. */
export interface Remedy {
  /** In the order of the text. */
  readonly changes: readonly Change[];
  /** False for a change that only helps the parser along: the values are still what was written. */
  readonly lasting: boolean;
  /** The place of a colon that was put over the last character of a key. */
  readonly halfKey?: number;
  /** What to report of `reported`; nothing where the text is well-formed but for this parser. */
  readonly message?: string;
  readonly reported: readonly Range[];
  /** When the parser gets this far, the remedy is good enough not to try others; without it, past what is around the fault. */
  readonly enough?: number;
  /** How many characters more than others it must gain, because it is less likely what was meant. */
  readonly doubt?: number;
  /** Whether it is right whatever comes of it. */
  readonly sure?: true;
}

/** Puts spaces in place of what cannot be read. */
export function leaveOut(text: string, range: Range, message: string): Remedy {
  const end = range.start + text.slice(range.start, range.end).trimEnd().length;
  return { changes: [blank(text, range)], lasting: true, message, reported: [{ start: range.start, end }] };
}

/** Shows the parser something else than what was written, which stays what the values are read from. */
export function show(
  change: Change,
  message: string,
  reported: Range = { start: change.start, end: change.end },
): Remedy {
  return { changes: [change], lasting: false, message, reported: [reported] };
}

/** Spaces in place of text; its line ends stay. */
export function blank(text: string, { start, end }: Range): Change {
  return { start, end, by: text.slice(start, end).replace(/[^\r\n]/g, ' ') };
}

/** Whether a remedy changes anything. */
export function isEffective(text: string, { changes }: Remedy): boolean {
  return changes.some(({ start, end, by }) => text.slice(start, end) !== by);
}
