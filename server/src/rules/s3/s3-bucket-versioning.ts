import { is, YES } from '../../model/judgement.ts';
import { isTrue, oneOf } from '../../model/predicate.ts';
import { propertyRule } from '../property-rule.ts';

export default propertyRule({
  id: 's3-bucket-versioning',
  type: 'AWS::S3::Bucket',
  property: 'VersioningConfiguration.Status',
  alsoReads: ['ObjectLockEnabled'],
  topic: 'resilience', severity: 'low', profile: 'strict', since: '0.1', judged: '2026-11-24',
  title: 'S3 bucket keeps versions of its objects',
  why: 'Without versions an object that is overwritten or deleted, by mistake or by an intruder, is lost for good.',
  remedy: 'Set the versioning status to Enabled, and let a lifecycle rule delete old versions, which are stored and paid for like objects.',
  sources: [
    { url: 'https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html', claim: 'S3.14: buckets should have versioning enabled; suspended fails. Versions help to recover from mistakes and failures; lifecycle rules keep their number low (S3.10).', seen: '2026-11-24' },
    { url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-configure.html', claim: 'Object Lock works only with versioned buckets, and versioning cannot be suspended afterwards.', seen: '2026-11-24' },
    { url: 'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket_versioning', claim: 'Versioning of a bucket is a resource of its own, beside the older block of the bucket.', seen: '2026-11-24' },
  ],
  aliases: { checkov: ['CKV_AWS_21'], trivy: ['AWS-0090'], guard: ['S3_BUCKET_VERSIONING_ENABLED'] },
  controls: { securityHub: ['S3.14'] },
  fix: 'suggestion',
  bad: oneOf('Suspended'),
  absence: () => YES,
  // Object Lock is there only together with versioning.
  exempt: (bucket) => is(bucket.get('ObjectLockEnabled'), isTrue),
  write: { value: 'Enabled', title: () => 'Keep versions (old ones cost money until a lifecycle rule deletes them)' },
  message: (bucket, _property, shown) => shown === undefined
    ? `The bucket ${bucket.displayName} does not keep versions, so an object that is overwritten or deleted is lost; enable versioning.`
    : `The bucket ${bucket.displayName} has its versioning set to ${shown}, so an object that is overwritten or deleted is lost; enable versioning.`,
});
