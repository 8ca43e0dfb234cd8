import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  asMapping,
  asMappingIndex,
  type Bindings,
  type Companion,
  type Fan,
  type NativeSource,
} from '../../server/src/formats/terraform/mapping.ts';
import { mappingIndex } from '../../tools/schemas/mapping-index.ts';
import { nodeAt, propertyAt } from '../../tools/schemas/read.ts';
import { canonicalType, mappingFiles, nativeType, SCHEMAS } from './data.ts';
import { REMOVED_ATTRIBUTES } from './removed-attributes.ts';

/** The keys that an object of each kind may have; the first are those by which it is told apart. */
const KINDS: readonly { readonly kind: string; readonly need: readonly string[]; readonly may: readonly string[] }[] = [
  {
    kind: 'attribute',
    need: ['from'],
    may: ['values', 'beside', 'only', 'json', 'wrap', 'pairs', 'append', 'default', 'legacy'],
  },
  { kind: 'map', need: ['map', 'key', 'value'], may: ['default', 'legacy'] },
  { kind: 'map of objects', need: ['map', 'key', 'properties'], may: ['default', 'legacy'] },
  { kind: 'constant', need: ['value'], may: ['has', 'wrap'] },
  { kind: 'list', need: ['list'], may: [] },
  { kind: 'block items', need: ['each', 'properties'], may: ['json', 'fan', 'append', 'default', 'legacy', 'lists'] },
  { kind: 'fixed item', need: ['has', 'properties'], may: ['append'] },
  { kind: 'member items', need: ['over', 'to'], may: [] },
  { kind: 'object', need: ['properties'], may: ['in', 'json', 'if', 'default', 'legacy'] },
];

type Loose = Readonly<Record<string, unknown>>;

/** Checks the bindings of one native resource against both schemas and answers what does not fit. */
class Check {
  readonly problems: string[] = [];
  readonly #where: string;
  readonly #canonical: (path: string) => boolean;
  readonly #allowed: (path: string) => readonly unknown[] | undefined;
  readonly #native: (path: string) => boolean;

  constructor(where: string, type: string, native: string) {
    const schema = canonicalType(type);
    const held = nativeType(native);
    if (!schema) this.problems.push(`${where}: no type ${type}`);
    if (!held) this.problems.push(`${where}: no resource ${native}`);
    this.#where = where;
    // A type that only Terraform has keeps its blocks.
    this.#canonical = (path) =>
      (schema !== undefined && propertyAt(schema, path) !== undefined) || (type === native && this.#native(path));
    this.#allowed = (path) => schema && propertyAt(schema, path)?.values;
    this.#native = (path) =>
      held !== undefined &&
      (nodeAt(held.file, held.body, path) !== undefined || REMOVED_ATTRIBUTES[native]?.includes(path) === true);
  }

  native(path: unknown): void {
    // The keys of JSON in a text are in no schema.
    if (String(path).includes('{json}')) return;
    if (typeof path !== 'string' || !this.#native(path)) this.#say(`no attribute ${JSON.stringify(path)}`);
  }

  bindings(bindings: Bindings, canonical: string, native: string): void {
    for (const [name, binding] of Object.entries(bindings)) {
      const path = `${canonical}${name}`;
      if (!this.#canonical(path)) this.#say(`no property ${path}`);
      if (typeof binding === 'string') this.native(native + binding);
      else this.#object(binding as unknown as Loose, path, native);
    }
  }

  fan(fan: readonly Fan[], canonical: string, native: string): void {
    for (const way of fan) {
      if (!this.#canonical(canonical + way.to)) this.#say(`no property ${canonical}${way.to}`);
      this.native(native + ('over' in way ? way.over : way.if));
      if ('if' in way) this.#value(way.value as unknown as Loose, native);
    }
  }

  #object(binding: Loose, path: string, native: string): void {
    const keys = Object.keys(binding);
    const kind = KINDS.find(
      ({ need, may }) =>
        need.every((key) => keys.includes(key)) && keys.every((key) => need.includes(key) || may.includes(key)),
    );
    if (!kind) return this.#say(`${path}: not a binding: ${keys.join()}`);
    if ('values' in binding) this.#translated(Object.values(binding['values'] as Loose), path);
    if (kind.kind === 'attribute') for (const from of [binding['from']].flat()) this.native(`${native}${String(from)}`);
    if (kind.kind === 'constant') this.#value(binding, native);
    if ('has' in binding) for (const has of [binding['has']].flat()) this.native(native + String(has));
    if (kind.kind === 'list') for (const part of binding['list'] as Loose[]) this.#object(part, path, native);
    if ('map' in binding)
      for (const key of ['key', 'value'])
        if (key in binding) this.native(`${native}${String(binding['map'])}.${String(binding[key])}`);
    if (kind.kind === 'member items') this.fan([binding as unknown as Fan], `${path}[].`, native);
    if (!('properties' in binding)) return;
    const outer = binding['each'] ?? binding['in'] ?? binding['map'];
    const block = 'lists' in binding ? `${String(outer)}.${String(binding['lists'])}` : outer;
    if (block !== undefined) this.native(`${native}${String(block)}`);
    const inside =
      block === undefined ? native : `${native}${String(block)}.${binding['json'] === true ? '{json}.' : ''}`;
    if ('if' in binding) this.native(`${inside}${String(binding['if'])}`);
    const items =
      kind.kind === 'object'
        ? `${path}.`
        : kind.kind === 'map of objects'
          ? `${path}{}.`
          : 'lists' in binding
            ? `${path}[][].`
            : `${path}[].`;
    this.bindings(binding['properties'] as Bindings, items, inside);
    if ('fan' in binding) this.fan(binding['fan'] as Fan[], items, inside);
  }

  /** What values are translated to is among the values that the property may have, where those are listed. */
  #translated(values: readonly unknown[], path: string): void {
    const allowed = this.#allowed(path);
    for (const value of values)
      if (value !== null && allowed && !allowed.includes(value)) this.#say(`${path} is never ${JSON.stringify(value)}`);
  }

  /** A constant, a reference to an attribute of the resource itself, or an attribute. */
  #value(binding: Loose, native: string): void {
    const value = 'from' in binding || 'self' in binding ? binding : binding['value'];
    if (typeof value !== 'object' || value === null) return;
    const { self, from } = value as Loose;
    this.native(self ?? `${native}${String(from)}`);
  }

  #say(problem: string): void {
    this.problems.push(`${this.#where}: ${problem}`);
  }
}

function sourceProblems(type: string, source: NativeSource): string[] {
  return source.types.flatMap((native) => {
    const check = new Check(`${type} from ${native}`, type, native);
    const base = source.each === undefined ? '' : `${source.each}.`;
    if (source.each !== undefined) check.native(source.each);
    check.bindings(source.properties, '', base);
    if (source.fan) check.fan(source.fan, '', base);
    if (source.when?.attribute !== undefined) check.native(source.when.attribute);
    if (source.when?.has !== undefined) check.native(source.when.has);
    for (const attribute of Object.values(source.attributes)) check.native(attribute);
    const readable = canonicalType(type)?.attributes ?? [];
    const unreadable = Object.keys(source.attributes).filter((name) => name !== 'Ref' && !readable.includes(name));
    return [...check.problems, ...unreadable.map((name) => `${type}: no attribute ${name} to read`)];
  });
}

function companionProblems(type: string, companion: Companion, sources: readonly NativeSource[]): string[] {
  const check = new Check(`${type} with ${companion.type}`, type, companion.type);
  check.bindings(companion.properties, '', '');
  check.native(companion.join.by);
  for (const path of [...Object.keys(companion.create ?? {}), ...Object.keys(companion.join.within ?? {})])
    check.native(path);
  const owners = sources.filter((source) => !source.legacy).flatMap((source) => source.types);
  const referred = [
    ...companion.join.refersTo,
    ...(companion.join.equals === undefined ? [] : [companion.join.equals]),
    ...Object.values(companion.join.within ?? {}),
  ];
  const missing = referred.filter(
    (name) =>
      !owners.some((owner) => {
        const held = nativeType(owner);
        return held && nodeAt(held.file, held.body, name) !== undefined;
      }),
  );
  return [...check.problems, ...missing.map((name) => `${type} with ${companion.type}: no owner has ${name}`)];
}

describe('mappings', () => {
  for (const { name, mapping } of mappingFiles()) {
    it(`${name} names only what both schemas have`, () => {
      assert.ok(asMapping(mapping));
      const problems = Object.entries(mapping.types).flatMap(([type, { sources, companions = [] }]) => [
        ...sources.flatMap((source) => sourceProblems(type, source)),
        ...companions.flatMap((companion) => companionProblems(type, companion, sources)),
      ]);
      assert.deepEqual(problems, []);
    });

    it(`${name} holds the types of its service`, () => {
      const services = Object.keys(mapping.types).map(
        (type) => `mappings/${type.split('::')[1]?.toLowerCase() ?? 'terraform'}`,
      );
      assert.deepEqual([...new Set(services)], [name]);
    });
  }

  it('have an index that is fresh', () => {
    const text = readFileSync(`${SCHEMAS}mappings/index.json`, 'utf8');
    assert.equal(text, mappingIndex());
    assert.deepEqual(asMappingIndex(JSON.parse(text))?.types['aws_s3_bucket'], ['s3']);
  });

  it('are not made of other data', () => {
    assert.equal(asMapping(undefined), undefined);
    assert.equal(asMapping({ types: { 'AWS::S3::Bucket': {} } }), undefined);
    assert.equal(asMappingIndex({ types: { aws_s3_bucket: 's3' } }), undefined);
  });
});
