/** What a bucket's settings let become of a public ACL or policy. */
import { all, any, is, not, type Judgement } from '../../model/judgement.ts';
import { isFalse, isTrue } from '../../model/predicate.ts';
import type { Value } from '../../model/value.ts';
import type { Context, Violation, ResourceOf } from '../rule.ts';

const BLOCK = 'PublicAccessBlockConfiguration';

/** Each setting, and what it stops. */
const SETTINGS = {
  BlockPublicAcls: 'acl',
  IgnorePublicAcls: 'acl',
  BlockPublicPolicy: 'policy',
  RestrictPublicBuckets: 'policy',
} as const;

/** The canned ACLs that grant something to anyone, or to anyone with an AWS account, the widest first. */
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

/** What the block of a bucket and that of its account do with one way to open it. */
export interface Blocking {
  /** Where both settings are off and the account is not said to have its own block on. */
  readonly lets: Judgement;
  /** Where a setting that is written, or the block of the account, stops it. */
  readonly stops: Judgement;
}

/**
 * S3 turns all settings on for a new bucket, so only one that is written off is off. What it means to leave one out of a block that is
 * given is not documented for CloudFormation; Terraform takes it for off, and its values carry that as their default.
 */
export function blockingOf(bucket: Bucket, way: 'acl' | 'policy', { assume }: Context): Blocking {
  const account = assume('s3.accountBlock', false);
  const values = settings(way).map((setting) => bucket.get(`${BLOCK}.${setting}`));
  return {
    lets: all(not(account), ...values.map((value) => is(value, isFalse))),
    stops: any(account, ...values.map((value) => is(value, isTrue))),
  };
}

/** The settings that are off, as parts of one cause: what is open through an ACL or a policy is open through them. */
export function offSettings(bucket: Bucket, open: Judgement): readonly Violation[] {
  return Object.keys(SETTINGS).map((setting) => {
    const at: Value = bucket.get(`${BLOCK}.${setting as Setting}`);
    return { wrong: all(open, is(at, isFalse)), at };
  });
}

function settings(way: 'acl' | 'policy'): readonly Setting[] {
  return (Object.keys(SETTINGS) as Setting[]).filter((setting) => SETTINGS[setting] === way);
}
