/** The expected document after edits, computed on the tree independent of its text. */
import { Tagged, type NewNode, type TreeEdit } from '../../server/src/syntax/tree-edit.ts';
import type { Node, Pair, Tree } from '../../server/src/syntax/tree.ts';

/** A node that stays as it is written, or a value that was written anew. */
export type Expected =
  | { readonly kind: 'kept'; readonly text: string }
  | { readonly kind: 'new'; readonly value: string | number | boolean | null }
  | { readonly kind: 'map'; readonly tag: string; readonly pairs: readonly (readonly [string, Expected])[] }
  | { readonly kind: 'list'; readonly tag: string; readonly items: readonly Expected[] }
  | { readonly kind: 'tagged'; readonly tag: string; readonly value: Expected };

export function expectedAfter(tree: Tree, edits: readonly TreeEdit[]): Expected {
  return new Expectation(tree, edits).of(tree.roots[0]!);
}

class Expectation {
  readonly #tree: Tree;
  readonly #edits: readonly TreeEdit[];

  constructor(tree: Tree, edits: readonly TreeEdit[]) {
    this.#tree = tree;
    this.#edits = edits;
  }

  of(node: Node): Expected {
    for (const edit of this.#edits) {
      if (edit.op === 'replace' && edit.at === node) return written(edit.value);
      if (edit.op === 'set' && edit.at === node && edit.path.length === 0) return written(edit.value);
    }
    const tag = node.tag?.name ?? '';
    switch (node.kind) {
      case 'map':
        return this.#map(node.pairs, tag, node);
      case 'list': {
        const items = node.items.flatMap((item, i) => [
          ...this.#insertedAt(node, i),
          ...(this.#removes(node, i) ? [] : [this.of(item.value)]),
        ]);
        return { kind: 'list', tag, items: [...items, ...this.#insertedAt(node, node.items.length)] };
      }
      case 'scalar': {
        const sets = this.#edits.filter((edit) => edit.op === 'set' && edit.at === node);
        return sets.length > 0 ? this.#map([], '', node) : { kind: 'kept', text: textOf(this.#tree, node) };
      }
      default:
        return { kind: 'kept', text: textOf(this.#tree, node) };
    }
  }

  #map(pairs: readonly Pair[], tag: string, at: Node): Expected {
    const kept = pairs
      .filter((pair) => !this.#edits.some((edit) => edit.op === 'removePair' && edit.pair === pair))
      .map((pair): readonly [string, Expected] => [this.#nameOf(pair), this.of(pair.value)]);
    const added = new Map<string, NewNode>();
    for (const edit of this.#edits) {
      if (edit.op === 'set' && edit.at === at)
        added.set(
          edit.path[0]!,
          edit.path.slice(1).reduceRight<NewNode>((inner, key) => ({ [key]: inner }), edit.value),
        );
    }
    return {
      kind: 'map',
      tag,
      pairs: [...kept, ...[...added].map(([key, value]): readonly [string, Expected] => [key, written(value)])],
    };
  }

  #nameOf(pair: Pair): string {
    const edit = this.#edits.find((e) => e.op === 'renameKey' && e.pair === pair);
    return edit?.op === 'renameKey' ? edit.name : pair.name;
  }

  #insertedAt(list: Node, index: number): readonly Expected[] {
    return this.#edits.flatMap((edit) =>
      edit.op === 'insertItem' && edit.list === list && edit.index === index ? [written(edit.value)] : [],
    );
  }

  #removes(list: Node, index: number): boolean {
    return this.#edits.some((edit) => edit.op === 'removeItem' && edit.list === list && edit.index === index);
  }
}

function written(value: NewNode): Expected {
  if (value instanceof Tagged) {
    const inner = written(value.value);
    return inner.kind === 'map' || inner.kind === 'list'
      ? { ...inner, tag: value.tag }
      : { kind: 'tagged', tag: value.tag, value: inner };
  }
  if (Array.isArray(value)) return { kind: 'list', tag: '', items: value.map(written) };
  if (typeof value === 'object' && value !== null)
    return {
      kind: 'map',
      tag: '',
      pairs: Object.entries(value).map(([key, member]) => [key, written(member as NewNode)]),
    };
  return { kind: 'new', value: value };
}

/** The text of a node; of a block scalar its value, since its lines are no one's but the parser's. */
function textOf(tree: Tree, node: Node): string {
  return node.kind === 'scalar' && (node.style === 'literal' || node.style === 'folded')
    ? `${tree.text.slice(node.start, node.content.start).split(/[\r\n]/)[0]!} ${node.value}`
    : tree.text.slice(node.start, node.end);
}

/** The first difference between a tree and what it should be, or undefined. */
export function difference(tree: Tree, node: Node | undefined, expected: Expected, path = ''): string | undefined {
  const say = (what: string): string => `${path || '/'}: ${what}`;
  if (!node) return say('missing');
  if (expected.kind === 'kept')
    return textOf(tree, node) === expected.text
      ? undefined
      : say(`${JSON.stringify(expected.text)} became ${JSON.stringify(textOf(tree, node))}`);
  if (expected.kind === 'tagged') {
    if (node.tag?.name !== expected.tag) return say(`the tag ${expected.tag} became ${node.tag?.name}`);
    return difference(tree, node, expected.value, path);
  }
  if (expected.kind === 'new') {
    if (node.kind !== 'scalar') return say(`${String(expected.value)} became a ${node.kind}`);
    const isText = node.style !== 'plain' || !/^(?:true|false|null|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/.test(node.value);
    const same =
      typeof expected.value === 'string'
        ? isText && node.value === expected.value
        : !isText && node.value === String(expected.value);
    return same
      ? undefined
      : say(`${JSON.stringify(expected.value)} became ${JSON.stringify(tree.text.slice(node.start, node.end))}`);
  }
  if (node.kind !== expected.kind) return say(`a ${expected.kind} became a ${node.kind}`);
  if ((node.tag?.name ?? '') !== expected.tag) return say(`the tag ${expected.tag} became ${node.tag?.name}`);
  if (node.kind === 'map' && expected.kind === 'map') {
    const names = node.pairs.map((pair) => pair.name);
    const wanted = expected.pairs.map(([name]) => name);
    if (JSON.stringify(names) !== JSON.stringify(wanted))
      return say(`the keys ${JSON.stringify(wanted)} became ${JSON.stringify(names)}`);
    return expected.pairs
      .map(([name, value], i) => difference(tree, node.pairs[i]!.value, value, `${path}/${name}`))
      .find((d) => d !== undefined);
  }
  if (node.kind !== 'list' || expected.kind !== 'list') return undefined;
  if (node.items.length !== expected.items.length)
    return say(`${expected.items.length} items became ${node.items.length}`);
  return expected.items
    .map((value, i) => difference(tree, node.items[i]!.value, value, `${path}/${i}`))
    .find((d) => d !== undefined);
}
