import { partitionPoint } from '../base/binary-search.ts';
import { type Range, within } from '../base/span.ts';
import type { MapNode, Node, Pair, Tree } from '../syntax/tree.ts';

/** Nested HCL blocks that are not in a list: those of the language itself, and `timeouts` of the provider. */
const SINGLE: ReadonlySet<string> = new Set([
  'content',
  'dynamic',
  'connection',
  'lifecycle',
  'provisioner',
  'timeouts',
]);

/**
 * The native path of a place in a range of its document: keys and indexes below the body of the resource, such as
 * `Properties.SecurityGroupIngress[0].CidrIp`. Empty if the place is outside the range. Without a range, the path in
 * the document. Blocks of a type are a list, as in a plan: `versioning[0].enabled`. With `around keys`, the path of the
 * map if the place is a key in it.
 */
export function pathBelow(tree: Tree, body: Range | undefined, place: Range, keys?: 'around keys'): string {
  let node = tree.roots.find((root) => within(place, root));
  let path = '';
  let inside = body === undefined;
  while (node) {
    // A block map with one pair has the range of that pair.
    if (inside && node.kind === 'map' && node.start === place.start && node.end === place.end) break;
    const step = stepTo(node, place, tree.language);
    if (!step) break;
    if (keys && !step.node) break;
    if (inside) path += written(step, path === '');
    // A pair whose value is the body contains the resource; the path begins below it.
    if (step.start === body?.start && step.end === body.end) inside = true;
    node = step.node;
  }
  return path;
}

/** Long and short forms of a function have the same path. */
function written({ name, index }: Step, first: boolean): string {
  const key = name === '' || name.startsWith('Fn::') ? '' : `${first ? '' : '.'}${name}`;
  return index === undefined ? key : `${key}[${index}]`;
}

interface Step {
  readonly node: Node | undefined;
  readonly name: string;
  readonly index?: number | undefined;
  readonly start: number;
  readonly end: number;
}

function stepTo(node: Node, place: Range, language: Tree['language']): Step | undefined {
  if (node.kind === 'map') {
    const pair = node.pairs[firstAround(node.pairs, (candidate) => candidate, place)];
    return (
      pair && {
        node: within(place, pair.value) ? pair.value : undefined,
        name: pair.name,
        index: language === 'hcl' ? blockIndex(node, pair) : undefined,
        start: pair.start,
        end: pair.end,
      }
    );
  }
  if (node.kind !== 'list') return undefined;
  const index = firstAround(node.items, (item) => item.value, place);
  const item = node.items[index];
  return item && { node: item.value, name: '', index, start: item.start, end: item.end };
}

/**
 * The index of a nested HCL block among those of its type; undefined for an argument, a label and a top-level block.
 */
function blockIndex(body: MapNode, { name, separator, value }: Pair): number | undefined {
  // The map of a label has no indentation.
  const isNested = body.parent && body.indent >= 0 && separator < 0 && value.kind === 'map' && value.indent >= 0;
  if (!isNested || SINGLE.has(name)) return undefined;
  return body.pairs
    .filter((pair) => pair.name === name && pair.separator < 0)
    .findIndex((pair) => pair.value === value);
}

/** The index of the first of several consecutive parts that contains a place; -1 if none does. */
function firstAround<T>(parts: readonly T[], rangeOf: (part: T) => Range, place: Range): number {
  const last = partitionPoint(parts, (part) => rangeOf(part).start <= place.start) - 1;
  let found = -1;
  // An empty place between two parts is in both.
  for (let i = last; i >= 0 && within(place, rangeOf(parts[i]!)); i--) found = i;
  return found;
}
