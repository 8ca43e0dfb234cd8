/** The typed word in JSON, or in the objects of a Terraform expression. */
import { MARK, type Typing } from './typing.ts';

/** The next expected token in a bracket. */
type Expected = 'key' | 'separator' | 'value' | 'comma';

interface Bracket {
  readonly open: string;
  expects: Expected;
  /** The last key in an object. */
  key: string | undefined;
}

/** The typed word at an offset; undefined in a comment, or outside of all brackets. */
export function bracketCursor(text: string, offset: number, language: 'json' | 'hcl'): Typing | undefined {
  const stack: Bracket[] = [];
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
        return top() && typing(text, offset, language, top()!, { start: at + 1, quote: '"' });
      done(text.slice(at + 1, end));
      at = text[end] === '"' ? end + 1 : end;
    } else if (isComment(text, at, language)) {
      const end = text.startsWith('/*', at) ? text.indexOf('*/', at) + 2 : lineEnd(text, at);
      if (end < 2 || end >= offset) return undefined;
      at = end;
    } else if ('{[('.includes(char)) {
      // A function call is a value, and its arguments have no completions.
      if (top()?.expects === 'separator') top()!.expects = 'comma';
      stack.push({ open: char, expects: char === '{' ? 'key' : 'value', key: undefined });
      at++;
    } else if ('}])'.includes(char)) {
      stack.pop();
      if (top()) top()!.expects = 'comma';
      at++;
    } else if (
      char === ',' ||
      (char === '\n' && language === 'hcl' && top()?.open === '{' && top()?.expects === 'comma')
    ) {
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
      if (at + length >= offset) return top() && typing(text, offset, language, top()!, { start: at, quote: '' });
      done(word);
      at += length;
    }
  }
  return top() && typing(text, offset, language, top()!, { start: offset, quote: '' });
}

function typing(
  text: string,
  offset: number,
  language: 'json' | 'hcl',
  bracket: Bracket,
  { start, quote }: { readonly start: number; readonly quote: '"' | '' },
): Typing | undefined {
  const closing = quote === '' ? -1 : closedAt(text, offset);
  const isObject = bracket.open === '{';
  const isKey = isObject && bracket.expects !== 'value';
  const rest = /^[\w:*?./-]*/.exec(text.slice(offset, offset + 300))![0];
  // The colon after a key without quotes is not part of it.
  const end = closing >= 0 ? closing : offset + (language === 'json' && isKey ? rest.replace(/:$/, '') : rest).length;
  const behind = /^\s*(.?)/.exec(text.slice(closing >= 0 ? closing + 1 : end))?.[1] ?? '';
  const separated = behind === ':' || behind === '=';
  const before = bracket.expects === 'comma' && quote === '' ? ', ' : '';
  const after =
    separated ||
    behind === '' ||
    ',]})'.includes(behind) ||
    (language === 'hcl' && isObject && /^[^\S\n]*\n/.test(text.slice(end)))
      ? ''
      : ',';
  const word = language === 'hcl' && isKey && quote === '' ? MARK : `${quote === '' ? '"' : ''}${MARK}"`;
  const value = isKey && !separated ? (language === 'hcl' ? ' = null' : ': null') : '';
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
    column: start - (text.lastIndexOf('\n', start - 1) + 1),
    under: isObject && bracket.expects === 'value' ? bracket.key : undefined,
    tries: [{ range: { start, end: closing >= 0 ? closing + 1 : end }, text: `${before}${word}${value}${after}` }],
  };
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
    else if (language === 'hcl' && char === '$' && text[at + 1] === '{') depth++;
    else if (depth > 0 && char === '}') depth--;
    else if ((char === '"' && depth === 0) || char === '\n') return at;
  }
  return text.length;
}

function isComment(text: string, at: number, language: 'json' | 'hcl'): boolean {
  return text.startsWith('//', at) || text.startsWith('/*', at) || (language === 'hcl' && text[at] === '#');
}

function lineEnd(text: string, at: number): number {
  const end = /[\r\n]/.exec(text.slice(at));
  return end ? at + end.index : text.length;
}
