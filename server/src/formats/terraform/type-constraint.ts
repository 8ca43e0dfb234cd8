/**
 * Type constraints of variables, with defaults of optional attributes.
 * https://developer.hashicorp.com/terraform/language/expressions/type-constraints#optional-object-type-attributes
 */
import { flatMap } from '../../base/flat-map.ts';
import { memoizeParts } from '../../base/memoize.ts';
import { mapLeaves } from '../../model/navigate.ts';
import type { Member, Value } from '../../model/value.ts';
import { lazyElement, lazyMember } from '../plain.ts';
import type { Expression } from './expression/ast.ts';
import { parseExpression } from './expression/parser.ts';

/** An object or tuple type, or a collection type. Types without defaults are undefined. */
export type TypeConstraint =
  | { readonly kind: 'object'; readonly attributes: ReadonlyMap<string, AttributeType> }
  | { readonly kind: 'tuple'; readonly items: readonly (TypeConstraint | undefined)[] }
  | { readonly kind: 'collection'; readonly of: TypeConstraint };

export interface AttributeType {
  readonly type: TypeConstraint | undefined;
  /**
   * The expression of its default, with its source text; undefined if the default is null, or the attribute is
   * required.
   */
  readonly fallback: { readonly expression: Expression; readonly text: string } | undefined;
}

/** The maximum depth of types. */
const MAX_DEPTH = 20;

/**
 * A type constraint as written, without template markers. Terraform accepts a plain expression; converters from native
 * syntax to JSON write it as a template.
 */
export function typeText(written: string): string {
  const text = written.trim();
  return text.startsWith('${') && text.endsWith('}') ? text.slice(2, -1).trim() : text;
}

/** The maximum number of characters of the types that are kept. Those of a module can have thousands each. */
const MOST_CHARACTERS = 200_000;

/** Parses a type constraint, `object({a = optional(bool, true)})`. That of an unchanged file is parsed once. */
export function typeConstraint(text: string): TypeConstraint | undefined {
  return text.includes('optional') ? withDefaults(text) : undefined;
}

const withDefaults = memoizeParts((text): TypeConstraint | undefined => {
  const { expression, problems } = parseExpression(text);
  return problems.length > 0 ? undefined : typeOf(expression, text, 0);
}, MOST_CHARACTERS);

function typeOf(expression: Expression | undefined, text: string, depth: number): TypeConstraint | undefined {
  if (expression?.kind !== 'call' || depth > MAX_DEPTH) return undefined;
  const [argument] = expression.args;
  switch (expression.name) {
    case 'list':
    case 'set':
    case 'map': {
      const of = typeOf(argument, text, depth + 1);
      return of && { kind: 'collection', of };
    }
    case 'tuple': {
      const items = argument?.kind === 'tuple' ? argument.items.map((item) => typeOf(item, text, depth + 1)) : [];
      return items.some((item) => item !== undefined) ? { kind: 'tuple', items } : undefined;
    }
    case 'object':
      return argument?.kind === 'object'
        ? {
            kind: 'object',
            attributes: new Map(
              flatMap(argument.items, ({ key, value }): readonly (readonly [string, AttributeType])[] => {
                const name = text.slice(key.start, key.end).replace(/^"|"$/g, '');
                const optional = value.kind === 'call' && value.name === 'optional' ? value : undefined;
                const fallback = optional?.args[1];
                return [
                  [
                    name,
                    {
                      type: typeOf(optional ? optional.args[0] : value, text, depth + 1),
                      fallback: fallback && { expression: fallback, text },
                    },
                  ],
                ];
              }),
            ),
          }
        : undefined;
    default:
      return undefined;
  }
}

/** Evaluates the default of an attribute at a place. */
export type DefaultOf = (fallback: NonNullable<AttributeType['fallback']>, holder: Value) => Value;

/** A value with the defaults of its type for omitted attributes. */
export function withTypeDefaults(value: Value, type: TypeConstraint | undefined, defaultOf: DefaultOf): Value {
  if (!type) return value;
  return mapLeaves(value, (leaf) => {
    if (type.kind === 'collection') {
      if (leaf.state === 'list')
        return {
          ...leaf,
          items: leaf.items.map((item) =>
            lazyElement(() => withTypeDefaults(item.value, type.of, defaultOf), item.when),
          ),
        };
      if (leaf.state === 'object')
        return {
          ...leaf,
          entries: leaf.entries.map((entry) =>
            withValue(entry, () => withTypeDefaults(entry.value, type.of, defaultOf)),
          ),
        };
      return leaf;
    }
    if (type.kind === 'tuple') {
      if (leaf.state !== 'list') return leaf;
      return {
        ...leaf,
        items: leaf.items.map((item, index) =>
          lazyElement(() => withTypeDefaults(item.value, type.items[index], defaultOf), item.when),
        ),
      };
    }
    if (leaf.state !== 'object') return leaf;
    const entries = leaf.entries.map((entry) => {
      const attribute = type.attributes.get(entry.key);
      if (!attribute) return entry;
      return withValue(entry, () => {
        const inner = withTypeDefaults(entry.value, attribute.type, defaultOf);
        const { fallback } = attribute;
        return fallback
          ? mapLeaves(inner, (own) => (own.state === 'known' && own.value === null ? defaultOf(fallback, leaf) : own))
          : inner;
      });
    });
    const names = new Set(leaf.entries.map(({ key }) => key));
    const missing = leaf.open ? [] : [...type.attributes].filter(([name]) => !names.has(name));
    return {
      ...leaf,
      entries: [
        ...entries,
        ...missing.map(([key, { fallback, type: of }]) => {
          const nothing: Value = {
            state: 'known',
            origin: { ...leaf.origin, edit: 'none' },
            raw: 'null',
            quoted: false,
            value: null,
          };
          return lazyMember(key, leaf.origin.use, () =>
            fallback ? withTypeDefaults(defaultOf(fallback, leaf), of, defaultOf) : nothing,
          );
        }),
      ],
    };
  });
}

function withValue(entry: Member, read: () => Value): Member {
  return lazyMember(entry.key, entry.keyAt, read, entry.when);
}
