/** Values to write, as plain data. */
import { ownEntry } from '../base/table.ts';
import { Tagged, Verbatim, type NewNode } from '../syntax/tree-edit.ts';
import { Refused } from './refused.ts';

export function isList(value: NewNode): value is readonly NewNode[] {
  return Array.isArray(value);
}

export function isObject(value: NewNode): value is Readonly<Record<string, NewNode>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !isList(value) &&
    !(value instanceof Tagged) &&
    !(value instanceof Verbatim)
  );
}

export function isCollection(value: NewNode): boolean {
  return isList(value) || isObject(value);
}

/** The value under a path of keys, one map in the other. */
export function nested(path: readonly string[], value: NewNode): NewNode {
  return path.reduceRight<NewNode>((inner, key) => ({ [key]: inner }), value);
}

/** The value with another one written under a path of keys. Throws `Refused` when a different value is there. */
export function withMember(whole: NewNode, path: readonly string[], value: NewNode): NewNode {
  const [key, ...rest] = path;
  if (key === undefined) {
    if (!sameValue(whole, value)) throw new Refused('Two changes set different values.');
    return whole;
  }
  if (!isObject(whole)) throw new Refused('One change is within the target of another change.');
  const old = ownEntry(whole, key);
  return { ...whole, [key]: old === undefined ? nested(rest, value) : withMember(old, rest, value) };
}

export function sameValue(a: NewNode, b: NewNode): boolean {
  if (a instanceof Tagged) return b instanceof Tagged && a.tag === b.tag && sameValue(a.value, b.value);
  if (a instanceof Verbatim) return b instanceof Verbatim && a.tree === b.tree && a.text === b.text;
  if (isList(a)) return isList(b) && a.length === b.length && a.every((item, i) => sameValue(item, b[i]!));
  if (!isObject(a)) return a === b;
  return (
    isObject(b) &&
    sameValue(Object.keys(a), Object.keys(b)) &&
    Object.keys(a).every((key) => sameValue(ownEntry(a, key)!, ownEntry(b, key)!))
  );
}
