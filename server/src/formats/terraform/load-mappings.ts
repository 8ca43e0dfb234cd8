import { ownEntry } from '../../base/table.ts';
import type { DocumentReader } from '../format.ts';
import { asMapping, asMappingIndex, type Mapping } from './mapping.ts';
import type { Tree } from '../../syntax/tree.ts';

/** The mapping files for a set of native types; undefined until all are loaded. */
export function mappingsFor(
  documents: DocumentReader,
  index: unknown,
  types: Iterable<string>,
): readonly Mapping[] | undefined {
  const known = asMappingIndex(index);
  const services = new Set([...new Set(types)].flatMap((type) => ownEntry(known?.types, type) ?? []));
  const loaded = [...services].sort().map((service) => documents.data(`mappings/${service}`));
  return loaded.includes(undefined) ? undefined : loaded.flatMap((data) => asMapping(data) ?? []);
}

/**
 * Memoizes a function per document whose result needs a walk through the tree, because it is called again after each
 * file.
 */
export function onceForEach<T>(read: (tree: Tree) => T): (tree: Tree) => T {
  const held = new WeakMap<Tree, { readonly found: T }>();
  return (tree) => {
    let known = held.get(tree);
    if (!known) held.set(tree, (known = { found: read(tree) }));
    return known.found;
  };
}
