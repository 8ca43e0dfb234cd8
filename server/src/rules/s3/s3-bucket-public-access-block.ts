import type { Fix } from '../../model/edit.ts';
import { all, any, is, isAbsent, isPresent, not, UNKNOWABLE } from '../../model/judgement.ts';
import { isFalse } from '../../model/predicate.ts';
import { NOT_SET } from '../../model/shown.ts';
import { defineRule } from '../rule.ts';
import { COST_PATHS, publicAccessCost } from './public-access-cost.ts';

const BLOCK = 'PublicAccessBlockConfiguration';

const GUARD = [
  'S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED',
  'S3_BUCKET_PUBLIC_READ_PROHIBITED',
  'S3_BUCKET_PUBLIC_WRITE_PROHIBITED',
];

/** The four settings in the order of the S3 documentation, with the checks of other tools for each. */
const FLAGS = [
  {
    path: `${BLOCK}.BlockPublicAcls`,
    aliases: { checkov: ['CKV_AWS_53', 'CKV2_AWS_6'], trivy: ['AWS-0086'], guard: GUARD },
  },
  {
    path: `${BLOCK}.BlockPublicPolicy`,
    aliases: { checkov: ['CKV_AWS_54', 'CKV2_AWS_6'], trivy: ['AWS-0087'], guard: GUARD },
  },
  {
    path: `${BLOCK}.IgnorePublicAcls`,
    aliases: { checkov: ['CKV_AWS_55', 'CKV2_AWS_6'], trivy: ['AWS-0091'], guard: GUARD },
  },
  {
    path: `${BLOCK}.RestrictPublicBuckets`,
    aliases: { checkov: ['CKV_AWS_56', 'CKV2_AWS_6'], trivy: ['AWS-0093'], guard: GUARD },
  },
] as const;

export default defineRule({
  id: 's3-bucket-public-access-block',
  on: 'resource',
  reads: { 'AWS::S3::Bucket': [BLOCK, ...FLAGS.map((flag) => flag.path), ...COST_PATHS] },
  topic: 'data-exposure',
  severity: 'high',
  judged: '2026-11-24',
  title: 'S3 buckets should have all Block Public Access settings enabled',
  keywords: ['open to the world'],
  why: 'S3 enables all four settings for every new bucket. If one is disabled, a public ACL or policy that is added later or by mistake exposes the bucket to the internet.',
  remedy:
    'Set all four settings to true, or omit the configuration for a new bucket. Serve public content through CloudFront with origin access control instead.',
  sources: {
    'https://docs.aws.amazon.com/AmazonS3/latest/API/API_PublicAccessBlockConfiguration.html':
      'The effect of each of the four settings.',
    'https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html':
      'S3 applies the most restrictive combination of the settings of bucket and account.',
    'https://aws.amazon.com/blogs/aws/heads-up-amazon-s3-security-changes-are-coming-in-april-of-2023/':
      'New buckets have all four settings on, including those that CloudFormation creates.',
    aws_s3_bucket_public_access_block: 'Each setting that is omitted is false.',
  },
  aliases: {
    checkov: ['CKV2_AWS_6', 'CKV_AWS_53', 'CKV_AWS_54', 'CKV_AWS_55', 'CKV_AWS_56'],
    trivy: ['AWS-0086', 'AWS-0087', 'AWS-0091', 'AWS-0093', 'AWS-0094'],
    guard: GUARD,
  },
  controls: { securityHub: ['S3.8'], cis: ['v3.0.0 2.1.4'] },
  fix: 'safe',
  *check(bucket, context) {
    const block = bucket.get(BLOCK);
    const account = context.assume('s3.accountBlock', false);
    const flags = FLAGS.map((flag) => ({ value: bucket.get(flag.path), ...flag }));
    const allOn = (isDefault: boolean): Fix => {
      const cost = publicAccessCost(bucket, context);
      return {
        title: `Turn on all Block Public Access settings${cost === undefined ? '' : ` (${cost})`}`,
        safe: isDefault && cost === undefined,
        edits: flags.map((flag) => ({ op: 'set', resource: bucket, path: flag.path, value: true })),
      };
    };
    yield {
      violations: [{ wrong: all(isAbsent(block), not(account)), at: block }],
      severity: 'low',
      profile: 'strict',
      message: `${bucket.displayName} does not configure Block Public Access. Enable all four settings; only buckets created since April 2023 have them by default.`,
      // New buckets have these settings anyway, unless the documents make them public.
      fixes: () => [allOn(true)],
    };
    for (const { counts, softened } of [
      { counts: not(account), softened: false },
      { counts: account, softened: true },
    ]) {
      yield {
        violations: flags.map((flag) => ({
          // CloudFormation does not document the effect of a setting that is missing in a block.
          wrong: all(counts, isPresent(block), any(is(flag.value, isFalse), all(isAbsent(flag.value), UNKNOWABLE))),
          at: flag.value,
          aliases: flag.aliases,
        })),
        ...(softened ? ({ severity: 'low', profile: 'strict' } as const) : {}),
        message: (shown, _leaf, { at }) => {
          const name = bucket
            .nativePath(flags.find((flag) => flag.value === at)!.path)
            .split('.')
            .at(-1)!;
          const state = shown === NOT_SET ? `does not set ${name}` : `does not enable ${name}`;
          return softened
            ? `${bucket.displayName} ${state}. Only the account-level setting protects it; enable all four settings.`
            : `${bucket.displayName} ${state}. A public ACL or policy could make it public; enable all four settings.`;
        },
        // The author turned the settings off, perhaps for intended public access.
        fixes: () => [allOn(false)],
      };
    }
  },
});
