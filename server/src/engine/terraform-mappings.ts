import { asMapping, asMappingIndex, type Mapping } from '../formats/terraform/mapping.ts';
import type { Tree } from '../syntax/tree.ts';
import type { Documents } from './documents.ts';

/** The mapping files that a set of native types needs; undefined while one has yet to be loaded. */
export function mappingsFor(documents: Documents, index: unknown, types: Iterable<string>): readonly Mapping[] | undefined {
  const known = asMappingIndex(index);
  const services = new Set([...new Set(types)].flatMap((type) => known?.types[type] ?? []));
  const loaded = [...services].sort().map((service) => documents.data(`mappings/${service}`));
  return loaded.includes(undefined) ? undefined : loaded.flatMap((data) => asMapping(data) ?? []);
}

/** The native types that documents name. To find them takes a walk through all of a document, which is asked for again whenever something was read. */
const named = new WeakMap<Tree, ReadonlySet<string>>();

/** The native types that a document names, as `read` finds them the first time. */
export function typesIn(tree: Tree, read: (tree: Tree) => Iterable<string>): ReadonlySet<string> {
  let types = named.get(tree);
  if (!types) named.set(tree, types = new Set(read(tree)));
  return types;
}
