import { attributeRule } from '../forms/attribute-rule.ts';

export default attributeRule({
  id: 'emr-security-configuration-at-rest',
  topic: 'encryption-at-rest',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'EMR security configurations should enable encryption at rest',
  keywords: ['EnableAtRestEncryption', 'Hadoop', 'Spark', 'EMRFS', 'local disk', 'LUKS', 'KMS'],
  why: 'Data that jobs write to S3 and to local disks is not encrypted by EMR. Shuffle files and caches on disks can hold copies of all data.',
  remedy: 'Set EnableAtRestEncryption to true and add AtRestEncryptionConfiguration, in a new security configuration.',
  sources: {
    'AWS::EMR::SecurityConfiguration': 'The security configuration is JSON; changing it replaces the configuration.',
    'config:emr-security-configuration-encryption-rest':
      'A security configuration is noncompliant if EnableAtRestEncryption in its EncryptionConfiguration is false.',
  },
  aliases: ['CKV_AWS_171', 'AWS-0137', 'W61', 'EMR_SECURITY_CONFIG_ENABLED_AND_CONFIGURED_RULE'],
  controls: { securityHub: ['EMR.3'] },
  attributes: {
    'AWS::EMR::SecurityConfiguration': { map: 'SecurityConfiguration', within: ['EncryptionConfiguration'] },
  },
  attribute: 'EnableAtRestEncryption',
  required: true,
  // A security configuration can be about other things than encryption.
  absent: 'safe',
  problem: 'turns off encryption at rest',
  advice: 'Set EnableAtRestEncryption to true and add AtRestEncryptionConfiguration.',
  // Enabling it requires keys or certificates.
  fix: 'none',
});
