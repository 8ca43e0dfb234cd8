import { flatMap } from '../../base/flat-map.ts';
import { accountSetting } from '../../model/account-setting.ts';
import { isTerraform } from '../../model/format.ts';
import { leaves } from '../../model/navigate.ts';
import type { Resource } from '../../model/resource.ts';
import { is, isAbsent, isPresent } from '../../model/judgement.ts';
import { isFalse, isTrue } from '../../model/predicate.ts';
import { BLOCK, BLOCK_SETTINGS } from '../../policy/principal/bucket-block.ts';
import { publicAccessOf } from '../../reachability/public-access/public-access-of.ts';
import { publicFinding, statusOf } from './exposure.ts';
import { publicText } from './public-text.ts';
import type { CardContext, Piece } from '../card-context.ts';
import type { ComputedLine } from '../ownership.ts';
import { findingAt, ruleSuffix } from '../property-pieces.ts';

/**
 * What makes a bucket or an access point public by default, else which of the four S3 Block Public Access settings are
 * off.
 */
export function publicAccess(here: CardContext, { cite }: Pick<ComputedLine, 'cite'>): readonly Piece[] {
  const piece = causes(here) ?? settings(here);
  return piece ? [{ ...piece, cite: here.cited(cite) }] : [];
}

/** What makes it public, with the rule that reports that. */
function causes({ stack, resource, findings }: CardContext): Piece | undefined {
  const access = publicAccessOf(resource, stack);
  const text = publicText(access, { open: 'yes', possible: 'depends on' });
  if (text === undefined) return undefined;
  const found = publicFinding({ findings }, access);
  return { text: found ? `${text}${ruleSuffix(found)}` : text, cite: [], status: statusOf(found) };
}

/** AWS does not document the default of a setting omitted from a block. */
function settings(here: CardContext): Piece | undefined {
  const { resource, stack } = here;
  // S3 applies the most restrictive combination of the settings of the account and the bucket.
  if (accountSetting(stack, 's3.accountBlock', false).yes.holdsByDefault())
    return { text: 'blocked by the settings of the account', cite: [], status: 'neutral' };
  const block = resource.get(BLOCK);
  if (isAbsent(block).yes.holdsByDefault())
    return reported(here, `blocked for buckets created since April 2023 (${blockName(resource)})`, [BLOCK]);
  if (!isPresent(block).yes.holdsByDefault()) return undefined;
  const each = BLOCK_SETTINGS.map((name) => {
    const path = `${BLOCK}.${name}`;
    return { name: resource.nativePath(path).split('.').at(-1)!, path, value: resource.get(path) };
  });
  const off = each.filter(({ value }) => is(value, isFalse).yes.holdsByDefault());
  const names = off.map(({ name }) => name);
  if (off.length > 0)
    return reported(
      here,
      `not fully blocked (${names.join(', ')} ${off.length > 1 ? 'are' : 'is'} off)`,
      off.map(({ path }) => path),
    );
  return each.every(({ value }) => is(value, isTrue).yes.holdsByDefault())
    ? { text: 'blocked by all four settings', cite: [], status: 'neutral' }
    : undefined;
}

/** That the settings are not there; a resource of their own states them for a bucket in Terraform. */
function blockName(resource: Resource): string {
  const isSeparate = resource.type === 'AWS::S3::Bucket' && isTerraform(resource.format);
  return isSeparate ? 'no aws_s3_bucket_public_access_block here' : `${resource.nativePath(BLOCK)} is not set`;
}

/** A text with the rule that reports one of some values by default. */
function reported(here: CardContext, text: string, paths: readonly string[]): Piece {
  const found = flatMap(paths, (path) => {
    const value = here.resource.get(path);
    return leaves(value)
      .filter(({ guard }) => guard.holdsByDefault())
      .map(({ guard, value: leaf }) => findingAt(here, here.resource, path, leaf, value, guard.describe()));
  }).find((one) => one !== undefined);
  if (!found) return { text, cite: [], status: 'neutral' };
  return { text: `${text}${ruleSuffix(found)}`, cite: [], status: found.suppressed ? 'neutral' : 'wrong' };
}
