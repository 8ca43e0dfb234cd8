import { attributeRule } from '../forms/attribute-rule.ts';

export default attributeRule({
  id: 'emr-security-configuration-in-transit',
  topic: 'encryption-in-transit',
  severity: 'medium',
  title: 'EMR security configurations should enable encryption in transit',
  keywords: ['EnableInTransitEncryption', 'Hadoop', 'Spark', 'TLS', 'SSL', 'shuffle'],
  why: 'Data moves in plaintext between the nodes of a cluster, so that anyone on the network path can read and change it.',
  remedy: 'Set EnableInTransitEncryption to true, with its configuration, in a new security configuration.',
  sources: {
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-emr-securityconfiguration.html':
      'The security configuration is JSON; changing it replaces the configuration.',
    'https://hub.steampipe.io/mods/turbot/aws_compliance/controls/control.foundational_security_emr_4':
      'EMR.4: it fails if a security configuration does not enable encryption in transit.',
  },
  accessed: '2026-11-28',
  aliases: {
    checkov: ['CKV_AWS_351'],
    trivy: ['AWS-0138'],
    cfn_nag: ['W61'],
    guard: ['EMR_SECURITY_CONFIG_ENABLED_AND_CONFIGURED_RULE'],
  },
  controls: { securityHub: ['EMR.4'] },
  attributes: {
    'AWS::EMR::SecurityConfiguration': { map: 'SecurityConfiguration', within: ['EncryptionConfiguration'] },
  },
  attribute: 'EnableInTransitEncryption',
  required: true,
  // A security configuration can be about other things than encryption.
  absent: 'safe',
  problem: 'turns off encryption in transit',
  advice: 'Enable it, with its configuration.',
  // Enabling it requires keys or certificates.
  fix: 'none',
});
