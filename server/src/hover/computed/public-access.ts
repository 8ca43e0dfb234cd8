import { is, isAbsent, isPresent, judgement, NO } from '../../model/judgement.ts';
import { isFalse, isTrue } from '../../model/predicate.ts';
import { BLOCK, BLOCK_SETTINGS } from '../../reachability/public-access/bucket-block.ts';
import { publicAccessOf } from '../../reachability/public-access/public-access-of.ts';
import { publicText } from './public-text.ts';
import type { Here } from '../here.ts';

/** What makes a bucket or an access point public by default, else which of the four S3 Block Public Access settings are off. */
export function publicAccess(here: Here): string | undefined {
  return causes(here) ?? settings(here);
}

function causes({ stack, resource }: Here): string | undefined {
  const own = stack.account?.get('s3.accountBlock');
  const access = publicAccessOf(resource, { s3Block: own ? judgement(own) : NO });
  return publicText(access, { open: 'yes', possible: 'depends on' });
}

/** AWS does not document the default of a setting omitted from a block. */
function settings({ resource }: Here): string | undefined {
  const block = resource.get(BLOCK);
  if (isAbsent(block).yes.holdsByDefault())
    return `${resource.nativePath(BLOCK)} is not set: blocked for buckets created since April 2023`;
  if (!isPresent(block).yes.holdsByDefault()) return undefined;
  const each = BLOCK_SETTINGS.map((name) => ({
    name: resource.nativePath(`${BLOCK}.${name}`).split('.').at(-1)!,
    value: resource.get(`${BLOCK}.${name}`),
  }));
  const off = each.filter(({ value }) => is(value, isFalse).yes.holdsByDefault()).map(({ name }) => name);
  if (off.length > 0) return `not fully blocked: ${off.join(', ')} ${off.length > 1 ? 'are' : 'is'} off`;
  return each.every(({ value }) => is(value, isTrue).yes.holdsByDefault()) ? 'blocked by all four settings' : undefined;
}
