import { all, any, is, judgement, not, type Judgement } from '../../model/judgement.ts';
import { isMissing } from '../../model/leaf.ts';
import { oneOf } from '../../model/predicate.ts';
import type { Related } from '../../model/resource.ts';
import { settingName } from '../forms/words.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 's3-acls-disabled',
  on: 'resource',
  reads: { 'AWS::S3::Bucket': ['OwnershipControls.Rules', 'OwnershipControls.Rules[].ObjectOwnership'] },
  topic: 'identity',
  severity: 'low',
  judged: '2026-11-29',
  title: 'S3 buckets should have ACLs disabled',
  keywords: ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter', 'access control list'],
  why: 'With ACLs, each object can have its own access list and owner, so bucket policies and IAM do not show who has access. New buckets have ACLs disabled.',
  remedy:
    'Grant access in policies, remove ACLs, and set ObjectOwnership to BucketOwnerEnforced. A bucket for standard logs (legacy) of CloudFront needs ACLs; standard logging v2 does not.',
  sources: {
    'AWS::S3::Bucket':
      'ACLs are a legacy feature, and should stay disabled; buckets are created with ACLs disabled, unless the ownership controls enable them.',
    'AWS::S3::Bucket.OwnershipControlsRule':
      'ObjectOwnership is BucketOwnerEnforced, BucketOwnerPreferred or ObjectWriter.',
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html':
      'A bucket for standard logs (legacy) of CloudFront must have ACLs enabled.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV2_AWS_65'],
  controls: { securityHub: ['S3.12'] },
  fix: 'suggestion',
  *check(bucket) {
    const setting = settingName(bucket, 'OwnershipControls.Rules[].ObjectOwnership');
    const needed = receivesDistributionLogs(bucket.related('log-bucket-writers'));
    for (const rule of bucket.each('OwnershipControls.Rules').items) {
      const ownership = rule.get('ObjectOwnership');
      yield {
        violations: [
          {
            wrong: all(judgement(rule.when), is(ownership, oneOf('ObjectWriter', 'BucketOwnerPreferred')), not(needed)),
            at: ownership,
          },
        ],
        message: `${bucket.displayName} allows ACLs. Set ${setting} to BucketOwnerEnforced.`,
        fixes: (leaf) =>
          isMissing(leaf)
            ? []
            : [
                {
                  title: 'Disable ACLs (fails if the bucket has ACLs; ACLs of objects no longer apply)',
                  safe: false,
                  edits: [{ op: 'replace', resource: bucket, target: leaf, value: 'BucketOwnerEnforced' }],
                },
              ],
      };
    }
  },
});

/** Whether a CloudFront distribution delivers its standard logs to the bucket, for which it needs ACLs. */
function receivesDistributionLogs({ edges }: Related): Judgement {
  return any(
    ...edges
      .filter(({ resource }) => resource.type === 'AWS::CloudFront::Distribution')
      .map(({ when }) => judgement(when)),
  );
}
