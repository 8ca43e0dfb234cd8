import type { Fix } from '../../model/edit.ts';
import { all, any, is, isAbsent, isPresent, not, UNKNOWABLE } from '../../model/judgement.ts';
import { isFalse } from '../../model/predicate.ts';
import { NOT_SET } from '../../model/shown.ts';
import { defineRule } from '../rule.ts';
import { COST_PATHS, publicAccessCost } from './public-access-cost.ts';

const BLOCK = 'PublicAccessBlockConfiguration';

const GUARD = ['S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED'];

/** The four flags in the order in which S3 documents them, with the checks of other tools that look at each. */
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
  profile: 'recommended',
  since: '0.1',
  judged: '2026-11-24',
  title: 'S3 bucket keeps all four settings of its public access block on',
  why: 'S3 turns all four settings on for every new bucket; each one that is turned off lets a public ACL or policy, written later or by mistake, open the bucket to the world.',
  remedy:
    'Set all four settings to true, or leave the block out of a new bucket. Serve public content through CloudFront with origin access control instead.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_PublicAccessBlockConfiguration.html',
      claim: 'What each of the four settings does.',
      seen: '2026-11-24',
    },
    {
      url: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html',
      claim: 'S3 applies the most restrictive combination of the settings of bucket and account.',
      seen: '2026-11-24',
    },
    {
      url: 'https://aws.amazon.com/blogs/aws/heads-up-amazon-s3-security-changes-are-coming-in-april-of-2023/',
      claim: 'New buckets have all four settings on, also those made by CloudFormation.',
      seen: '2026-11-24',
    },
    {
      url: 'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket_public_access_block',
      claim: 'Each setting that is left out of the resource is false.',
      seen: '2026-11-24',
    },
    {
      url: 'https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html',
      claim: 'S3.8: buckets should block public access; it fails when one of the four is false.',
      seen: '2026-11-24',
    },
  ],
  aliases: {
    checkov: ['CKV2_AWS_6', 'CKV_AWS_53', 'CKV_AWS_54', 'CKV_AWS_55', 'CKV_AWS_56'],
    trivy: ['AWS-0086', 'AWS-0087', 'AWS-0091', 'AWS-0093', 'AWS-0094'],
    guard: GUARD,
  },
  controls: { securityHub: ['S3.8'] },
  fix: 'safe',
  *check(bucket, context) {
    const block = bucket.get(BLOCK);
    const account = context.assume('s3.accountBlock', false);
    const flags = FLAGS.map((flag) => ({ ...flag, value: bucket.get(flag.path) }));
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
      message: `The bucket ${bucket.displayName} does not configure its public access block. Enable all four settings, as only buckets created since April 2023 have them by default.`,
      // New buckets have these settings anyway; one that the documents make public lost them.
      fixes: () => [allOn(true)],
    };
    for (const { counts, softened } of [
      { counts: not(account), softened: false },
      { counts: account, softened: true },
    ]) {
      yield {
        violations: flags.map((flag) => ({
          // CloudFormation does not document what a setting that is left out of a given block means.
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
          const state =
            shown === NOT_SET
              ? `leaves ${name} out of its public access block`
              : `sets ${name} of its public access block to ${shown}`;
          return softened
            ? `The bucket ${bucket.displayName} ${state}. Only the account's block covers that; enable all four settings.`
            : `The bucket ${bucket.displayName} ${state}. A public ACL or policy can make it public; enable all four settings.`;
        },
        // Somebody turned the settings off, perhaps for readers that would be shut out.
        fixes: () => [allOn(false)],
      };
    }
  },
});
