/**
 * Each property of a resource with the name of a credential is read by a rule about secrets, or is listed in
 * `credential-exceptions.json` with the reason why it holds no credential.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { placesOf } from '../../server/src/formats/terraform/mapping-places.ts';
import type { AttributeBinding, Binding, FanOver } from '../../server/src/formats/terraform/mapping.ts';
import { RULES } from '../../server/src/rules/index.ts';
import {
  nestedOf,
  pathsOf,
  propertyAt,
  type BodySchema,
  type ProviderSchema,
  type TypeSchema,
} from '../../tools/schemas/read.ts';
import { data, mappingFiles, names } from './data.ts';

/** Endings of the names of credentials, in both vocabularies. Write-only arguments of Terraform end in `_wo`. */
const CREDENTIAL =
  /(?:passwords?|passwd|passphrase|secrets?|tokens?|credentials?|(?:private|api|auth|access|shared|signing|session|application|secret|pre_?shared)_?keys?|private_?key_?pem|\w*key_?(?:value|material|pair|pem)|pin|passcode|connection_?string)(?:_wo)?$/i;

/** The deepest properties that are examined. */
const DEPTH = 12;

const EXCEPTIONS = JSON.parse(readFileSync(new URL('credential-exceptions.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, Readonly<Record<string, string>>>
>;

function isNamedLikeCredential(path: string): boolean {
  const name = path.split('.').at(-1)!.replaceAll('[]', '');
  return CREDENTIAL.test(name);
}

/** The paths that rules about secrets read, without brackets, by canonical type. */
const READ = new Map<string, Set<string>>();
for (const { topic, on, reads } of RULES as readonly {
  topic: string;
  on: string;
  reads?: Readonly<Record<string, readonly string[]>>;
}[])
  if (topic === 'secrets' && on === 'resource')
    for (const [type, paths] of Object.entries(reads ?? {})) {
      const read = READ.get(type) ?? new Set();
      for (const path of paths) read.add(plain(path));
      READ.set(type, read);
    }

function plain(path: string): string {
  return path.replaceAll('[]', '');
}

/** Whether a path or something above it is read. */
function isRead(read: ReadonlySet<string> | undefined, path: string): boolean {
  const steps = plain(path).split('.');
  return read !== undefined && steps.some((_, index) => read.has(steps.slice(0, index + 1).join('.')));
}

/** The Terraform attributes behind the paths that are read, by type. */
function nativeReads(): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { mapping } of mappingFiles())
    for (const [type, made] of Object.entries(mapping.types))
      for (const path of READ.get(type) ?? [])
        for (const native of made.sources.flatMap(({ types }) => types))
          for (const { nativeType, path: place, binding } of placesOf(made, path, native)) {
            const held = found.get(nativeType) ?? new Set();
            for (const attribute of attributesAt(plain(place), binding)) held.add(attribute);
            found.set(nativeType, held);
          }
  return found;
}

/** The attributes of a binding: all of its alternatives, such as an attribute and its write-only form. */
function attributesAt(place: string, binding: Binding | FanOver): readonly string[] {
  const { from } = (typeof binding === 'object' ? binding : {}) as Partial<AttributeBinding>;
  if (!Array.isArray(from)) return [place];
  const above = place.slice(0, place.length - plain(String(from[0])).length);
  return from.map((path: string) => above + plain(path));
}

/** The attributes of a resource that a configuration can set to a string. */
function* settable(schema: ProviderSchema, body: BodySchema, above = '', depth = DEPTH): Iterable<string> {
  for (const [name, node] of Object.entries(body)) {
    const nested = nestedOf(schema, node);
    if (nested) {
      if (depth > 1 && !/=$/.test(Object.keys(node)[0]!))
        yield* settable(schema, nested.body, `${above}${name}.`, depth - 1);
    } else if (/^(?:string|any|(?:list|set|map)\(string\))[!~]?$/.test(node as string)) yield above + name;
  }
}

/** What is neither read nor an exception, and the exceptions that are not needed. */
function problems(
  all: Iterable<readonly [type: string, path: string, read: boolean]>,
  exceptions: Readonly<Record<string, string>>,
): readonly string[] {
  const unused = new Set(Object.keys(exceptions));
  const missing: string[] = [];
  for (const [type, path, read] of all) {
    const key = [`${type} ${path}`, `* ${path.split('.').at(-1)!}`].find((one) => Object.hasOwn(exceptions, one));
    if (read) continue;
    if (key === undefined) missing.push(`no rule reads ${type} ${path}`);
    else unused.delete(key);
  }
  return [...missing, ...[...unused].map((key) => `not needed: ${key}`)];
}

function* canonicalProperties(): Iterable<readonly [string, string, boolean]> {
  for (const name of names('cloudformation/'))
    for (const [type, schema] of Object.entries(data<{ types: Record<string, TypeSchema> }>(name).types))
      for (const path of pathsOf(schema, DEPTH)) {
        const property = isNamedLikeCredential(path) ? propertyAt(schema, path) : undefined;
        if (property && /^\(?(?:string|json)/.test(property.type) && !property.values)
          yield [type, path, isRead(READ.get(type), path)];
      }
}

function* nativeAttributes(): Iterable<readonly [string, string, boolean]> {
  const reads = nativeReads();
  for (const name of names('terraform/')) {
    const schema = data<ProviderSchema>(name);
    for (const [type, body] of Object.entries(schema.resources ?? {}))
      for (const path of settable(schema, body))
        if (isNamedLikeCredential(path)) yield [type, path, isRead(reads.get(type), path)];
  }
}

describe('properties with the name of a credential', () => {
  it('are read in CloudFormation', () =>
    assert.deepEqual(problems(canonicalProperties(), EXCEPTIONS['cloudformation']!), []));

  it('are read in Terraform', () => assert.deepEqual(problems(nativeAttributes(), EXCEPTIONS['terraform']!), []));

  it('are exceptions only with a reason', () => {
    for (const reasons of Object.values(EXCEPTIONS))
      for (const reason of Object.values(reasons)) assert.match(reason, /^\S.{10,}\.$/);
  });
});
