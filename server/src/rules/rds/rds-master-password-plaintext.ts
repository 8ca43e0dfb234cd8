import { secretRule } from '../forms/secret-rule.ts';

const PASSWORD = { path: 'MasterUserPassword', managedBy: 'ManageMasterUserPassword' } as const;

/** The ids of other tools' checks for instances and for clusters. */
const OF_INSTANCES = ['F23', 'RDS_MASTER_USER_PASSWORD_NO_PLAINTEXT_PASSWORD'];
const OF_CLUSTERS = ['F34', 'RDS_CLUSTER_MASTER_USER_PASSWORD_NO_PLAINTEXT_PASSWORD'];

export default secretRule({
  id: 'rds-master-password-plaintext',
  severity: 'critical',
  judged: '2026-11-24',
  title: 'RDS master passwords should not be hard-coded',
  keywords: ['Secrets Manager'],
  why: 'Anyone who can read the repository, a backup of it or a build log can log in to the database as its administrator.',
  sources: {
    'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html':
      'RDS can manage the master password of an existing instance with Secrets Manager; MasterUserPassword cannot be specified at the same time.',
    'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html':
      'The same for Aurora and Multi-AZ DB clusters.',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html':
      'The value of a parameter with NoEcho is masked with asterisks in calls that describe the stack.',
  },
  secrets: {
    'AWS::RDS::DBInstance': { ...PASSWORD, aliases: OF_INSTANCES },
    'AWS::RDS::DBCluster': { ...PASSWORD, aliases: OF_CLUSTERS },
  },
  manager: 'RDS',
});
