import { flatMap } from '../../base/flat-map.ts';
import { all, any, is, judgement, not, type Judgement } from '../../model/judgement.ts';
import { itemsOf } from '../../model/navigate.ts';
import { oneOf, text } from '../../model/predicate.ts';
import { never } from '../../model/quantified.ts';
import { bucketExposure } from '../forms/exposure.ts';
import { coveredBy } from '../forms/metadata.ts';
import { defineRule, type Violation, type ResourceOf } from '../rule.ts';
import { offSettings } from '../forms/off-settings.ts';
import { ACL_PATHS, aclEffectOf, ENABLING_ACLS } from '../../policy/principal/bucket-acl.ts';

/** The canned ACLs that grant access to anyone or to any AWS account, with the checks of other tools for each. */
const PUBLIC_ACLS = [
  {
    is: oneOf('PublicReadWrite'),
    aliases: {
      checkov: ['CKV_AWS_20', 'CKV_AWS_375', 'CKV_AWS_57'],
      trivy: ['AWS-0092'],
      cfn_nag: ['F14'],
      guard: ['S3_BUCKET_NO_PUBLIC_RW_ACL'],
    },
    controls: { securityHub: ['S3.2', 'S3.3'] },
  },
  {
    is: oneOf('PublicRead'),
    aliases: { checkov: ['CKV_AWS_20'], trivy: ['AWS-0092'], cfn_nag: ['W31'], guard: ['S3_BUCKET_PUBLIC_READ_ACL'] },
    controls: { securityHub: ['S3.2'] },
  },
  {
    is: oneOf('AuthenticatedRead'),
    aliases: { checkov: ['CKV2_AWS_43'], trivy: ['AWS-0092'] },
    controls: { securityHub: ['S3.2'] },
  },
  // Terraform's grants of other permissions, for which there is no canned ACL. Each of them makes the ACL public.
  {
    is: text((grant) => grant.endsWith('/AllUsers READ_ACP')),
    aliases: { checkov: ['CKV_AWS_375'], trivy: ['AWS-0092'] },
    controls: {},
  },
  {
    is: text((grant) => /\/AllUsers (?!READ_ACP$)\S+$/.test(grant)),
    aliases: { checkov: ['CKV_AWS_57'], trivy: ['AWS-0092'] },
    controls: { securityHub: ['S3.3'] },
  },
  {
    is: text((grant) => grant.endsWith('/AuthenticatedUsers FULL_CONTROL')),
    aliases: { checkov: ['CKV2_AWS_43'], trivy: ['AWS-0092'] },
    controls: { securityHub: ['S3.2', 'S3.3'] },
  },
  {
    is: text((grant) => grant.endsWith('/AuthenticatedUsers READ_ACP')),
    aliases: { checkov: ['CKV2_AWS_43'], trivy: ['AWS-0092'] },
    controls: {},
  },
  {
    is: text((grant) => /\/AuthenticatedUsers (?!READ_ACP$|FULL_CONTROL$)\S+$/.test(grant)),
    aliases: { checkov: ['CKV2_AWS_43'], trivy: ['AWS-0092'] },
    controls: { securityHub: ['S3.3'] },
  },
] as const;

export default defineRule({
  id: 's3-acl-public-read',
  on: 'resource',
  reads: { 'AWS::S3::Bucket': ['AccessControl', ...ACL_PATHS] },
  topic: 'data-exposure',
  severity: 'critical',
  judged: '2026-11-24',
  title: 'S3 bucket ACLs should not allow public access',
  keywords: [
    'public read',
    'public write',
    'PublicRead',
    'AllUsers',
    'AuthenticatedUsers',
    'anonymous',
    'open to the world',
  ],
  why: 'A public ACL allows anyone on the internet, or any AWS account, to list the bucket, and with PublicReadWrite to write objects. S3 rejects a public ACL on a new bucket unless Block Public Access is off and ACLs are enabled.',
  remedy:
    'Remove the ACL, and grant access with policies. Serve public content through CloudFront with origin access control.',
  sources: {
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html':
      'An ACL is public if it grants anything to AllUsers or AuthenticatedUsers; BlockPublicAcls rejects it, IgnorePublicAcls ignores it, and the stricter setting of bucket and account applies.',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html':
      'With BucketOwnerEnforced, ACLs are disabled and requests to set one fail; with BucketOwnerPreferred and ObjectWriter, ACLs are enabled.',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-ownership-error-responses.html':
      'The error of S3 for an ACL that grants access to others while ACLs are disabled.',
    'https://aws.amazon.com/blogs/aws/heads-up-amazon-s3-security-changes-are-coming-in-april-of-2023/':
      'New buckets block public access and have ACLs disabled, including those that CloudFormation creates.',
    'https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1606':
      'A template with an ACL and without OwnershipControls fails with InvalidBucketAclWithObjectOwnership.',
    'config:s3-bucket-public-read-prohibited':
      'The rule evaluates Block Public Access, the policy and the ACL of a bucket together.',
  },
  ...coveredBy({}, PUBLIC_ACLS),
  fix: 'suggestion',
  subsumes: ['s3-bucket-public-access-block', 's3-acls-disabled'],
  *check(bucket, context) {
    // In Terraform, an ACL can be a list of grants; each public grant counts as the canned ACL with that grant.
    const acls = itemsOf(bucket.get('AccessControl'), true).items;
    const isPublic = any(
      ...acls.map(({ value, when }) => all(judgement(when), any(...PUBLIC_ACLS.map((one) => is(value, one.is))))),
    );
    // Most buckets have none, and then their settings do not matter.
    if (never(isPublic)) return;
    const name = (): string => bucket.nativePath('AccessControl');
    const { allows: counts, blocks: rejected } = aclEffectOf(bucket, context.assume('s3.accountBlock', false));
    const publicWhere = (where: Judgement): readonly Violation[] =>
      flatMap(acls, ({ value, when }) =>
        PUBLIC_ACLS.map((one) => ({
          wrong: all(judgement(when), is(value, one.is), where),
          at: value,
          aliases: one.aliases,
          controls: one.controls,
          also: 'This grant also makes the ACL public.',
        })),
      );
    const common = {
      fixes: () => [
        {
          title: `Make ${name()} private (ends public access through the ACL)`,
          safe: false,
          edits: [{ op: 'set' as const, resource: bucket, path: 'AccessControl', value: 'Private' }],
        },
      ],
    };
    const open = publicWhere(counts);
    const isOpen = any(...open.map(({ wrong }) => wrong));
    yield {
      ...common,
      cause: bucketExposure(bucket, 'its ACL'),
      violations: [...open, ...offSettings(bucket, isOpen), ...enablingAcls(bucket, isOpen)],
      message: `${bucket.displayName} is public through its ACL, and Block Public Access is off. Make the ACL private, and turn on Block Public Access.`,
    };
    const requested = {
      ...common,
      cause: bucketExposure(bucket, 'its ACL', 'requested'),
      severity: 'medium',
      profile: 'recommended',
      message: `${bucket.displayName} sets a public ACL. New buckets reject it and older ones become public; remove ${name()}.`,
    } as const;
    // Of several findings at one place the first that is certain is kept.
    yield { ...requested, violations: publicWhere(not(rejected)) };
    yield {
      ...common,
      cause: bucketExposure(bucket, 'its ACL', 'blocked'),
      // The controls pass where the ACL has no effect.
      violations: publicWhere(rejected).map((violation) => ({ ...violation, controls: {} })),
      severity: 'low',
      profile: 'recommended',
      message: `${bucket.displayName} sets a public ACL that its other settings reject or ignore. Remove ${name()}.`,
    };
    // With unknown settings, the ACL is either rejected or makes the bucket public.
    yield { ...requested, violations: publicWhere(all()) };
  },
});

/** The object ownership settings that enable ACLs, as violations of one cause together with a public ACL. */
function enablingAcls(bucket: ResourceOf<'AWS::S3::Bucket'>, open: Judgement): readonly Violation[] {
  return bucket.each('OwnershipControls.Rules').items.map((rule) => {
    const at = rule.get('ObjectOwnership');
    return {
      wrong: all(open, judgement(rule.when), is(at, oneOf(...ENABLING_ACLS))),
      at,
      also: 'This setting enables ACLs.',
    };
  });
}
