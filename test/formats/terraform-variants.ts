/**
 * The same Terraform resources written in other ways: blocks as arrays, and as the plan that Terraform makes of them.
 */
import { leaves } from '../../server/src/model/navigate.ts';
import { shown } from '../../server/src/model/shown.ts';
import type { Value } from '../../server/src/model/value.ts';
import { nestedOf, type BodySchema, type ProviderSchema } from '../../tools/schemas/read.ts';
import { nativeType } from '../schemas/data.ts';
import { stackOf, type Files } from './terraform-stack.ts';

export type Body = Readonly<Record<string, unknown>>;

/** Bodies by type and name, as below `resource`; a block is an object or an array of objects. */
export type Resources = Readonly<Record<string, Readonly<Record<string, Body>>>>;

/** The ways to write resources, each a directory. They have to mean the same. */
export function variantsOf(resources: Resources): Readonly<Record<string, Files>> {
  return {
    'blocks as objects': configuration(
      eachBody(resources, (body, type) => blocks(type, body, (one) => (one.length === 1 ? one[0] : one))),
    ),
    'blocks as arrays': configuration(eachBody(resources, (body, type) => blocks(type, body, (one) => one))),
    'bodies as arrays': { 'main.tf.json': [{ resource: [eachBody(resources, (body) => [body])] }] },
    'a plan': { 'plan.json': planOf(resources) },
  };
}

function configuration(resource: unknown): Files {
  return { 'main.tf.json': { resource } };
}

function eachBody(resources: Resources, change: (body: Body, type: string) => unknown): unknown {
  return Object.fromEntries(
    Object.entries(resources).map(([type, bodies]) => [
      type,
      Object.fromEntries(Object.entries(bodies).map(([name, body]) => [name, change(body, type)])),
    ]),
  );
}

/** A body whose blocks, as the provider's schema knows them, are written in another way. */
function blocks(type: string, body: Body, write: (blocks: readonly Body[]) => unknown): Body {
  const { file, body: schema } = schemaOf(type);
  const rewrite = (held: Body, known: BodySchema): Body =>
    Object.fromEntries(
      Object.entries(held).map(([name, value]) => {
        const nested = known[name] === undefined ? undefined : nestedOf(file, known[name]);
        return [
          name,
          nested ? write(([value].flat() as readonly Body[]).map((one) => rewrite(one, nested.body))) : value,
        ];
      }),
    );
  return rewrite(body, schema);
}

function schemaOf(type: string): { readonly file: ProviderSchema; readonly body: BodySchema } {
  const held = nativeType(type);
  if (!held) throw new Error(`there is no ${type}`);
  return held;
}

/** The plan for resources that are not there yet: what refers to another resource is known after they are made. */
function planOf(resources: Resources): unknown {
  const all = Object.entries(resources).flatMap(([type, bodies]) =>
    Object.entries(bodies).map(([name, body]) => ({ type, name, address: `${type}.${name}`, ...planned(type, body) })),
  );
  return {
    format_version: '1.2',
    terraform_version: '1.14.0',
    resource_changes: all.map(({ type, name, address, after, unknown }) => ({
      address,
      mode: 'managed',
      type,
      name,
      change: { actions: ['create'], before: null, after, after_unknown: unknown, after_sensitive: {} },
    })),
    configuration: {
      root_module: {
        resources: all.map(({ address, type, name, expressions }) => ({
          address,
          mode: 'managed',
          type,
          name,
          expressions,
        })),
      },
    },
  };
}

interface Planned {
  readonly after: Body;
  readonly unknown: Body;
  readonly expressions: Body;
}

/** The reference that a text is, as a whole: `${aws_s3_bucket.b.id}`. */
const REFERENCE = /^\$\{(aws_\w+\.\w+)\.(\w+)\}$/;

function planned(type: string, body: Body): Planned {
  const { file, body: schema } = schemaOf(type);
  const plan = (held: Body, known: BodySchema): Planned => {
    const after: Record<string, unknown> = {};
    const unknown: Record<string, unknown> = {};
    const expressions: Record<string, unknown> = {};
    for (const [name, node] of Object.entries(known)) {
      const nested = nestedOf(file, node);
      if (!nested) continue;
      const inner = name in held ? ([held[name]].flat() as readonly Body[]).map((one) => plan(one, nested.body)) : [];
      after[name] = inner.map((one) => one.after);
      if (inner.length === 0) continue;
      unknown[name] = inner.map((one) => one.unknown);
      expressions[name] = inner.map((one) => one.expressions);
    }
    for (const [name, value] of Object.entries(held)) {
      if (name in after) continue;
      const items = [value].flat();
      const references = items.flatMap((item) => {
        const [, to, attribute] = typeof item === 'string' ? (REFERENCE.exec(item) ?? []) : [];
        return to === undefined ? [] : [`${to}.${attribute}`, to];
      });
      expressions[name] = references.length > 0 ? { references } : { constant_value: value };
      if (references.length === 0) after[name] = value;
      else if (!Array.isArray(value)) unknown[name] = true;
      else {
        after[name] = value.map((item) =>
          typeof item === 'string' && REFERENCE.test(item) ? null : (item as unknown),
        );
        unknown[name] = value.map((item) => typeof item === 'string' && REFERENCE.test(item));
      }
    }
    return { after, unknown, expressions };
  };
  return plan(body, schema);
}

/**
 * What a value comes to, as JSON would have it; what is absent is left out, what is not known is said, and a value of
 * several scenarios is a list of them.
 */
export function plain(value: Value): unknown {
  const all = leaves(value);
  if (all.length > 1) return all.map((leaf) => plain(leaf.value));
  const [{ value: leaf }] = all as [(typeof all)[number]];
  switch (leaf.state) {
    case 'absent':
      return leaf.default ? plain(leaf.default) : leaf.open ? 'open' : undefined;
    case 'known':
      return leaf.value;
    case 'list':
      return [
        ...leaf.items.flatMap((item) => (item.value.state === 'absent' ? [] : [plain(item.value)])),
        ...(leaf.open ? ['open'] : []),
      ];
    case 'object': {
      const members = leaf.entries
        .map(({ key, value: inner }) => [key, plain(inner)] as const)
        .filter(([, inner]) => inner !== undefined);
      return Object.fromEntries(leaf.open ? [...members, ['more', 'open']] : members);
    }
    default:
      return shown(leaf);
  }
}

/** What the properties of every resource of a type come to, in the order of their JSON. */
export function propertiesOf(files: Files, type: string, paths: readonly string[]): readonly Body[] {
  return stackOf(files)
    .resources.filter((resource) => resource.type === type)
    .map((resource) =>
      Object.fromEntries(
        paths.map((path) => [path, plain(resource.get(path))] as const).filter(([, value]) => value !== undefined),
      ),
    )
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
