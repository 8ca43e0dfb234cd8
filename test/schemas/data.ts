import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { memoizeName } from '../../server/src/base/memoize.ts';
import type { Mapping } from '../../server/src/formats/terraform/mapping.ts';
import type { BodySchema, ProviderSchema, TypeSchema } from '../../tools/schemas/read.ts';

export const SCHEMAS = fileURLToPath(new URL('../../schemas/', import.meta.url));

export interface Header {
  readonly source: string;
  readonly version: string;
  readonly date: string;
  readonly licence: string;
}

/**
 * The names of all JSON files under `schemas/`, without extension. A folder is listed once for all tests of a process.
 */
export function names(folder = ''): readonly string[] {
  return listed(folder);
}

const listed = memoizeName((folder: string): readonly string[] =>
  readdirSync(SCHEMAS + folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => folder + file.slice(0, -'.json'.length))
    .sort(),
);

const loaded = new Map<string, unknown>();

export function data<T>(name: string): T {
  if (!loaded.has(name)) loaded.set(name, JSON.parse(readFileSync(`${SCHEMAS}${name}.json`, 'utf8')));
  return loaded.get(name) as T;
}

/**
 * The schema of a CloudFormation type, or of one that only Terraform has, which keeps its names; undefined when there
 * is none.
 */
export function canonicalType(type: string): TypeSchema | undefined {
  if (!type.includes('::')) return ownType(type);
  const name = `cloudformation/${type.split('::')[1]?.toLowerCase()}`;
  return names('cloudformation/').includes(name)
    ? data<{ types: Record<string, TypeSchema> }>(name).types[type]
    : undefined;
}

function ownType(type: string): TypeSchema | undefined {
  const held = nativeType(type);
  return held && { properties: Object.fromEntries(Object.keys(held.body).map((name) => [name, 'json'])) };
}

/** The schema of a Terraform resource with the file that it is in; undefined when there is none. */
export function nativeType(type: string): { readonly file: ProviderSchema; readonly body: BodySchema } | undefined {
  const name = `terraform/${type.split('_')[1]}`;
  if (!names('terraform/').includes(name)) return undefined;
  const file = data<ProviderSchema>(name);
  const body = file.resources?.[type];
  return body && { file, body };
}

export interface MappingFile extends Mapping {
  readonly $: Header;
}

export function mappingFiles(): readonly { readonly name: string; readonly mapping: MappingFile }[] {
  return names('mappings/')
    .filter((name) => name !== 'mappings/index')
    .map((name) => ({ name, mapping: data<MappingFile>(name) }));
}
