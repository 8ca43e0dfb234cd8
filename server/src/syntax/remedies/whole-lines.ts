import type { Range } from '../../base/span.ts';
import type { Lines } from './lines.ts';
import { leaveOut, type Fault, type Remedy } from './remedy.ts';
import { sentence } from './sentence.ts';

/** Leaves out the rest of the line, the line, the line above, and blocks around it. */
export function* wholeLines(lines: Lines, { at, reason }: Fault): Generator<Remedy> {
  const message = sentence(reason);
  for (const range of ranges(lines, at)) yield leaveOut(lines.text, range, message);
}

function* ranges(lines: Lines, at: number): Generator<Range> {
  const line = lines.at(at);
  // A colon that makes a key of what is in front of it does not leave a value without it.
  const isKey = lines.text[at] === ':' && !/: /.test(lines.text.slice(lines.start(line), at));
  if (at > lines.filled(line).start && at < lines.end(line) && !isKey) yield { start: at, end: lines.end(line) };
  for (const one of [line, lines.above(line)]) {
    if (one < 0 || lines.indent(one) < 0) continue;
    // Without the line that they belong to, the lines below it would come under something else.
    if (!lines.isOpener(one)) yield lines.filled(one);
    yield lines.block(one);
    yield between(lines, one, lines.blockEnd(one) - 1);
  }
  yield* blocksAround(lines, line);
  if (lines.indent(line) < 0) yield { start: lines.start(line), end: lines.end(line) };
}

/** Blocks that end above a line or hold it, and that may be indented too much or too little for the line to fit in. */
function* blocksAround(lines: Lines, line: number): Generator<Range> {
  const above = lines.above(line);
  const parent = lines.parent(line);
  const first = lines.below(parent);
  // The line would become a child of its parent without the children that are there: it should be about as deep as they are.
  const fits = Math.abs(lines.indent(first) - lines.indent(line)) <= 2;
  if (parent >= 0 && first < line && fits) yield between(lines, first, lines.blockEnd(first) - 1);
  if (parent >= 0) yield between(lines, parent, line - 1);
  if (parent >= 0 && lines.blockEnd(parent) > line) yield between(lines, first, lines.blockEnd(parent) - 1);
  const aboveIt = lines.parent(above);
  if (aboveIt >= 0 && (aboveIt !== first || fits)) yield between(lines, aboveIt, above);
  const entry = lines.entry(line);
  if (entry !== first || fits || lines.blockEnd(entry) > line) yield between(lines, entry, lines.blockEnd(entry) - 1);
}

function between(lines: Lines, first: number, last: number): Range {
  return { start: lines.filled(first).start, end: lines.end(last) };
}
