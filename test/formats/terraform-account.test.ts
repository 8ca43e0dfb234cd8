/** Account settings from Terraform resources. */
import assert from 'node:assert/strict';
import { truthText } from '../policy/statements.ts';
import { stackOf } from './terraform-stack.ts';

const BLOCK = {
  block_public_acls: true,
  ignore_public_acls: true,
  block_public_policy: true,
  restrict_public_buckets: true,
};

/** Resources of one type by name; what they say. */
const ROWS: readonly (readonly [
  setting: string,
  type: string,
  bodies: Readonly<Record<string, object>>,
  expected: string,
])[] = [
  ['s3.accountBlock', 'aws_s3_account_public_access_block', { a: BLOCK }, 'yes'],
  ['s3.accountBlock', 'aws_s3_account_public_access_block', { a: { ...BLOCK, ignore_public_acls: false } }, 'perhaps'],
  ['s3.accountBlock', 'aws_s3_account_public_access_block', { a: {} }, 'no'],
  ['s3.accountBlock', 'aws_s3_account_public_access_block', { a: {}, b: BLOCK }, 'yes'],
  ['s3.accountBlock', 'aws_s3_account_public_access_block', { a: { ...BLOCK, account_id: '111122223333' } }, 'perhaps'],
  ['s3.accountBlock', 'aws_s3_account_public_access_block', { a: { ...BLOCK, provider: 'aws.other' } }, 'perhaps'],
  [
    's3.accountBlock',
    'aws_s3_account_public_access_block',
    { a: { ...BLOCK, count: '${var.live ? 1 : 0}' } },
    'if var.live=true',
  ],
  ['ebs.defaultEncryption', 'aws_ebs_encryption_by_default', { a: {} }, 'yes'],
  ['ebs.defaultEncryption', 'aws_ebs_encryption_by_default', { a: { enabled: true } }, 'yes'],
  ['ebs.defaultEncryption', 'aws_ebs_encryption_by_default', { a: { enabled: false } }, 'no'],
  ['ebs.defaultEncryption', 'aws_ebs_encryption_by_default', { a: { enabled: '${var.any}' } }, 'if var.any=true'],
  ['ebs.defaultEncryption', 'aws_ebs_encryption_by_default', { a: { region: 'eu-west-1' } }, 'perhaps'],
  ['ec2.imdsv2Default', 'aws_ec2_instance_metadata_defaults', { a: { http_tokens: 'required' } }, 'yes'],
  ['ec2.imdsv2Default', 'aws_ec2_instance_metadata_defaults', { a: { http_tokens: 'optional' } }, 'no'],
];

describe('what Terraform says of the account', () => {
  for (const [setting, type, bodies, expected] of ROWS)
    it(`${setting} by ${JSON.stringify(bodies)}: ${expected}`, () => {
      const stack = stackOf({
        'main.tf.json': {
          resource: { [type]: bodies },
          variable: { live: { type: 'bool', default: false }, any: { type: 'bool' } },
        },
      });
      assert.equal(truthText(stack.account!.get(setting)!), expected);
    });

  it('nothing where no resource does', () => {
    assert.deepEqual([...stackOf({ 'main.tf.json': { resource: { aws_s3_bucket: { b: {} } } } }).account!.keys()], []);
  });
});
