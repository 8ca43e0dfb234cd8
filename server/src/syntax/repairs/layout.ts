import type { Lines } from './lines.ts';
import type { Change, ReadingError, RepairAttempt } from './repair-attempt.ts';
import { closing, mayFollow, openAt } from './scan.ts';

/** Takes away a line break: a line at the left margin below a deeper one may be the rest of that one. */
export function* brokenLines(lines: Lines, { at, reason }: ReadingError): Generator<RepairAttempt> {
  if (/quoted|deficient/.test(reason)) return;
  const line = lines.at(at);
  const above = lines.above(line);
  for (const one of new Set([line, above, lines.below(line), lines.parent(line), lines.parent(above)])) {
    if (one < 1 || lines.indent(one) !== 0 || lines.indent(one - 1) < 1 || isSection(lines, one)) continue;
    const range = { start: lines.end(one - 1), end: lines.start(one) };
    yield {
      changes: [{ ...range, by: ' '.repeat(range.end - range.start) }],
      isKept: true,
      message: 'This must be part of the line above.',
      reported: [{ start: lines.start(one), end: lines.end(one) }],
    };
  }
}

/** Whether a line at the left margin is one on its own: what follows it does not follow on the line above. */
function isSection(lines: Lines, line: number): boolean {
  const below = lines.indent(lines.below(line));
  const above = lines.indent(line - 1);
  return lines.isRoot(line) && (lines.isOpener(line) ? below <= above : below < above);
}

/**
 * Hides the line breaks of a flow collection or a quoted text whose lines are indented less than this parser wants, if
 * it plainly ends where it should: CloudFormation's parser does not mind.
 */
export function outdented(lines: Lines, { at, reason }: ReadingError): readonly RepairAttempt[] {
  if (reason !== 'deficient indentation') return [];
  const { text } = lines;
  const start = openAt(text, lines.start(lines.surroundings(lines.at(at))), at)[0];
  const end = start === undefined ? -1 : closing(text, start);
  if (
    start === undefined ||
    end < 0 ||
    text[end + 1] === ':' ||
    !mayFollow(text, end + 1, text.length) ||
    swallowsKeys(lines, start, end)
  )
    return [];
  let inside = text.slice(start, end);
  // Tabs before a line, and a colon on a line of its own, are wrong everywhere.
  if (/[\r\n](?:\t| *:\s)/.test(inside)) return [];
  if ('[{'.includes(text[start]!))
    inside = inside.replace(/(?<=\s)#[^\r\n]*/g, (comment) => ' '.repeat(comment.length));
  return [
    {
      changes: [{ start, end, by: inside.replace(/[\r\n]/g, ' ') }],
      isKept: false,
      reported: [],
      enough: lines.end(lines.at(end)) + 1,
    },
  ];
}

/**
 * Whether a construct over several lines swallows lines that are keys and values of their own: such a line is where a
 * key or an item can be, and no quote that was opened before it is closed within its value.
 */
function swallowsKeys(lines: Lines, start: number, end: number): boolean {
  const first = lines.at(start);
  const last = lines.at(end);
  let columns: ReadonlySet<string> | undefined;
  for (let line = lines.below(first); line <= last; line = lines.below(line)) {
    const key = lines.indent(line) > lines.indent(first) ? undefined : KEY.exec(lines.content(line));
    if (!key || (line === last && key[0].length < end - lines.start(line) && !'[{'.includes(lines.text[start]!)))
      continue;
    columns ??= openColumns(lines, first);
    if (columns.has(`${key[1] ? 'item' : 'key'} ${lines.indent(line)}`)) return true;
  }
  return false;
}

const KEY = /^\s*((?:- )*)[A-Za-z][\w.-]*:(?:\s|$)/;

/** Where keys and items are at a line and around it: the columns at which another one could follow. */
function openColumns(lines: Lines, line: number): ReadonlySet<string> {
  const columns = new Set<string>();
  for (let one = line; one >= 0; one = lines.parent(one)) {
    const [, spaces = '', dashes = ''] = /^( *)((?:- +)*)/.exec(lines.content(one)) ?? [];
    for (let at = 0; at < dashes.length; at++) if (dashes[at] === '-') columns.add(`item ${spaces.length + at}`);
    columns.add(`key ${spaces.length + dashes.length}`);
  }
  return columns;
}

const TAB = 'YAML requires spaces for indentation, not tabs.';

/** Replaces each tab in the indentation of a line and of its neighbors by a space, or one between tokens. */
export function* tabs(lines: Lines, { at }: ReadingError): Generator<RepairAttempt> {
  const line = lines.at(at);
  for (const one of [line, lines.above(line)]) if (one >= 0 && tabbed(lines, one)) yield withoutTabs(lines, one);
  // The parser reads on to what is after a tab, and after the bracket there; it would stop again at each of the
  // others on the line.
  const blanks =
    lines.text[at] === '\t' ? '\t' : /(?<![ \t])[ \t]+(?=[[{]?$)/.exec(lines.text.slice(lines.start(line), at))?.[0];
  if (!blanks?.includes('\t')) return;
  const found = blanks.slice(blanks.indexOf('\t'));
  const first = lines.text[at] === '\t' ? at : lines.text.lastIndexOf(found, at - 1);
  const one = { start: first, end: first + found.length, by: ' '.repeat(found.length) };
  const more = [
    ...lines.text.slice(one.end, lines.start(line) + lines.content(line).length).matchAll(/(?<=[:,[{])\t+(?=[^\t])/g),
  ].map(({ index, 0: run }): Change => ({
    start: one.end + index,
    end: one.end + index + run.length,
    by: ' '.repeat(run.length),
  }));
  if (more.length > 0) yield { changes: [one, ...more], isKept: true, message: TAB, reported: [one] };
  yield { changes: [one], isKept: true, message: TAB, reported: [one] };
}

/** The indentation of a line if it has tabs. */
function tabbed(lines: Lines, line: number): string | undefined {
  return /^ *\t[ \t]*/.exec(lines.content(line))?.[0];
}

function withoutTabs(lines: Lines, line: number): RepairAttempt {
  let first = line;
  while (first > 0 && tabbed(lines, first - 1)) first--;
  const changes: Change[] = [];
  for (let one = first; one < lines.count && tabbed(lines, one); one++) {
    const start = lines.start(one);
    const { length } = tabbed(lines, one)!;
    changes.push({ start, end: start + length, by: ' '.repeat(length) });
  }
  return { changes, isKept: true, message: TAB, reported: changes };
}
