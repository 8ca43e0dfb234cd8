/** Conversions between types. https://developer.hashicorp.com/terraform/language/expressions/type-constraints#conversion-of-primitive-types */
import { mapLeaves } from '../../../../model/navigate.ts';
import type { Leaf, Origin, Value } from '../../../../model/value.ts';
import { ordered, orderOf } from '../order.ts';
import { asSecret, scalar } from '../origin.ts';
import { asBoolean, asNumber } from '../truth.ts';
import { isEncoded, ofLeaves, perLeaf, sequenceOr, textOf, type TerraformFunction } from './function.ts';
import { setOf } from './set.ts';

export const CONVERTING_FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  nonsensitive: ([value]) => value,
  sensitive: ([value]) => value && asSecret(value),
  tobool: perLeaf(
    ([leaf], origin) => leaf && (asBoolean(leaf) === undefined ? nullOnly(leaf) : scalar(origin, asBoolean(leaf)!)),
  ),
  tolist: perLeaf(([leaf]) =>
    leaf?.state === 'list'
      ? ordered({ ...leaf, items: ofOneType(leaf.items) }, sequenceOr(orderOf(leaf)))
      : leaf && nullOnly(leaf),
  ),
  tomap: perLeaf(([leaf]) =>
    leaf?.state === 'object' ? { ...leaf, entries: ofOneType(leaf.entries) } : leaf && nullOnly(leaf),
  ),
  tonumber: perLeaf(tonumber),
  toset: perLeaf(([leaf]) =>
    leaf?.state === 'list' ? setOf(leaf.origin, ofOneType(leaf.items), leaf.open) : leaf && nullOnly(leaf),
  ),
  tostring: ofLeaves(tostring),
};

function nullOnly(leaf: Leaf): Leaf | undefined {
  return leaf.state === 'known' && leaf.value === null ? leaf : undefined;
}

function tostring([leaf]: readonly Leaf[], origin: Origin): Value | undefined {
  const text = textOf(leaf);
  if (text !== undefined)
    return leaf!.state === 'known' && typeof leaf!.value === 'string' ? leaf : scalar(origin, text);
  return leaf && (leaf.state === 'text' || leaf.state === 'reference' || isEncoded(leaf))
    ? leaf
    : leaf && nullOnly(leaf);
}

function tonumber([leaf]: readonly Leaf[], origin: Origin): Value | undefined {
  const number = leaf && asNumber(leaf);
  if (number === undefined) return leaf && nullOnly(leaf);
  return leaf?.state === 'known' ? { ...scalar(origin, number), raw: leaf.raw } : undefined;
}

/** Things whose values are of one type, as in a list or map: among texts, numbers and booleans are texts. */
function ofOneType<T extends { readonly value: Value }>(things: readonly T[]): readonly T[] {
  const kinds = new Set(
    things.flatMap(({ value }) =>
      value.state === 'known' && value.value !== null
        ? [typeof value.value]
        : value.state === 'text'
          ? ['string' as const]
          : [],
    ),
  );
  if (kinds.size < 2 || !kinds.has('string')) return things;
  return things.map((thing) => ({
    ...thing,
    value: mapLeaves(thing.value, (leaf) => {
      const text = textOf(leaf);
      return text === undefined || (leaf.state === 'known' && typeof leaf.value === 'string')
        ? leaf
        : scalar({ ...leaf.origin, edit: 'none' }, text);
    }),
  }));
}
