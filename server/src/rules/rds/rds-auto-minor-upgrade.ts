import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'rds-auto-minor-upgrade',
  topic: 'operations',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'RDS databases should have automatic minor version upgrades enabled',
  keywords: ['patching', 'security patches', 'engine version', 'Aurora'],
  why: 'Minor versions of the database engine fix vulnerabilities. Without automatic upgrades, the database keeps them until it is upgraded manually.',
  sources: {
    'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html':
      'Minor upgrades are applied during the maintenance window by default; for RDS Custom, the property must be false.',
    'AWS::RDS::DBCluster':
      'The property applies to Aurora and Multi-AZ DB clusters; minor upgrades are applied by default.',
    aws_db_instance: 'auto_minor_version_upgrade is true by default.',
  },
  settings: {
    'AWS::RDS::DBInstance': {
      path: 'AutoMinorVersionUpgrade',
      unless: { Engine: { matches: /^custom-/i } },
      aliases: ['CKV_AWS_226', 'RDS_AUTOMATIC_MINOR_VERSION_UPGRADE_ENABLED'],
      controls: { securityHub: ['RDS.13'], cis: ['v3.0.0 2.3.2'] },
    },
    'AWS::RDS::DBCluster': { path: 'AutoMinorVersionUpgrade', controls: { securityHub: ['RDS.35'] } },
  },
  required: true,
  absent: 'safe',
  fix: { cost: 'upgrades can interrupt the database in its maintenance window' },
});
