/** The items of the lists on a property path, for forms about items. */
import { flatMap } from '../../base/flat-map.ts';
import { TRUE, type Truth } from '../../base/guard.ts';
import { all, judgement } from '../../model/judgement.ts';
import { knownString } from '../../model/leaf.ts';
import { leaves } from '../../model/navigate.ts';
import type { Properties, Resource } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';

/** The path of a list with its brackets, or of an object. The known paths have at most four names. */
export type ListPath<Path extends string> =
  | Path
  | `${Path}[]`
  | `${Extract<Path, `${string}.${string}.${string}.${string}`>}[].${string}`;

/** The paths that lead through no list, which are all that can be asked of a resource itself. */
export type PathOutsideLists<Path extends string> = Path extends `${string}[]${string}` ? never : Path;

/** An item, when it exists, and how to change it. */
export interface PropertyItem {
  readonly properties: Properties;
  readonly when: Truth;
  /** The item itself, or that of the last list around an object; undefined for an object outside a list. */
  readonly value: Value | undefined;
  /** The canonical path of the items. */
  readonly path: string;
}

/** The items at a path, in every list on it; an object is one item. */
export function itemsAt(resource: Resource, path: string): readonly PropertyItem[] {
  return itemsWithin({ properties: resource, when: TRUE, value: undefined, path: '' }, path, '');
}

/** The items at a path below an item or a resource, whose own path is `above`. */
function itemsWithin(
  { properties: holder, when, value }: PropertyItem,
  path: string,
  above: string,
): readonly PropertyItem[] {
  const end = path.indexOf('[]');
  if (end < 0) return [{ properties: below(holder, path), when, value, path: `${above}${path}` }];
  const [list, rest] = [path.slice(0, end), path.slice(end + '[].'.length)];
  return flatMap(holder.each(list).items, (entry) => {
    const item: PropertyItem = {
      properties: entry,
      value: entry.value,
      path: `${above}${list}[]`,
      when: all(judgement(when), judgement(entry.when)),
    };
    return rest === '' ? [item] : itemsWithin(item, rest, `${item.path}.`);
  });
}

/** The name of an item in messages: that of its resource, and where it is, if that is known. */
export function nameOfItem({ displayName }: Resource, location: Value | undefined): string {
  const names = new Set(location && flatMap(leaves(location), ({ value }) => knownString(value) ?? []));
  return names.size === 1 ? `${displayName} in ${[...names].join()}` : displayName;
}

/** The properties below an object. */
function below(holder: Properties, path: string): Properties {
  return { get: (inner) => holder.get(`${path}.${inner}`), each: (inner) => holder.each(`${path}.${inner}`) };
}

/** The lists on a path. */
export function listsOn(path: string): readonly string[] {
  return [...path.matchAll(/\[\]/g)].map(({ index }) => path.slice(0, index));
}

/** A value at a path, and when it exists. */
export interface FoundValue {
  readonly value: Value;
  readonly when: Truth;
}

/** The values at a path: of a property, of the property of every item of a list, or the items themselves. */
export function foundValuesAt(resource: Resource, path: string): readonly FoundValue[] {
  const end = path.lastIndexOf('[]');
  if (end < 0) return [{ value: resource.get(path), when: TRUE }];
  const setting = path.slice(end + '[].'.length);
  return itemsAt(resource, path.slice(0, end + '[]'.length)).map(({ properties, value, when }) => ({
    value: setting === '' ? value! : properties.get(setting),
    when,
  }));
}
