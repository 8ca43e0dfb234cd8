/** The interface of functions. */
import { flatMap } from '../../../../base/flat-map.ts';
import { Guard, type Truth } from '../../../../base/guard.ts';
import { choice, leaves } from '../../../../model/navigate.ts';
import type { Leaf, Origin, Value } from '../../../../model/value.ts';
import { overCombinations, unworkable } from '../combine.ts';
import { isEncoded } from '../conversions.ts';
import { asSecret, computedFrom, scalar } from '../origin.ts';

/** Returns the value of a call at the place that the origin describes; undefined if it cannot be evaluated. */
export type TerraformFunction = (args: readonly Value[], origin: Origin) => Value | undefined;

/** A function of its argument values in one scenario. */
export type LeafFunction = (args: readonly Leaf[], origin: Origin) => Value | undefined;

/** The maximum number of items of a list or object that a function creates. Longer ones are unknown. */
export const MAX_ITEMS = 10_000;

/**
 * A function that is evaluated for every scenario. It cannot read an encoded JSON string, which is represented by the
 * value that it encodes.
 */
export function perLeaf(f: LeafFunction): TerraformFunction {
  return ofLeaves((leaves, origin) => (leaves.some(isEncoded) ? undefined : f(leaves, origin)));
}

/** A function that is evaluated for every scenario and accepts encoded values. */
export function ofLeaves(f: LeafFunction): TerraformFunction {
  return (args, origin) =>
    overCombinations(origin, args, (parts) => {
      const made = computedFrom(origin, parts);
      const value = f(parts, made) ?? unworkable(made, parts);
      return made.secret ? asSecret(value, made.secretByName) : value;
    });
}

/** A function that fails in the scenarios in which an argument is null. */
export function withoutNulls(f: TerraformFunction): TerraformFunction {
  return (args, origin) => {
    const value = f(args, origin);
    const nulls = flatMap(args, leaves).reduce(
      (sum, { guard, value: leaf }) => (isNull(leaf) ? sum.or(guard) : sum),
      Guard.never,
    );
    if (!value || !nulls.satisfiable()) return value;
    return choice(
      origin,
      leaves(value).map(({ guard, value: leaf }) =>
        leaf.state === 'unknown' && leaf.why === 'function' && guard.coveredBy(nulls)
          ? { guard, value: { ...leaf, why: 'syntax' } }
          : { guard, value: leaf },
      ),
    );
  };
}

function isNull(leaf: Leaf): boolean {
  return leaf.state === 'known' && leaf.value === null;
}

/** A truth as a value, known in the scenarios in which the truth is. */
export function truthValue({ yes, no }: Truth, origin: Origin): Value | undefined {
  if (!yes.satisfiable() && !no.satisfiable()) return undefined;
  return choice(origin, [
    { guard: yes, value: scalar(origin, true) },
    { guard: no, value: scalar(origin, false) },
  ]);
}
