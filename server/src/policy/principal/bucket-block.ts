/**
 * The effect of Block Public Access on a public ACL or policy. S3 applies the most restrictive combination of the
 * settings of the access point, the bucket and the account.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-bpa-settings.html
 */
import { all, any, is, not, type Judgement } from '../../model/judgement.ts';
import { isFalse, isTrue } from '../../model/predicate.ts';
import type { Resource } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';

/** The property of buckets and access points that has the settings. */
export const BLOCK = 'PublicAccessBlockConfiguration';

/** How a bucket is made public. */
export type BucketExposure = 'acl' | 'policy';

/** Each setting, and the public grants that it blocks. */
const SETTINGS = {
  BlockPublicAcls: 'acl',
  IgnorePublicAcls: 'acl',
  BlockPublicPolicy: 'policy',
  RestrictPublicBuckets: 'policy',
} as const satisfies Readonly<Record<string, BucketExposure>>;

/** The four settings. */
export const BLOCK_SETTINGS = Object.keys(SETTINGS) as readonly (keyof typeof SETTINGS)[];

/** The paths that are read of a bucket. */
export const BLOCK_PATHS = [
  BLOCK,
  `${BLOCK}.BlockPublicAcls`,
  `${BLOCK}.IgnorePublicAcls`,
  `${BLOCK}.BlockPublicPolicy`,
  `${BLOCK}.RestrictPublicBuckets`,
] as const;

/** A bucket or an access point, as far as its settings are concerned. */
export type Blocked = Pick<Resource<string, (typeof BLOCK_PATHS)[number]>, 'get'>;

/** Whether Block Public Access of a bucket and its account blocks public ACLs or policies. */
export interface Blocking {
  /** Both settings are off, and the account is not known to have its own block on. */
  readonly allows: Judgement;
  /** A setting of the bucket, or the block of the account, is on. */
  readonly blocks: Judgement;
}

/**
 * Compares the settings with the defaults. S3 turns all settings on for a new bucket, so only an explicit false is off.
 * CloudFormation does not document the effect of a setting that is missing in a block; in Terraform it is off, and its
 * values have that as their default.
 * @param account Whether Block Public Access is on for the account.
 */
export function blockingOf(bucket: Blocked, way: BucketExposure, account: Judgement): Blocking {
  const values = blockSettings(bucket, way);
  return {
    allows: all(not(account), ...values.map((value) => is(value, isFalse))),
    blocks: any(account, ...values.map((value) => is(value, isTrue))),
  };
}

/** The values of the settings against ACLs or policies. */
export function blockSettings(bucket: Blocked, way: BucketExposure): readonly Value[] {
  return BLOCK_SETTINGS.filter((setting) => SETTINGS[setting] === way).map((setting) =>
    bucket.get(`${BLOCK}.${setting}`),
  );
}
