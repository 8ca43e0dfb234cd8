/** Values at paths in the body of a native resource. */
import { eitherTruth, FALSE, Guard, MAYBE, type Truth } from '../../base/guard.ts';
import { memoizeName } from '../../base/memoize.ts';
import { absentFrom, either, isUnset, leaves, mapLeaves, MAX_BRANCHES, member } from '../../model/navigate.ts';
import type { List, Value } from '../../model/value.ts';

/**
 * The value at a native path. A block on the path can be an object or an array; the path continues in its first object.
 */
export function nativeAt(body: Value, path: string): Value {
  let value = body;
  for (const step of stepsOf(path)) value = member(firstBlock(value), step);
  return value;
}

/** The steps of a path. Mappings have few paths, which are read in thousands of resources. */
const stepsOf = memoizeName((path): readonly string[] => path.split('.'));

/** The first existing block of an array of blocks. */
export function firstBlock(value: Value): Value {
  if (value.state !== 'list' && value.state !== 'choice') return value;
  return mapLeaves(value, (leaf) => (leaf.state === 'list' ? firstOf(leaf, 0) : leaf));
}

function firstOf(list: List, index: number): Value {
  const first = list.items[index];
  if (!first || index > MAX_BRANCHES) return absentFrom(list, list.open || first !== undefined);
  return first.when.yes.isAlways() ? first.value : either(first.when, first.value, firstOf(list, index + 1));
}

/** Whether an attribute is set, or a block exists: a plan has an empty list for a missing block. */
export function isWrittenThere(value: Value): Truth {
  let yes: Guard = Guard.never;
  let no: Guard = Guard.never;
  for (const { guard, value: leaf } of leaves(value)) {
    if (isUnset(leaf)) no = no.or(guard);
    else if (leaf.state === 'list') {
      const some = leaf.items.reduce((sum, item) => eitherTruth(sum, item.when), leaf.open ? MAYBE : FALSE);
      yes = yes.or(guard.and(some.yes));
      no = no.or(guard.and(some.no));
    } else if (leaf.state !== 'absent') yes = yes.or(guard);
  }
  return no.isAlways() ? FALSE : { yes, no };
}

/** The scenarios in which a boolean attribute is true. An unset attribute is not. */
export function isSetTrue(flag: Value): Truth {
  let yes: Guard = Guard.never;
  let no: Guard = Guard.never;
  for (const { guard, value } of leaves(flag)) {
    if (isUnset(value) || (value.state === 'known' && value.raw === 'false')) no = no.or(guard);
    else if (value.state === 'known' && value.raw === 'true') yes = yes.or(guard);
  }
  return { yes, no };
}
