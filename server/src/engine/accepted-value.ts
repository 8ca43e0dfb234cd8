import { fingerprintOf } from '../base/hash.ts';
import { shown } from '../model/shown.ts';
import type { Draft } from './report.ts';

/** The texts that accept the value of a finding: the value itself, if it is no secret, and its hash. */
export function acceptedValues({ place: { leaf } }: Draft): readonly string[] {
  const text = shown(leaf);
  return [text, `hash:${fingerprintOf(text)}`];
}
