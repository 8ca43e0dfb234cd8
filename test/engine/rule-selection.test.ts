import assert from 'node:assert/strict';
import { rulesSelectedBy } from '../../server/src/engine/rule-selection.ts';

const RULES = [
  {
    id: 's3-bucket-versioning',
    aliases: { checkov: ['CKV_AWS_21'] },
    controls: { securityHub: ['S3.14'], cis: ['v3.0.0 2.1.4'] },
  },
  {
    id: 's3-bucket-access-logging',
    aliases: { checkov: ['CKV_AWS_18'], trivy: ['AWS-0089'] },
    controls: { securityHub: ['S3.9'] },
  },
  {
    id: 'kms-key-rotation',
    aliases: { checkov: ['CKV_AWS_7'], cfn_nag: ['F19'] },
    controls: { securityHub: ['KMS.4'] },
  },
].map((rule) => ({ title: '', keywords: [], ...rule }));

/** Selectors, and the rules that they name. */
const CASES: readonly (readonly [selector: string, rules: readonly string[]])[] = [
  ['s3-bucket-versioning', ['s3-bucket-versioning']],
  [' S3-Bucket-Versioning ', ['s3-bucket-versioning']],
  ['s3-*', ['s3-bucket-versioning', 's3-bucket-access-logging']],
  ['*-bucket-*ing', ['s3-bucket-versioning', 's3-bucket-access-logging']],
  ['*', ['s3-bucket-versioning', 's3-bucket-access-logging', 'kms-key-rotation']],
  ['s3', []],
  ['s3-bucket.versioning', []],
  ['CKV_AWS_7', ['kms-key-rotation']],
  ['AVD-AWS-0089', ['s3-bucket-access-logging']],
  ['aws-s3-enable-bucket-logging', ['s3-bucket-access-logging']],
  ['trivy:aws-s3-enable-bucket-logging', ['s3-bucket-access-logging']],
  ['checkov:aws-s3-enable-bucket-logging', []],
  ['aws-s3-enable-bucket-encryption', []],
  ['checkov:CKV_AWS_7', ['kms-key-rotation']],
  ['checkov:ckv_aws_1*', ['s3-bucket-access-logging']],
  ['trivy:CKV_AWS_7', []],
  ['cfn_nag:F19', ['kms-key-rotation']],
  ['S3.14', ['s3-bucket-versioning']],
  ['securityhub:S3.14', ['s3-bucket-versioning']],
  ['securityHub:S3.*', ['s3-bucket-versioning', 's3-bucket-access-logging']],
  ['securityhub:*', ['s3-bucket-versioning', 's3-bucket-access-logging', 'kms-key-rotation']],
  ['securityhub:S3x9', []],
  ['cis:2.1.4', ['s3-bucket-versioning']],
  ['cis:v3.0.0 2.1.4', ['s3-bucket-versioning']],
  ['cis:2.1', []],
  ['cis:', []],
  ['', []],
];

describe('a selector of rules', () => {
  for (const [selector, rules] of CASES)
    it(`"${selector}"`, () => {
      assert.deepEqual(
        rulesSelectedBy(selector, RULES).map(({ id }) => id),
        rules,
      );
    });
});
