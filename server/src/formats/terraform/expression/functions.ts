/**
 * The functions that are worked out, by their names. https://developer.hashicorp.com/terraform/language/functions
 */
import { Guard, TRUE } from '../../../base/guard.ts';
import { choice, leaves, mapLeaves, unknown } from '../../../model/navigate.ts';
import type { Branch, Element, Leaf, Member, Origin, Value } from '../../../model/value.ts';
import type { Piece } from '../../text.ts';
import { boundedText, combined, inText, refsOf } from './combine.ts';
import { computedFrom, scalar, withOrigin, withStep } from './origin.ts';
import { asBoolean, asNumber, equalLeaves } from './truth.ts';
import { attributeOf } from './walk.ts';

/** Gives the value of a call, at the place that the origin describes; undefined when it cannot be worked out. */
export type TerraformFunction = (args: readonly Value[], origin: Origin) => Value | undefined;

/** The most items that a list or object may be put together from. What is longer is unknown. */
const MAX_ITEMS = 10_000;

export const FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  coalesce: (args, origin) => firstOf(args, origin, isPresent),
  concat: perLeaf(concat),
  contains: perLeaf(contains),
  format,
  join: perLeaf(join),
  jsonencode: ([value], origin) => value && jsonencode(value, origin),
  length: perLeaf(length),
  lookup: perLeaf(lookup),
  lower: perLeaf(textual((text) => text.toLowerCase())),
  merge: perLeaf(merge),
  nonsensitive: ([value]) => value,
  sensitive: ([value]) => value && withOrigin(value, (origin) => ({ ...origin, secret: true })),
  tobool: perLeaf(([leaf], origin) => leaf && (asBoolean(leaf) === undefined ? nullOnly(leaf) : scalar(origin, asBoolean(leaf)!))),
  tolist: perLeaf(([leaf]) => leaf?.state === 'list' ? leaf : undefined),
  tonumber: perLeaf(tonumber),
  toset: perLeaf(([leaf]) => leaf?.state === 'list' ? { ...leaf, items: withoutRepeats(leaf.items) } : undefined),
  tostring: perLeaf(tostring),
  try: (args, origin) => firstOf(args, origin, isValid),
  upper: perLeaf(textual((text) => text.toUpperCase())),
};

/** A function of what its arguments are in one scenario. */
type LeafFunction = (args: readonly Leaf[], origin: Origin) => Value | undefined;

function perLeaf(f: LeafFunction): TerraformFunction {
  return (args, origin) => combined(origin, args, (parts) => f(parts, computedFrom(origin, parts)) ?? unknown(origin, 'function', refsOf(parts)));
}

function textual(f: (text: string) => string): LeafFunction {
  return ([leaf], origin) => leaf?.state === 'known' && leaf.value !== null ? scalar(origin, f(leaf.raw)) : undefined;
}

function nullOnly(leaf: Leaf): Leaf | undefined {
  return leaf.state === 'known' && leaf.value === null ? leaf : undefined;
}

function tostring([leaf]: readonly Leaf[], origin: Origin): Value | undefined {
  if (leaf?.state === 'known' && leaf.value !== null) return scalar(origin, leaf.raw);
  return leaf?.state === 'known' || leaf?.state === 'text' || leaf?.state === 'reference' ? leaf : undefined;
}

function tonumber([leaf]: readonly Leaf[], origin: Origin): Value | undefined {
  const number = leaf && asNumber(leaf);
  if (number === undefined) return leaf && nullOnly(leaf);
  return leaf?.state === 'known' ? { ...scalar(origin, number), raw: leaf.raw } : undefined;
}

/** The value itself, marked as encoded, so that whoever reads JSON text takes it for the document. */
function jsonencode(value: Value, origin: Origin): Value {
  const step = { what: 'function', name: 'jsonencode' } as const;
  return mapLeaves(value, (leaf) => {
    switch (leaf.state) {
      case 'object': case 'list': case 'unknown': return withStep(leaf, step);
      case 'known': return scalar(computedFrom(origin, [leaf]), typeof leaf.value === 'string' ? JSON.stringify(leaf.value) : leaf.raw);
      default: return unknown(origin, 'function', refsOf([leaf]));
    }
  });
}

/** The first argument that is accepted in each scenario; unknown where that cannot be said. */
function firstOf(args: readonly Value[], origin: Origin, accepts: (leaf: Leaf) => boolean | undefined): Value {
  const branches: Branch[] = [];
  let pending: Guard = Guard.always;
  for (const arg of args) {
    let next: Guard = Guard.never;
    for (const { guard, value } of leaves(arg)) {
      const here = pending.and(guard);
      const accepted = accepts(value);
      if (accepted === false) next = next.or(here);
      else branches.push({ guard: here, value: accepted ? value : unknown(origin, 'function', refsOf(args)) });
    }
    pending = next;
  }
  return choice(origin, [...branches, { guard: pending, value: unknown(origin, 'syntax') }]);
}

/** Whether a value is neither null nor an empty text. */
function isPresent(leaf: Leaf): boolean | undefined {
  switch (leaf.state) {
    case 'known': return leaf.value !== null && leaf.value !== '';
    case 'text': return leaf.pieces.some((piece) => typeof piece === 'string') || undefined;
    case 'list': case 'object': return true;
    default: return undefined;
  }
}

/** Whether an expression could be worked out by Terraform: what leads nowhere is an error. */
function isValid(leaf: Leaf): boolean {
  return leaf.state !== 'absent' && !(leaf.state === 'unknown' && leaf.why === 'syntax');
}

/** Lists that are not known leave the whole open. */
function concat(args: readonly Leaf[], origin: Origin): Value | undefined {
  const lists = args.filter((leaf) => leaf.state === 'list');
  if (lists.length === 0 || lists.reduce((sum, list) => sum + list.items.length, 0) > MAX_ITEMS) return undefined;
  return { state: 'list', origin, items: lists.flatMap((list) => list.items), open: lists.length < args.length || lists.some((list) => list.open) };
}

/** Later objects count before earlier ones. What comes before an object that is not known may be anything. */
function merge(args: readonly Leaf[], origin: Origin): Value | undefined {
  let entries: readonly Member[] = [];
  let open = false;
  for (const leaf of args) {
    if (leaf.state === 'known' && leaf.value === null) continue;
    if (leaf.state === 'object') {
      const names = new Set(leaf.entries.filter((entry) => entry.when.yes.isAlways()).map((entry) => entry.key));
      entries = [...entries.filter((entry) => !names.has(entry.key)), ...leaf.entries];
    }
    if (leaf.state !== 'object' || leaf.open) {
      const kept = leaf.state === 'object' ? leaf.entries : [];
      entries = entries.map((entry) => kept.includes(entry) ? entry : { ...entry, value: unknown(entry.value.origin, 'function', refsOf([leaf])) });
      open = true;
    }
    if (entries.length > MAX_ITEMS) return undefined;
  }
  return args.some((leaf) => leaf.state === 'object') ? { state: 'object', origin, entries, open } : undefined;
}

function contains([list, wanted]: readonly Leaf[], origin: Origin): Value | undefined {
  if (list?.state !== 'list' || !wanted) return undefined;
  const answers = list.items.map(({ value, when }) => when.yes.isAlways() && value.state !== 'choice' ? equalLeaves(value, wanted) : undefined);
  if (answers.includes(true)) return scalar(origin, true);
  return list.open || answers.includes(undefined) ? undefined : scalar(origin, false);
}

function length([leaf]: readonly Leaf[], origin: Origin): Value | undefined {
  switch (leaf?.state) {
    case 'list': return leaf.open || !leaf.items.every(isCertain) ? undefined : scalar(origin, leaf.items.length);
    case 'object': return leaf.open || !leaf.entries.every(isCertain) ? undefined : scalar(origin, new Set(leaf.entries.map((entry) => entry.key)).size);
    // Terraform counts what readers see as one character, which is the same as the length for ASCII alone.
    case 'known': return typeof leaf.value === 'string' && /^[\x20-\x7E]*$/.test(leaf.value) ? scalar(origin, leaf.value.length) : undefined;
    default: return undefined;
  }
}

function isCertain({ when }: Element | Member): boolean {
  return when.yes.isAlways();
}

function lookup([map, key, fallback]: readonly Leaf[]): Value | undefined {
  if (map?.state !== 'object' || key?.state !== 'known') return undefined;
  if (map.entries.some((entry) => entry.key === key.raw)) return attributeOf(map, key.raw);
  return map.open ? undefined : fallback;
}

/** `%s`, `%d` and `%v`, without widths and the like. What is not known stays a hole in the text. */
function format([pattern, ...args]: readonly Value[], origin: Origin): Value | undefined {
  if (pattern?.state !== 'known' || typeof pattern.value !== 'string') return undefined;
  const pieces: Piece[] = [];
  let used = 0;
  for (const piece of pattern.raw.split(/(%.?)/s)) {
    if (!piece.startsWith('%')) pieces.push(piece);
    else if (piece === '%%') pieces.push('%');
    else if (/^%[sdv]$/.test(piece) && args[used]) pieces.push(inText(args[used++]!));
    else return undefined;
  }
  return used === args.length ? boundedText(computedFrom(origin, [pattern, ...args]), pieces) : undefined;
}

function join([separator, ...lists]: readonly Leaf[], origin: Origin): Value | undefined {
  if (separator?.state !== 'known') return undefined;
  const pieces: Piece[] = [];
  for (const list of lists) {
    if (list.state !== 'list' || list.open || !list.items.every(isCertain)) return undefined;
    for (const { value } of list.items) pieces.push(...pieces.length > 0 ? [separator.raw] : [], inText(value));
  }
  return boundedText(origin, pieces);
}

function withoutRepeats(items: readonly Element[]): readonly Element[] {
  const seen = new Set<string>();
  return items.filter(({ value, when }) => {
    if (value.state !== 'known' || when !== TRUE) return true;
    const id = `${typeof value.value} ${value.raw}`;
    return !seen.has(id) && seen.add(id);
  });
}
