import { ownEntry } from '../base/table.ts';
import { asMapping, asMappingIndex, type Mapping } from '../formats/terraform/mapping.ts';
import type { Tree } from '../syntax/tree.ts';
import type { Documents } from './documents.ts';

/** The mapping files that a set of native types needs; undefined while one has yet to be loaded. */
export function mappingsFor(
  documents: Documents,
  index: unknown,
  types: Iterable<string>,
): readonly Mapping[] | undefined {
  const known = asMappingIndex(index);
  const services = new Set([...new Set(types)].flatMap((type) => ownEntry(known?.types, type) ?? []));
  const loaded = [...services].sort().map((service) => documents.data(`mappings/${service}`));
  return loaded.includes(undefined) ? undefined : loaded.flatMap((data) => asMapping(data) ?? []);
}

/** The same function, which works out once for each document what it takes a walk through all of it to find: it is asked again whenever something was read. */
export function onceForEach<T>(read: (tree: Tree) => T): (tree: Tree) => T {
  const held = new WeakMap<Tree, { readonly found: T }>();
  return (tree) => {
    let known = held.get(tree);
    if (!known) held.set(tree, (known = { found: read(tree) }));
    return known.found;
  };
}
