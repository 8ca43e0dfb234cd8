/** Numeric functions. */
import type { Leaf, Origin, Value } from '../../../../model/value.ts';
import { itemsInOrder, listOf } from '../collections.ts';
import { asNumber, integerOf, terraformText } from '../conversions.ts';
import { computed } from '../number.ts';
import { scalar } from '../origin.ts';
import { perLeaf, type TerraformFunction } from './function.ts';

/** The maximum number of items of `range`. https://developer.hashicorp.com/terraform/language/functions/range */
const MAX_RANGE = 1024;

export const NUMBER_FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  abs: ofNumbers(Math.abs),
  ceil: ofNumbers(Math.ceil),
  floor: ofNumbers(Math.floor),
  max: ofNumbers(Math.max),
  min: ofNumbers(Math.min),
  parseint: perLeaf(parseint),
  pow: ofNumbers((base, exponent) =>
    Number.isInteger(base) && Number.isInteger(exponent) && exponent >= 0 ? base ** exponent : NaN,
  ),
  range: perLeaf(range),
  signum: ofNumbers(Math.sign),
  sum: perLeaf(sum),
};

function ofNumbers(f: (...numbers: readonly number[]) => number): TerraformFunction {
  return perLeaf((args, origin) => {
    const numbers = args.map(asNumber);
    return numbers.length === 0 || numbers.includes(undefined)
      ? undefined
      : computed(origin, f(...(numbers as readonly number[])));
  });
}

function sum([list]: readonly Leaf[], origin: Origin): Value | undefined {
  const numbers = itemsInOrder(list)?.map((item) => (item.state === 'choice' ? undefined : asNumber(item)));
  if (!numbers || numbers.length === 0 || numbers.includes(undefined)) return undefined;
  return computed(
    origin,
    (numbers as readonly number[]).reduce((total, number) => total + number),
  );
}

function parseint([text, base]: readonly Leaf[], origin: Origin): Value | undefined {
  const [written, radix] = [terraformText(text), integerOf(base)];
  if (written === undefined || radix === undefined || radix < 2 || radix > 36 || !/^-?[0-9a-z]{1,50}$/i.test(written))
    return undefined;
  const digits = '0123456789abcdefghijklmnopqrstuvwxyz'.slice(0, radix);
  return [...written.toLowerCase().replace('-', '')].every((digit) => digits.includes(digit))
    ? computed(origin, parseInt(written, radix))
    : undefined;
}

function range(args: readonly Leaf[], origin: Origin): Value | undefined {
  const numbers = args.map(asNumber);
  if (numbers.length === 0 || numbers.length > 3 || numbers.includes(undefined)) return undefined;
  const [start, limit] = numbers.length === 1 ? [0, numbers[0]!] : [numbers[0]!, numbers[1]!];
  const step = numbers[2] ?? (limit < start ? -1 : 1);
  if (!Number.isFinite(step) || step === 0) return undefined;
  const count = Math.max(0, Math.ceil((limit - start) / step));
  if (count > MAX_RANGE || ![start, step].every(Number.isInteger)) return undefined;
  return listOf(
    origin,
    Array.from({ length: count }, (_, index) => scalar(origin, start + index * step)),
  );
}
