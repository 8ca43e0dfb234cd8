/** The provider schema of the attributes and blocks of a type, in the format of `schemas/terraform/`. */
import { ownEntry } from '../../base/table.ts';

/** The members of a resource, a data source or a nested block. */
export interface SchemaShape {
  /** A nested block by name; undefined for an attribute and for an unknown name. */
  block(name: string): { readonly isSet: boolean; readonly shape: SchemaShape } | undefined;
  /** Whether it is an attribute with several values. */
  isCollection(name: string): boolean;
}

/**
 * A file of `schemas/terraform/`: a block is an object with its nesting mode and its body, an attribute is its type as
 * a string.
 */
export interface TerraformSchema {
  readonly resources?: Readonly<Record<string, unknown>>;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly blocks?: Readonly<Record<string, unknown>>;
}

/** The shape of an unknown type. */
export const UNKNOWN_SHAPE: SchemaShape = { block: () => undefined, isCollection: () => false };

/** The shape of a resource or data source. */
export function schemaShape(
  schema: TerraformSchema | null | undefined,
  mode: 'resources' | 'data',
  type: string,
): SchemaShape {
  return shapeOfBody(ownEntry(schema?.[mode], type), schema?.blocks ?? {});
}

function shapeOfBody(body: unknown, blocks: Readonly<Record<string, unknown>>): SchemaShape {
  const target = typeof body === 'string' && body.startsWith('#') ? ownEntry(blocks, body.slice(1)) : body;
  if (!isObject(target)) return UNKNOWN_SHAPE;
  const held = new Map<string, ReturnType<SchemaShape['block']>>();
  const read = (name: string): ReturnType<SchemaShape['block']> => {
    const form = ownEntry(target, name);
    if (!isObject(form)) return undefined;
    const [kind = '', inner] = Object.entries(form)[0] ?? [];
    return { isSet: kind.startsWith('set'), shape: shapeOfBody(inner, blocks) };
  };
  return {
    block: (name) => {
      if (!held.has(name)) held.set(name, read(name));
      return held.get(name);
    },
    isCollection: (name) => /^(list|set)\(/.test(String(ownEntry(target, name))),
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
