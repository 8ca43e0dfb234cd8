import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'kms-key-rotation',
  topic: 'encryption-at-rest',
  severity: 'medium',
  judged: '2026-11-24',
  title: 'KMS keys should have automatic rotation enabled',
  keywords: ['CMK', 'customer managed key', 'key material'],
  why: 'Key material that is never rotated protects ever more data, so one compromise exposes all of it. Rotation needs no change by the users of the key.',
  remedy:
    'Set EnableKeyRotation to true. KMS keeps old key material for decryption. Each of the first two rotations adds to the monthly price of the key.',
  sources: {
    'AWS::KMS::Key': 'Automatic rotation is off by default and supported for symmetric encryption keys only.',
    'https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html':
      'Asymmetric keys, HMAC keys, keys with imported material and keys in custom key stores cannot be rotated automatically.',
    aws_kms_key: 'enable_key_rotation is false by default; customer_master_key_spec is SYMMETRIC_DEFAULT by default.',
  },
  aliases: ['CKV_AWS_7', 'AWS-0065', 'F19', 'CMK_BACKING_KEY_ROTATION_ENABLED'],
  controls: { securityHub: ['KMS.4'], cis: ['v3.0.0 3.6'] },
  settings: {
    'AWS::KMS::Key': {
      path: 'EnableKeyRotation',
      onlyIf: { KeySpec: { absentOr: ['SYMMETRIC_DEFAULT'] }, KeyUsage: { absentOr: ['ENCRYPT_DECRYPT'] } },
      unless: { Origin: ['EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'] },
    },
  },
  required: true,
  absent: 'unsafe',
  problem: 'does not rotate its key material',
  fix: { cost: 'the first two rotations raise the monthly price' },
});
