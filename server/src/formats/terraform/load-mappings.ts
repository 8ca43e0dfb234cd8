import { flatMap } from '../../base/flat-map.ts';
import { ownEntry } from '../../base/table.ts';
import type { DocumentReader } from '../format.ts';
import { servicesNamedIn } from '../relations/service-links.ts';
import { asMapping, asMappingIndex, type Mapping } from './mapping.ts';

/** The mapping files for a set of native types; undefined until all are loaded. */
export function mappingsFor(
  documents: DocumentReader,
  index: unknown,
  types: Iterable<string>,
): readonly Mapping[] | undefined {
  const known = asMappingIndex(index);
  const services = new Set(flatMap([...new Set(types)], (type) => ownEntry(known?.types, type) ?? []));
  const loaded = [...services].sort().map((service) => documents.data(`mappings/${service}`));
  return loaded.includes(undefined) ? undefined : flatMap(loaded, (data) => asMapping(data) ?? []);
}

/** The services of the canonical types of mappings. */
export function servicesOfMappings(mappings: readonly Mapping[]): ReadonlySet<string> {
  return servicesNamedIn(flatMap(mappings, ({ types }) => Object.keys(types)).join(' '));
}
