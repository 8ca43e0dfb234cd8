import { Guard, TRUE, type Truth } from '../../base/guard.ts';
import { absentFrom, isUnset, leaves, mapLeaves, member, unknown } from '../../model/navigate.ts';
import type { Value } from '../../model/value.ts';
import type { SamPath } from './mapping.ts';

/** The value at a path of SAM's properties. */
export function samValueAt(holder: Value, path: SamPath): Value {
  let value = holder;
  let whole = false;
  for (const step of path.split('.')) {
    const name = step.endsWith('?') ? step.slice(0, -1) : step;
    value = below(value, name, whole);
    whole = name !== step;
  }
  return value;
}

/** The property of an object. A string instead of the object can be the whole value, or does not set the property. */
function below(value: Value, name: string, whole: boolean): Value {
  return mapLeaves(value, (leaf) => {
    switch (leaf.state) {
      case 'known':
      case 'template':
        return whole && !isUnset(leaf) ? leaf : absentFrom(leaf);
      default:
        return member(leaf, name);
    }
  });
}

/** The scenarios in which a value is written. */
export function writtenWhen(value: Value): Truth {
  const all = leaves(value);
  if (all.every(({ value: leaf }) => !isUnset(leaf) && leaf.state !== 'absent')) return TRUE;
  let yes: Guard = Guard.never;
  let no: Guard = Guard.never;
  for (const { guard, value: leaf } of all) {
    if (isUnset(leaf)) no = no.or(guard);
    else if (leaf.state !== 'absent') yes = yes.or(guard);
  }
  return { yes, no };
}

/** The scenarios in which a value is a string. */
export function isText(value: Value, text: string): Truth {
  let yes: Guard = Guard.never;
  let no: Guard = Guard.never;
  for (const { guard, value: leaf } of leaves(value)) {
    if (leaf.state === 'known' && leaf.value !== null && leaf.raw === text) yes = yes.or(guard);
    else if (leaf.state === 'known' || leaf.state === 'object' || leaf.state === 'list' || isUnset(leaf))
      no = no.or(guard);
  }
  return { yes, no };
}

/** A part of an S3 location: of an object, or of a string `s3://bucket/key?versionId=1`; unknown for a local file. */
export function partOfPlace(place: Value, part: 'Bucket' | 'Key' | 'Version'): Value {
  return mapLeaves(place, (leaf) => {
    if (leaf.state === 'object') return member(leaf, part);
    if (leaf.state !== 'known' || leaf.value === null)
      return leaf.state === 'absent' || leaf.state === 'unknown'
        ? leaf
        : isUnset(leaf)
          ? absentFrom(leaf)
          : unknown({ ...leaf.origin, edit: 'none' }, 'transform');
    const match = /^s3:\/\/([^/?]+)\/([^?]+)(?:\?versionId=(.+))?$/.exec(leaf.raw);
    if (!match) return unknown({ ...leaf.origin, edit: 'none' }, 'transform');
    const text = match[{ Bucket: 1, Key: 2, Version: 3 }[part]];
    return text === undefined
      ? absentFrom(leaf)
      : { ...leaf, origin: { ...leaf.origin, edit: 'none' }, raw: text, value: text };
  });
}
