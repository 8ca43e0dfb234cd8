/**
 * Key-value lists for which Terraform has individual arguments, such as load balancer attributes. A change of an item
 * becomes a change of the argument.
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
  /** Whether the list already contains such an item. */
  readonly there: boolean;
}

/** The attribute for a new item of a resource's list; undefined if the list has no individual arguments. */
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
