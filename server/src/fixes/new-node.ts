/** Values to write, as plain data. */
import { ownEntry } from '../base/table.ts';
import { Blocks, Encoded, Tagged, Verbatim, type NewNode } from '../syntax/tree-edit.ts';
import { Refused } from './refused.ts';

/** Whether a value is written as a list. */
export function isList(value: NewNode): value is readonly NewNode[] {
  return Array.isArray(value);
}

/** Whether a value is written as an object. Tagged, verbatim and encoded values and blocks have a form of their own. */
export function isObject(value: NewNode): value is Readonly<Record<string, NewNode>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !isList(value) &&
    !(value instanceof Tagged) &&
    !(value instanceof Verbatim) &&
    !(value instanceof Blocks) &&
    !(value instanceof Encoded)
  );
}

/** Whether a value is a list or an object, so that it can take several lines. */
export function isCollection(value: NewNode): boolean {
  return isList(value) || isObject(value);
}

/**
 * The value under a path of keys, one map in the other.
 * @param blocks How many of the first keys name nested blocks of HCL.
 */
export function nested(path: readonly string[], value: NewNode, blocks = 0): NewNode {
  return path.reduceRight<NewNode>(
    (inner, key, index) => ({ [key]: index < blocks && index < path.length - 1 ? new Blocks([inner]) : inner }),
    value,
  );
}

/** The value with another one written under a path of keys. Throws `Refused` when a different value is there. */
export function withMember(whole: NewNode, path: readonly string[], value: NewNode, blocks = 0): NewNode {
  const [key, ...rest] = path;
  if (key === undefined) {
    if (!sameValue(whole, value)) throw new Refused('Two changes set different values.');
    return whole;
  }
  if (whole instanceof Blocks && whole.bodies.length === 1)
    return new Blocks([withMember(whole.bodies[0]!, path, value, blocks)]);
  if (!isObject(whole)) throw new Refused('One change is within the target of another change.');
  const old = ownEntry(whole, key);
  const inner = Math.max(0, blocks - 1);
  if (old !== undefined) return { ...whole, [key]: withMember(old, rest, value, inner) };
  const fresh = nested(rest, value, inner);
  return { ...whole, [key]: blocks > 0 && rest.length > 0 ? new Blocks([fresh]) : fresh };
}

/** The members of two objects. Throws `Refused` when they have different values for one. */
export function mergedObjects(one: NewNode, other: NewNode): NewNode {
  if (!isObject(one) || !isObject(other)) return withMember(one, [], other);
  return Object.entries(other).reduce<NewNode>((whole, [key, value]) => withMember(whole, [key], value), one);
}

/** Whether two values are written alike: with members in the same order. */
export function sameValue(a: NewNode, b: NewNode): boolean {
  if (a instanceof Tagged) return b instanceof Tagged && a.tag === b.tag && sameValue(a.value, b.value);
  if (a instanceof Verbatim) return b instanceof Verbatim && a.tree === b.tree && a.text === b.text;
  if (a instanceof Blocks) return b instanceof Blocks && sameValue(a.bodies, b.bodies);
  if (a instanceof Encoded) return b instanceof Encoded && sameValue(a.value, b.value);
  if (isList(a)) return isList(b) && a.length === b.length && a.every((item, i) => sameValue(item, b[i]!));
  if (!isObject(a)) return a === b;
  return (
    isObject(b) &&
    sameValue(Object.keys(a), Object.keys(b)) &&
    Object.keys(a).every((key) => sameValue(ownEntry(a, key)!, ownEntry(b, key)!))
  );
}
