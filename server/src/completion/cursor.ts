/**
 * Where something is being typed. A half-typed text seldom parses, so a mark is interpolated place of what is typed, in
 * a form in which it does; where the mark turns up in the policies of the stack says what belongs there.
 */
import type { Range } from '../base/span.ts';
import { embedded } from '../syntax/embedded.ts';
import { nodesAround, type ScalarNode, type Tree } from '../syntax/tree.ts';
import { bracketCursor } from './bracket-cursor.ts';
import { yamlCursor } from './yaml-cursor.ts';

/** Stands for what is being typed. No document has it, and nothing takes it for anything but a word. */
export const MARK = 'stackwardenCursorMark';

/** What is being typed, in the text that its language is read from: the document, or what a string of it says. */
export interface Typing {
  /** What a chosen item takes the place of: the word within its quotes. */
  readonly range: Range;
  /** From the beginning of the word to the cursor. */
  readonly typed: string;
  /** The quotation mark before the word. */
  readonly quote: '"' | "'" | '';
  /** Whether the same mark follows it. */
  readonly closed: boolean;
  /** Whether a separator follows, so that it is the name of an entry already. */
  readonly separated: boolean;
  /** Whether it stands where only the name of an entry can. */
  readonly isKey: boolean;
  /** Whether it begins an item of a block list, is alone on its line where one could begin, or neither. */
  readonly dash: 'written' | 'missing' | 'none';
  /** The column of the word, used to indent the lines below it. */
  readonly column: number;
  /** Whether it is in brackets, where YAML gives more characters a meaning. */
  readonly flow: boolean;
  /** The tag before it: `!Sub`. */
  readonly tag: string | undefined;
  /** The name of the entry that it is the value of, where that is on the same line or in the same brackets. */
  readonly under: string | undefined;
  /** Texts that read as something, with the mark in them, each for a range; the likeliest first. */
  readonly tries: readonly { readonly range: Range; readonly text: string }[];
}

/** What is being typed, and how the document takes it. */
export interface Cursor extends Typing {
  readonly language: 'yaml' | 'json' | 'hcl';
  /** Whether it is in a document that a string holds. */
  readonly inText: boolean;
  /** Whether that string goes through `Fn::Sub`. */
  readonly inSub: boolean;
  /** A range of the text as one of the document. */
  outer(range: Range): Range;
  /** What to write in the document so that the text says something; undefined if it cannot. */
  encode(text: string, at: number): string | undefined;
}

/** What is being typed at an offset of a document; undefined if nothing can be offered, as in a comment. */
export function cursorAt(tree: Tree, offset: number): Cursor | undefined {
  const held = holderAt(tree, offset);
  if (held) {
    const { scalar, inner, language } = held;
    const layer = inner.layer!;
    const at = layer.innerOffset(offset);
    // In the middle of an escape, or of the indentation of a block, nothing is typed.
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

/** The scalar around an offset that holds a document in brackets, with its text. */
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

/** The name of the entry that a scalar is the value of. */
function keyOf(scalar: ScalarNode): string | undefined {
  return scalar.parent?.kind === 'map' ? scalar.parent.pairs.find(({ value }) => value === scalar)?.name : undefined;
}

/** The document with the mark in place of what is typed, in each way in which it may read. */
export function marked(text: string, { tries, outer, encode }: Cursor): readonly string[] {
  return tries.flatMap(({ range, text: written }) => {
    const encoded = encode(written, range.start);
    const { start, end } = outer(range);
    return encoded === undefined ? [] : [text.slice(0, start) + encoded + text.slice(end)];
  });
}
