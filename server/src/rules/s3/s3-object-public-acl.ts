import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 's3-object-public-acl',
  topic: 'data-exposure',
  severity: 'high',
  judged: '2026-11-29',
  title: 'S3 objects should not have a public ACL',
  keywords: ['aws_s3_object', 'public-read', 'public-read-write', 'authenticated-read', 'canned ACL', 'public access'],
  why: 'With a public ACL, anyone can read the object, or any AWS account with authenticated-read. In a bucket with the defaults of S3, the upload fails.',
  remedy: 'Omit acl. Serve public content through CloudFront with origin access control.',
  sources: {
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_object':
      'acl is a canned ACL: private, public-read, public-read-write, aws-exec-read, authenticated-read, bucket-owner-read or bucket-owner-full-control.',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html':
      'public-read grants READ to the AllUsers group; authenticated-read grants it to any AWS account.',
    'https://docs.aws.amazon.com/AmazonS3/latest/API/API_PublicAccessBlockConfiguration.html':
      'With BlockPublicAcls, uploads of objects with a public ACL fail.',
  },
  accessed: '2026-11-28',
  settings: { aws_s3_object: 'acl', aws_s3_bucket_object: 'acl', aws_s3_object_copy: 'acl' },
  forbidden: ['public-read-write', 'public-read', 'authenticated-read'],
  write: 'private',
  absent: 'safe',
  problem: 'has a public ACL',
  consequence: 'Anyone can read it, unless the bucket blocks public ACLs.',
  fix: { cost: 'public links stop working' },
});
