/**
 * The typed word. A half-typed document seldom parses, so a mark replaces the typed word in a form that parses; the
 * place of the mark in the policies of the stack determines the completions.
 */
import type { Range } from '../base/span.ts';
import { embedded } from '../syntax/embedded.ts';
import { nodesAround, type ScalarNode, type Tree } from '../syntax/tree.ts';
import { bracketCursor } from './bracket-cursor.ts';
import { yamlCursor } from './yaml-cursor.ts';

/** The mark that represents the typed word. It occurs in no document and reads as a plain word. */
export const MARK = 'stackwardenCursorMark';

/** The typed word, in the text of its language: the document, or the content of a string. */
export interface Typing {
  /** The range that a completion replaces: the word within its quotes. */
  readonly range: Range;
  /** From the beginning of the word to the cursor. */
  readonly typed: string;
  /** The quotation mark before the word. */
  readonly quote: '"' | "'" | '';
  /** Whether the closing quotation mark exists. */
  readonly closed: boolean;
  /** Whether a separator follows, so that the word is a key already. */
  readonly separated: boolean;
  /** Whether only a key can be at this place. */
  readonly isKey: boolean;
  /** Whether it starts an item of a block list, is alone on a line where an item can start, or neither. */
  readonly dash: 'written' | 'missing' | 'none';
  /** The column of the word, used to indent the lines below it. */
  readonly column: number;
  /** Whether it is in flow style, where YAML reserves more characters. */
  readonly flow: boolean;
  /** The tag before it: `!Sub`. */
  readonly tag: string | undefined;
  /** The key of its value, if it is on the same line or in the same brackets. */
  readonly under: string | undefined;
  /** Replacements that contain the mark and parse, each for a range; the most likely first. */
  readonly tries: readonly { readonly range: Range; readonly text: string }[];
}

/** The typed word and the notation of its document. */
export interface Cursor extends Typing {
  readonly language: 'yaml' | 'json' | 'hcl';
  /** Whether it is in a document embedded in a string. */
  readonly inText: boolean;
  /** Whether that string is an argument of `Fn::Sub`. */
  readonly inSub: boolean;
  /** Maps a range of the text to a range of the document. */
  outer(range: Range): Range;
  /** The source text for a string in the document; undefined if it cannot be represented. */
  encode(text: string, at: number): string | undefined;
}

/** The typed word at an offset of a document; undefined where no completion is possible, such as in a comment. */
export function cursorAt(tree: Tree, offset: number): Cursor | undefined {
  const held = holderAt(tree, offset);
  if (held) {
    const { scalar, inner, language } = held;
    const layer = inner.layer!;
    const at = layer.innerOffset(offset);
    // Inside an escape sequence or the indentation of a block, there is no typed word.
    const typing =
      at === undefined || layer.outerOffset(at) !== offset ? undefined : bracketCursor(inner.text, at, language);
    return (
      typing && {
        ...typing,
        language,
        inText: true,
        inSub: /^!Sub$/.test(scalar.tag?.name ?? '') || keyOf(scalar) === 'Fn::Sub',
        outer: ({ start, end }) => ({ start: layer.outerOffset(start), end: layer.outerOffset(end) }),
        encode: (text, where) => layer.encode(text, where),
      }
    );
  }
  const language = tree.language === 'json' ? 'json' : 'yaml';
  const typing = language === 'json' ? bracketCursor(tree.text, offset, 'json') : yamlCursor(tree, offset);
  return (
    typing && { ...typing, language, inText: false, inSub: false, outer: (range) => range, encode: (text) => text }
  );
}

/** The scalar around an offset that contains a document in flow style, with its text. */
function holderAt(
  tree: Tree,
  offset: number,
): { readonly scalar: ScalarNode; readonly inner: Tree; readonly language: 'json' | 'hcl' } | undefined {
  const scalar = nodesAround(tree, { start: offset, end: offset }).at(-1);
  if (scalar?.kind !== 'scalar' || offset < scalar.content.start || offset > scalar.content.end) return undefined;
  const isJson = /^\s*[{[]/.test(scalar.value) && /["\n]/.test(scalar.value);
  if (!isJson && !/^\$\{\s*jsonencode\s*\(/.test(scalar.value)) return undefined;
  const inner = embedded(tree, scalar, (text) => ({
    doc: tree.doc,
    text,
    language: 'json',
    roots: [],
    comments: [],
    problems: [],
  }));
  return inner && { scalar, inner, language: isJson ? 'json' : 'hcl' };
}

/** The key of a scalar. */
function keyOf(scalar: ScalarNode): string | undefined {
  return scalar.parent?.kind === 'map' ? scalar.parent.pairs.find(({ value }) => value === scalar)?.name : undefined;
}

/** The document with the mark instead of the typed word, in each possible form. */
export function marked(text: string, { tries, outer, encode }: Cursor): readonly string[] {
  return tries.flatMap(({ range, text: written }) => {
    const encoded = encode(written, range.start);
    const { start, end } = outer(range);
    return encoded === undefined ? [] : [text.slice(0, start) + encoded + text.slice(end)];
  });
}
