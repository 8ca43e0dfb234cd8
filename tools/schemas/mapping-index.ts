/**
 * Writes `schemas/mappings/index.json` from the mapping files. Run it with `npx tsx tools/schemas/mapping-index.ts`.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { nativeTypes, type Mapping } from '../../server/src/formats/terraform/mapping.ts';

const MAPPINGS = fileURLToPath(new URL('../../schemas/mappings/', import.meta.url));

/** The text of the index as it should be. */
export function mappingIndex(): string {
  const services = new Map<string, string[]>();
  let header: unknown;
  for (const file of readdirSync(MAPPINGS)
    .filter((name) => name !== 'index.json')
    .sort()) {
    const mapping = JSON.parse(readFileSync(MAPPINGS + file, 'utf8')) as Mapping & { readonly $: unknown };
    header ??= mapping.$;
    for (const type of nativeTypes(mapping))
      services.set(type, [...(services.get(type) ?? []), file.slice(0, -'.json'.length)]);
  }
  const lines = [...services]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, names]) => `    ${JSON.stringify(type)}: ${JSON.stringify(names)}`);
  return `{\n  "$": ${JSON.stringify(header)},\n  "types": {\n${lines.join(',\n')}\n  }\n}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(`${MAPPINGS}index.json`, mappingIndex());
