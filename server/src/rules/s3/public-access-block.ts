/** The effect of Block Public Access on a public ACL or policy. */
import { all, any, is, not, type Judgement } from '../../model/judgement.ts';
import { isFalse, isTrue } from '../../model/predicate.ts';
import type { Value } from '../../model/value.ts';
import type { Context, Violation, ResourceOf } from '../rule.ts';

const BLOCK = 'PublicAccessBlockConfiguration';

/** Each setting, and the public grants that it blocks. */
const SETTINGS = {
  BlockPublicAcls: 'acl',
  IgnorePublicAcls: 'acl',
  BlockPublicPolicy: 'policy',
  RestrictPublicBuckets: 'policy',
} as const;

/** The canned ACLs that grant access to anyone, or to any AWS account, the broadest first. */
export const PUBLIC_ACL_NAMES = ['PublicReadWrite', 'PublicRead', 'AuthenticatedRead'] as const;

type Setting = keyof typeof SETTINGS;

/** The paths that are read of a bucket. */
export const BLOCK_PATHS = [
  BLOCK,
  `${BLOCK}.BlockPublicAcls`,
  `${BLOCK}.IgnorePublicAcls`,
  `${BLOCK}.BlockPublicPolicy`,
  `${BLOCK}.RestrictPublicBuckets`,
] as const;

export type Bucket = Pick<ResourceOf<'AWS::S3::Bucket'>, 'get'>;

/** Whether Block Public Access of a bucket and its account blocks public ACLs or policies. */
export interface Blocking {
  /** Both settings are off, and the account is not known to have its own block on. */
  readonly allows: Judgement;
  /** A setting of the bucket, or the block of the account, is on. */
  readonly blocks: Judgement;
}

/**
 * Compares the settings with the defaults. S3 turns all settings on for a new bucket, so only an explicit false is off. CloudFormation does not document the effect of
 * a setting that is missing in a block; in Terraform it is off, and its values have that as their default.
 */
export function blockingOf(bucket: Bucket, way: 'acl' | 'policy', { assume }: Context): Blocking {
  const account = assume('s3.accountBlock', false);
  const values = settings(way).map((setting) => bucket.get(`${BLOCK}.${setting}`));
  return {
    allows: all(not(account), ...values.map((value) => is(value, isFalse))),
    blocks: any(account, ...values.map((value) => is(value, isTrue))),
  };
}

/** The settings that are off, as violations of one cause together with the ACL or policy that they allow. */
export function offSettings(bucket: Bucket, open: Judgement): readonly Violation[] {
  return Object.keys(SETTINGS).map((setting) => {
    const at: Value = bucket.get(`${BLOCK}.${setting as Setting}`);
    return { wrong: all(open, is(at, isFalse)), at };
  });
}

function settings(way: 'acl' | 'policy'): readonly Setting[] {
  return (Object.keys(SETTINGS) as Setting[]).filter((setting) => SETTINGS[setting] === way);
}
