/** The style of flow collections: JSON, and YAML's flow style. */
import { memoize } from '../base/memoize.ts';
import type { Range } from '../base/span.ts';
import type { ListNode, MapNode, Node, Pair, Tree } from '../syntax/tree.ts';
import { beginsLine, indentation, lineEndOf, sameLine } from './lines.ts';

export interface FlowStyle {
  readonly lineEnd: string;
  /** The indentation of one level. */
  readonly unit: string;
  /** What stands between a key and its value on one line. */
  readonly colon: string;
  /** What follows a comma on one line. */
  readonly gap: string;
  /** What stands inside the braces of a map on one line. */
  readonly padding: string;
  /** Whether lists without collections in them stand on one line in a document that has lines. */
  readonly shortLists: boolean;
}

/** The style that most of a tree's bracketed collections have. */
export const flowStyle = memoize(learn);

type FlowCollection = MapNode | ListNode;

/** Whether a node is written with brackets. */
export function isFlow(node: Node | undefined): node is FlowCollection {
  return (node?.kind === 'map' || node?.kind === 'list') && node.style === 'flow';
}

/** The children of a collection with their whole ranges. */
export function wholeChildren(
  node: FlowCollection,
): readonly { readonly start: number; readonly end: number; readonly value: Node }[] {
  return node.kind === 'map' ? node.pairs : node.items;
}

/** Whether the children of a collection stand on lines of their own. */
export function isSpread(text: string, node: FlowCollection): boolean {
  const last = wholeChildren(node).at(-1);
  return last !== undefined && beginsLine(text, last.start);
}

/** Whether a node in a collection in brackets stands on a line of its own, with its key. */
export function beginsOwnLine(text: string, { parent, start }: Node): boolean {
  if (!isFlow(parent)) return false;
  const part = wholeChildren(parent).find((p) => p.value.start === start);
  return part !== undefined && beginsLine(text, part.start);
}

/**
 * The number of nodes from which a style is learned. A larger document is written alike, and keys in it are not created
 * without need.
 */
const MOST_LEARNED = 100_000;

/** What the style of a tree is learned from: all its nodes, or those at the end of a large document. */
export interface StyleSample {
  readonly flows: readonly FlowCollection[];
  readonly blocks: readonly MapNode[];
  readonly quotes: Votes;
}

/** The style of blocks and that of brackets are learned from the same nodes, which are visited once. */
export const styleSample = memoize((tree: Tree): StyleSample => {
  const flows: FlowCollection[] = [];
  const blocks: MapNode[] = [];
  const quotes = new Votes();
  const left: (Node | 'plain key')[] = [...tree.roots];
  for (let count = 0; count < MOST_LEARNED; count++) {
    const node = left.pop();
    if (node === undefined) break;
    if (node === 'plain key') continue;
    if (node.kind === 'scalar' && (node.style === 'single' || node.style === 'double')) quotes.add(node.style);
    if (node.kind === 'map' && node.style === 'block') blocks.push(node);
    if (isFlow(node)) flows.push(node);
    if (node.kind === 'map')
      for (const pair of node.pairs) left.push(hasKeyWithoutStyle(tree, pair) ? 'plain key' : pair.key, pair.value);
    else if (node.kind === 'list') for (const { value } of node.items) left.push(value);
  }
  return { flows, blocks, quotes };
});

/** Whether a key is a scalar without quotes, as its first character shows. Most are, and no node is made of them. */
function hasKeyWithoutStyle({ text }: Tree, { start, name }: Pair): boolean {
  return !BEFORE_OTHERS.includes(text[start]!) && name !== '';
}

/** The first characters of keys in quotes, also behind a tag or an anchor, and of other scalars with a style. */
const BEFORE_OTHERS = `"'!&*|>`;

function learn(tree: Tree): FlowStyle {
  const { text } = tree;
  const colons = new Votes();
  const gaps = new Votes();
  const paddings = new Votes();
  const units = new Votes();
  const shortLists = new Votes();
  for (const node of styleSample(tree).flows) {
    const parts = wholeChildren(node);
    const first = parts[0];
    if (!first) continue;
    const outer = indentation(text, node.start);
    const spread = isSpread(text, node);
    if (beginsLine(text, first.start)) {
      const inner = indentation(text, first.start);
      if (inner.startsWith(outer) && inner.length > outer.length) units.add(inner.slice(outer.length));
    } else if (node.kind === 'map' && sameLine(text, node.start, node.end)) {
      paddings.add(/(?<! ) *$/.exec(text.slice(node.start, first.start))![0]);
    }
    if (node.kind === 'list' && parts.every((part) => part.value.kind === 'scalar'))
      shortLists.add(spread ? 'no' : 'yes');
    for (let i = 1; i < parts.length; i++) gaps.add(gapBetween(tree, parts[i - 1]!, parts[i]!));
    if (node.kind === 'map') for (const pair of node.pairs) colons.add(colonOf(tree, pair));
  }
  const colon = colons.most() ?? (tree.language === 'expression' ? ' = ' : ': ');
  return {
    lineEnd: lineEndOf(text),
    unit: units.most() ?? '  ',
    colon,
    gap: gaps.most() ?? (colon.endsWith(' ') ? ' ' : ''),
    padding: paddings.most() ?? '',
    shortLists: shortLists.most() === 'yes',
  };
}

/** The style for new children of a collection: as its last ones are written, where that can be seen. */
export function styleWithin(tree: Tree, node: FlowCollection, style: FlowStyle): FlowStyle {
  const parts = wholeChildren(node);
  const pair = node.kind === 'map' ? node.pairs.at(-1) : undefined;
  const colon = (pair && colonOf(tree, pair)) ?? style.colon;
  const gap = parts.length > 1 ? gapBetween(tree, parts.at(-2)!, parts.at(-1)!) : colon.endsWith(' ') ? undefined : '';
  return { ...style, colon, gap: gap ?? style.gap };
}

/**
 * What stands between the key and the value of a pair, if that is a colon, or the sign that expressions have for it,
 * and space.
 */
function colonOf({ text }: Tree, pair: Pair): string | undefined {
  const between = text.slice(pair.key.end, pair.value.start);
  // Most documents have only these.
  return between === ': ' || between === ':' || /^[ \t]*[:=][ \t]*$/.test(between) ? between : undefined;
}

/** What follows the comma between two children, if that is space. */
function gapBetween({ text }: Tree, a: Range, b: Range): string | undefined {
  const between = text.slice(a.end, b.start);
  return /^,[ \t]*$/.test(between) ? between.slice(1) : undefined;
}

/** Counts texts and names the most frequent one, the first seen of those that are equally frequent. */
export class Votes {
  readonly #counts = new Map<string, number>();

  add(text: string | undefined): void {
    if (text === undefined) return;
    this.#counts.set(text, (this.#counts.get(text) ?? 0) + 1);
  }

  most(): string | undefined {
    let best: string | undefined;
    for (const [text, count] of this.#counts) if (best === undefined || count > this.#counts.get(best)!) best = text;
    return best;
  }
}
