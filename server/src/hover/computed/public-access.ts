import { is, isAbsent, isPresent } from '../../model/judgement.ts';
import { isFalse, isTrue } from '../../model/predicate.ts';
import type { Here } from '../here.ts';

const BLOCK = 'PublicAccessBlockConfiguration';
const SETTINGS = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];

/** Which of the four S3 Block Public Access settings are off. AWS does not document the default of a setting omitted from a block. */
export function publicAccess({ resource }: Here): string | undefined {
  const block = resource.get(BLOCK);
  if (isAbsent(block).yes.holdsByDefault())
    return `${resource.nativePath(BLOCK)} is not set: blocked for buckets created since April 2023`;
  if (!isPresent(block).yes.holdsByDefault()) return undefined;
  const settings = SETTINGS.map((name) => ({
    name: resource.nativePath(`${BLOCK}.${name}`).split('.').at(-1)!,
    value: resource.get(`${BLOCK}.${name}`),
  }));
  const off = settings.filter(({ value }) => is(value, isFalse).yes.holdsByDefault()).map(({ name }) => name);
  if (off.length > 0) return `not fully blocked: ${off.join(', ')} ${off.length > 1 ? 'are' : 'is'} off`;
  return settings.every(({ value }) => is(value, isTrue).yes.holdsByDefault())
    ? 'blocked by all four settings'
    : undefined;
}
