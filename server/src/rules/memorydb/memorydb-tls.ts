import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'memorydb-tls',
  topic: 'encryption-in-transit',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'MemoryDB clusters should use TLS',
  keywords: ['Redis', 'Valkey', 'encryption in transit', 'SSL'],
  why: 'Without TLS, anyone on the network path can read and change data. Such a cluster also supports only the open access ACL, without authentication.',
  remedy: 'Remove TLSEnabled or set it to true, and migrate the data to the new cluster.',
  sources: {
    'AWS::MemoryDB::Cluster':
      'TLSEnabled states whether encryption in transit is enabled; changing it replaces the cluster.',
    aws_memorydb_cluster: 'tls_enabled is true by default; when it is false, the ACL has to be open-access.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_202'],
  settings: { 'AWS::MemoryDB::Cluster': 'TLSEnabled' },
  required: true,
  absent: 'safe',
  problem: 'does not encrypt data in transit',
  fix: { cost: 'replaces the cluster; migrate its data', impact: 'replace' },
});
