/** Data about update behavior: `schemas/change-impact` and the flags of `schemas/cloudformation/`. */
import { ownEntry } from '../base/table.ts';

export type UpdateImpact = 'none' | 'some' | 'interrupt' | 'may' | 'replace' | 'impossible-in-place';

export interface ChangeImpact {
  readonly changes: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly impact: UpdateImpact;
            readonly terraform?: UpdateImpact;
            readonly text?: string;
            readonly sources: readonly { readonly url: string }[];
          }
        >
      >
    >
  >;
}

type PropertyType =
  | string
  | { readonly type: string; readonly values?: readonly unknown[]; readonly default?: unknown };

export interface CloudFormationType {
  readonly properties: Readonly<Record<string, PropertyType>>;
  readonly definitions?: Readonly<Record<string, Readonly<Record<string, PropertyType>>>>;
  readonly replaces?: readonly string[];
}

/** The update behavior of a path according to the resource specification; undefined if it does not have the path. */
export function flagsOf(type: CloudFormationType | undefined, path: string): 'replace' | 'may' | 'none' | undefined {
  if (!type) return undefined;
  const plain = path.replaceAll('[]', '');
  if (type.replaces?.some((other) => other.replaceAll('[]', '') === plain)) return 'replace';
  let properties: Readonly<Record<string, PropertyType>> | undefined = type.properties;
  let strongest: 'replace' | 'may' | 'none' = 'none';
  for (const name of plain.split('.')) {
    const property: PropertyType | undefined = ownEntry(properties, name);
    if (property === undefined) return undefined;
    const text: string = typeof property === 'string' ? property : property.type;
    if (text.includes('*')) strongest = 'replace';
    else if (text.includes('~') && strongest === 'none') strongest = 'may';
    properties = ownEntry(type.definitions, /#(\w+)/.exec(text)?.[1] ?? '');
  }
  return strongest;
}

/** The object that holds the property at a path: the properties of the type itself, or a definition with its name. */
export function propertyHolder(
  type: CloudFormationType | undefined,
  path: string,
): { readonly name?: string; readonly properties: Readonly<Record<string, PropertyType>> } | undefined {
  if (!type) return undefined;
  let holder: { readonly name?: string; readonly properties: Readonly<Record<string, PropertyType>> } = {
    properties: type.properties,
  };
  for (const step of path.replaceAll('[]', '').split('.').slice(0, -1)) {
    const property: PropertyType | undefined = ownEntry(holder.properties, step);
    const name = /#(\w+)/.exec(typeof property === 'object' ? property.type : (property ?? ''))?.[1];
    const properties = name === undefined ? undefined : ownEntry(type.definitions, name);
    if (name === undefined || !properties) return undefined;
    holder = { name, properties };
  }
  return holder;
}
