/**
 * The object or block at a position that holds properties with cards, and has none of its own: `metadata_options`,
 * `VpcConfig`.
 */
import { within, type Range } from '../base/span.ts';
import type { Resource } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import { nodesAround, pairWith, type Tree } from '../syntax/tree.ts';
import { isOfProperties } from './property-target.ts';
import { valuesAt } from './values-at.ts';

/** An object of a resource, and what it holds. */
export interface HolderTarget {
  readonly resource: Resource;
  /** The canonical path, of a list without `[]`. */
  readonly path: string;
  /** The range of its key, and what the document calls it. */
  readonly range: Range;
  readonly name: string;
  /** The canonical paths of the properties in it that have cards. */
  readonly held: readonly string[];
  /** The values at a path that are in this object, of those in several. */
  readonly valuesOf: (path: string) => readonly Value[];
}

/** The innermost object whose key is at a position. */
export function holderAt(
  resource: Resource,
  paths: readonly string[],
  { tree, offset }: { readonly tree: Tree; readonly offset: number },
): HolderTarget | undefined {
  const node = nodesAround(tree, { start: offset, end: offset }).at(-1);
  const pair = node?.parent?.kind === 'map' ? pairWith(node.parent, node) : undefined;
  if (!node || !pair || pair.key !== node || pair.value.kind === 'scalar') return undefined;
  // An object that the transform of SAM makes of several properties has the range of all.
  if (isOfProperties(node, pair.name)) return undefined;
  const { doc } = tree;
  const isHere = ({ origin: { use } }: Value): boolean => use.doc === doc && within(use, pair.value);
  // In JSON, a block of Terraform is an item of a list.
  const blocks = [pair.value, ...(pair.value.kind === 'list' ? pair.value.items.map(({ value }) => value) : [])];
  for (const path of holdersOf(paths)) {
    const values = [...valuesAt(resource, path), ...valuesAt(resource, `${path}[]`)];
    const isAt = values.some(
      ({ state, origin: { key, use } }) =>
        state !== 'absent' &&
        ((key?.doc === doc && isSame(key, node)) || (use.doc === doc && blocks.some((block) => isSame(use, block)))),
    );
    if (!isAt) continue;
    const held = paths.filter((one) => one.startsWith(`${path}.`) || one.startsWith(`${path}[].`));
    return {
      resource,
      path,
      range: { start: node.start, end: node.end },
      name: pair.name,
      held,
      valuesOf: (one) => valuesAt(resource, one).filter(isHere),
    };
  }
  return undefined;
}

function isSame(one: Range, other: Range): boolean {
  return one.start === other.start && one.end === other.end;
}

/** The objects that contain properties, the innermost first. */
function holdersOf(paths: readonly string[]): readonly string[] {
  const holders = new Set<string>();
  for (const path of paths)
    for (let end = path.lastIndexOf('.'); end > 0; end = path.lastIndexOf('.', end - 1))
      holders.add(path.slice(0, end).replace(/\[\]$/, ''));
  return [...holders].sort((one, other) => other.length - one.length);
}
