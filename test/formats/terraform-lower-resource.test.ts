import assert from 'node:assert/strict';
import { lowerFix } from '../../server/src/engine/fix.ts';
import { NewReference, NewText, type NewObject } from '../../server/src/model/edit.ts';
import type { Resource } from '../../server/src/model/resource.ts';
import { leaves } from '../../server/src/model/navigate.ts';
import { applyFix } from '../kit/read-back.ts';
import { directory, FOLDER, stackOf, type Files } from './terraform-stack.ts';
import { UNREADABLE } from '../kit/memory-reader.ts';

type Body = Readonly<Record<string, unknown>>;

/** The main file, as a value, after a resource is added beside another one; else why it cannot be. */
function added(files: Files, type: string, name: string, properties: (beside: Resource) => NewObject): unknown {
  const beside = stackOf(files).byAddress('aws_s3_bucket.b')!;
  const [leaf] = leaves(beside.self);
  const result = lowerFix(
    {
      title: 'Add it',
      safe: false,
      edits: [{ op: 'addResource', beside, type, name, properties: properties(beside) }],
    },
    leaf!.value,
  );
  if ('refused' in result) return result.refused;
  return JSON.parse(applyFix(directory(files).reader, result).get(`${FOLDER}main.tf.json`)!);
}

const main = (bucket: Body, more: Body = {}): Body => ({ resource: { aws_s3_bucket: { b: bucket }, ...more } });

const policy = (beside: Resource): NewObject => {
  const arn = new NewReference(beside, 'Arn');
  return {
    Bucket: new NewReference(beside),
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Resource: [arn, new NewText(arn, '/${aws:username}')] }],
    },
  };
};

/** The policy as Terraform gets it. A variable of IAM is none of Terraform. */
const text = (arn: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Resource: [`\${${arn}}`, `\${${arn}}/$\${aws:username}`] }],
  });

describe('a new resource of Terraform beside another one', () => {
  const POLICY = 'AWS::S3::BucketPolicy';

  it('has its documents as texts, and refers to the other one', () => {
    assert.deepEqual(
      added({ 'main.tf.json': main({}) }, POLICY, 'AuditLogPolicy', policy),
      main(
        {},
        {
          aws_s3_bucket_policy: {
            audit_log_policy: { bucket: '${aws_s3_bucket.b.id}', policy: text('aws_s3_bucket.b.arn') },
          },
        },
      ),
    );
  });

  it('is repeated as the other one is', () => {
    assert.deepEqual(
      added({ 'main.tf.json': main({ count: 2, provider: 'aws.west' }) }, POLICY, 'p', policy),
      main(
        { count: 2, provider: 'aws.west' },
        {
          aws_s3_bucket_policy: {
            p: {
              count: 2,
              provider: 'aws.west',
              bucket: '${aws_s3_bucket.b[count.index].id}',
              policy: text('aws_s3_bucket.b[count.index].arn'),
            },
          },
        },
      ),
    );
  });

  it('takes a name that is free', () => {
    const taken = { aws_s3_bucket_policy: { p: { bucket: 'other', policy: '{}' } } };
    const after = added({ 'main.tf.json': main({}, taken) }, POLICY, 'p', policy) as {
      readonly resource: { readonly aws_s3_bucket_policy: Body };
    };
    assert.deepEqual(Object.keys(after.resource.aws_s3_bucket_policy), ['p', 'p_2']);
  });

  const refused: readonly (readonly [
    where: string,
    files: Files,
    type: string,
    properties: NewObject,
    reason: RegExp,
  ])[] = [
    [
      'nothing is known of its type',
      { 'main.tf.json': main({}) },
      'AWS::Nothing::AtAll',
      {},
      /no single Terraform resource/,
    ],
    [
      'it has no attribute for a property',
      { 'main.tf.json': main({}) },
      'AWS::S3::Bucket',
      { NoSuchThing: 1 },
      /no arguments for all of it/,
    ],
    [
      'files are not read',
      { 'main.tf.json': main({}), 'x.tf': UNREADABLE },
      'AWS::S3::Bucket',
      { BucketName: 'x' },
      /files that are not read/,
    ],
  ];
  for (const [where, files, type, properties, reason] of refused)
    it(`is refused where ${where}`, () => assert.match(String(added(files, type, 'p', () => properties)), reason));
});
