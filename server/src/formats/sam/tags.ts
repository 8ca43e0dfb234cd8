/** Tags, including those that SAM adds to generated resources. */
import { TRUE } from '../../base/guard.ts';
import { mapLeaves } from '../../model/navigate.ts';
import type { Element, Member, Origin, Value } from '../../model/value.ts';
import { jsonValue } from './json-value.ts';
import type { TagsBinding } from './mapping.ts';

/** The tags of a map. `place` is the place of added tags. */
export function tagsOfMap(written: Value, { as, adds = {} }: TagsBinding, place: Origin): Value {
  const added = Object.entries(adds).map(([key, text]): Member => ({
    key,
    keyAt: place.use,
    when: TRUE,
    value: jsonValue(text, place),
  }));
  return mapLeaves(written, (leaf) => {
    const nothing = (leaf.state === 'absent' && !leaf.open) || (leaf.state === 'known' && leaf.value === null);
    if (nothing && added.length === 0) return leaf;
    if (!nothing && leaf.state !== 'object') return leaf;
    const entries = [
      ...added.filter(({ key }) => leaf.state !== 'object' || !leaf.entries.some((own) => own.key === key)),
      ...(leaf.state === 'object' ? leaf.entries : []),
    ];
    const holder = {
      origin:
        leaf.state === 'object' ? leaf.origin : { ...place, ...(leaf.origin.key ? { key: leaf.origin.key } : {}) },
      open: leaf.state === 'object' && leaf.open,
    };
    return as === 'map'
      ? { state: 'object', ...holder, entries }
      : { state: 'list', ...holder, items: entries.map(pairOf) };
  });
}

function pairOf({ key, keyAt, value, when }: Member): Element {
  const origin: Origin = { use: keyAt, steps: [], edit: 'none' };
  return {
    when,
    value: {
      state: 'object',
      origin,
      open: false,
      entries: [
        { key: 'Key', keyAt, when: TRUE, value: jsonValue(key, origin) },
        { key: 'Value', keyAt, when: TRUE, value },
      ],
    },
  };
}
