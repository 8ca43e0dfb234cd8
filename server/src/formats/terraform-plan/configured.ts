/** The configuration of values and blocks of a plan: the corresponding expressions in its `configuration`. */
import type { ListNode, Node } from '../../syntax/tree.ts';
import { valueOf } from '../../syntax/tree.ts';
import type { SchemaShape } from './shape.ts';

/**
 * The known configuration of a value: an expression, or a body with expressions by attribute and block. Several if it
 * is unknown which block of a type is meant.
 */
export interface Configured {
  readonly nodes: readonly Node[];
  /** Whether it is complete. A plan does not show dynamic blocks, and can lack the configuration. */
  readonly complete: boolean;
  /** The configuration of its members, which all instances of a resource share. */
  readonly members?: Map<string, Configured>;
}

/** The configuration of the resources of one block, given its expressions. */
export function configuredBody(expressions: Node): Configured {
  return { nodes: [expressions], complete: true, members: new Map() };
}

/** A value without a configuration. */
export const NOT_CONFIGURED: Configured = { nodes: [], complete: false };

/** The maximum number of blocks of a type that are distinguished by their contents. */
const MOST_COMPARED = 64;

/** Whether a node is an expression instead of a body; an empty node is both. */
function isExpression(node: Node): boolean {
  return (
    node.kind === 'map' &&
    (node.pairs.length === 0 || node.pairs.some(({ name }) => name === 'references' || name === 'constant_value'))
  );
}

/** Whether anything is configured. */
export function isConfigured({ nodes }: Configured): boolean {
  return nodes.length > 0;
}

/** Whether a value is configured with references, so that it can be unknown. */
export function isConfiguredByReference({ nodes }: Configured): boolean {
  return nodes.some(
    (node) => valueOf(node, 'references') !== undefined || (node.kind === 'list' && node.items.length > 0),
  );
}

/** The configuration of a member of a body. Members of an attribute have the configuration of the attribute. */
export function configuredAt(configured: Configured, name: string, shape: SchemaShape): Configured {
  const { members } = configured;
  if (!members) return memberAt(configured, name, shape);
  let found = members.get(name);
  if (!found) members.set(name, (found = memberAt(configured, name, shape)));
  return found;
}

function memberAt({ nodes, complete }: Configured, name: string, shape: SchemaShape): Configured {
  if (nodes.length === 0) return complete ? { nodes, complete: shape.block(name) === undefined } : NOT_CONFIGURED;
  const found: Node[] = [];
  for (const node of nodes) {
    const within = valueOf(node, name) ?? (isExpression(node) && !isEmpty(node) ? node : undefined);
    if (within) found.push(within);
  }
  return { nodes: found, complete: complete && !(found.length === 0 && shape.block(name)) };
}

function isEmpty(node: Node): boolean {
  return node.kind === 'map' && node.pairs.length === 0;
}

/**
 * The configuration of a list item: that of the whole list for a list of values, one of the blocks for a list of
 * blocks. Blocks of a set are in another order in the configuration, and dynamic blocks are missing there, so a block
 * is found by its configured constants.
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

/** Whether a planned block has the constants of a configured one. */
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
