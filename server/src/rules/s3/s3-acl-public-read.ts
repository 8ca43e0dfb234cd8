import { all, among, any, is, judgement, not, type Judgement } from '../../model/judgement.ts';
import { itemsOf } from '../../model/navigate.ts';
import { oneOf, text } from '../../model/predicate.ts';
import { defineRule, type Violation, type ResourceOf } from '../rule.ts';
import { BLOCK_PATHS, blockingOf, offSettings } from './public-access-block.ts';

/** The canned ACLs that let in everybody, or everybody with an AWS account, and the checks of other tools that look at each. */
const PUBLIC_ACLS = [
  {
    is: oneOf('PublicReadWrite'),
    aliases: {
      checkov: ['CKV_AWS_20', 'CKV_AWS_375', 'CKV_AWS_57'],
      trivy: ['AWS-0092'],
      cfn_nag: ['F14'],
      guard: ['S3_BUCKET_NO_PUBLIC_RW_ACL'],
    },
  },
  {
    is: oneOf('PublicRead'),
    aliases: { checkov: ['CKV_AWS_20'], trivy: ['AWS-0092'], cfn_nag: ['W31'], guard: ['S3_BUCKET_PUBLIC_READ_ACL'] },
  },
  { is: oneOf('AuthenticatedRead'), aliases: { checkov: ['CKV2_AWS_43'], trivy: ['AWS-0092'] } },
  // Terraform's grants of other permissions, for which there is no canned ACL. Each of them makes the ACL public, whichever it is.
  {
    is: text((grant) => grant.endsWith('/AllUsers READ_ACP')),
    aliases: { checkov: ['CKV_AWS_375'], trivy: ['AWS-0092'] },
  },
  {
    is: text((grant) => /\/AllUsers (?!READ_ACP$)\S+$/.test(grant)),
    aliases: { checkov: ['CKV_AWS_57'], trivy: ['AWS-0092'] },
  },
  {
    is: text((grant) => /\/AuthenticatedUsers \S+$/.test(grant)),
    aliases: { checkov: ['CKV2_AWS_43'], trivy: ['AWS-0092'] },
  },
] as const;

export default defineRule({
  id: 's3-acl-public-read',
  on: 'resource',
  reads: { 'AWS::S3::Bucket': ['AccessControl', 'OwnershipControls.Rules', ...BLOCK_PATHS] },
  topic: 'data-exposure',
  severity: 'critical',
  profile: 'essential',
  since: '0.1',
  judged: '2026-11-24',
  title: 'S3 bucket has no public ACL',
  why: 'A public ACL lets everybody on the internet, or everybody with an AWS account, list the bucket, and with PublicReadWrite put objects into it. S3 refuses one on a new bucket unless its public access block is off and ACLs are enabled.',
  remedy:
    'Leave the ACL out, and grant access by policies. Serve public content through CloudFront with origin access control.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html',
      claim:
        'An ACL is public if it grants anything to AllUsers or AuthenticatedUsers; BlockPublicAcls refuses it, IgnorePublicAcls makes it do nothing, and of bucket and account the stricter counts.',
      seen: '2026-11-24',
    },
    {
      url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html',
      claim:
        'With BucketOwnerEnforced ACLs are disabled and requests to set one fail; with BucketOwnerPreferred and ObjectWriter they count.',
      seen: '2026-11-24',
    },
    {
      url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-ownership-error-responses.html',
      claim: 'What S3 answers to an ACL that grants access to others while ACLs are disabled.',
      seen: '2026-11-24',
    },
    {
      url: 'https://aws.amazon.com/blogs/aws/heads-up-amazon-s3-security-changes-are-coming-in-april-of-2023/',
      claim: 'New buckets block public access and have ACLs disabled, also those made by CloudFormation.',
      seen: '2026-11-24',
    },
    {
      url: 'https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1606',
      claim: 'A template with an ACL and without OwnershipControls fails with InvalidBucketAclWithObjectOwnership.',
      seen: '2026-11-24',
    },
    {
      url: 'https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-public-read-prohibited.html',
      claim: 'A bucket is judged by its public access block, its policy and its ACL together.',
      seen: '2026-11-24',
    },
  ],
  aliases: {
    checkov: ['CKV2_AWS_43', 'CKV_AWS_20', 'CKV_AWS_375', 'CKV_AWS_57'],
    trivy: ['AWS-0092'],
    cfn_nag: ['F14', 'W31'],
    guard: ['S3_BUCKET_NO_PUBLIC_RW_ACL', 'S3_BUCKET_PUBLIC_READ_ACL'],
  },
  controls: { securityHub: ['S3.2', 'S3.3'] },
  fix: 'suggestion',
  subsumes: ['s3-bucket-public-access-block'],
  *check(bucket, context) {
    // In Terraform an ACL can be a list of grants; each to everybody stands for the canned ACL that has it.
    const acls = itemsOf(bucket.get('AccessControl'), true).items;
    const asked = any(
      ...acls.map(({ value, when }) => all(judgement(when), any(...PUBLIC_ACLS.map((one) => is(value, one.is))))),
    );
    // Hardly any bucket has one, and then its settings do not matter.
    if (asked.no.isAlways()) return;
    const name = (): string => bucket.nativePath('AccessControl');
    const { lets, stops } = blockingOf(bucket, 'acl', context);
    const counts = all(lets, owned(bucket, 'BucketOwnerPreferred', 'ObjectWriter'));
    const refused = any(stops, owned(bucket, 'BucketOwnerEnforced'));
    const publicWhere = (where: Judgement): readonly Violation[] =>
      acls.flatMap(({ value, when }) =>
        PUBLIC_ACLS.map((one) => ({
          wrong: all(judgement(when), is(value, one.is), where),
          at: value,
          aliases: one.aliases,
          also: 'This grant also makes the ACL public.',
        })),
      );
    const common = {
      fixes: () => [
        {
          title: `Make ${name()} private (ends public access)`,
          safe: false,
          edits: [{ op: 'set' as const, resource: bucket, path: 'AccessControl', value: 'Private' }],
        },
      ],
    };
    const open = publicWhere(counts);
    yield {
      ...common,
      violations: [...open, ...offSettings(bucket, any(...open.map(({ wrong }) => wrong)))],
      message: `The bucket ${bucket.displayName} is public: its ACL is public and its public access block is off. Make the ACL private, and enable the block.`,
    };
    const asks = {
      ...common,
      severity: 'medium',
      profile: 'recommended',
      message: `The bucket ${bucket.displayName} sets a public ACL. New buckets reject it, and buckets from before April 2023 become public; remove it.`,
    } as const;
    // Of several findings at one place the first that is certain is kept.
    yield { ...asks, violations: publicWhere(not(refused)) };
    yield {
      ...common,
      violations: publicWhere(refused),
      severity: 'low',
      profile: 'recommended',
      message: `The bucket ${bucket.displayName} sets a public ACL, which its other settings reject or ignore. Remove it.`,
    };
    // Whatever the settings are that are not seen, the ACL is refused or it opens the bucket.
    yield { ...asks, violations: publicWhere(all()) };
  },
});

/** Whether the bucket states one of some settings of object ownership. */
function owned(bucket: ResourceOf<'AWS::S3::Bucket'>, ...settings: readonly string[]): Judgement {
  const rules = bucket.each('OwnershipControls.Rules');
  return among(
    any(...rules.items.map((rule) => all(judgement(rule.when), is(rule.get('ObjectOwnership'), oneOf(...settings))))),
    rules.complete,
  );
}
