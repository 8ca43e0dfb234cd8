import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'rds-proxy-require-tls',
  topic: 'encryption-in-transit',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'RDS Proxy should require TLS',
  keywords: ['DB proxy', 'SSL', 'encryption in transit'],
  why: 'Without TLS, anyone on the network path can read queries and results between clients and the proxy.',
  remedy: 'Set RequireTLS to true. It can be changed later.',
  sources: {
    'AWS::RDS::DBProxy':
      'RequireTLS enforces encrypted connections to the proxy; changing it does not replace the proxy.',
    aws_db_proxy: 'require_tls requires TLS for connections to the proxy.',
  },
  accessed: '2026-11-28',
  controls: { securityHub: ['RDS.43'] },
  settings: { 'AWS::RDS::DBProxy': 'RequireTLS' },
  required: true,
  absent: 'unsafe',
  problem: 'accepts connections without TLS',
  fix: { cost: 'stops clients without TLS' },
});
