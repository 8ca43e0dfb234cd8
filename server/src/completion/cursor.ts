/**
 * The typed word. A half-typed document seldom parses, so a mark replaces the typed word in a form that parses; the
 * place of the mark in the policies of the stack determines the completions.
 */
import { flatMap } from '../base/flat-map.ts';
import type { Range } from '../base/span.ts';
import { embedded } from '../syntax/embedded.ts';
import { HclString } from '../syntax/hcl-nodes.ts';
import { nodesAround, type ScalarNode, type Tree } from '../syntax/tree.ts';
import { BODY, bracketCursor } from './bracket-cursor.ts';
import type { Typing } from './typing.ts';
import { yamlCursor } from './yaml-cursor.ts';

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
        language: typing.inHeredoc ? 'json' : language,
        inText: true,
        inSub: /^!Sub$/.test(scalar.tag?.name ?? '') || keyOf(scalar) === 'Fn::Sub',
        outer: ({ start, end }) => ({ start: layer.outerOffset(start), end: layer.outerOffset(end) }),
        encode: (text, where) => layer.encode(text, where),
      }
    );
  }
  const typing = typingIn(tree, offset);
  const language = tree.language === 'expression' ? 'hcl' : tree.language;
  return (
    typing && {
      ...typing,
      // In a document without problems, all brackets are closed.
      tries: tree.problems.length > 0 ? typing.tries : typing.tries.slice(0, tree.language === 'yaml' ? undefined : 1),
      language: typing.inHeredoc ? 'json' : language,
      inText: typing.inHeredoc ?? false,
      inSub: false,
      outer: (range) => range,
      encode: (text) => text,
    }
  );
}

function typingIn(tree: Tree, offset: number): Typing | undefined {
  if (tree.language === 'json') return bracketCursor(tree.text, offset, 'json');
  return tree.language === 'yaml' ? yamlCursor(tree, offset) : bracketCursor(tree.text, offset, 'hcl', BODY);
}

/** The scalar around an offset that contains a document in flow style, with its text. */
function holderAt(
  tree: Tree,
  offset: number,
): { readonly scalar: ScalarNode; readonly inner: Tree; readonly language: 'json' | 'hcl' } | undefined {
  const node = nodesAround(tree, { start: offset, end: offset }).at(-1);
  const scalar = node?.kind === 'scalar' ? asString(tree, node) : node;
  if (scalar?.kind !== 'scalar' || offset < scalar.content.start || offset > scalar.content.end) return undefined;
  // An expression of HCL is read with the document.
  if (scalar.style === 'expression') return undefined;
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

/** A quoted string of HCL with interpolations as a string that has them as text; any other scalar as it is. */
function asString({ language, text }: Tree, node: ScalarNode): ScalarNode {
  return language === 'hcl' && node.style === 'expression' && node.parent && /^"\s*[{[]/.test(node.value)
    ? new HclString(node.parent, node, text)
    : node;
}

/** The key of a scalar. */
function keyOf(scalar: ScalarNode): string | undefined {
  return scalar.parent?.kind === 'map' ? scalar.parent.pairs.find(({ value }) => value === scalar)?.name : undefined;
}

/** The document with the mark instead of the typed word, in each possible form. */
export function markedTexts(text: string, { tries, outer, encode }: Cursor): readonly string[] {
  return flatMap(tries, ({ range, text: written }) => {
    const encoded = encode(written, range.start);
    const { start, end } = outer(range);
    return encoded === undefined ? [] : [text.slice(0, start) + encoded + text.slice(end)];
  });
}
