import { flatMap } from '../../base/flat-map.ts';
import { memoize } from '../../base/memoize.ts';
import { resolved, type MapNode, type Node, type Pair, type Tree } from '../../syntax/tree.ts';
import { ESCAPE, holding, type MayHold } from '../../syntax/tree-matches.ts';
import { fullName } from './intrinsics.ts';

/** A call of an intrinsic function, in short or full form. */
export interface IntrinsicCall {
  /** The full name: `Ref`, `Condition`, `Fn::Sub`. */
  readonly name: string;
  /** The argument. For a short form it is the tagged node itself, whose own tag is ignored. */
  readonly argument: Node;
  readonly short: boolean;
}

/** The function call that a node is, or undefined if it is a plain value. */
export function callOf(node: Node): IntrinsicCall | undefined {
  if (node.tag && node.tag.name.startsWith('!') && !node.tag.name.startsWith('!!') && node.tag.name.length > 1) {
    const short = node.tag.name.slice(1);
    return { name: fullName(short) ?? short, argument: node, short: true };
  }
  return longCallOf(node);
}

/** The function call of a node in its full form, regardless of its tag. */
export function longCallOf(node: Node): IntrinsicCall | undefined {
  if (node.kind !== 'map' || node.pairs.length !== 1) return undefined;
  const pair = node.pairs[0]!;
  return isFunctionName(pair.name) ? { name: pair.name, argument: pair.value, short: false } : undefined;
}

function isFunctionName(name: string): boolean {
  return name === 'Ref' || name === 'Condition' || (name.startsWith('Fn::') && !name.startsWith('Fn::ForEach::'));
}

/** The items of an argument list, with aliases resolved. */
export function argumentList(call: IntrinsicCall): readonly Node[] | undefined {
  const node = resolved(call.argument);
  return node?.kind === 'list' ? node.items.map((item) => item.value) : undefined;
}

/** The string of a scalar argument. */
export function argumentText(call: IntrinsicCall): string | undefined {
  const node = resolved(call.argument);
  return node?.kind === 'scalar' && (call.short || !node.tag) ? node.value : undefined;
}

/** The string of a plain scalar, with aliases resolved; undefined for other nodes, including calls. */
export function plainText(node: Node | undefined): string | undefined {
  const target = resolved(node);
  return target?.kind === 'scalar' && !callOf(target) ? target.value : undefined;
}

/** An effective pair of a map: its own, or one from a merge key. */
export interface MergedPair {
  readonly pair: Pair;
  readonly merged: boolean;
}

/** The maximum number of maps that are merged into one. */
const MOST_MERGED = 100;

/**
 * The pairs of a map, including those of merge keys. The last of several pairs with the same name applies. `complete`
 * is false if the limit was reached.
 */
export function pairsWithMerges(map: MapNode): { readonly pairs: readonly MergedPair[]; readonly complete: boolean } {
  if (!map.pairs.some(isMerge)) return { pairs: map.pairs.map((pair) => ({ pair, merged: false })), complete: true };
  const seen = new Set<Node>();
  const open: (Node | undefined)[] = [map];
  const layers: MergedPair[][] = [];
  while (open.length > 0) {
    const source = open.pop();
    // Earlier maps override later ones.
    if (source?.kind !== 'map' || seen.has(source)) continue;
    if (seen.size > MOST_MERGED) return { pairs: layers.toReversed().flat(), complete: false };
    seen.add(source);
    layers.push(source.pairs.filter((pair) => !isMerge(pair)).map((pair) => ({ pair, merged: source !== map })));
    const merged = flatMap(source.pairs.filter(isMerge), ({ value }) => {
      const node = resolved(value);
      return node?.kind === 'list' ? node.items.map((item) => resolved(item.value)) : [node];
    });
    open.push(...merged.toReversed());
  }
  return { pairs: layers.toReversed().flat(), complete: true };
}

function isMerge(pair: Pair): boolean {
  return pair.name === '<<';
}

/** The effective pair with a name in a map, including merge keys. */
export function mergedPair(node: Node | undefined, name: string): MergedPair | undefined {
  const map = resolved(node);
  if (map?.kind !== 'map') return undefined;
  let pair: Pair | undefined;
  for (const own of map.pairs) {
    if (isMerge(own)) return pairsWithMerges(map).pairs.findLast((each) => each.pair.name === name);
    if (own.name === name) pair = own;
  }
  // Most maps contain no merge key.
  return pair && { pair, merged: false };
}

/** A normalized text of a node, equal for short and full forms and any white space. */
export function normalizedText(node: Node): string {
  const call = callOf(node);
  if (call && !call.short) return `${call.name} ${normalizedText(call.argument)}`;
  const name = call ? `${call.name} ` : '';
  switch (node.kind) {
    case 'scalar':
      return name + JSON.stringify(node.value);
    case 'alias':
      return `*${node.name}`;
    case 'list':
      return `${name}[${node.items.map((item) => normalizedText(item.value)).join(',')}]`;
    case 'map':
      return `${name}{${node.pairs.map((pair) => `${JSON.stringify(pair.name)}:${normalizedText(pair.value)}`).join(',')}}`;
  }
}

/** All nodes below a node, including itself, without following aliases. */
export function* everyNode(root: Node | undefined): Iterable<Node> {
  yield* nodesHolding(root, () => true);
}

/** The nodes below a node in ranges that may hold something, including itself, without following aliases. */
export function* nodesHolding(root: Node | undefined, mayHold: MayHold): Iterable<Node> {
  const open: Node[] = root ? [root] : [];
  for (let node = open.pop(); node; node = open.pop()) {
    yield node;
    const within = node.kind === 'map' ? node.pairs : node.kind === 'list' ? node.items : [];
    for (let i = within.length - 1; i >= 0; i--) if (mayHold(within[i]!)) open.push(within[i]!.value);
  }
}

/** What a call contains that is not written with escapes: the key of its full form, or the tag of its short form. */
const CALL = new RegExp(String.raw`Ref|Condition|Fn::|!|${ESCAPE}`, 'g');

/** Whether a range of a template can contain a call. */
export const mayCall = memoize((tree: Tree): MayHold => holding(tree, CALL));
