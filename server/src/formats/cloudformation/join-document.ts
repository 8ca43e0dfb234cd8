/** JSON that a Fn::Join puts together: a policy in pieces of text, with references between them. */
import type { Range, Span } from '../../base/span.ts';
import { unknown } from '../../model/navigate.ts';
import type { EditPlace, Value } from '../../model/value.ts';
import { scalarLayer, type Held, type Layer } from '../../syntax/embedded.ts';
import { parseJson } from '../../syntax/json.ts';
import { isPlaceable } from '../../syntax/offset-map.ts';
import { readScalar } from '../../syntax/scalar.ts';
import { resolved, type Node, type ScalarNode, type Tree } from '../../syntax/tree.ts';
import { locatedAt, markOf, originOf } from '../located.ts';
import { lazyElement, lazyMember, MAX_DEPTH } from '../plain.ts';
import { concatenated, type Piece } from '../text.ts';
import { callOf } from './call.ts';

/** What stands in the JSON for something that is put in: characters for private use, which no document has. */
const BEGIN = '\uE000';
const END = '\uE001';
const STAND_IN = /\uE000(\d+)\uE001/;

/** One item of the list, from an offset of the joined text on. */
interface Segment {
  readonly start: number;
  readonly node: Node;
  /** Its text; undefined for one that is put in as a whole. */
  readonly layer: Layer | undefined;
}

/** The JSON in the items of a Fn::Join, each value at its place; undefined when it is none. What stands in one item can be changed there. */
export function joinDocument({ tree, items, delimiter, key, edit }: Joined, evaluate: (node: Node) => Value): Value | undefined {
  const segments: Segment[] = [];
  let text = '';
  items.forEach((item, index) => {
    if (index > 0) text += delimiter;
    const node = resolved(item);
    const written = node?.kind === 'scalar' && node === item && !callOf(node) && isPlaceable(tree, node);
    segments.push({ start: text.length, node: item, layer: written ? scalarLayer(tree, node) : undefined });
    text += written ? node.value : `${BEGIN}${index}${END}`;
  });
  const scalar = segments.find(({ layer }) => layer)?.layer!.scalar;
  const read = parseJson(tree.doc, text);
  const [root] = read.roots;
  if (!scalar || !root || root.kind === 'scalar' || read.roots.length > 1 || read.problems.length > 0) return undefined;
  return valueOf({ tree: { ...read, layer: new JoinLayer(tree, scalar, segments) }, edit, value: (index) => evaluate(items[index]!) }, root, key, 0);
}

/** A Fn::Join as it is written. */
export interface Joined {
  readonly tree: Tree;
  readonly items: readonly Node[];
  readonly delimiter: string;
  readonly key: Span | undefined;
  readonly edit: EditPlace;
}

interface Within {
  readonly tree: Tree;
  readonly edit: EditPlace;
  /** What an item comes to. */
  readonly value: (index: number) => Value;
}

function valueOf(within: Within, node: Node, key: Span | undefined, depth: number): Value {
  const { tree, edit } = within;
  const origin = originOf(tree, node, key, edit);
  if (depth > MAX_DEPTH) return unknown(origin, 'budget');
  switch (node.kind) {
    case 'scalar': {
      if (!STAND_IN.test(node.value)) return locatedAt({ state: 'known', origin, ...readScalar(node) }, tree, node);
      return locatedAt(concatenated(origin, node.value.split(STAND_IN).map((part, index): Piece => index % 2 === 1 ? within.value(Number(part)) : part)), tree, node);
    }
    case 'map': return locatedAt({
      state: 'object', origin, open: node.pairs.some(({ name }) => STAND_IN.test(name)),
      entries: node.pairs.filter(({ name }) => !STAND_IN.test(name)).map((pair) => {
        const keyAt = markOf(tree, pair.key);
        return lazyMember(pair.name, keyAt, () => valueOf(within, pair.value, keyAt, depth + 1));
      }),
    }, tree, node);
    case 'list': return locatedAt({ state: 'list', origin, open: false, items: node.items.map((item) => lazyElement(() => valueOf(within, item.value, undefined, depth + 1))) }, tree, node);
    case 'alias': return unknown(origin, 'syntax');
  }
}

/** The layer of a text that several items make. */
class JoinLayer implements Layer {
  readonly outer: Tree;
  readonly scalar: ScalarNode;
  readonly #segments: readonly Segment[];

  constructor(outer: Tree, scalar: ScalarNode, segments: readonly Segment[]) {
    this.outer = outer;
    this.scalar = scalar;
    this.#segments = segments;
  }

  outerOffset(inner: number): number {
    return this.#outer(this.#segments.findLast(({ start }) => start <= inner), inner);
  }

  outerEnd(inner: number): number {
    return this.#outer(this.#segments.findLast(({ start }) => start < inner), inner);
  }

  #outer({ start, node, layer }: Segment = this.#segments[0]!, inner: number): number {
    return layer ? layer.outerOffset(inner - start) : inner === start ? node.start : node.end;
  }

  innerOffset(outer: number): number | undefined {
    for (const { start, layer } of this.#segments) {
      const inner = layer?.innerOffset(outer);
      if (inner !== undefined) return start + inner;
    }
    return undefined;
  }

  encode(text: string, inner: number): string | undefined {
    // What is put in is no text, and cannot be written again.
    const held = text.includes(BEGIN) ? undefined : this.holding({ start: inner, end: inner });
    return held?.layer.encode(text, inner - held.from);
  }

  holding({ start, end }: Range): Held | undefined {
    const segment = this.#segments.find((one) => one.layer && start >= one.start && end <= one.start + one.layer.scalar.value.length);
    return segment && { layer: segment.layer!, from: segment.start };
  }
}
