import { attributeRule } from '../forms/attribute-rule.ts';

export default attributeRule({
  id: 'emr-security-configuration-in-transit',
  topic: 'encryption-in-transit',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'EMR security configurations should enable encryption in transit',
  keywords: ['EnableInTransitEncryption', 'Hadoop', 'Spark', 'TLS', 'SSL', 'shuffle'],
  why: 'Data travels in plaintext between the nodes of a cluster. Anyone on the network path can read and change it.',
  remedy:
    'Set EnableInTransitEncryption to true and add InTransitEncryptionConfiguration, in a new security configuration.',
  sources: {
    'AWS::EMR::SecurityConfiguration': 'The security configuration is JSON; changing it replaces the configuration.',
    'config:emr-security-configuration-encryption-transit':
      'A security configuration is noncompliant if EnableInTransitEncryption in its EncryptionConfiguration is false.',
  },
  aliases: ['CKV_AWS_351', 'AWS-0138', 'W61', 'EMR_SECURITY_CONFIG_ENABLED_AND_CONFIGURED_RULE'],
  controls: { securityHub: ['EMR.4'] },
  attributes: {
    'AWS::EMR::SecurityConfiguration': { map: 'SecurityConfiguration', within: ['EncryptionConfiguration'] },
  },
  attribute: 'EnableInTransitEncryption',
  required: true,
  // A security configuration can be about other things than encryption.
  absent: 'safe',
  problem: 'turns off encryption in transit',
  advice: 'Set EnableInTransitEncryption to true and add InTransitEncryptionConfiguration.',
  // Enabling it requires keys or certificates.
  fix: 'none',
});
