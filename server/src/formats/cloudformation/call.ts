import { resolved, type MapNode, type Node, type Pair } from '../../syntax/tree.ts';

/** A call of an intrinsic function, in its short or long form. */
export interface Call {
  /** The full name: `Ref`, `Condition`, `Fn::Sub`. */
  readonly name: string;
  /** The argument. For a short form it is the tagged node itself, whose own tag is to be passed over. */
  readonly argument: Node;
  readonly short: boolean;
}

const SHORT: ReadonlySet<string> = new Set([
  'And',
  'Base64',
  'Cidr',
  'Contains',
  'EachMemberEquals',
  'EachMemberIn',
  'Equals',
  'FindInMap',
  'GetAtt',
  'GetAZs',
  'If',
  'ImportValue',
  'Join',
  'Length',
  'Not',
  'Or',
  'Select',
  'Split',
  'Sub',
  'ToJsonString',
  'Transform',
]);

/** The function call that a node is, or undefined if it is a plain value. */
export function callOf(node: Node): Call | undefined {
  if (node.tag && node.tag.name.startsWith('!') && !node.tag.name.startsWith('!!') && node.tag.name.length > 1) {
    const name = node.tag.name.slice(1);
    if (name === 'Ref' || name === 'Condition') return { name, argument: node, short: true };
    return { name: SHORT.has(name) ? `Fn::${name}` : name, argument: node, short: true };
  }
  return longCallOf(node);
}

/** The function call that a node is in its long form, whatever its tag. */
export function longCallOf(node: Node): Call | undefined {
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

/** The text of a node that is a plain scalar, aliases followed; undefined for everything else, calls included. */
export function plainText(node: Node | undefined): string | undefined {
  const target = resolved(node);
  return target?.kind === 'scalar' && !callOf(target) ? target.value : undefined;
}

/** A pair as it counts for a map: one of its own, or one that a merge key brings. */
export interface MergedPair {
  readonly pair: Pair;
  readonly merged: boolean;
}

/** The number of maps that are merged into one at most. */
const MOST_MERGED = 100;

/**
 * The pairs of a map, those of its merge keys included; of several with one name the last counts. `complete` is false when
 * there is more to merge than is looked at.
 */
export function pairsWithMerges(map: MapNode): { readonly pairs: readonly MergedPair[]; readonly complete: boolean } {
  if (!map.pairs.some(isMerge)) return { pairs: map.pairs.map((pair) => ({ pair, merged: false })), complete: true };
  const seen = new Set<Node>();
  const open: (Node | undefined)[] = [map];
  const layers: MergedPair[][] = [];
  while (open.length > 0) {
    const source = open.pop();
    // What was merged before goes before what is merged again.
    if (source?.kind !== 'map' || seen.has(source)) continue;
    if (seen.size > MOST_MERGED) return { pairs: layers.toReversed().flat(), complete: false };
    seen.add(source);
    layers.push(source.pairs.filter((pair) => !isMerge(pair)).map((pair) => ({ pair, merged: source !== map })));
    const merged = source.pairs.filter(isMerge).flatMap(({ value }) => {
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

/** The pair with a name that counts for a map, wherever it is merged from. */
export function mergedPair(node: Node | undefined, name: string): MergedPair | undefined {
  const map = resolved(node);
  if (map?.kind !== 'map') return undefined;
  if (map.pairs.some(isMerge)) return pairsWithMerges(map).pairs.findLast(({ pair }) => pair.name === name);
  // Most maps merge nothing.
  const pair = map.pairs.findLast((own) => own.name === name);
  return pair && { pair, merged: false };
}

/** A node as a text that is the same for the short and the long form of a function, and for any white space. */
export function shapeOf(node: Node): string {
  const call = callOf(node);
  if (call && !call.short) return `${call.name} ${shapeOf(call.argument)}`;
  const name = call ? `${call.name} ` : '';
  switch (node.kind) {
    case 'scalar':
      return name + JSON.stringify(node.value);
    case 'alias':
      return `*${node.name}`;
    case 'list':
      return `${name}[${node.items.map((item) => shapeOf(item.value)).join(',')}]`;
    case 'map':
      return `${name}{${node.pairs.map((pair) => `${JSON.stringify(pair.name)}:${shapeOf(pair.value)}`).join(',')}}`;
  }
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
