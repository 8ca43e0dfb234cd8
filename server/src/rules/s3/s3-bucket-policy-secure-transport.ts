import { NewReference, NewText, type Fix } from '../../model/edit.ts';
import { all, any, isAbsent, judgement, not } from '../../model/judgement.ts';
import { gapIn, member } from '../../model/navigate.ts';
import type { PolicyDocument } from '../../model/policy.ts';
import { always } from '../../model/quantified.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import {
  deniesPlainHttp,
  hasNoPolicy,
  newPolicyFix,
  plainHttpDenial,
  plainHttpFix,
} from '../../policy/principal/secure-transport.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 's3-bucket-policy-secure-transport',
  on: 'resource',
  reads: { 'AWS::S3::BucketPolicy': ['Bucket', 'PolicyDocument'], 'AWS::S3::Bucket': ['WebsiteConfiguration'] },
  topic: 'encryption-in-transit',
  severity: 'medium',
  judged: '2026-11-24',
  title: 'S3 bucket policies should require requests to use TLS',
  keywords: ['aws:SecureTransport', 'SSL', 'HTTPS', 'encryption in transit', 'enforceSSL'],
  why: 'S3 accepts plain HTTP as well as HTTPS. Without a statement that denies HTTP, clients can send data and signed requests unencrypted.',
  remedy: 'Add a statement to the bucket policy that denies s3:* for all principals when aws:SecureTransport is false.',
  sources: {
    'https://repost.aws/knowledge-center/s3-bucket-policy-for-config-rule':
      'The policy must explicitly deny requests when aws:SecureTransport is false; allowing only requests when it is true is not enough.',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html':
      'Calls by AWS services on your behalf lack aws:SecureTransport; aws:PrincipalIsAWSService can exclude them from the statement.',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingEncryptionInTransit.html': 'S3 accepts HTTP traffic.',
  },
  aliases: ['CKV_AWS_379', 'S3_BUCKET_SSL_REQUESTS_ONLY'],
  controls: { securityHub: ['S3.5'], cis: ['v3.0.0 2.1.1'] },
  fix: 'suggestion',
  *check(resource, { stack }) {
    if (resource.type === 'AWS::S3::Bucket') {
      yield {
        violations: [{ wrong: hasNoPolicy(resource, 'bucket-policy'), at: resource.self }],
        severity: 'low',
        profile: 'strict',
        message: `${resource.displayName} has no bucket policy that denies requests without TLS. Deny s3:* when aws:SecureTransport is false.`,
        fixes: () => policyFix(resource, stack),
      };
      return;
    }
    const websites = resource
      .related('bucket')
      .edges.map((edge) => ({
        bucket: edge.resource,
        is: all(judgement(edge.when), not(isAbsent(edge.resource.get('WebsiteConfiguration')))),
      }));
    const website = any(...websites.map((one) => one.is));
    for (const policy of resource.policies().documents) {
      const statements = member(policy.value, 'Statement');
      const open = all(judgement(policy.seen), not(deniesPlainHttp(policy, ['s3:*'])));
      yield {
        violations: [{ wrong: all(open, not(website)), at: gapIn(statements) }],
        message: `The bucket policy ${resource.displayName} does not deny requests without TLS. Deny s3:* when aws:SecureTransport is false.`,
        fixes: () => denyingFix(policy),
      };
      // A website endpoint supports only HTTP, so its policy cannot deny HTTP.
      yield {
        violations: [{ wrong: all(open, website), at: gapIn(statements) }],
        severity: 'low',
        profile: 'strict',
        related: websites.map((one) => ({
          value: one.bucket.get('WebsiteConfiguration'),
          when: one.is,
          message: `${one.bucket.displayName} hosts a website.`,
        })),
        message: `The bucket policy ${resource.displayName} is for a website endpoint, which supports only HTTP. Serve it through CloudFront over HTTPS, and deny requests without TLS.`,
      };
    }
  },
});

/** The fix that adds a policy. The website endpoint of a bucket supports only HTTP. */
function policyFix(bucket: Resource, stack: Stack): readonly Fix[] {
  if (!always(isAbsent(bucket.get('WebsiteConfiguration')))) return [];
  const arn = new NewReference(bucket, 'Arn');
  return newPolicyFix(bucket, stack, 'bucket-policy', {
    type: 'AWS::S3::BucketPolicy',
    attached: { Bucket: new NewReference(bucket) },
    statement: plainHttpDenial('s3:*', [arn, new NewText(arn, '/*')]),
  });
}

/** The fix that adds the missing statement, when the bucket is in the same stack. */
function denyingFix(policy: PolicyDocument): readonly Fix[] {
  const edge = policy.host.related('bucket').edges[0];
  if (!edge || edge.resource.external) return [];
  const arn = new NewReference(edge.resource, 'Arn');
  return [plainHttpFix(policy, 's3:*', [arn, new NewText(arn, '/*')])];
}
