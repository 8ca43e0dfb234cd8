/** Numeric evaluation. Terraform has a higher precision than JavaScript. */
import type { Origin, Value } from '../../../model/value.ts';
import { scalar } from './origin.ts';

/** The number of digits up to which results are exact. With more, the loss of precision would be visible. */
const DIGITS = 15;

/** The result of a calculation; undefined if Terraform's result can have other digits. */
export function computed(origin: Origin, number: number): Value | undefined {
  const trusted = rounded(number);
  if (!Number.isFinite(number) || Math.abs(number) > Number.MAX_SAFE_INTEGER) return undefined;
  return /^-?\d{1,16}(?:\.\d{1,10})?$/.test(String(trusted)) ? scalar(origin, trusted) : undefined;
}

/** A number without the digits that are lost in additions and multiplications. */
function rounded(number: number): number {
  return Number.isInteger(number) ? number + 0 : Number(number.toPrecision(DIGITS));
}

/** The quotient of two numbers; NaN if its decimal expansion is too long. */
export function divided(a: number, b: number): number {
  const result = rounded(a / b);
  return rounded(result * b) === a ? result : NaN;
}
