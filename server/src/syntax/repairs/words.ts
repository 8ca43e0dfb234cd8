import type { Lines } from './lines.ts';
import { leaveOut, show, type ReadingError, type RepairAttempt } from './repair-attempt.ts';
import { sentence } from './sentence.ts';

/**
 * Hides the lone dashes of a flow collection: `!Split [-, !Ref Name]`. To this parser each is the start of a list item;
 * CloudFormation's parser reads a plain string.
 */
export function* loneDashes(lines: Lines, { at, reason }: ReadingError): Generator<RepairAttempt> {
  if (!reason.startsWith('missed comma') || lines.text[at] !== '-') return;
  const start = lines.start(lines.at(at));
  const dashes = [...lines.content(lines.at(at)).matchAll(/[[{,:][ \t]*-(?=[,\]}])/g)].map(
    ({ index, 0: found }) => start + index + found.length - 1,
  );
  yield {
    changes: dashes.map((dash) => ({ start: dash, end: dash + 1, by: 'x' })),
    isKept: false,
    reported: [],
    enough: lines.end(lines.at(at)),
  };
}

/** Remedies for characters that mean something to the parser although something else was meant. */
export function* words(lines: Lines, fault: ReadingError): Generator<RepairAttempt> {
  const { text } = lines;
  const { at, reason } = fault;
  const start = lines.start(lines.at(at));
  const end = lines.end(lines.at(at));
  if (/escape sequence|hexadecimal/.test(reason)) yield badEscapes(text, text.lastIndexOf('\\', at), end);
  if (/alias|anchor/.test(reason) && '*&'.includes(text[at - 1] ?? '.')) yield taken(text, at - 1);
  if ('*&%@`'.includes(text[at] ?? '.')) yield taken(text, at);
  if (/tag/.test(reason)) yield* badTag(text, start, at, end);
  if (/line break is expected|of a block scalar|identifier/.test(reason)) yield* badHeader(lines, fault);
  if (reason.includes("found ','")) yield leaveOut(text, { start: at, end: at + 1 }, sentence(reason));
  if (text[at] === ':') yield* secondColon(lines, at);
  if (reason.startsWith('missed comma') && /\s/.test(text[at - 1] ?? '')) {
    yield show({ start: at - 1, end: at, by: ',' }, 'Missing comma before this.', {
      start: at,
      end: Math.min(at + 1, end),
    });
  }
}

/** An indicator character at the beginning of an intended plain scalar. */
function taken(text: string, at: number): RepairAttempt {
  return show({ start: at, end: at + 1, by: 'x' }, `A string that starts with ${text[at]} must be quoted.`);
}

const ESCAPE = /\\(?:[0abtnvfreNLP_ \t"/\\\r\n]|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|())/g;

function badEscapes(text: string, from: number, end: number): RepairAttempt {
  const bad =
    from < 0
      ? []
      : [...text.slice(from, end).matchAll(ESCAPE)]
          .filter((match) => match[1] !== undefined)
          .map((match) => from + match.index);
  return {
    changes: bad.map((at) => ({ start: at, end: at + 1, by: '\uFFFD' })),
    isKept: true,
    message: 'Invalid escape sequence in a double-quoted string; write \\\\ for a backslash.',
    reported: bad.map((at) => ({ start: at, end: at + 2 })),
  };
}

/** An invalid tag leaves an unintended value, so the value is removed too if it ends with the line. */
function* badTag(text: string, start: number, at: number, end: number): Generator<RepairAttempt> {
  const word = /(?<!\S)\S*$/.exec(text.slice(start, at + 1).replace(/\s$/, ''))?.[0] ?? '';
  const tag = /(?:^|[[{,])(![^]*)$/.exec(word)?.[1];
  if (tag === undefined) return;
  const from = text.lastIndexOf(tag, at);
  const message = /![\w:]+[ \t]+$/.test(text.slice(start, from))
    ? 'A value can have only one tag. Write the outer function as a key, such as Fn::Base64.'
    : 'Invalid tag.';
  yield leaveOut(text, { start: from, end }, message);
  yield leaveOut(text, { start: from, end: from + tag.length }, message);
}

/** Content that starts with | or > but is not a block header: a plain string, if no deeper lines follow. */
function* badHeader(lines: Lines, { at, reason }: ReadingError): Generator<RepairAttempt> {
  const { text } = lines;
  const line = lines.at(at);
  const header = Math.max(text.lastIndexOf('|', at), text.lastIndexOf('>', at));
  if (lines.blockEnd(line) === lines.below(line) && header >= lines.start(line)) yield taken(text, header);
  yield leaveOut(text, { start: at, end: lines.end(line) }, sentence(reason));
}

/** A second key on one line: a line break is missing or, when nothing is after it, it is a text with a colon in it. */
function* secondColon(lines: Lines, at: number): Generator<RepairAttempt> {
  const { text } = lines;
  const line = lines.at(at);
  const start = lines.start(line);
  const key = /^.*?: +/.exec(text.slice(start, at))?.[0];
  if (key === undefined) return;
  const value = { start: start + key.length, end: lines.end(line) };
  const message = 'A string that contains a colon and a space must be quoted.';
  // The lines below belong to the second key.
  if (lines.isOpener(line))
    yield {
      ...leaveOut(
        text,
        { start: value.start, end: lines.end(lines.blockEnd(line) - 1) },
        'Missing line break before this.',
      ),
      sure: true,
    };
  const colons = [...text.slice(at, value.end).matchAll(/:(?=\s|$)/g)].map((match) => at + match.index);
  yield {
    changes: colons.map((colon) => ({ start: colon, end: colon + 1, by: 'x' })),
    isKept: false,
    message,
    reported: [value],
  };
  yield leaveOut(text, value, message);
}
