import { all, is, not } from '../../model/judgement.ts';
import { oneOf } from '../../model/predicate.ts';
import { never } from '../../model/quantified.ts';
import { objectAclEffectOf } from '../../policy/principal/bucket-acl.ts';
import { bucketExposure } from '../forms/exposure.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 's3-object-public-acl',
  on: 'resource',
  reads: {
    aws_s3_object: ['acl', 'bucket'],
    aws_s3_bucket_object: ['acl', 'bucket'],
    aws_s3_object_copy: ['acl', 'bucket'],
  },
  topic: 'data-exposure',
  severity: 'high',
  judged: '2026-11-29',
  title: 'S3 objects should not have a public ACL',
  keywords: ['public-read', 'public-read-write', 'authenticated-read', 'canned ACL', 'public access'],
  why: 'With a public ACL, anyone can read the object, or any AWS account with authenticated-read. In a bucket with the defaults of S3, the upload fails.',
  remedy: 'Omit acl. Serve public content through CloudFront with origin access control.',
  sources: {
    aws_s3_object:
      'acl is a canned ACL: private, public-read, public-read-write, aws-exec-read, authenticated-read, bucket-owner-read or bucket-owner-full-control.',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html':
      'public-read grants READ to the AllUsers group; authenticated-read grants it to any AWS account.',
    'https://docs.aws.amazon.com/AmazonS3/latest/API/API_PublicAccessBlockConfiguration.html':
      'With BlockPublicAcls, uploads of objects with a public ACL fail.',
  },
  accessed: '2026-11-28',
  fix: 'suggestion',
  *check(object, context) {
    const acl = object.get('acl');
    const isPublic = is(acl, oneOf('public-read-write', 'public-read', 'authenticated-read'));
    if (never(isPublic)) return;
    const { displayName } = object;
    const { allows, blocks } = objectAclEffectOf(object, context.assume('s3.accountBlock', false));
    const through = `the object ${displayName}`;
    const common = {
      fixes: () => [
        {
          title: 'Set acl to private (public links stop working)',
          safe: false,
          edits: [{ op: 'set' as const, resource: object, path: 'acl', value: 'private' }],
        },
      ],
    };
    yield {
      ...common,
      cause: bucketExposure(object, through),
      violations: [{ wrong: all(isPublic, allows), at: acl }],
      message: `${displayName} is public through its ACL, and its bucket allows public ACLs. Set acl to private.`,
    };
    // The default settings of a bucket reject the ACL, and those of an unknown one are not known.
    const isOfBucket = object.related('object-bucket').edges.length > 0;
    // Of several findings at one place the first that is certain is kept.
    yield {
      ...common,
      ...(isOfBucket ? ({ severity: 'medium', profile: 'recommended' } as const) : {}),
      cause: bucketExposure(object, through, 'requested'),
      violations: [{ wrong: all(isPublic, not(blocks)), at: acl }],
      message: `${displayName} has a public ACL. Anyone can read it, unless the bucket blocks public ACLs; set acl to private.`,
    };
    yield {
      ...common,
      cause: bucketExposure(object, through, 'blocked'),
      violations: [{ wrong: all(isPublic, blocks), at: acl }],
      severity: 'low',
      profile: 'recommended',
      message: `${displayName} has a public ACL that its bucket rejects or ignores. Set acl to private.`,
    };
  },
});
