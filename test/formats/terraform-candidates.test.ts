import assert from 'node:assert/strict';
import { found, stackOf, valuesAt, type Files } from './terraform-stack.ts';

const BLOCK = 's3-bucket-public-access-block';
const KEPT = {
  block_public_acls: true,
  block_public_policy: true,
  ignore_public_acls: true,
  restrict_public_buckets: true,
};

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);

/** A directory of buckets and blocks, each block for what an expression says. */
function directory(count: number, bucket: (i: number) => string, settings: (i: number) => object = () => KEPT): Files {
  return {
    'main.tf.json': {
      variable: { b: {} },
      resource: {
        aws_s3_bucket: Object.fromEntries(numbers(count).map((i) => [`b${i}`, { bucket: `data-${i}` }])),
        aws_s3_bucket_public_access_block: Object.fromEntries(
          numbers(count).map((i) => [`p${i}`, { bucket: bucket(i), ...settings(i) }]),
        ),
      },
    },
  };
}

describe('companions in great number', () => {
  it('belong to the owner that each names', () => {
    const wrong = (i: number): object => (i === 30 ? { ...KEPT, block_public_acls: false } : KEPT);
    for (const bucket of [(i: number) => `\${aws_s3_bucket.b${i}.id}`, (i: number) => `data-${i}`]) {
      assert.deepEqual(found(directory(40, bucket, wrong), BLOCK), [
        `${BLOCK} aws_s3_bucket.b30 aws_s3_bucket_public_access_block.p30: false`,
      ]);
    }
  });

  it('may belong to each owner where that is not seen, also when not all are looked at', () => {
    for (const count of [2, 40]) {
      const stack = stackOf(
        directory(
          count,
          () => '${var.b}',
          () => ({}),
        ),
      );
      for (const address of ['aws_s3_bucket.b0', `aws_s3_bucket.b${count - 1}`]) {
        assert.ok(
          valuesAt(stack, address, 'PublicAccessBlockConfiguration.BlockPublicAcls').every(
            (value) => value !== 'not set',
          ),
          `${count} ${address}`,
        );
      }
      assert.ok(
        found(
          directory(
            count,
            () => '${var.b}',
            () => KEPT,
          ),
          BLOCK,
        ).every((line) => line.includes(' possible ')),
        String(count),
      );
    }
  });

  it('belong to the instance with their own key', () => {
    const change = (type: string, i: number, after: object, unknown: object): object => ({
      address: `${type}.x[${i}]`,
      mode: 'managed',
      type,
      name: 'x',
      index: i,
      change: { actions: ['create'], before: null, after, after_unknown: unknown },
    });
    const configured = (type: string, expressions: object): object => ({
      address: `${type}.x`,
      mode: 'managed',
      type,
      name: 'x',
      expressions,
      count_expression: { constant_value: 40 },
    });
    const [bucket, block] = ['aws_s3_bucket', 'aws_s3_bucket_public_access_block'];
    const files: Files = {
      'plan.json': {
        format_version: '1.2',
        resource_changes: numbers(40).flatMap((i) => [
          change(bucket, i, { bucket_prefix: 'data' }, { id: true, bucket: true }),
          change(block, i, { ...KEPT, block_public_acls: i !== 30 }, { id: true, bucket: true }),
        ]),
        configuration: {
          root_module: {
            resources: [
              configured(bucket, { bucket_prefix: { constant_value: 'data' } }),
              configured(block, { bucket: { references: ['aws_s3_bucket.x', 'count.index'] } }),
            ],
          },
        },
      },
    };
    assert.deepEqual(
      found(files, BLOCK).filter((line) => !line.includes(' possible ')),
      [`${BLOCK} aws_s3_bucket.x[30] aws_s3_bucket_public_access_block.x[30]: false`],
    );
  });
});
