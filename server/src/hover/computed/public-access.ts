import { is, isAbsent, isPresent } from '../../model/judgement.ts';
import { isFalse, isTrue } from '../../model/predicate.ts';
import type { Here } from '../here.ts';

const BLOCK = 'PublicAccessBlockConfiguration';
const SETTINGS = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];

/** Which of the four settings that keep a bucket from being public are off. What a setting means that is left out of a block is not documented. */
export function publicAccess({ resource }: Here): string | undefined {
  const block = resource.get(BLOCK);
  if (isAbsent(block).yes.holdsByDefault())
    return `${resource.nativePath(BLOCK)} not set: blocked in a bucket made since April 2023`;
  if (!isPresent(block).yes.holdsByDefault()) return undefined;
  const settings = SETTINGS.map((name) => ({
    name: resource.nativePath(`${BLOCK}.${name}`).split('.').at(-1)!,
    value: resource.get(`${BLOCK}.${name}`),
  }));
  const off = settings.filter(({ value }) => is(value, isFalse).yes.holdsByDefault()).map(({ name }) => name);
  if (off.length > 0) return `not blocked by ${off.join(', ')}, which ${off.length > 1 ? 'are' : 'is'} off`;
  return settings.every(({ value }) => is(value, isTrue).yes.holdsByDefault())
    ? 'blocked by all four settings'
    : undefined;
}
