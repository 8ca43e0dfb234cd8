import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'redshift-default-admin-username',
  topic: 'identity',
  severity: 'low',
  judged: '2026-11-29',
  title: 'Redshift clusters should not use the default admin username',
  keywords: ['awsuser', 'master_username', 'brute force', 'password guessing'],
  why: 'The default admin username is publicly documented, so an attacker only has to guess the password.',
  remedy: 'Set MasterUsername to another name.',
  sources: {
    'config:redshift-default-admin-check': 'A cluster with the admin username awsuser, the default, is noncompliant.',
    'AWS::Redshift::Cluster': 'MasterUsername is the user name of the admin user; a change replaces the cluster.',
  },
  controls: { securityHub: ['Redshift.8'] },
  settings: {
    'AWS::Redshift::Cluster': [
      {
        path: 'MasterUsername',
        onlyIf: { PubliclyAccessible: true },
        severity: 'medium',
        problem: 'is public and uses the default admin username awsuser',
        aliases: ['CKV_AWS_391'],
      },
      { path: 'MasterUsername', aliases: {} },
    ],
  },
  forbidden: ['awsuser'],
  absent: 'safe',
  problem: 'uses the default admin username awsuser',
  advice: 'Use another name, which replaces the cluster.',
});
