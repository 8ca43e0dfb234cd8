/** Values with names that the author of a document chose: the members of an object, the items of a list of pairs. */
import { flatMap } from '../base/flat-map.ts';
import { bothTruths, TRUE, type Truth } from '../base/guard.ts';
import { itemsOfProperty, leaves, member } from './navigate.ts';
import { tokensIn } from './token.ts';
import type { Value } from './value.ts';

export interface NamedValue {
  /** Empty if it is not known. */
  readonly name: string;
  readonly value: Value;
  /** The object with the name and the value, if it is an item of a list. */
  readonly item: Value | undefined;
  readonly when: Truth;
}

/** The named values of an object; with `members`, of a list of objects with these members. */
export function namedValuesIn(value: Value, members?: readonly [name: string, value: string]): readonly NamedValue[] {
  return members ? itemsIn(value, members) : membersIn(value);
}

function membersIn(value: Value): readonly NamedValue[] {
  return flatMap(leaves(value), ({ guard, value: leaf }): readonly NamedValue[] =>
    leaf.state !== 'object'
      ? []
      : leaf.entries.map((entry) => ({
          name: entry.key,
          value: entry.value,
          item: undefined,
          when: bothTruths({ yes: guard, no: guard.and(entry.when.no) }, entry.when),
        })),
  );
}

function itemsIn(value: Value, [name, content]: readonly [string, string]): readonly NamedValue[] {
  return itemsOfProperty(value).items.map(({ value: item, when }) => ({
    name: nameIn(member(item, name)),
    value: member(item, content),
    item,
    when,
  }));
}

function nameIn(value: Value): string {
  const names = flatMap(leaves(value), ({ value: leaf }) => (leaf.state === 'known' ? [leaf.raw] : []));
  return names[0] ?? '';
}

/** The name of a value in a message. A name that is a credential itself, or that is not known, is not shown. */
export function nameShown(name: string): string {
  return /^[\w.:/-]{1,64}$/.test(name) && [...tokensIn(name)].length === 0 ? ` ${name}` : '';
}

/** The maximum number of values in a document. */
const MOST = 20_000;

/** The strings in a document, each with the name of the member around it. */
export function namedStringsIn(value: Value): readonly NamedValue[] {
  const found: NamedValue[] = [];
  const open: NamedValue[] = [{ name: '', value, item: undefined, when: TRUE }];
  let remaining = MOST;
  for (let next = open.pop(); next && remaining-- > 0; next = open.pop()) {
    const { name, when } = next;
    const parts = leaves(next.value);
    if (parts.every(({ value: leaf }) => leaf.state !== 'object' && leaf.state !== 'list')) found.push(next);
    else
      for (const { guard, value: leaf } of parts) {
        const there: Truth = { yes: when.yes.and(guard), no: when.no };
        const inner: readonly NamedValue[] =
          leaf.state === 'object'
            ? leaf.entries.map((entry) => ({
                // The default of a parameter is named by the parameter.
                name: /^default$/i.test(entry.key) ? name : entry.key,
                value: entry.value,
                item: undefined,
                when: bothTruths(there, entry.when),
              }))
            : leaf.state === 'list'
              ? leaf.items.map((one) => ({
                  name,
                  value: one.value,
                  item: undefined,
                  when: bothTruths(there, one.when),
                }))
              : [{ name, value: leaf, item: undefined, when: there }];
        for (const one of inner.toReversed()) open.push(one);
      }
  }
  return found;
}
