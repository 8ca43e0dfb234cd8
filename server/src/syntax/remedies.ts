/**
 * What may be wrong where the YAML parser stopped, and what to change so that it gets further. The remedies for one fault
 * come in the order in which they are to be tried: what is surely meant before guesses, small losses before large ones.
 */
import type { Range } from '../base/span.ts';
import { closing, mayFollow, oddQuotes, openAt } from './unclosed.ts';
import { sentence } from './yaml-faults.ts';
import type { Lines } from './yaml-lines.ts';

/** Where and why the parser stopped. */
export interface Fault {
  readonly reason: string;
  readonly at: number;
}

/** Text to put in the place of as much text. */
export interface Change extends Range {
  readonly by: string;
}

export interface Remedy {
  readonly changes: readonly Change[];
  /** False for a change that only helps the parser along: the values are still what was written. */
  readonly lasting: boolean;
  readonly halfKey?: number;
  /** What to report; nothing where the text is well-formed but for this parser. */
  readonly message?: string;
  readonly reported: readonly Range[];
  /** When the parser gets this far, the remedy is good enough not to try others. */
  readonly enough: number;
  /** Whether it is right whatever comes of it. */
  readonly sure?: true;
}

type Draft = Omit<Remedy, 'enough'> & { readonly enough?: number };

/** The remedies for a fault in some text, likeliest first. There is always at least one, which leaves out a line. */
export function* remedies(lines: Lines, fault: Fault): Generator<Remedy> {
  const enough = Math.max(horizon(lines, lines.at(fault.at)), fault.at + 1);
  for (const draft of drafts(lines, fault)) {
    if (draft.changes.some(({ start, end, by }) => lines.text.slice(start, end) !== by)) yield { enough, ...draft };
  }
}

function* drafts(lines: Lines, fault: Fault): Generator<Draft> {
  if (/non-printable|null byte|valid JSON character/.test(fault.reason)) yield unprintable(lines.text);
  if (fault.reason.startsWith('nesting exceeded')) yield tooDeep(lines, fault);
  yield wholeLines(lines.text, CONFLICT, 'This line was left behind by a merge conflict.');
  yield wholeLines(lines.text, TEMPLATE_TAG, 'This line is not YAML; it belongs to a template language.');
  if (!/quoted|deficient/.test(fault.reason)) yield* ofLineBreaks(lines, fault);
  yield* ofLayout(lines, fault);
  yield* ofWords(lines, fault);
  yield* ofKeys(lines, fault);
  yield* ofQuotes(lines, fault);
  yield* ofBrackets(lines, fault);
  yield* ofLines(lines, fault);
}

/** Past the block around a line and into what follows it, a fault is another one. */
export function horizon(lines: Lines, line: number): number {
  let block = line;
  for (let parent = lines.parent(block); parent >= 0 && lines.parent(parent) >= 0; parent = lines.parent(block)) block = parent;
  return lines.end(lines.below(Math.max(lines.blockEnd(block), lines.blockEnd(line), line + 2)));
}

// --- Characters

const UNPRINTABLE = /[^\t\n\r\x20-\x7E\x85\xA0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

function unprintable(text: string): Draft {
  const places = [...text.matchAll(UNPRINTABLE)].map((match) => match.index);
  const more = places.length > 1 ? ` The file has ${places.length} of them.` : '';
  return {
    // All at once: a binary file has thousands.
    changes: places.length > 0 ? [{ start: 0, end: text.length, by: text.replace(UNPRINTABLE, '\uFFFD') }] : [],
    lasting: false,
    message: `This character cannot stand in a YAML file.${more}`,
    reported: places.slice(0, 1).map((at) => ({ start: at, end: at + 1 })),
    sure: true,
  };
}

function tooDeep(lines: Lines, { at, reason }: Fault): Draft {
  const { text } = lines;
  const line = lines.at(at);
  const message = sentence(reason);
  if (openAt(text, lines.start(firstLine(lines, line)), at).length > 0) return leaveOut(text, { start: at, end: endOfFlow(text, at) }, message);
  // The dash or question mark in front of it would have an empty value, which is as deep.
  const start = at - (/[-?:] +$/.exec(text.slice(lines.start(line), at))?.[0].length ?? 0);
  const column = at - lines.start(line);
  let last = line;
  for (let next = lines.below(line); next < lines.count && lines.indent(next) >= column; next = lines.below(next)) last = next;
  return leaveOut(text, { start, end: lines.end(last) }, message);
}

/** Where the innermost bracket around an offset is closed, or the end of the text. */
function endOfFlow(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const c = text[at]!;
    if (c === ']' || c === '}') return at;
    if (c === '[' || c === '{' || c === '"') {
      const close = closing(text, at);
      if (close < 0) return text.length;
      at = close;
    }
  }
  return text.length;
}

const CONFLICT = /^(?:<{7}|={7}|>{7}|\|{7})(?: [^\r\n]*)?$/gm;

/** A line that is nothing but a statement or a comment of Jinja and its like. */
const TEMPLATE_TAG = /^[ \t]*\{[%#][^\r\n]*[%#]\}[ \t]*$/gm;

/** Leaves out all lines of a kind at once. */
function wholeLines(text: string, pattern: RegExp, message: string): Draft {
  const found = [...text.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
  return { changes: found.map((range) => blank(text, range)), lasting: true, message, reported: found, sure: true };
}

// --- Tabs, and what CloudFormation reads although this parser does not

function* ofLayout(lines: Lines, fault: Fault): Generator<Draft> {
  const line = lines.at(fault.at);
  if (fault.reason === 'deficient indentation') yield outdented(lines, fault);
  for (const one of [line, lines.above(line)]) if (one >= 0 && tabs(lines, one)) yield withoutTabs(lines, one);
  if (lines.text[fault.at] === '\t') yield { ...substitute({ start: fault.at, end: fault.at + 1, by: ' ' }, TAB), lasting: true };
}

const TAB = 'YAML is indented with spaces; here is a tab.';

/** The indentation of a line if it has tabs. */
function tabs(lines: Lines, line: number): string | undefined {
  return /^ *\t[ \t]*/.exec(lines.content(line))?.[0];
}

/** Makes a space of each tab in the indentation of a line and of its neighbours. */
function withoutTabs(lines: Lines, line: number): Draft {
  let first = line;
  while (first > 0 && tabs(lines, first - 1)) first--;
  const changes: Change[] = [];
  for (let one = first; one < lines.count && tabs(lines, one); one++) {
    const start = lines.start(one);
    const length = tabs(lines, one)!.length;
    changes.push({ start, end: start + length, by: ' '.repeat(length) });
  }
  return { changes, lasting: true, message: TAB, reported: changes };
}

/**
 * A flow collection or a quoted text whose lines are indented less than this parser wants: CloudFormation's does not mind.
 * The line breaks are hidden from the parser, if the text plainly ends where it should.
 */
function outdented(lines: Lines, fault: Fault): Draft {
  const { text } = lines;
  const line = lines.at(fault.at);
  const start = openAt(text, lines.start(firstLine(lines, line)), fault.at)[0];
  const end = start === undefined ? -1 : closing(text, start);
  if (start === undefined || end < 0 || !mayFollow(text, end + 1, text.length) || text[end + 1] === ':' || looksLikeKeys(lines, start, end)) return NOTHING;
  const inside = text.slice(start, end);
  // Tabs in front of a line, and a colon on a line of its own, are wrong everywhere.
  if (/[\r\n](?:\t| *:\s)/.test(inside)) return NOTHING;
  const isFlow = /[[{]/.test(text[start]!);
  return {
    changes: [{ start, end, by: (isFlow ? inside.replace(/(?<=\s)#[^\r\n]*/g, (comment) => ' '.repeat(comment.length)) : inside).replace(/[\r\n]/g, ' ') }],
    lasting: false, reported: [], enough: lines.end(lines.at(end)) + 1,
  };
}

/** Whether a text that runs over several lines swallows lines that are keys and values of their own. */
function looksLikeKeys(lines: Lines, start: number, end: number): boolean {
  const first = lines.at(start);
  const indent = lines.indent(first);
  for (let line = lines.below(first); line <= lines.at(end); line = lines.below(line)) {
    if (lines.indent(line) <= indent && /^\s*(?:- )*[A-Za-z][\w.-]*:(?:\s|$)/.test(lines.content(line))) return true;
  }
  return false;
}

// --- Words that mean something to the parser

function* ofWords(lines: Lines, fault: Fault): Generator<Draft> {
  const { text } = lines;
  const { at, reason } = fault;
  const end = lines.end(lines.at(at));
  const start = lines.start(lines.at(at));
  if (/escape sequence|hexadecimal/.test(reason)) yield badEscapes(text, text.lastIndexOf('\\', at), end);
  if (/alias|anchor/.test(reason) && '*&'.includes(text[at - 1] ?? '.')) yield taken(text, at - 1);
  if ('*&%@`'.includes(text[at] ?? '.')) yield taken(text, at);
  if (/tag/.test(reason)) yield* badTag(text, start, at);
  const before = text.slice(start, at);
  if (/line break is expected|of a block scalar|identifier/.test(reason)) {
    const deeper = lines.blockEnd(lines.at(at)) > lines.below(lines.at(at));
    const header = Math.max(text.lastIndexOf('|', at), text.lastIndexOf('>', at));
    if (!deeper && header >= start) yield taken(text, header);
    yield leaveOut(text, { start: at, end }, sentence(reason));
  }
  if (reason.includes("found ','")) yield leaveOut(text, { start: at, end: at + 1 }, sentence(reason));
  if (text[at] === ':' && /(?:: |- |^\s*)\S.*$/.test(before) && /: /.test(before)) {
    yield { ...substitute({ start: at, end: at + 1, by: 'x' }, 'A text with a colon and a space in it must be in quotes.'), reported: [{ start: valueStart(text, start, at), end }] };
    yield leaveOut(text, { start: valueStart(text, start, at), end }, sentence(reason));
  }
  if (reason.startsWith('missed comma') && /\s/.test(text[at - 1] ?? '')) {
    yield { ...substitute({ start: at - 1, end: at, by: ',' }, 'A comma is missing in front of this.'), reported: [{ start: at, end: Math.min(at + 1, end) }] };
  }
}

/** A character that begins something else, at the beginning of what was meant as text. */
function taken(text: string, at: number): Draft {
  return substitute({ start: at, end: at + 1, by: 'x' }, `A text that begins with ${text[at]} must be in quotes.`);
}

const ESCAPE = /\\(?:[0abtnvfreNLP_ \t"/\\\r\n]|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|())/g;

function badEscapes(text: string, from: number, end: number): Draft {
  const bad = from < 0 ? [] : [...text.slice(from, end).matchAll(ESCAPE)].filter((match) => match[1] !== undefined).map((match) => from + match.index);
  return {
    changes: bad.map((at) => ({ start: at, end: at + 1, by: '\uFFFD' })), lasting: true,
    message: 'In double quotes a backslash begins an escape, and this is not one: write it twice.',
    reported: bad.map((at) => ({ start: at, end: at + 2 })),
  };
}

function* badTag(text: string, start: number, at: number): Generator<Draft> {
  const tag = /(?:^|[\s[{,])(![^\s[{"',]*)[^\s]*$/.exec(text.slice(start, at + 1));
  if (!tag) return;
  const from = start + tag.index + tag[0].indexOf('!');
  yield leaveOut(text, { start: from, end: from + tag[1]!.length }, 'This tag cannot be read.');
  yield leaveOut(text, { start: from, end: at }, 'This tag cannot be read.');
}

function valueStart(text: string, start: number, before: number): number {
  const key = /^.*?: +/.exec(text.slice(start, before))?.[0].length ?? 0;
  return start + key;
}

// --- Line breaks in the middle of a line

/** A line at the left margin below a deeper one may be the rest of that one. */
function* ofLineBreaks(lines: Lines, fault: Fault): Generator<Draft> {
  const line = lines.at(fault.at);
  const above = lines.above(line);
  for (const one of new Set([line, above, lines.below(line), lines.parent(line), lines.parent(above)])) {
    if (one < 1 || lines.indent(one) !== 0 || lines.indent(one - 1) < 1) continue;
    const range = { start: lines.end(one - 1), end: lines.start(one) };
    yield { changes: [{ ...range, by: ' '.repeat(range.end - range.start) }], lasting: true, message: 'This belongs to the line above.', reported: [{ start: lines.start(one), end: lines.end(one) }] };
  }
}

// --- Keys without colon

/** A line that begins with a word and has no colon that makes it a key. */
const WORD = /^((?:[ \t]|- )*)([A-Za-z_](?:[\w.-]|::)*)(?=$|[ \t]|:[^\s:])(?!.*: )/;

function* ofKeys(lines: Lines, fault: Fault): Generator<Draft> {
  const line = lines.at(fault.at);
  const above = lines.above(line);
  const candidates = [line, above, above < 0 ? -1 : lines.parent(line), above < 0 ? -1 : lines.parent(above)];
  for (const one of new Set(candidates)) {
    const match = one < 0 ? null : WORD.exec(lines.content(one));
    if (!match || /:\s*$/.test(lines.content(one))) continue;
    const start = lines.start(one) + match[1]!.length;
    const end = lines.end(one);
    const last = start + match[2]!.length - 1;
    const glued = lines.text[last + 1] === ':';
    if (glued && !/\w/.test(lines.text.slice(last + 2, end))) yield leaveOut(lines.text, { start: last + 2, end }, 'This cannot be read behind the colon.');
    yield {
      ...substitute({ start: last, end: last + (glued ? 2 : 1), by: glued ? ': ' : ':' }, glued ? 'A space is missing behind this colon.' : 'A colon is missing behind this key.'),
      halfKey: last,
      reported: [{ start, end: last + 1 }],
    };
  }
}

// --- Quotes and brackets

const LOOK_BACK = 200;

function* ofQuotes(lines: Lines, fault: Fault): Generator<Draft> {
  const { text } = lines;
  const last = lines.at(fault.at);
  const places = new Set<number>();
  const read = quoteReadBefore(lines, fault);
  if (read >= 0) places.add(read);
  for (let line = last; line >= firstLine(lines, last) && places.size < 3; line--) {
    for (const at of oddQuotes(text, lines.start(line), lines.end(line)).slice(0, 2)) places.add(at);
  }
  for (const at of places) {
    const end = lines.end(lines.at(at));
    const message = 'This quote is not closed.';
    yield { ...leaveOut(text, { start: at, end: at + 1 }, message), reported: [{ start: at, end }] };
    yield leaveOut(text, opensBlock(lines, at) ? block(lines, lines.at(at)) : { start: at, end }, message);
  }
}

/** Whether a stray quote or bracket is the first character of a line that others belong to. */
function opensBlock(lines: Lines, at: number): boolean {
  const line = lines.at(at);
  return at === content(lines, line).start && OPENER.test(lines.content(line));
}

/** The opening quote of the quoted text that the parser had read, or was reading, when it stopped; -1 if it was not one. */
function quoteReadBefore(lines: Lines, { at, reason }: Fault): number {
  const { text } = lines;
  const kind = /of the stream within a (single|double)/.exec(reason)?.[1];
  if (kind) return openQuote(lines, at, kind === 'single' ? "'" : '"');
  if (reason === 'deficient indentation') return openQuote(lines, at, `'"`);
  let close = at - 1;
  while (close > 0 && /\s/.test(text[close]!)) close--;
  const quote = text[close];
  return quote === '"' || quote === "'" ? text.lastIndexOf(quote, close - 1) : -1;
}

/** The last quote of some kinds that opens a text which is not closed before an offset; -1 if many above it are. */
function openQuote(lines: Lines, end: number, kinds: string): number {
  const { text } = lines;
  let closed = 0;
  for (let line = lines.at(end); line >= 0 && closed < 20; line--) {
    for (const at of oddQuotes(text, lines.start(line), lines.end(line))) {
      if (!kinds.includes(text[at]!)) continue;
      const close = closing(text, at);
      if (close < 0 || close >= end) return at;
      closed++;
    }
  }
  return -1;
}

function* ofBrackets(lines: Lines, fault: Fault): Generator<Draft> {
  const { text } = lines;
  const line = lines.at(fault.at);
  const open = openAt(text, lines.start(firstLine(lines, line)), fault.at).filter((at) => '[{'.includes(text[at]!));
  const at = open[0];
  if (at === undefined) return;
  const end = lines.end(lines.at(at));
  const message = 'This bracket is not closed.';
  const comma = /,[ \t]*$/.exec(text.slice(at, end));
  if (comma && open.length === 1) {
    const start = at + comma.index;
    yield { ...substitute({ start, end: start + 1, by: text[at] === '[' ? ']' : '}' }, message), reported: [{ start: at, end }] };
  }
  yield leaveOut(text, opensBlock(lines, at) ? block(lines, lines.at(at)) : { start: at, end }, message);
  const above = lines.above(line);
  if (above > lines.at(at)) yield leaveOut(text, { start: at, end: lines.end(above) }, message);
  if (end < lines.start(line)) yield leaveOut(text, { start: at, end: lines.end(line) }, message);
}

/** From where to look for something that is not closed at a line. */
function firstLine(lines: Lines, line: number): number {
  return Math.max(lines.entry(lines.entry(line)), line - LOOK_BACK);
}

// --- Whole lines

function* ofLines(lines: Lines, fault: Fault): Generator<Draft> {
  const { text } = lines;
  const message = sentence(fault.reason);
  const line = lines.at(fault.at);
  const above = lines.above(line);
  if (fault.at > content(lines, line).start && fault.at < lines.end(line)) yield leaveOut(text, { start: fault.at, end: lines.end(line) }, message);
  for (const one of [line, above]) {
    if (one < 0 || lines.indent(one) < 0) continue;
    if (!OPENER.test(lines.content(one))) yield leaveOut(text, content(lines, one), message);
    yield leaveOut(text, block(lines, one), message);
    yield leaveOut(text, { start: content(lines, one).start, end: lines.end(lines.blockEnd(one) - 1) }, message);
  }
  for (const range of blocksAround(lines, line)) yield leaveOut(text, range, message);
  if (lines.indent(line) < 0) yield leaveOut(text, { start: lines.start(line), end: lines.end(line) }, message);
}

/** Blocks that end above a line or hold it, and that may be indented too much or too little for the line to fit in. */
function* blocksAround(lines: Lines, line: number): Generator<Range> {
  const above = lines.above(line);
  const parent = lines.parent(line);
  const first = lines.below(parent);
  const from = (one: number, last: number): Range => ({ start: content(lines, one).start, end: lines.end(last) });
  // The line would become a child of its parent without the children that are there: it should be about as deep as they are.
  const fits = Math.abs(lines.indent(first) - lines.indent(line)) <= 2;
  if (parent >= 0 && first < line && fits) yield from(first, lines.blockEnd(first) - 1);
  if (parent >= 0) yield from(parent, line - 1);
  if (parent >= 0 && lines.blockEnd(parent) > line) yield from(first, lines.blockEnd(parent) - 1);
  const aboveIt = above < 0 ? -1 : lines.parent(above);
  if (aboveIt >= 0 && (aboveIt !== first || fits)) yield from(aboveIt, above);
  const entry = lines.entry(line);
  if (entry !== first || fits || lines.blockEnd(entry) > line) yield from(entry, lines.blockEnd(entry) - 1);
}

function content(lines: Lines, line: number): Range {
  return { start: lines.start(line) + Math.max(lines.indent(line), 0), end: lines.end(line) };
}

/** A line with the lines that belong to it. With a stray character in front, it is as deep as what comes behind that. */
function block(lines: Lines, line: number): Range {
  const end = lines.blockEnd(line, JUNK.exec(lines.content(line))?.[0].length);
  return { start: content(lines, line).start, end: lines.end(end - 1) };
}

/** A line that says nothing but what the lines below it belong to. */
const OPENER = /(?::|-)(?: +[!&]\S*)*(?: +[|>][-+\d]*)?\s*(?: #.*)?$/;

const JUNK = /^[ \t]*[-[\]{}"':,#?]+[ \t]*/;

const NOTHING: Draft = { changes: [], lasting: false, reported: [] };

function leaveOut(text: string, range: Range, message: string): Draft {
  return { changes: [blank(text, range)], lasting: true, message, reported: [range] };
}

/** Spaces in the place of text; its line ends stay. */
export function blank(text: string, { start, end }: Range): Change {
  return { start, end, by: text.slice(start, end).replace(/[^\r\n]/g, ' ') };
}

function substitute(change: Change, message: string): Draft {
  return { changes: [change], lasting: false, message, reported: [{ start: change.start, end: change.end }] };
}
