/** Combinations of several values in every scenario. */
import { flatMap } from '../../../base/flat-map.ts';
import { Guard } from '../../../base/guard.ts';
import { choice, leaves, mapLeaves, MAX_BRANCHES, unknown } from '../../../model/navigate.ts';
import type { Address, Branch, UnknownPiece, Leaf, Origin, Reason, Unknown, Value } from '../../../model/value.ts';
import { concatenated, type TextPiece } from '../../text.ts';
import { isEncoded, isError } from './conversions.ts';
import { encodedPieces } from './encoded-text.ts';
import { computedFrom } from './origin.ts';

/** The maximum length of a concatenated string, in characters. Longer strings are unknown. */
const MAX_TEXT = 1_000_000;

/** The assumed length of an unknown part, in characters. */
const PLACEHOLDER_SIZE = 1000;

/** The maximum number of arguments that are combined. */
const MAX_VALUES = 1000;

/** The maximum number of values searched for references. */
const MAX_READS = 1000;

/**
 * Applies a function to every combination of the leaves of values. Too many combinations are unknown for lack of
 * budget.
 */
export function overCombinations(
  origin: Origin,
  values: readonly Value[],
  f: (parts: readonly Leaf[]) => Value,
): Value {
  if (values.length > MAX_VALUES) return unknown(origin, 'budget', refsOf(values));
  let rows: readonly { readonly guard: Guard; readonly parts: readonly Leaf[] }[] = [
    { guard: Guard.always, parts: [] },
  ];
  for (const value of values) {
    const options = leaves(value);
    rows = flatMap(rows, (row) =>
      flatMap(options, (option) => {
        const guard = row.guard.and(option.guard);
        return guard.satisfiable() ? [{ guard, parts: [...row.parts, option.value] }] : [];
      }),
    );
    if (rows.length > MAX_BRANCHES) return unknown(origin, 'budget', refsOf(values));
  }
  const branches: Branch[] = rows.map((row) => ({ guard: row.guard, value: f(row.parts) }));
  return branches.length === 1 && branches[0]!.guard.isAlways() ? branches[0]!.value : choice(origin, branches);
}

/** Concatenates a string. Strings beyond the limit are unknown, unless the string consists of a single part. */
export function boundedText(origin: Origin, pieces: readonly TextPiece[]): Value {
  const size = pieces.reduce(
    (sum, piece) =>
      sum + (typeof piece === 'string' ? piece.length : Math.max(...leaves(piece).map(({ value }) => sizeOf(value)))),
    0,
  );
  if (size <= MAX_TEXT) return concatenated(origin, pieces);
  return unknown(origin, 'budget', refsOf(pieces.filter((piece) => typeof piece !== 'string')));
}

function sizeOf(leaf: Leaf): number {
  switch (leaf.state) {
    case 'known':
      return leaf.raw.length;
    case 'template':
      return leaf.pieces.reduce((sum, piece) => sum + (typeof piece === 'string' ? piece.length : PLACEHOLDER_SIZE), 0);
    default:
      return PLACEHOLDER_SIZE;
  }
}

/**
 * A value as a part of a string. Terraform rejects null in a string, and any value that cannot be converted to a
 * string, unless it was encoded.
 */
export function inText(value: Value): Value {
  return mapLeaves(value, (leaf) => {
    if (leaf.state === 'absent' || (leaf.state === 'known' && leaf.value === null))
      return unknown(leaf.origin, 'syntax');
    const pieces = isEncoded(leaf) ? encodedPieces(leaf) : undefined;
    if (pieces) return boundedText(computedFrom(leaf.origin, [leaf]), pieces);
    return leaf.state === 'unknown' ? { single: true, ...leaf } : leaf;
  });
}

/** The unknown result of an operation on values. */
export function unknownOf(origin: Origin, why: Reason, parts: readonly Leaf[], refs = refsOf(parts)): Unknown {
  return unknown(origin, why, refs, parts.some(isByCaller) ? { byCaller: true } : undefined);
}

/** An unknown result. A value made from an error is an error too, which `try` distinguishes. */
export function unworkable(origin: Origin, parts: readonly Leaf[]): Unknown {
  return unknownOf(origin, parts.some(isError) ? 'syntax' : 'function', parts);
}

function isByCaller(leaf: Leaf | UnknownPiece): boolean {
  return leaf.state === 'template'
    ? leaf.pieces.some((piece) => typeof piece !== 'string' && isByCaller(piece))
    : (leaf.state === 'unknown' || leaf.state === 'object') && leaf.byCaller === true;
}

/** The resources that values are made from, without duplicates, within a fixed search limit. */
export function refsOf(values: readonly Value[]): readonly Address[] {
  const found = new Set<Address>();
  const queue: Value[] = [...values];
  for (let next = 0; next < queue.length && next < MAX_READS; next++) {
    const value = queue[next]!;
    if (value.state === 'reference') found.add(value.to);
    else if (value.state === 'unknown') for (const ref of value.refs) found.add(ref);
    else if (queue.length < MAX_READS) queue.push(...partsOf(value));
  }
  return [...found];
}

function partsOf(value: Value): readonly Value[] {
  switch (value.state) {
    case 'template':
      return value.pieces.filter((piece) => typeof piece !== 'string').slice(0, MAX_READS);
    case 'list':
      return value.items.slice(0, MAX_READS).map((item) => item.value);
    case 'object':
      return value.entries.slice(0, MAX_READS).map((entry) => entry.value);
    case 'choice':
      return value.branches.map((branch) => branch.value);
    default:
      return [];
  }
}
