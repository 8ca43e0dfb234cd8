import { type Range, within } from '../base/span.ts';
import type { Node, Tree } from '../syntax/tree.ts';

/**
 * The native path of a place in a range of its document: keys and indexes below the body of the resource,
 * `Properties.SecurityGroupIngress[0].CidrIp`. Empty if the place is outside the range. Without a range, the path in
 * the document.
 */
export function pathBelow(tree: Tree, body: Range | undefined, place: Range): string {
  let node = tree.roots.find((root) => within(place, root));
  let path = '';
  let inside = body === undefined;
  while (node) {
    const step = stepTo(node, place);
    if (!step) break;
    if (inside) path += written(step, path === '');
    // A pair whose value is the body contains the resource; the path begins below it.
    if (step.start === body?.start && step.end === body.end) inside = true;
    node = step.node;
  }
  return path;
}

/** Long and short forms of a function have the same path. */
function written({ name, index }: Step, first: boolean): string {
  if (index !== undefined) return `[${index}]`;
  return name.startsWith('Fn::') ? '' : `${first ? '' : '.'}${name}`;
}

interface Step {
  readonly node: Node | undefined;
  readonly name: string;
  readonly index?: number;
  readonly start: number;
  readonly end: number;
}

function stepTo(node: Node, place: Range): Step | undefined {
  if (node.kind === 'map') {
    const pair = node.pairs[firstAround(node.pairs, (candidate) => candidate, place)];
    return (
      pair && {
        node: within(place, pair.value) ? pair.value : undefined,
        name: pair.name,
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

/** The index of the first of some consecutive parts that contains a place; -1 if none does. */
function firstAround<T>(parts: readonly T[], rangeOf: (part: T) => Range, place: Range): number {
  let low = 0;
  let high = parts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rangeOf(parts[middle]!).start <= place.start) low = middle + 1;
    else high = middle;
  }
  let found = -1;
  // An empty place between two parts is in both.
  for (let i = low - 1; i >= 0 && within(place, rangeOf(parts[i]!)); i--) found = i;
  return found;
}
