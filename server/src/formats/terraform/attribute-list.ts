/**
 * Key-value lists for which Terraform has individual arguments, such as load balancer attributes: how a change of an
 * item changes the argument.
 */
import { ownEntry } from '../../base/table.ts';
import type { InsertItemEdit, NewValue } from '../../model/edit.ts';
import { itemsOf, member } from '../../model/navigate.ts';
import { placeOfItem, type NativePlace } from './mapping-places.ts';
import type { TerraformResource } from './resource.ts';

/** The attribute that replaces a new item, and its canonical value. */
export interface ItemAttribute {
  readonly place: NativePlace;
  readonly value: NewValue;
  /** Whether the list has such an item already. */
  readonly there: boolean;
}

/** The attribute for a new item of a list of a resource; undefined if the list is written as one. */
export function attributeOfItem(
  resource: TerraformResource,
  { list, value }: InsertItemEdit,
): ItemAttribute | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const item = value as Readonly<Record<string, NewValue>>;
  const { source, mapping } = resource.made;
  for (const name of Object.keys(source?.properties ?? {})) {
    if (resource.get(name) !== list) continue;
    const found = placeOfItem(mapping, name, item, resource.nativeType);
    if (!found) return undefined;
    const constants = Object.entries(item).filter(([key]) => key !== found.property);
    const there = itemsOf(list).items.some((one) =>
      constants.every(([key, text]) => {
        const held = member(one.value, key);
        return held.state === 'known' && held.value === text;
      }),
    );
    return { place: found.place, value: ownEntry(item, found.property)!, there };
  }
  return undefined;
}
