import { statedText, SECRET_HASH, valueHashOf } from '../model/value-text.ts';
import type { Draft } from './report.ts';

/**
 * The texts that accept the value of a finding: the value itself, if it is short and not a secret, and its hash, with
 * and without compared literals.
 */
export function acceptedValues({ secret, place: { leaf, general } }: Draft): readonly string[] {
  if (secret) return [`hash:${SECRET_HASH}`];
  const text = statedText(leaf);
  return [
    ...(text === undefined ? [] : [text]),
    ...[leaf, ...(general ? [general] : [])].map((one) => `hash:${valueHashOf(one)}`),
  ];
}
