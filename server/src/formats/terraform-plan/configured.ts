/** How values and blocks of a plan were configured: the expressions that stand next to them in its `configuration`. */
import type { ListNode, Node } from '../../syntax/tree.ts';
import { valueOf } from '../../syntax/tree.ts';
import type { Shape } from './shape.ts';

/**
 * What is seen of how something was configured: an expression, or a body with expressions under the names of attributes and blocks. Several
 * where it is not seen which of the blocks of a kind is meant.
 */
export interface Configured {
  readonly nodes: readonly Node[];
  /** Whether that is all: dynamic blocks do not show, and a plan may have no configuration at all. */
  readonly complete: boolean;
}

/** Without a configuration. */
export const UNSEEN: Configured = { nodes: [], complete: false };

/** More blocks of a kind are not distinguished by what is in them. */
const MOST_COMPARED = 64;

/** Whether a node is an expression, and no body; an empty one is both. */
function isExpression(node: Node): boolean {
  return (
    node.kind === 'map' &&
    (node.pairs.length === 0 || node.pairs.some(({ name }) => name === 'references' || name === 'constant_value'))
  );
}

/** Whether something is configured at all. */
export function isConfigured({ nodes }: Configured): boolean {
  return nodes.length > 0;
}

/** Whether something is configured to be made from something else, so that it may not be known. */
export function isMade({ nodes }: Configured): boolean {
  return nodes.some(
    (node) => valueOf(node, 'references') !== undefined || (node.kind === 'list' && node.items.length > 0),
  );
}

/** How a member of a body is configured. What is within an attribute is configured as the attribute is. */
export function configuredAt({ nodes, complete }: Configured, name: string, shape: Shape): Configured {
  if (nodes.length === 0) return complete ? { nodes, complete: shape.block(name) === undefined } : UNSEEN;
  const block = shape.block(name);
  const found = nodes.flatMap((node): readonly Node[] => {
    const within = valueOf(node, name);
    if (within) return [within];
    return isExpression(node) && node.kind === 'map' && node.pairs.length > 0 ? [node] : [];
  });
  return { nodes: found, complete: complete && !(block && found.length === 0) };
}

/**
 * How an item of a list is configured: a list of values as a whole, a list of blocks one by one. Blocks of a set are in another order in the
 * configuration, and those of dynamic blocks are not there, so that a block is found by the constants that it was given.
 */
export function configuredItem(
  configured: Configured,
  items: ListNode['items'],
  index: number,
  isSet: boolean,
): Configured {
  const nodes: Node[] = [];
  let { complete } = configured;
  for (const node of configured.nodes) {
    if (node.kind !== 'list') {
      nodes.push(node);
      continue;
    }
    const blocks = node.items;
    const same = blocks.length === items.length;
    if (!same) complete = false;
    if (same && (!isSet || blocks.length === 1)) nodes.push(blocks[index]!.value);
    else if (Math.max(blocks.length, items.length) > MOST_COMPARED) complete = false;
    else nodes.push(...blocks.map(({ value }) => value).filter((block) => fits(block, items[index]!.value)));
  }
  return { nodes, complete };
}

/** Whether a planned block has the constants that a configured one was given. */
function fits(block: Node, planned: Node): boolean {
  return (
    block.kind !== 'map' ||
    planned.kind !== 'map' ||
    block.pairs.every((pair) => {
      const [constant, value] = [valueOf(pair.value, 'constant_value'), valueOf(planned, pair.name)];
      return constant?.kind !== 'scalar' || value?.kind !== 'scalar' || constant.value === value.value;
    })
  );
}
