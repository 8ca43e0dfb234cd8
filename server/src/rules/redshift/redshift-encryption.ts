import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'redshift-encryption',
  topic: 'encryption-at-rest',
  severity: 'high',
  judged: '2026-11-29',
  title: 'Redshift clusters should be encrypted at rest',
  keywords: ['data warehouse', 'unencrypted cluster', 'KMS', 'CMK', 'snapshots'],
  why: 'Anyone who gets a copy of the storage or a snapshot of an unencrypted cluster can read it. New clusters are encrypted by default; only older ones can still be unencrypted.',
  remedy:
    'Remove Encrypted or set it to true. Redshift migrates the data of an existing cluster to a new, encrypted one.',
  sources: {
    'AWS::Redshift::Cluster':
      'Encrypted is true by default; a request with false fails; changing it does not replace the cluster.',
    'https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-db-encryption.html': {
      claim: 'Where encryption is enabled for a cluster, Redshift migrates its data to a new encrypted cluster.',
      seen: '2026-11-29',
    },
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_64', 'AWS-0084', 'F28', 'REDSHIFT_CLUSTER_CONFIGURATION_CHECK'],
  controls: { securityHub: ['Redshift.10'] },
  settings: { 'AWS::Redshift::Cluster': 'Encrypted' },
  required: true,
  absent: 'safe',
  problem: 'turns off encryption at rest',
  consequence: 'Redshift rejects this for new clusters.',
  fix: { cost: 'migrates the data of an existing cluster' },
});
