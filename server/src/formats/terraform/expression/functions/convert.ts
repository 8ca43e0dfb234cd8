/**
 * Type conversions.
 * https://developer.hashicorp.com/terraform/language/expressions/type-constraints#conversion-of-primitive-types
 */
import { flatMap } from '../../../../base/flat-map.ts';
import { mapLeaves, unknown } from '../../../../model/navigate.ts';
import type { Leaf, Origin, Value } from '../../../../model/value.ts';
import { sequenceOr } from '../collections.ts';
import { terraformBoolean, asNumber, isEncoded, terraformText } from '../conversions.ts';
import { ordered, orderOf } from '../order.ts';
import { asSecret, scalar } from '../origin.ts';
import { ofLeaves, perLeaf, type TerraformFunction } from './function.ts';
import { setOf } from './set.ts';

export const CONVERTING_FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  nonsensitive: ([value]) => value,
  sensitive: ([value]) => value && asSecret(value),
  tobool: perLeaf(([leaf], origin) => {
    const truth = leaf && terraformBoolean(leaf);
    return truth === undefined ? unconverted(leaf, origin, SCALAR) : scalar(origin, truth);
  }),
  tolist: perLeaf(([leaf], origin) =>
    leaf?.state === 'list'
      ? ordered({ ...leaf, items: ofOneType(leaf.items) }, sequenceOr(orderOf(leaf)))
      : unconverted(leaf, origin, LIST),
  ),
  tomap: perLeaf(([leaf], origin) =>
    leaf?.state === 'object' ? { ...leaf, entries: ofOneType(leaf.entries) } : unconverted(leaf, origin, OBJECT),
  ),
  tonumber: perLeaf(tonumber),
  toset: perLeaf(([leaf], origin) =>
    leaf?.state === 'list' ? setOf(leaf.origin, ofOneType(leaf.items), leaf.open) : unconverted(leaf, origin, LIST),
  ),
  tostring: ofLeaves(tostring),
};

/** The possible states of a value of each type. Terraform rejects the conversion of a value in any other state. */
const SCALAR: ReadonlySet<Leaf['state']> = new Set(['template', 'reference', 'unknown', 'absent']);
const LIST: ReadonlySet<Leaf['state']> = new Set(['list', 'reference', 'unknown', 'absent']);
const OBJECT: ReadonlySet<Leaf['state']> = new Set(['object', 'reference', 'unknown', 'absent']);

/** Values that are not converted: null and unknown values are kept, and other values are an error. */
function unconverted(leaf: Leaf | undefined, origin: Origin, possible: ReadonlySet<Leaf['state']>): Value | undefined {
  if (!leaf || possible.has(leaf.state)) return undefined;
  return leaf.state === 'known' && leaf.value === null ? leaf : unknown(origin, 'syntax');
}

function tostring([leaf]: readonly Leaf[], origin: Origin): Value | undefined {
  const text = terraformText(leaf);
  if (text !== undefined)
    return leaf!.state === 'known' && typeof leaf!.value === 'string' ? leaf : scalar(origin, text);
  return leaf && (leaf.state === 'template' || leaf.state === 'reference' || isEncoded(leaf))
    ? leaf
    : unconverted(leaf, origin, SCALAR);
}

function tonumber([leaf]: readonly Leaf[], origin: Origin): Value | undefined {
  const number = leaf && asNumber(leaf);
  // Strings with digits can be numbers in another notation.
  if (number === undefined)
    return leaf?.state === 'known' && /\d|inf/i.test(leaf.raw) ? undefined : unconverted(leaf, origin, SCALAR);
  return leaf?.state === 'known' ? { ...scalar(origin, number), raw: leaf.raw } : undefined;
}

/** Converts values to a common type, as in a list or map: numbers and booleans next to strings become strings. */
function ofOneType<T extends { readonly value: Value }>(things: readonly T[]): readonly T[] {
  const kinds = new Set(
    flatMap(things, ({ value }) =>
      value.state === 'known' && value.value !== null
        ? [typeof value.value]
        : value.state === 'template'
          ? ['string' as const]
          : [],
    ),
  );
  if (kinds.size < 2 || !kinds.has('string')) return things;
  return things.map((thing) => ({
    ...thing,
    value: mapLeaves(thing.value, (leaf) => {
      const text = terraformText(leaf);
      return text === undefined || (leaf.state === 'known' && typeof leaf.value === 'string')
        ? leaf
        : scalar({ ...leaf.origin, edit: 'none' }, text);
    }),
  }));
}
