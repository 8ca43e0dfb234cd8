/** Map and object functions. */
import { flatMap } from '../../../../base/flat-map.ts';
import { MAYBE, TRUE } from '../../../../base/guard.ts';
import { member, unknown } from '../../../../model/navigate.ts';
import type { Leaf, Member, Origin, Value } from '../../../../model/value.ts';
import { attributeOf, selected } from '../attribute.ts';
import { entriesInOrder, isCertain, itemsInOrder, listWith } from '../collections.ts';
import { unknownOf, unworkable } from '../combine.ts';
import { terraformText } from '../conversions.ts';
import { scalar } from '../origin.ts';
import { MAX_ITEMS, perLeaf, type TerraformFunction } from './function.ts';

export const MAP_FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  keys: perLeaf(([map], origin) =>
    map?.state === 'object'
      ? listWith(
          origin,
          entriesInOrder(map.entries).map(({ key, keyAt, when }) => ({
            when,
            value: scalar({ ...origin, use: keyAt }, key),
          })),
          map.open ? 'unsettled' : 'sequence',
          map.open,
        )
      : undefined,
  ),
  lookup: ([map, key, ...rest], origin) => map && key && perLeaf(lookup)([map, selected(key), ...rest], origin),
  merge: perLeaf(merge),
  values: perLeaf(([map], origin) => valuesOf(map, origin)),
  zipmap: perLeaf(zipmap),
};

/** Later objects override earlier ones. An unknown object can override any entry of earlier objects. */
function merge(args: readonly Leaf[], origin: Origin): Value | undefined {
  let entries: readonly Member[] = [];
  let open = false;
  let isGiven = true;
  for (const leaf of args) {
    if (leaf.state === 'known' && leaf.value === null) continue;
    if (leaf.state === 'object') {
      const names = new Set(leaf.entries.filter(isCertain).map((entry) => entry.key));
      entries = [...entries.filter((entry) => !names.has(entry.key)), ...leaf.entries];
    }
    if (leaf.state !== 'object' || leaf.open) {
      const kept = leaf.state === 'object' ? leaf.entries : [];
      const any = memberOfAny(leaf);
      entries = entries.map((entry) =>
        kept.includes(entry) ? entry : { ...entry, value: unknownOf(entry.value.origin, 'function', [any]) },
      );
      open = true;
      isGiven &&= any.state === 'unknown' && any.byCaller === true;
    }
    if (entries.length > MAX_ITEMS) return undefined;
  }
  if (!args.some((leaf) => leaf.state === 'object')) return undefined;
  return { state: 'object', origin, entries, open, ...(open && isGiven ? { byCaller: true } : {}) };
}

/** Any member of an object that is not known. */
function memberOfAny(leaf: Leaf): Leaf {
  if (leaf.state === 'object') return unknownOf(leaf.origin, 'computed', [leaf]);
  const any = member(leaf, '');
  return any.state === 'choice' ? leaf : any;
}

function lookup(args: readonly Leaf[], origin: Origin): Value | undefined {
  const [map, key, fallback] = args;
  const name = terraformText(key);
  if (map?.state === 'unknown' && name !== undefined)
    return { ...unworkable(origin, args), from: { as: 'part', values: [map], key: name } };
  if (map?.state !== 'object') return undefined;
  // A value of a variable that is not one of the keys selects the default.
  if (
    key?.state === 'unknown' &&
    key.admits &&
    fallback &&
    !map.open &&
    map.entries.every((entry) => key.admits!(entry.key) === false)
  )
    return fallback;
  if (name === undefined) return undefined;
  const found = map.entries.filter((entry) => entry.key === name);
  if (found.some(isCertain) || (found.length > 0 && !fallback)) return attributeOf(map, name);
  if (map.open || found.length > 0) return undefined;
  return fallback ?? unknown(origin, 'syntax');
}

function zipmap([keys, values]: readonly Leaf[], origin: Origin): Value | undefined {
  const [names, held] = [itemsInOrder(keys), itemsInOrder(values)];
  if (!names || !held || names.length !== held.length) return undefined;
  const known = names.map((name) => (name.state === 'choice' ? undefined : terraformText(name)));
  const entries = flatMap(held, (value, at): readonly Member[] =>
    known[at] === undefined ? [] : [{ key: known[at], keyAt: names[at]!.origin.use, value, when: TRUE }],
  );
  return { state: 'object', origin, entries, open: known.includes(undefined) };
}

/** The values of a map, ordered by key. One optional item represents the instances of a resource that are not known. */
function valuesOf(map: Leaf | undefined, origin: Origin): Value | undefined {
  if (map?.state === 'object')
    return listWith(
      origin,
      entriesInOrder(map.entries).map(({ value, when }) => ({ when, value })),
      map.open ? 'unsettled' : 'sequence',
      map.open,
    );
  return map?.state === 'reference' && map.attribute === undefined
    ? listWith(origin, [{ value: map, when: MAYBE }], 'unsettled')
    : undefined;
}
