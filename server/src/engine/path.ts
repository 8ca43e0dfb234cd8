import { type Range, within } from '../base/span.ts';
import type { Node, Tree } from '../syntax/tree.ts';

/**
 * The native path of a place below a range of its document: keys and indexes from the body of the resource on,
 * `Properties.SecurityGroupIngress[0].CidrIp`. Empty when the place is not below it. Without a range the path is that in the document.
 */
export function pathBelow(tree: Tree, body: Range | undefined, place: Range): string {
  let node = tree.roots.find((root) => within(place, root));
  let path = '';
  let inside = body === undefined;
  while (node) {
    const step = stepTo(node, place);
    if (!step) break;
    if (inside) path += written(step, path === '');
    // The pair whose range is the body holds the resource itself; the path begins below it.
    if (step.start === body?.start && step.end === body.end) inside = true;
    node = step.node;
  }
  return path;
}

/** The long form of a function does not show, so that both forms have the same path. */
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

/** The index of the first of some parts, which stand one after the other in the text, that holds a place; -1 when none does. */
function firstAround<T>(parts: readonly T[], rangeOf: (part: T) => Range, place: Range): number {
  let low = 0;
  let high = parts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rangeOf(parts[middle]!).start <= place.start) low = middle + 1;
    else high = middle;
  }
  let found = -1;
  // Where one ends and the next begins an empty place is in both.
  for (let i = low - 1; i >= 0 && within(place, rangeOf(parts[i]!)); i--) found = i;
  return found;
}
