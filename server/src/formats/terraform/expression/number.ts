/** Numeric evaluation. Terraform has a higher precision than JavaScript. */
import type { Origin, Value } from '../../../model/value.ts';
import { scalar } from './origin.ts';

/** How many digits a result is trusted in: with more, what is lost here could be seen. */
const DIGITS = 15;

/** A number that was evaluated; undefined if Terraform's could have other digits. */
export function computed(origin: Origin, number: number): Value | undefined {
  const trusted = rounded(number);
  if (!Number.isFinite(number) || Math.abs(number) > Number.MAX_SAFE_INTEGER) return undefined;
  return /^-?\d{1,16}(?:\.\d{1,10})?$/.test(String(trusted)) ? scalar(origin, trusted) : undefined;
}

/** A number without the digits that are lost when numbers are added or multiplied. */
function rounded(number: number): number {
  return Number.isInteger(number) ? number + 0 : Number(number.toPrecision(DIGITS));
}

/** One number by another; NaN when the result has no end that is near. */
export function divided(a: number, b: number): number {
  const result = rounded(a / b);
  return rounded(result * b) === a ? result : NaN;
}
