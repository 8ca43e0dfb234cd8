import type { LinksOf, ServiceLinks } from '../../server/src/formats/relations/service-links.ts';
import { schemaData } from '../../server/src/host/schema-data.ts';
import { SCHEMAS } from './memory-reader.ts';

/** The properties of all types that name resources, as if the data of every service were loaded. */
export const ALL_LINKS: LinksOf = (type) => {
  const service = type.split('::')[1]?.toLowerCase();
  const data = service === undefined ? null : (schemaData(SCHEMAS, `relations/${service}`) as ServiceLinks | null);
  return (Object.hasOwn(data?.types ?? {}, type) ? data!.types[type] : undefined) ?? {};
};
