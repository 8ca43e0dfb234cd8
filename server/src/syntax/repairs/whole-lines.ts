import type { Range } from '../../base/span.ts';
import type { Lines } from './lines.ts';
import { leaveOut, type ReadingError, type RepairAttempt } from './repair-attempt.ts';
import { sentence } from './sentence.ts';

/** How much less likely it is that the fault is in a block above than that it is where the parser stopped. */
const DOUBT = 150;

/** Leaves out the rest of the line, the line, the line above, and blocks around it. */
export function* wholeLines(lines: Lines, { at, reason }: ReadingError): Generator<RepairAttempt> {
  const message = sentence(reason);
  const line = lines.at(at);
  for (const range of hereAndAbove(lines, line, at)) yield leaveOut(lines.text, range, message);
  for (const range of blocksAround(lines, line)) yield { ...leaveOut(lines.text, range, message), doubt: DOUBT };
  if (lines.indent(line) < 0) yield leaveOut(lines.text, { start: lines.start(line), end: lines.end(line) }, message);
}

function* hereAndAbove(lines: Lines, line: number, at: number): Generator<Range> {
  // A colon after a key is not removed, because the key would become a value.
  const isKey = lines.text[at] === ':' && !/: /.test(lines.text.slice(lines.start(line), at));
  if (at > lines.filled(line).start && at < lines.end(line) && !isKey) yield { start: at, end: lines.end(line) };
  for (const one of [line, lines.above(line)]) {
    if (one < 0 || lines.indent(one) < 0) continue;
    // Without the line that they belong to, the lines below it would come under something else.
    if (!lines.isOpener(one)) yield lines.filled(one);
    yield lines.block(one);
    yield between(lines, one, lines.blockEnd(one) - 1);
  }
}

/** Blocks that end above a line or hold it, and that may be indented too much or too little for the line to fit in. */
function* blocksAround(lines: Lines, line: number): Generator<Range> {
  const above = lines.above(line);
  const parent = lines.parent(line);
  if (parent >= 0) yield between(lines, parent, line - 1);
  if (parent >= 0 && isSibling(lines, parent, line)) return;
  const first = lines.below(parent);
  // The line would become a child of its parent without the children that are there: it should be about as deep as
  // they are.
  const fits = Math.abs(lines.indent(first) - lines.indent(line)) <= 2;
  if (parent >= 0 && first < line && fits) yield between(lines, first, line - 1);
  if (parent >= 0 && lines.blockEnd(parent) > line) yield between(lines, first, lines.blockEnd(parent) - 1);
  const aboveIt = lines.parent(above);
  if (aboveIt >= 0 && (aboveIt !== first || fits)) yield between(lines, aboveIt, above);
  const entry = lines.entry(line);
  if (entry !== first || fits || lines.blockEnd(entry) > line) yield between(lines, entry, lines.blockEnd(entry) - 1);
}

/**
 * Whether a line that is indented less than another one is still on its level: their children are equally deep, and
 * one column is missing or a line break came between it and its indentation.
 */
function isSibling(lines: Lines, parent: number, line: number): boolean {
  const depth = (one: number): number => (lines.isOpener(one) ? lines.indent(lines.below(one)) : -1);
  const isNear =
    lines.indent(parent) === lines.indent(line) - 1 ||
    (lines.content(parent - 1).length === lines.indent(line) && lines.indent(parent - 1) < 0);
  return isNear && depth(line) > lines.indent(line) && depth(line) === depth(parent);
}

function between(lines: Lines, first: number, last: number): Range {
  return { start: lines.filled(first).start, end: lines.end(last) };
}
