import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'msk-connect-encryption-in-transit',
  topic: 'encryption-in-transit',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'MSK Connect connectors should encrypt data in transit',
  keywords: ['Kafka Connect', 'TLS', 'PLAINTEXT'],
  why: 'Without TLS, anyone on the network path between the connector and the cluster can read and change messages.',
  remedy: 'Set EncryptionType to TLS, and create the connector again.',
  sources: {
    'AWS::KafkaConnect::Connector.KafkaClusterEncryptionInTransit':
      'EncryptionType is the encryption of the connection to the Apache Kafka cluster; changing it replaces the connector.',
    aws_mskconnect_connector: 'encryption_type is PLAINTEXT by default.',
  },
  accessed: '2026-11-28',
  controls: { securityHub: ['MSK.3'] },
  settings: { 'AWS::KafkaConnect::Connector': 'KafkaClusterEncryptionInTransit.EncryptionType' },
  forbidden: ['PLAINTEXT'],
  write: 'TLS',
  absent: 'safe',
  problem: 'connects to Kafka without TLS',
  fix: { cost: 'replaces the connector', impact: 'replace' },
});
