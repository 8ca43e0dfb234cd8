import { settingRule } from '../forms/setting-rule.ts';

const IN_CLUSTER = { Engine: { matches: /^(aurora|neptune|docdb)/i }, DBClusterIdentifier: 'is set' } as const;

const INSTANCE = {
  aliases: ['CKV_AWS_293', 'AWS-0177', 'F80', 'RDS_INSTANCE_DELETION_PROTECTION_ENABLED'],
  controls: { securityHub: ['RDS.8'] },
} as const;

export default settingRule({
  id: 'rds-deletion-protection',
  topic: 'resilience',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'RDS instances and clusters should have deletion protection enabled',
  keywords: ['accidental deletion', 'data loss', 'Aurora'],
  why: 'A single API call or a stack update deletes a database with its automated backups, by mistake or by an attacker.',
  sources: {
    'AWS::RDS::DBInstance':
      'Deletion protection is off by default; while it is on, the database cannot be deleted. The property does not apply to Aurora instances, whose cluster has it.',
    'AWS::RDS::DBCluster': 'Deletion protection of Aurora and Multi-AZ DB clusters is off by default.',
    'config:rds-instance-deletion-protection-enabled':
      'For instances in a cluster, deletion protection is set on the cluster.',
  },
  settings: {
    'AWS::RDS::DBInstance': [
      { path: 'DeletionProtection', unless: { ...IN_CLUSTER, SourceDBInstanceIdentifier: 'is set' }, ...INSTANCE },
      {
        // A read replica has a copy of the data of its source.
        path: 'DeletionProtection',
        onlyIf: { SourceDBInstanceIdentifier: 'is set' },
        unless: IN_CLUSTER,
        severity: 'low',
        profile: 'strict',
        ...INSTANCE,
      },
    ],
    'AWS::RDS::DBCluster': {
      path: 'DeletionProtection',
      aliases: ['CKV_AWS_139', 'AWS-0343'],
      controls: { securityHub: ['RDS.7'] },
    },
  },
  required: true,
  absent: 'unsafe',
});
