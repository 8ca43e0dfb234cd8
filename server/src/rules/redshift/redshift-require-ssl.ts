import { attributeRule } from '../forms/attribute-rule.ts';

export default attributeRule({
  id: 'redshift-require-ssl',
  topic: 'encryption-in-transit',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'Redshift should require TLS for connections',
  keywords: ['require_ssl', 'SSL', 'parameter group', 'Redshift Serverless', 'workgroup', 'encryption in transit'],
  why: 'Clients can connect without TLS, so anyone on the network path can read queries and results.',
  sources: {
    'AWS::Redshift::ClusterParameterGroup.Parameter': 'A parameter group has names and values of parameters.',
    'AWS::RedshiftServerless::Workgroup.ConfigParameter': 'require_ssl is one of the parameters of a workgroup.',
    'config:redshift-require-tls-ssl': 'A cluster is noncompliant if require_SSL is not true.',
  },
  accessed: '2026-11-28',
  attributes: {
    'AWS::Redshift::ClusterParameterGroup': {
      list: 'Parameters',
      name: 'ParameterName',
      value: 'ParameterValue',
      aliases: ['CKV_AWS_105'],
      controls: { securityHub: ['Redshift.2'] },
    },
    'AWS::RedshiftServerless::Workgroup': {
      list: 'ConfigParameters',
      name: 'ParameterKey',
      value: 'ParameterValue',
      controls: { securityHub: ['RedshiftServerless.2'] },
    },
  },
  attribute: 'require_ssl',
  forbidden: { ignoringCase: ['false'] },
  write: 'true',
  // The default depends on the family of the parameter group.
  absent: 'safe',
  problem: 'accepts connections without TLS',
  fix: { cost: 'stops clients without TLS' },
});
