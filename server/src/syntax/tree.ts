/**
 * The located tree: what YAML and JSON have in common, with the place of everything.
 *
 * All offsets are UTF-16 code units into `Tree.text`, all ranges half-open. Parsing never fails: what could not be read
 * is a problem, and the rest is in the tree.
 */
import { partitionPoint } from '../base/binary-search.ts';
import { groupedBy } from '../base/groups.ts';
import { memoize } from '../base/memoize.ts';
import type { Range, Uri } from '../base/span.ts';
import type { Layer } from './embedded.ts';

/** The syntax of a document. `PARSERS` in `syntax/parse.ts` has the parser of each. */
export type Language = 'yaml' | 'json' | 'hcl';

export interface Tree {
  readonly doc: Uri;
  readonly text: string;
  /** `expression` is a Terraform expression within a scalar. */
  readonly language: Language | 'expression';
  /** One node for each document of the file; none for an empty file. */
  readonly roots: readonly Node[];
  readonly comments: readonly Comment[];
  readonly problems: readonly SyntaxProblem[];
  /** Set if the text is a scalar of another document; offsets count in the decoded text then. */
  readonly layer?: Layer;
  /**
   * Set if `${…}` in such a text is replaced before it is read as a document: in `all` of it, or in some of its
   * `parts`.
   */
  readonly placeholders?: 'all' | 'parts';
}

/** A document, or a document in a string, independent of its format. */
export interface DocumentTree extends Tree {
  readonly language: Language;
}

export interface SyntaxProblem extends Range {
  readonly message: string;
}

/** The maximum number of problems of a text. */
export const MAX_PROBLEMS = 100;

/** A comment with its marker (`#`, `//`, `/*`). */
export type Comment = Range;

export interface Tag extends Range {
  /** The tag as written: `!Ref`, `!!str`, `!<verbatim>`. */
  readonly name: string;
}

export interface Anchor extends Range {
  /** Without the `&`. */
  readonly name: string;
}

interface NodeBase extends Range {
  /** From the tag or anchor (whichever is first) to the end of the value, quotes and brackets included. */
  readonly start: number;
  /**
   * For a block collection the end of its last child; for a block scalar the end of its last line, without the line
   * end.
   */
  readonly end: number;
  readonly tag?: Tag;
  readonly anchor?: Anchor;
  /** The node that holds this one; undefined for a root. */
  readonly parent: MapNode | ListNode | undefined;
}

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded' | 'expression';

export interface ScalarNode extends NodeBase {
  readonly kind: 'scalar';
  /** A JSON string is `double`; numbers and words are `plain`. In HCL, everything but literals is an `expression`. */
  readonly style: ScalarStyle;
  /** The range inside the quotes; for a block scalar the raw lines below its header. */
  readonly content: Range;
  /** True for a value that is not there (`a:`, a bare `-`): its range is empty, after the key's separator. */
  readonly empty: boolean;
  /** The decoded text, evaluated lazily. */
  readonly value: string;
}

export interface Pair extends Range {
  /** From the key's start to the value's end. */
  readonly start: number;
  readonly end: number;
  readonly key: Node;
  /** The end of the key, which needs no node. */
  readonly keyEnd: number;
  /** The decoded text of the key; empty when the key is not a scalar. */
  readonly name: string;
  /** The offset of the colon, or -1. */
  readonly separator: number;
  readonly value: Node;
}

export interface MapNode extends NodeBase {
  readonly kind: 'map';
  readonly style: 'block' | 'flow';
  /** In the order of the text, duplicate keys included. */
  readonly pairs: readonly Pair[];
  /** For a block map the column of its keys; for a flow map -1. */
  readonly indent: number;
  /** The last pair with a name, if the map finds it without making the others. */
  pairNamed?(name: string): Pair | undefined;
}

export interface Item extends Range {
  /** From the dash (or the value, in a flow list) to the value's end. */
  readonly start: number;
  readonly end: number;
  readonly value: Node;
}

export interface ListNode extends NodeBase {
  readonly kind: 'list';
  readonly style: 'block' | 'flow';
  readonly items: readonly Item[];
  /** For a block list the column of its dashes; for a flow list -1. */
  readonly indent: number;
}

export interface AliasNode extends NodeBase {
  readonly kind: 'alias';
  /** Without the `*`. */
  readonly name: string;
  /** The aliased node; undefined if the anchor is not defined before, or if the alias would be circular. */
  readonly target: Node | undefined;
}

export type Node = ScalarNode | MapNode | ListNode | AliasNode;

/** The last pair with a name, as YAML and JSON readers take it. */
export function pairOf(node: Node | undefined, name: string): Pair | undefined {
  const map = resolved(node);
  if (map?.kind !== 'map') return undefined;
  return map.pairNamed ? map.pairNamed(name) : lastNamed(map.pairs, name);
}

/** The last of some pairs with a name. */
export function lastNamed(pairs: readonly Pair[], name: string): Pair | undefined {
  // No function, because every attribute of every resource of a plan is looked up in several maps.
  for (let index = pairs.length - 1; index >= 0; index--) if (pairs[index]!.name === name) return pairs[index];
  return undefined;
}

/** The value under a key, with aliases followed. */
export function valueOf(node: Node | undefined, name: string): Node | undefined {
  return resolved(pairOf(node, name)?.value);
}

/** The text of a scalar; undefined for other nodes. */
export function textOf(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' ? node.value : undefined;
}

/** The aliased node, else the node itself. */
export function resolved(node: Node | undefined): Node | undefined {
  return node?.kind === 'alias' ? node.target : node;
}

/**
 * Whether a value was affected by a syntax error: within it, or directly after it where the text can belong to it.
 * Something missing in such a value can exist in the author's intention.
 */
export function isBroken(tree: Tree, node: Node): boolean {
  return tree.problems.some(
    ({ start, end }) => (start < node.end && end > node.start) || (start >= node.end && mayContinue(tree, node, start)),
  );
}

/** Whether a place after a node is its own: nothing else comes before, and it is indented as what the node contains. */
function mayContinue(tree: Tree, node: Node, at: number): boolean {
  const isEmpty = node.start === node.end;
  if (!isEmpty && (node.kind === 'scalar' || node.kind === 'alias' || node.style === 'flow')) return false;
  if (!/^(?:\s|#[^\r\n]*(?:[\r\n]|$))*$/.test(tree.text.slice(node.end, at))) return false;
  const lineStart = Math.max(tree.text.lastIndexOf('\n', at - 1), tree.text.lastIndexOf('\r', at - 1)) + 1;
  return isEmpty || at - lineStart >= (node as MapNode | ListNode).indent;
}

/** The smallest node whose range contains the given one, with its parents, outermost first. */
export function nodesAround(tree: Tree, range: Range): readonly Node[] {
  const around: Node[] = [];
  let children: readonly Node[] = tree.roots;
  for (;;) {
    const next = children.find((child) => child.start <= range.start && child.end >= range.end);
    if (!next) return around;
    around.push(next);
    children = childrenOf(next);
  }
}

/** The nodes directly in a node: keys and values of a map, items of a list, in source order. An alias has none. */
export function childrenOf(node: Node): readonly Node[] {
  if (node.kind === 'scalar' || node.kind === 'alias') return NO_CHILDREN;
  const children: Node[] = [];
  if (node.kind === 'map') for (const { key, value } of node.pairs) children.push(key, value);
  else for (const { value } of node.items) children.push(value);
  return children;
}

/** Most nodes are scalars. */
const NO_CHILDREN: readonly Node[] = [];

/**
 * Longer maps and lists are indexed, so that the work for many nodes of one document grows no faster than the document.
 */
const MOST_SEARCHED = 32;

/** The pair with a node as its key or value. Pairs are in the order of the document. */
export function pairWith({ pairs }: MapNode, node: Node): Pair | undefined {
  for (let i = partitionPoint(pairs, ({ start }) => start <= node.start) - 1; i >= 0; i--) {
    const pair = pairs[i]!;
    // A value that is missing can be where the next pair begins.
    if (pair.end < node.start) break;
    // A pair creates its nodes when they are compared.
    if (node.end <= pair.end && (pair.value === node || pair.key === node)) return pair;
  }
  return undefined;
}

/** The pair whose value contains a range. Pairs are in the order of the document. */
export function pairAround({ pairs }: MapNode, range: Range): Pair | undefined {
  const pair = pairs[partitionPoint(pairs, ({ start }) => start <= range.start) - 1];
  return pair && pair.value.start <= range.start && range.end <= pair.value.end ? pair : undefined;
}

/** The index of the item that is a node, or -1. */
export function indexOfItem(list: ListNode, node: Node): number {
  return list.items.length > MOST_SEARCHED
    ? (itemsByNode(list).get(node) ?? -1)
    : list.items.findIndex((item) => item.value === node);
}

const itemsByNode = memoize(
  ({ items }: ListNode): ReadonlyMap<Node, number> => new Map(items.map((item, index) => [item.value, index])),
);

/** The pairs with a name. */
export function pairsNamed(map: MapNode, name: string): readonly Pair[] {
  return map.pairs.length > MOST_SEARCHED
    ? (pairsByName(map).get(name) ?? [])
    : map.pairs.filter((pair) => pair.key.kind === 'scalar' && pair.name === name);
}

const pairsByName = memoize(({ pairs }: MapNode): ReadonlyMap<string, readonly Pair[]> =>
  groupedBy(
    pairs.filter((pair) => pair.name !== '' || pair.key.kind === 'scalar'),
    ({ name }) => name,
  ),
);
