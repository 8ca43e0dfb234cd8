import { resolved, type MapNode, type Node, type Pair } from '../../syntax/tree.ts';

/** A call of an intrinsic function, in its short or long form. */
export interface Call {
  /** The full name: `Ref`, `Condition`, `Fn::Sub`. */
  readonly name: string;
  /** The argument. For a short form it is the tagged node itself, whose own tag is to be passed over. */
  readonly argument: Node;
  readonly short: boolean;
}

const SHORT: ReadonlySet<string> = new Set(['And', 'Base64', 'Cidr', 'Equals', 'FindInMap', 'GetAtt', 'GetAZs', 'If', 'ImportValue', 'Join',
  'Length', 'Not', 'Or', 'Select', 'Split', 'Sub', 'ToJsonString', 'Transform']);

/** The function call that a node is, or undefined when it is a plain value. */
export function callOf(node: Node): Call | undefined {
  if (node.tag && node.tag.name.startsWith('!') && !node.tag.name.startsWith('!!') && node.tag.name.length > 1) {
    const name = node.tag.name.slice(1);
    if (name === 'Ref' || name === 'Condition') return { name, argument: node, short: true };
    return { name: SHORT.has(name) ? `Fn::${name}` : name, argument: node, short: true };
  }
  if (node.kind !== 'map' || node.pairs.length !== 1) return undefined;
  const pair = node.pairs[0]!;
  return isFunctionName(pair.name) ? { name: pair.name, argument: pair.value, short: false } : undefined;
}

function isFunctionName(name: string): boolean {
  return name === 'Ref' || name === 'Condition' || (name.startsWith('Fn::') && !name.startsWith('Fn::ForEach::'));
}

/** The items of an argument that is a list, aliases followed. */
export function argumentList(call: Call): readonly Node[] | undefined {
  const node = resolved(call.argument);
  return node?.kind === 'list' ? node.items.map((item) => item.value) : undefined;
}

/** The text of an argument that is a plain scalar. */
export function argumentText(call: Call): string | undefined {
  const node = resolved(call.argument);
  return node?.kind === 'scalar' && (call.short || !node.tag) ? node.value : undefined;
}

/** The pairs of a map with the pairs of its merge keys before them, and whether each came through a merge key. */
export function pairsWithMerges(map: MapNode, depth = 0): readonly { readonly pair: Pair; readonly merged: boolean }[] {
  if (depth > 20 || !map.pairs.some((pair) => pair.name === '<<')) return map.pairs.map((pair) => ({ pair, merged: false }));
  const own = map.pairs.filter((pair) => pair.name !== '<<').map((pair) => ({ pair, merged: false }));
  const merged = map.pairs.filter((pair) => pair.name === '<<').flatMap((pair) => {
    const value = resolved(pair.value);
    const sources = value?.kind === 'list' ? value.items.map((item) => resolved(item.value)) : [value];
    return sources.toReversed().flatMap((source) => source?.kind === 'map' ? pairsWithMerges(source, depth + 1) : []);
  });
  return [...merged.map(({ pair }) => ({ pair, merged: true })), ...own];
}

/** Every node below one, itself included; aliases are not followed. */
export function* everyNode(root: Node | undefined): Iterable<Node> {
  const open: Node[] = root ? [root] : [];
  for (let node = open.pop(); node; node = open.pop()) {
    yield node;
    if (node.kind === 'map') for (let i = node.pairs.length - 1; i >= 0; i--) open.push(node.pairs[i]!.value);
    if (node.kind === 'list') for (let i = node.items.length - 1; i >= 0; i--) open.push(node.items[i]!.value);
  }
}
