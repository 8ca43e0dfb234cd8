/** The typed word in YAML, determined from its line. */
import { flatMap } from '../base/flat-map.ts';
import { withPlaceholders } from '../base/placeholders.ts';
import { nodesAround, type Tree } from '../syntax/tree.ts';
import { MARK, type Typing } from './typing.ts';

/** A word of a line: a key, a value, or a beginning of either. */
interface Word {
  readonly start: number;
  readonly quote: '"' | "'" | '';
  readonly tag: string | undefined;
  /** The key before it. */
  readonly under: string | undefined;
  /** The brackets around it on this line, innermost last. */
  readonly brackets: readonly string[];
  /** Whether only dashes precede it. */
  readonly first: boolean;
}

/**
 * The typed word at an offset; undefined in a comment, in a tag, in a block scalar, or directly after the colon of a
 * key.
 */
export function yamlCursor(tree: Tree, offset: number): Typing | undefined {
  const { text } = tree;
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const line = /^[^\r\n]*/.exec(text.slice(lineStart, lineStart + 20_000))![0];
  const around = nodesAround(tree, { start: offset, end: offset }).at(-1);
  if (
    around?.kind === 'scalar' &&
    (around.style === 'literal' || around.style === 'folded') &&
    around.start < lineStart
  )
    return undefined;
  const flow = flowAround(tree, lineStart);
  const at = offset - lineStart;
  // Between the two characters of a line end, or beyond the limit of a very long line.
  if (at > line.length) return undefined;
  const indent = /^(?:\s*-(?=\s|$))*\s*/.exec(line)![0].length;
  if (at < indent)
    return /-$/.test(line.slice(0, at)) || /^\s*-/.test(line.slice(at))
      ? undefined
      : wordAt(
          line,
          lineStart,
          at,
          { start: at, quote: '', tag: undefined, under: undefined, brackets: flow, first: true },
          text,
        );
  const word = wordOf(line, indent, at, flow);
  return word && wordAt(line, lineStart, at, word, text);
}

/** The brackets around a line. */
function flowAround(tree: Tree, lineStart: number): readonly string[] {
  return flatMap(nodesAround(tree, { start: lineStart, end: lineStart }), (node) =>
    (node.kind === 'map' || node.kind === 'list') && node.style === 'flow' && node.start < lineStart
      ? [node.kind === 'map' ? '{' : '[']
      : [],
  );
}

/** The word at a column of a line; undefined if it cannot be completed. */
function wordOf(line: string, indent: number, at: number, flow: readonly string[]): Word | undefined {
  const brackets = [...flow];
  let under: string | undefined;
  let tag: string | undefined;
  let first = true;
  let p = indent;
  for (;;) {
    p += /^\s*/.exec(line.slice(p))![0].length;
    const char = line[p]!;
    if (p >= at) return { start: at, quote: '', tag, under, brackets, first };
    if (char === '#') return undefined;
    if (char === '!' || char === '&') {
      const end = p + /^\S*/.exec(line.slice(p))![0].length;
      if (at <= end) return undefined;
      if (char === '!') tag = line.slice(p, end);
      p = end;
    } else if (char === '[' || char === '{') {
      brackets.push(char);
      [under, tag, first] = [char === '[' ? under : undefined, undefined, false];
      p++;
    } else if (char === ']' || char === '}') {
      brackets.pop();
      p++;
    } else if (char === ',' && brackets.length > 0) {
      [under, tag, first] = [brackets.at(-1) === '[' ? under : undefined, undefined, false];
      p++;
    } else if (char === '"' || char === "'") {
      const end = quotedEnd(line, p + 1, char);
      if (at <= end) return { start: p + 1, quote: char, tag, under, brackets, first };
      const colon = /^\s*:(?=\s|$)/.exec(line.slice(end + 1));
      if (colon) [under, tag, first] = [line.slice(p + 1, end), undefined, false];
      p = end + 1 + (colon?.[0].length ?? 0);
      if (!colon) first = false;
    } else {
      const end = plainEnd(line, p, brackets.length > 0);
      // A colon after a value or an item belongs to it while it is being typed: `s3:`.
      const isOwn =
        line[end] === ':' &&
        at === end + 1 &&
        (under !== undefined || indent > /^\s*/.exec(line)![0].length || brackets.length > 0);
      if (at <= end || isOwn) return { start: p, quote: '', tag, under, brackets, first };
      if (line[end] === ':') {
        if (at === end + 1) return undefined;
        [under, tag, first] = [line.slice(p, end).trim(), undefined, false];
        p = end + 1;
      } else {
        p = end;
        first = false;
      }
    }
  }
}

/** The end of a plain scalar: a colon before a space, a comment, or a separator in flow style. */
function plainEnd(line: string, start: number, flow: boolean): number {
  // The braces of a variable are part of the word.
  const rest = withPlaceholders(line.slice(start), ({ start: from, end }) => '_'.repeat(end - from));
  const found = (flow ? /:(?=[\s,[\]{}]|$)|\s#|[,[\]{}]/ : /:(?=\s|$)|\s#/).exec(rest);
  return start + rest.slice(0, found?.index).trimEnd().length;
}

function quotedEnd(line: string, start: number, quote: string): number {
  for (let at = start; at < line.length; at++) {
    if (quote === '"' && line[at] === '\\') at++;
    else if (line[at] === quote && quote === "'" && line[at + 1] === "'") at++;
    else if (line[at] === quote) return at;
  }
  return line.length;
}

function wordAt(
  line: string,
  lineStart: number,
  at: number,
  { start, quote, tag, under, brackets, first }: Word,
  text: string,
): Typing {
  const flow = brackets.length > 0;
  const close = quote === '' ? -1 : quotedEnd(line, start, quote);
  // An unterminated string extends to characters that such words do not contain.
  // Directly after the word, the quotation mark is its own even if the comma is still missing.
  const isOwn = flow && /^[^\s,]*$/.test(line.slice(at, close)) && /^[\s"']/.test(line.slice(close + 1));
  const isClosed = close >= 0 && close < line.length && (isOwn || /^\s*(?:$|[,\]}:#])/.test(line.slice(close + 1)));
  const plain = plainEnd(line, start, flow);
  const typedColon = quote === '' && line[plain] === ':' && at === plain + 1;
  const end = isClosed
    ? close
    : quote === ''
      ? Math.max(at, typedColon ? plain + 1 : plain)
      : at + /^[\w:*?./-]*/.exec(line.slice(at))![0].length;
  const behind = line.slice(isClosed ? end + 1 : end);
  const separated = !typedColon && /^\s*:(?:\s|$)/.test(behind);
  const dashed = first && /-\s*$/.test(line.slice(0, start - (quote === '' ? 0 : 1)));
  const isAlone = first && !flow;
  const isKey = separated || (under === undefined && brackets.at(-1) === '{') || (isAlone && !dashed);
  const column = start - (quote === '' ? 0 : 1);
  const range = { start: lineStart + start, end: lineStart + end };
  const whole = { start: range.start, end: range.end + (isClosed ? 1 : 0) };
  const word = `${MARK}${quote}`;
  const hasSiblings = dashed && siblingBelow(text, lineStart + line.length, column);
  const asKey = { range: whole, text: separated ? word : `${word}:` };
  const asItem = { range: whole, text: `${isAlone && !dashed ? '- ' : ''}${word}` };
  const spaced =
    under !== undefined && !flow && quote === '' && line[start - 1] === ':'
      ? { range: whole, text: ` ${word}` }
      : { range: whole, text: word };
  return {
    range,
    typed: line.slice(start, at),
    quote,
    closed: isClosed,
    separated,
    isKey,
    flow,
    tag,
    under,
    column,
    dash: dashed ? 'written' : isAlone && !separated ? 'missing' : 'none',
    tries:
      separated || hasSiblings
        ? [asKey]
        : isAlone
          ? dashed
            ? [asItem]
            : [asKey, asItem]
          : isKey
            ? [{ range: whole, text: flow ? `${word}: ` : `${word}:` }]
            : [spaced],
  };
}

/** Whether the next non-empty line continues the object that an item starts. */
function siblingBelow(text: string, from: number, column: number): boolean {
  const next = text
    .slice(from, from + 20_000)
    .split(/\r?\n/)
    .slice(1)
    .find((line) => /^\s*[^\s#]/.test(line));
  return next !== undefined && /^\s*/.exec(next)![0].length === column && /^\s*[^\s-].*:(?:\s|$)/.test(next);
}
