/** Positions in the planned values of a plan, which has the same resources as changes too. */
import type { Range } from '../base/span.ts';
import { indexOfItem, nodesAround, pairWith, pairOf, textOf, valueOf, type Node, type Tree } from '../syntax/tree.ts';

/** The place of a hover, and the one that has the same meaning in the part of the document that is evaluated. */
export interface EvaluatedPlace {
  readonly offset: number;
  /** The range at the original place; undefined if it is the same place. */
  readonly range?: Range;
}

/**
 * The place among the changes for one among the planned values: of `planned_values`, rules read only what
 * `resource_changes` does not have. https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
 */
export function evaluatedPlace(tree: Tree, offset: number): EvaluatedPlace {
  const root = tree.roots[0];
  const planned = valueOf(root, 'planned_values');
  const isInside = planned !== undefined && planned.start < offset && offset < planned.end;
  const changes = isInside ? valueOf(root, 'resource_changes') : undefined;
  if (changes?.kind !== 'list') return { offset };
  const around = nodesAround(tree, { start: offset, end: offset });
  const at = around.findIndex((node) => pairOf(node, 'address') && pairOf(node, 'values'));
  const node = around.at(-1);
  if (at < 0 || !node) return { offset };
  const address = textOf(valueOf(around[at], 'address'));
  const change = changes.items.find(({ value }) => textOf(valueOf(value, 'address')) === address)?.value;
  const twin = change && twinOf(around.slice(at), change);
  return twin ? { offset: twin.start + 1, range: { start: node.start, end: node.end } } : { offset };
}

/** The node of a change that is where the last of some nodes is in a planned resource. */
function twinOf([resource, ...below]: readonly Node[], change: Node): Node | undefined {
  let holder = resource!;
  let twin: Node | undefined = change;
  for (const node of below) {
    if (holder.kind === 'list') {
      twin = twin.kind === 'list' ? twin.items[indexOfItem(holder, node)]?.value : undefined;
    } else if (holder.kind === 'map') {
      const pair = pairWith(holder, node);
      if (!pair) return undefined;
      const isValues = holder === resource && pair.name === 'values';
      if (isValues && pair.key === node) return undefined;
      const own = isValues ? pairOf(valueOf(change, 'change'), 'after') : pairOf(twin, pair.name);
      twin = pair.key === node ? own?.key : own?.value;
    }
    if (!twin) return undefined;
    holder = node;
  }
  return twin;
}
