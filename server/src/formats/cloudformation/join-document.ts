/** JSON that a Fn::Join puts together: a policy in pieces of text, with references between them. */
import type { Span } from '../../base/span.ts';
import { unknown } from '../../model/navigate.ts';
import type { Value } from '../../model/value.ts';
import type { Layer } from '../../syntax/embedded.ts';
import { parseJson } from '../../syntax/json.ts';
import { isPlaceable, offsetMap, type OffsetMap } from '../../syntax/offset-map.ts';
import { readScalar } from '../../syntax/scalar.ts';
import { resolved, type Node, type ScalarNode, type Tree } from '../../syntax/tree.ts';
import { markOf, originOf } from '../located.ts';
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
  /** Where the characters of the item come from; undefined for one that is put in as a whole. */
  readonly map: OffsetMap | undefined;
}

/**
 * The JSON in the items of a Fn::Join, each value at its place; undefined when it is none. Nothing in it can be changed, since a change could
 * reach over several items.
 */
export function joinDocument(tree: Tree, items: readonly Node[], delimiter: string, key: Span | undefined, evaluate: (node: Node) => Value): Value | undefined {
  const segments: Segment[] = [];
  let text = '';
  items.forEach((item, index) => {
    if (index > 0) text += delimiter;
    const node = resolved(item);
    const written = node?.kind === 'scalar' && node === item && !callOf(node) && isPlaceable(tree, node);
    segments.push({ start: text.length, node: item, map: written ? offsetMap(tree, node) : undefined });
    text += written ? node.value : `${BEGIN}${index}${END}`;
  });
  const scalar = segments.find(({ map }) => map)?.node as ScalarNode | undefined;
  const read = parseJson(tree.doc, text);
  const [root] = read.roots;
  if (!scalar || !root || root.kind === 'scalar' || read.roots.length > 1 || read.problems.length > 0) return undefined;
  return valueOf({ tree: { ...read, layer: new JoinLayer(tree, scalar, segments) }, value: (index) => evaluate(items[index]!) }, root, key, 0);
}

interface Within {
  readonly tree: Tree;
  /** What an item comes to. */
  readonly value: (index: number) => Value;
}

function valueOf(within: Within, node: Node, key: Span | undefined, depth: number): Value {
  const { tree } = within;
  const origin = originOf(tree, node, key, 'none');
  if (depth > MAX_DEPTH) return unknown(origin, 'budget');
  switch (node.kind) {
    case 'scalar': {
      if (!STAND_IN.test(node.value)) return { state: 'known', origin, ...readScalar(node) };
      return concatenated(origin, node.value.split(STAND_IN).map((part, index): Piece => index % 2 === 1 ? within.value(Number(part)) : part));
    }
    case 'map': return {
      state: 'object', origin, open: node.pairs.some(({ name }) => STAND_IN.test(name)),
      entries: node.pairs.filter(({ name }) => !STAND_IN.test(name)).map((pair) => {
        const keyAt = markOf(tree, pair.key);
        return lazyMember(pair.name, keyAt, () => valueOf(within, pair.value, keyAt, depth + 1));
      }),
    };
    case 'list': return { state: 'list', origin, open: false, items: node.items.map((item) => lazyElement(() => valueOf(within, item.value, undefined, depth + 1))) };
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
    const { start, node, map } = this.#segments.findLast((segment) => segment.start <= inner) ?? this.#segments[0]!;
    if (!map) return inner === start ? node.start : node.end;
    return Math.min(map.toOuter(inner - start), (node as ScalarNode).content.end);
  }

  innerOffset(outer: number): number | undefined {
    const segment = this.#segments.find(({ node, map }) => map && outer >= (node as ScalarNode).content.start && outer <= (node as ScalarNode).content.end);
    return segment && segment.start + segment.map!.toInner(outer);
  }

  encode(): undefined {
    return undefined;
  }
}
