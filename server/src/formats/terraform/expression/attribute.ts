/** The attributes and items of values. */
import { mapLeaves, member, unknown } from '../../../model/navigate.ts';
import type { Leaf, List, Origin, DerivedFrom, Value } from '../../../model/value.ts';
import { dereferenced } from '../../located.ts';
import { overCombinations, unknownOf, unworkable } from './combine.ts';
import { asNumber } from './conversions.ts';
import { orderOf } from './order.ts';

/** The value of an attribute. One that is not there is an error in Terraform. */
export function attributeOf(value: Value, name: string): Value {
  return mapLeaves(value, (leaf) => {
    if (leaf.state === 'reference')
      return { ...leaf, attribute: leaf.attribute === undefined ? name : `${leaf.attribute}.${name}` };
    return mapLeaves(member(leaf, name), (found) => {
      if (found.state === 'unknown' && leaf.state === 'unknown') return { ...found, from: memberOf(leaf, name) };
      if (found.state !== 'absent') return found;
      return found.open ? unknownOf(found.origin, 'computed', [leaf], []) : unknown(found.origin, 'syntax');
    });
  });
}

/** The item or entry of a value under a key that is evaluated. A reference to a name is the name. */
export function itemAt(value: Value, key: Value, origin: Origin): Value {
  return overCombinations(origin, [value, selected(mapLeaves(key, dereferenced))], (parts) => {
    const [holder, at] = [parts[0]!, parts[1]!];
    if (isEmpty(holder)) return unknown(origin, 'syntax');
    if (at.state !== 'known') return unworkable(origin, parts);
    if (holder.state === 'list') return itemOf(holder, asNumber(at), origin);
    if (holder.state === 'object') return attributeOf(holder, at.raw);
    // Of a whole resource, a key picks an instance.
    if (holder.state === 'reference' && holder.attribute === undefined) return holder;
    if (holder.state === 'known') return unknown(origin, 'syntax');
    const key = typeof at.value === 'number' ? at.value : at.raw;
    return { ...unworkable(origin, [holder]), from: memberOf(holder, key) };
  });
}

function memberOf(holder: Leaf, key: string | number): DerivedFrom {
  return { as: 'part', values: [holder], key };
}

/** Whether a collection has nothing in it, so that every key of it is an error in Terraform. */
function isEmpty(holder: Leaf): boolean {
  if (holder.state === 'list') return holder.items.length === 0 && !holder.open;
  return holder.state === 'object' && holder.entries.length === 0 && !holder.open;
}

/** A key in scenarios that are not assumed: the configuration has a value for each. */
export function selected(key: Value): Value {
  if (key.state !== 'choice') return key;
  return {
    ...key,
    branches: key.branches.map(({ guard, value }) => ({
      guard: value.state === 'known' ? guard.selected() : guard,
      value,
    })),
  };
}

function itemOf(list: List, index: number | undefined, origin: Origin): Value {
  const before = index === undefined ? [] : list.items.slice(0, index + 1);
  const isCertain =
    !list.open &&
    orderOf(list) !== 'unsettled' &&
    orderOf(list) !== 'set' &&
    before.every((item) => item.when.yes.isAlways());
  if (!isCertain || index === undefined) return unknownOf(origin, 'function', [list]);
  return before.length > 0 && before.length - 1 === index ? before.at(-1)!.value : unknown(origin, 'syntax');
}
