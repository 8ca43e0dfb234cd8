/** The typed word in JSON, in the objects of a Terraform expression, or in the bodies of HCL. */
import type { Range } from '../base/span.ts';
import { MARK, type Typing } from './typing.ts';

/** The next expected token in a bracket. */
type Expected = 'key' | 'separator' | 'value' | 'comma';

interface Bracket {
  readonly open: string;
  expects: Expected;
  /** The last key in an object. */
  key: string | undefined;
  /** Whether it is the body of a block, or of the file, in which lines separate arguments. */
  readonly isBody: boolean;
}

/** A document of HCL, whose text is a body. */
export const BODY: readonly Bracket[] = [{ open: '{', expects: 'key', key: undefined, isBody: true }];

/**
 * The typed word at an offset; undefined in a comment, or outside of all brackets.
 * @param outside The brackets around the text.
 */
export function bracketCursor(
  text: string,
  offset: number,
  language: 'json' | 'hcl',
  outside: readonly Bracket[] = [],
): Typing | undefined {
  const stack: Bracket[] = outside.map((bracket) => ({ ...bracket }));
  let at = 0;
  const top = (): Bracket | undefined => stack.at(-1);
  const done = (word: string): void => {
    const bracket = top();
    if (!bracket) return;
    if (bracket.open === '{' && bracket.expects !== 'value') {
      bracket.key = word;
      bracket.expects = 'separator';
    } else {
      bracket.expects = 'comma';
    }
  };
  while (at < offset) {
    const char = text[at]!;
    if (char === '"') {
      const end = stringEnd(text, at + 1, language);
      if (end >= offset || end < 0)
        return top() && typing(text, offset, language, stack, { start: at + 1, quote: '"' });
      done(text.slice(at + 1, end));
      at = text[end] === '"' ? end + 1 : end;
    } else if (isComment(text, at, language)) {
      const end = text.startsWith('/*', at) ? text.indexOf('*/', at) + 2 : lineEnd(text, at);
      if (end < 2 || end >= offset) return undefined;
      at = end;
    } else if (char === '<' && language === 'hcl' && heredocAt(text, at)) {
      const { content, end } = heredocAt(text, at)!;
      if (offset < content.start) return undefined;
      if (offset <= content.end) return inHeredoc(text, offset, content);
      done('');
      at = end;
    } else if ('{[('.includes(char)) {
      const isBody = char === '{' && top()?.isBody === true && top()?.expects === 'separator';
      // A function call is a value, and its arguments have no completions.
      if (top()?.expects === 'separator') top()!.expects = 'comma';
      stack.push({ open: char, expects: char === '{' ? 'key' : 'value', key: undefined, isBody });
      at++;
    } else if ('}])'.includes(char)) {
      if (stack.length > outside.length) stack.pop();
      if (top()) top()!.expects = 'comma';
      at++;
    } else if (char === ',' || (char === '\n' && language === 'hcl' && isEntryEnd(top()))) {
      if (top()) top()!.expects = top()!.open === '{' ? 'key' : 'value';
      at++;
    } else if (char === ':' || char === '=') {
      if (top()) top()!.expects = 'value';
      at++;
    } else if (/\s/.test(char)) {
      at++;
    } else {
      const word = /^[^\s,:=[\]{}()"]+:?/.exec(text.slice(at, at + 300))![0];
      const length = language === 'json' || at + word.length !== offset ? word.replace(/:$/, '').length : word.length;
      if (at + length >= offset) return top() && typing(text, offset, language, stack, { start: at, quote: '' });
      done(word);
      at += length;
    }
  }
  return top() && typing(text, offset, language, stack, { start: offset, quote: '' });
}

const HEREDOC = /<<-?([\p{ID_Start}_][\p{ID_Continue}-]*)[ \t]*\r?\n/uy;

/** The lines of a heredoc and the end of its closing marker; without one, it goes on to the end of the text. */
function heredocAt(text: string, at: number): { readonly content: Range; readonly end: number } | undefined {
  HEREDOC.lastIndex = at;
  const [head, marker] = HEREDOC.exec(text) ?? [];
  if (head === undefined || marker === undefined) return undefined;
  const start = at + head.length;
  for (let line = start; line < text.length;) {
    const end = lineEnd(text, line);
    if (end - line < 1000 && text.slice(line, end).trim() === marker) return { content: { start, end: line }, end };
    line = end + (text.startsWith('\r\n', end) ? 2 : 1);
  }
  return { content: { start, end: text.length }, end: text.length };
}

/** The typed word in a heredoc that is JSON. */
function inHeredoc(text: string, offset: number, { start, end }: Range): Typing | undefined {
  const typed = bracketCursor(text.slice(start, end), offset - start, 'json');
  const moved = (range: Range): Range => ({ start: range.start + start, end: range.end + start });
  return (
    typed && {
      ...typed,
      range: moved(typed.range),
      tries: typed.tries.map((one) => ({ range: moved(one.range), text: one.text })),
      inHeredoc: true,
    }
  );
}

/** Whether a line end separates entries. In a body, an argument that is half typed ends there, too. */
function isEntryEnd(bracket: Bracket | undefined): boolean {
  return bracket?.open === '{' && (bracket.isBody || bracket.expects === 'comma');
}

function typing(
  text: string,
  offset: number,
  language: 'json' | 'hcl',
  brackets: readonly Bracket[],
  { start, quote }: { readonly start: number; readonly quote: '"' | '' },
): Typing | undefined {
  const bracket = brackets.at(-1)!;
  const closing = quote === '' ? -1 : closedAt(text, offset);
  const isObject = bracket.open === '{';
  const isKey = isObject && bracket.expects !== 'value';
  if (bracket.isBody && isKey && !canBeArgument(text, offset, bracket, quote)) return undefined;
  const rest = /^[\w:*?./-]*/.exec(text.slice(offset, offset + 300))![0];
  // The colon after a key without quotes is not part of it.
  const end = closing >= 0 ? closing : offset + (language === 'json' && isKey ? rest.replace(/:$/, '') : rest).length;
  const behind = /^\s*(.?)/.exec(text.slice(closing >= 0 ? closing + 1 : end))?.[1] ?? '';
  const separated = behind === ':' || behind === '=';
  const before = bracket.expects === 'comma' && quote === '' ? ', ' : '';
  const after =
    separated ||
    bracket.isBody ||
    behind === '' ||
    ',]})'.includes(behind) ||
    (language === 'hcl' && isObject && /^[^\S\n]*\n/.test(text.slice(end)))
      ? ''
      : ',';
  const word = language === 'hcl' && isKey && quote === '' ? MARK : `${quote === '' ? '"' : ''}${MARK}"`;
  const value = isKey && !separated ? (language === 'hcl' ? ' = null' : ': null') : '';
  const typed = { start, end: closing >= 0 ? closing + 1 : end };
  return {
    range: { start, end },
    typed: text.slice(start, offset),
    quote,
    closed: closing >= 0,
    separated,
    isKey,
    dash: 'none',
    flow: true,
    tag: undefined,
    column: start - lineStart(text, start),
    ...(bracket.isBody
      ? { inBody: text.slice(lineStart(text, start), start).trim() === '' ? 'own line' : 'shared line' }
      : {}),
    under: isObject && bracket.expects === 'value' ? bracket.key : undefined,
    tries: [
      { range: typed, text: `${before}${word}${value}${after}` },
      // An argument whose brackets are not closed yet.
      ...(brackets[0]?.isBody && !bracket.isBody
        ? [{ range: typed, text: `${before}${word}${value}${closers(brackets)}` }]
        : []),
    ],
  };
}

/** What closes the brackets of an argument. */
function closers(brackets: readonly Bracket[]): string {
  return brackets
    .slice(brackets.findLastIndex(({ isBody }) => isBody) + 1)
    .map(({ open }) => (open === '{' ? '}' : open === '[' ? ']' : ')'))
    .toReversed()
    .join('');
}

/** Whether a name in a body can be that of an argument: no label, and neither a value nor the name of a block. */
function canBeArgument(text: string, offset: number, { expects }: Bracket, quote: string): boolean {
  return (
    quote === '' && expects === 'key' && /^[\w-]*[^\S\n]*(?:$|=(?!=)|[}\n#])/.test(text.slice(offset, offset + 300))
  );
}

/** The closing quotation mark of the string around an offset; -1 if it belongs to another string or does not exist. */
function closedAt(text: string, offset: number): number {
  const rest = /^(?:[^"\\\r\n]|\\.)*"/.exec(text.slice(offset, lineEnd(text, offset)))?.[0];
  if (rest === undefined) return -1;
  const end = offset + rest.length - 1;
  const behind = text.slice(end + 1, end + 200);
  // Directly after the word, the quote is its own even if the comma is still missing.
  return /^\s*(?:$|[,\]}:=)])/.test(behind) || (/^[^\s,]*$/.test(rest) && /^[\s"]/.test(behind)) ? end : -1;
}

/** The end of a string: its closing quotation mark, or the end of its line. */
function stringEnd(text: string, start: number, language: 'json' | 'hcl'): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const char = text[at]!;
    if (char === '\\') at++;
    else if (language === 'hcl' && (char === '$' || char === '%') && text[at + 1] === '{') depth++;
    else if (depth > 0 && char === '}') depth--;
    else if ((char === '"' && depth === 0) || char === '\n') return at;
  }
  return text.length;
}

function isComment(text: string, at: number, language: 'json' | 'hcl'): boolean {
  return text.startsWith('//', at) || text.startsWith('/*', at) || (language === 'hcl' && text[at] === '#');
}

function lineStart(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

function lineEnd(text: string, at: number): number {
  const end = /[\r\n]/.exec(text.slice(at));
  return end ? at + end.index : text.length;
}
