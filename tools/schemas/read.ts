/**
 * Reading the compact data of `schemas/cloudformation` and `schemas/terraform`; `schemas/README.md` describes its form.
 */

export type PropertySchema =
  | string
  | { readonly type: string; readonly values?: readonly unknown[]; readonly default?: unknown };
export type PropertySchemas = Readonly<Record<string, PropertySchema>>;

export interface TypeSchema {
  readonly properties: PropertySchemas;
  readonly definitions?: Readonly<Record<string, PropertySchemas>>;
  readonly attributes?: readonly string[];
  readonly identifier?: readonly string[];
  readonly replaces?: readonly string[];
}

export interface Property {
  /** Without the flags: `string`, `#Rule[]`, `(json|string)`. */
  readonly type: string;
  readonly required: boolean;
  /** Whether a change replaces the resource. */
  readonly replaces: 'yes' | 'maybe' | 'no';
  readonly values?: readonly unknown[];
  readonly default?: unknown;
}

/** A property in its long form. */
export function longForm(schema: PropertySchema): Property {
  const { type: text, ...rest } = typeof schema === 'string' ? { type: schema } : schema;
  const [, type = '', flags = ''] = /^(.*?)([!*~]*)$/.exec(text) ?? [];
  return {
    type,
    required: flags.includes('!'),
    replaces: flags.includes('*') ? 'yes' : flags.includes('~') ? 'maybe' : 'no',
    ...rest,
  };
}

/** The names of the definitions that a type can be, when it is reached through `brackets`: `[]`, `{}` or nothing. */
function definitionsOf(type: string, brackets: string): readonly string[] {
  const members = type.startsWith('(') && type.endsWith(')') ? type.slice(1, -1).split('|') : [type];
  return members
    .filter((member) => member.startsWith('#') && member.endsWith(brackets))
    .map((member) => member.slice(1, member.length - brackets.length))
    .filter((name) => /^\w+$/.test(name));
}

/** The property at a path, `A.B` or `List[].B`, or undefined when the type has none. */
export function propertyAt(type: TypeSchema, path: string): Property | undefined {
  let holders: readonly PropertySchemas[] = [type.properties];
  let found: Property | undefined;
  for (const step of path.split('.')) {
    const [, name = '', brackets = ''] = /^(\w+)((?:(?:\[\])*|\{\})?)$/.exec(step) ?? [];
    const schema = holders.find((holder) => Object.hasOwn(holder, name))?.[name];
    if (schema === undefined) return undefined;
    found = longForm(schema);
    holders = definitionsOf(found.type, brackets).map((definition) => type.definitions?.[definition] ?? {});
    if (brackets !== '' && !found.type.includes(brackets)) return undefined;
  }
  return found;
}

/** All paths of at most `depth` names, containers included; what contains itself is not entered again. */
export function pathsOf(type: TypeSchema, depth: number): readonly string[] {
  const paths: string[] = [];
  const enter = (schemas: PropertySchemas, base: string, left: number, inside: readonly string[]): void => {
    for (const [name, schema] of Object.entries(schemas)) {
      paths.push(base + name);
      if (left === 1) continue;
      const { type: text } = longForm(schema);
      for (const brackets of ['', '[]']) {
        for (const definition of definitionsOf(text, brackets)) {
          if (!inside.includes(definition))
            enter(type.definitions?.[definition] ?? {}, `${base}${name}${brackets}.`, left - 1, [
              ...inside,
              definition,
            ]);
        }
      }
    }
  };
  enter(type.properties, '', depth, []);
  return [...new Set(paths)].sort();
}

export interface BodySchema extends Readonly<Record<string, NodeSchema>> {}

/** An attribute, or a block: how it is nested and its body, or the name of its body. */
export type NodeSchema = string | Readonly<Record<string, BodySchema | string>>;

export interface ProviderSchema {
  readonly resources?: Readonly<Record<string, BodySchema>>;
  readonly data?: Readonly<Record<string, BodySchema>>;
  readonly blocks?: Readonly<Record<string, BodySchema>>;
}

export interface Nested {
  /** `list`, `set`, `map`; `list1` and `set1` for at most one; `single` for an object. */
  readonly nesting: string;
  readonly required: boolean;
  readonly body: BodySchema;
}

/** A nested block in its long form, or undefined for an attribute. */
export function nestedOf(schema: ProviderSchema, node: NodeSchema): Nested | undefined {
  if (typeof node === 'string') return undefined;
  const [[kind, nested]] = Object.entries(node) as [[string, BodySchema | string]];
  const body = typeof nested === 'string' ? schema.blocks?.[nested.slice(1)] : nested;
  if (body === undefined) throw new Error(`no block ${JSON.stringify(nested)}`);
  return { nesting: kind.replace(/[!=~]$/, ''), required: kind.endsWith('!'), body };
}

/** The attribute or block at a path of names from a body on. Brackets after a name are taken as read. */
export function nodeAt(schema: ProviderSchema, body: BodySchema, path: string): NodeSchema | undefined {
  let here: BodySchema | undefined = body;
  let node: NodeSchema | undefined;
  for (const step of path.split('.')) {
    const name = step.replace(/\[\]$/, '');
    // The schema does not describe the content of an attribute of any type.
    if (typeof node === 'string' && /^any[!=~]?$/.test(node)) return node;
    if (here === undefined || !Object.hasOwn(here, name)) return undefined;
    node = here[name]!;
    here = nestedOf(schema, node)?.body;
  }
  return node;
}
