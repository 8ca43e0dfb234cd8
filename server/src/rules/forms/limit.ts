/** Numbers of rules that an option of the configuration sets. */
import { is, type Judgement } from '../../model/judgement.ts';
import { integer } from '../../model/predicate.ts';
import type { Value } from '../../model/value.ts';
import type { Context } from '../rule.ts';
import type { WrongValue, Scalar, Test } from './test.ts';
import type { FormFix, Words } from './words.ts';

/**
 * The data of a form whose forbidden numbers an option sets. `{limit}` in its problem and advice is replaced by the
 * number.
 */
export type Limited = Words & {
  readonly forbidden?: Test | undefined;
  readonly write?: Scalar;
  /** The option with the number that `forbidden` is below or above. */
  readonly limit?: string;
};

/** The data with a number in place of its own, which counts without one. */
export function withLimit<D extends Limited>(data: D, configured?: number): D {
  const bounds = boundsOf(data.forbidden);
  if (data.limit === undefined || !bounds) return data;
  const { kind, usual } = bounds;
  const limit = configured ?? usual;
  const withLimit = (text: string): string => text.replaceAll('{limit}', String(limit));
  return {
    ...data,
    forbidden: { [kind]: limit },
    problem: withLimit(data.problem),
    ...(data.advice === undefined ? {} : { advice: withLimit(data.advice) }),
    ...(data.write === usual ? { write: limit } : {}),
  };
}

function boundsOf(
  forbidden: Test | undefined,
): { readonly kind: 'below' | 'above'; readonly usual: number } | undefined {
  if (typeof forbidden !== 'object') return undefined;
  if ('below' in forbidden) return { kind: 'below', usual: forbidden.below };
  return 'above' in forbidden ? { kind: 'above', usual: forbidden.above } : undefined;
}

/** A number below which a value is wrong if an option sets it; without the option, nothing is. */
export interface Minimum {
  readonly option: string;
  /** Completes the name of the resource, with `{limit}` for the number. */
  readonly problem: string;
  /** The values that AWS accepts, in ascending order. A fix writes the first one that is large enough. */
  readonly values: readonly number[];
  /** The cost of a fix that writes a value in place of a smaller one. */
  readonly cost: string;
  /** The cost of the other fixes of the rule, if the minimum is larger than the value that they write without it. */
  readonly costOf: (value: number) => string;
}

/** The minimum that the configuration sets for a rule. */
export function minimumOf(
  { id, minimum }: { readonly id: string; readonly minimum?: Minimum },
  context: Context,
): number | undefined {
  return minimum && context.number(id, minimum.option);
}

/** The data with a value that is at least the minimum in place of the one that it writes. */
export function atLeast<D extends WrongValue & { readonly fix?: FormFix }>(
  data: D,
  minimum: Minimum,
  limit: number,
): D {
  const { write } = data as { readonly write?: Scalar };
  const value = allowedFrom(minimum, limit);
  if (typeof write !== 'number' || value === undefined || value <= write) return data;
  const { fix } = data;
  return { ...data, write: value, ...(fix && fix !== 'none' ? { fix: { ...fix, cost: minimum.costOf(value) } } : {}) };
}

/** The smallest value that AWS accepts and that is large enough. */
export function allowedFrom({ values }: Minimum, limit: number): number | undefined {
  return values.find((value) => value >= limit);
}

/** Whether a value is too small. */
export function isTooSmall(value: Value, limit: number): Judgement {
  return is(
    value,
    integer((number) => number < limit),
  );
}
