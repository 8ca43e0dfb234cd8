/** What stands at a path in the body of a native resource. */
import { eitherTruth, FALSE, Guard, MAYBE, type Truth } from '../../base/guard.ts';
import { absentFrom, either, isUnset, leaves, mapLeaves, member } from '../../model/navigate.ts';
import type { Value } from '../../model/value.ts';

/** The value at a native path. A block on the way may be an object or an array; the path goes through its first. */
export function nativeAt(body: Value, path: string): Value {
  return path.split('.').reduce((value, step) => member(firstBlock(value), step), body);
}

/** A block that is written as an array of blocks as the first of them. */
export function firstBlock(value: Value): Value {
  return mapLeaves(value, (leaf) => {
    if (leaf.state !== 'list') return leaf;
    const first = leaf.items[0];
    if (!first) return absentFrom(leaf, leaf.open);
    return either(first.when, first.value, absentFrom(leaf, leaf.open));
  });
}

/** Whether an attribute is set, or a block is there: a plan has an empty list for a block that is not. */
export function presence(value: Value): Truth {
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

/** In which scenarios a boolean attribute is true; one that is not set is not. */
export function isTrue(flag: Value): Truth {
  let yes: Guard = Guard.never;
  let no: Guard = Guard.never;
  for (const { guard, value } of leaves(flag)) {
    if (isUnset(value) || (value.state === 'known' && value.raw === 'false')) no = no.or(guard);
    else if (value.state === 'known' && value.raw === 'true') yes = yes.or(guard);
  }
  return { yes, no };
}
