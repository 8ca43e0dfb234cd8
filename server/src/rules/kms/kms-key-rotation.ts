import { all, any, is, isAbsent, not, YES } from '../../model/judgement.ts';
import { isFalse, oneOf } from '../../model/predicate.ts';
import { propertyRule } from '../property-rule.ts';

export default propertyRule({
  id: 'kms-key-rotation',
  type: 'AWS::KMS::Key',
  property: 'EnableKeyRotation',
  alsoReads: ['KeySpec', 'KeyUsage', 'Origin'],
  topic: 'encryption-at-rest', severity: 'medium', profile: 'recommended', since: '0.1', judged: '2026-11-24',
  title: 'KMS key is rotated automatically',
  why: 'Key material that is never replaced protects ever more data, so that one leak of it exposes all of it; rotation limits what one version protects and needs no change by the users of the key.',
  remedy: 'Set EnableKeyRotation to true. Old material is kept for decryption. Each of the first two rotations adds to the monthly price of the key.',
  sources: [
    { url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html', claim: 'Automatic rotation is off by default and supported for symmetric encryption keys only.', seen: '2026-11-24' },
    { url: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html', claim: 'Asymmetric keys, HMAC keys, keys with imported material and keys in custom key stores cannot be rotated automatically.', seen: '2026-11-24' },
    { url: 'https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html', claim: 'KMS.4: rotation of KMS keys should be enabled.', seen: '2026-11-24' },
    { url: 'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/kms_key', claim: 'enable_key_rotation is false by default; customer_master_key_spec is SYMMETRIC_DEFAULT by default.', seen: '2026-11-24' },
  ],
  aliases: { checkov: ['CKV_AWS_7'], trivy: ['AWS-0065'], cfn_nag: ['F19'], guard: ['CMK_BACKING_KEY_ROTATION_ENABLED'] },
  controls: { securityHub: ['KMS.4'], cis: ['v3.0.0 3.6'] },
  fix: 'suggestion',
  bad: isFalse,
  absence: () => YES,
  exempt: (key) => any(
    not(any(isAbsent(key.get('KeySpec')), is(key.get('KeySpec'), oneOf('SYMMETRIC_DEFAULT')))),
    not(any(isAbsent(key.get('KeyUsage')), is(key.get('KeyUsage'), oneOf('ENCRYPT_DECRYPT')))),
    all(not(isAbsent(key.get('Origin'))), is(key.get('Origin'), oneOf('EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'))),
  ),
  write: { value: true, title: (property) => `Set ${property} to true (raises the price of the key after each of the first two rotations)` },
  message: (key, property, shown) => shown === undefined
    ? `The key ${key.displayName} does not set ${property}, so the same key material is used for ever; set ${property} to true.`
    : `The key ${key.displayName} has ${property} set to ${shown}, so the same key material is used for ever; set ${property} to true.`,
});
