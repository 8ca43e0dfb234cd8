/**
 * Which members of new HCL bodies are nested blocks, according to the mapping: an object or a list of objects with
 * known members is a block in the AWS provider; a map with arbitrary keys or JSON is an attribute.
 */
import { Blocks, type NewNode } from '../../syntax/tree-edit.ts';
import type { Binding, Bindings, FanOver } from './mapping.ts';

/** The nested blocks of a body by name, with their own nested blocks. */
export interface BlockNames extends ReadonlyMap<string, BlockNames> {}

export const NO_BLOCKS: BlockNames = new Map();

/** The nested blocks of the body with these properties. */
export function blockNames(bindings: Bindings): BlockNames {
  return Object.values(bindings).map(namesIn).reduce(merged, NO_BLOCKS);
}

/** The nested blocks in the value of a binding, if the value is a block itself. */
export function innerNames(binding: Binding | FanOver | undefined): BlockNames | undefined {
  if (binding === undefined || typeof binding !== 'object') return undefined;
  if ('list' in binding) return innerNames(binding.list[0]);
  const isBlock = ('in' in binding || 'each' in binding || 'map' in binding) && !('json' in binding);
  if (!isBlock) return undefined;
  return 'properties' in binding ? blockNames(binding.properties) : NO_BLOCKS;
}

/** The blocks that a binding names in the enclosing body. */
function namesIn(binding: Binding): BlockNames {
  if (typeof binding === 'string') return blocksOn(binding);
  if ('list' in binding) return binding.list.map(namesIn).reduce(merged, NO_BLOCKS);
  if ('from' in binding)
    return (typeof binding.from === 'string' ? [binding.from] : binding.from)
      .map((path) => blocksOn(path))
      .reduce(merged, NO_BLOCKS);
  const path = pathOf(binding);
  if (path !== '') return blocksOn(path, innerNames(binding));
  return 'properties' in binding && !('has' in binding) ? blockNames(binding.properties) : NO_BLOCKS;
}

/** The block of an object or of a list of objects; empty for the enclosing body. */
function pathOf(binding: object): string {
  if ('in' in binding) return binding.in as string;
  return ('each' in binding ? binding.each : 'map' in binding ? binding.map : '') as string;
}

/** The blocks on a path: all except for its last step, which is included if it has a body. */
function blocksOn(path: string, inner?: BlockNames): BlockNames {
  let names: BlockNames | undefined = inner;
  for (const step of path.split('.').reverse())
    names = names === undefined ? NO_BLOCKS : new Map([[step.replace(/\[\]$/, ''), names]]);
  return names!;
}

function merged(one: BlockNames, other: BlockNames): BlockNames {
  if (other.size === 0) return one;
  const all = new Map(one);
  for (const [name, inner] of other) all.set(name, merged(all.get(name) ?? NO_BLOCKS, inner));
  return all;
}

/** A body whose nested blocks are marked as blocks. */
export function withBlocks(body: NewNode, names: BlockNames): NewNode {
  if (!isObject(body)) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      const inner = names.get(name);
      return [name, inner === undefined ? value : asBlocks(value, inner)];
    }),
  );
}

/** An object as a block, or a list of objects as several blocks. */
export function asBlocks(value: NewNode, names: BlockNames): NewNode {
  if (Array.isArray(value)) return new Blocks((value as readonly NewNode[]).map((body) => withBlocks(body, names)));
  return isObject(value) ? new Blocks([withBlocks(value, names)]) : value;
}

function isObject(value: NewNode): value is Readonly<Record<string, NewNode>> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
