import { asMapping, asMappingIndex, type Mapping } from '../formats/terraform/mapping.ts';
import type { Documents } from './documents.ts';

/** The mapping files that a set of native types needs; undefined while one has yet to be loaded. */
export function mappingsFor(documents: Documents, index: unknown, types: Iterable<string>): readonly Mapping[] | undefined {
  const known = asMappingIndex(index);
  const services = new Set([...new Set(types)].flatMap((type) => known?.types[type] ?? []));
  const loaded = [...services].sort().map((service) => documents.data(`mappings/${service}`));
  return loaded.includes(undefined) ? undefined : loaded.flatMap((data) => asMapping(data) ?? []);
}
