import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'msk-encryption-in-transit',
  topic: 'encryption-in-transit',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'MSK clusters should encrypt data in transit',
  keywords: ['Kafka', 'TLS', 'PLAINTEXT', 'brokers'],
  why: 'Without TLS, anyone on the network path can read and change messages, and credentials of clients. MSK uses TLS unless a template turns it off.',
  remedy:
    'Set ClientBroker to TLS when all clients use the TLS ports, and InCluster to true when you create the cluster.',
  sources: {
    'AWS::MSK::Cluster.EncryptionInTransit':
      'ClientBroker is TLS by default; PLAINTEXT and TLS_PLAINTEXT allow plaintext. InCluster is true by default; changing it replaces the cluster.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_81', 'AWS-0073'],
  settings: {
    'AWS::MSK::Cluster': [
      {
        path: 'EncryptionInfo.EncryptionInTransit.ClientBroker',
        problem: 'accepts clients without TLS',
        fixCost: 'drops clients without TLS',
      },
      { path: 'EncryptionInfo.EncryptionInTransit.InCluster', write: true, controls: { securityHub: ['MSK.1'] } },
    ],
  },
  forbidden: ['PLAINTEXT', 'TLS_PLAINTEXT', 'false'],
  write: 'TLS',
  absent: 'safe',
  problem: 'does not encrypt traffic between brokers',
  advice: 'Use TLS only.',
  fix: { cost: 'replaces the cluster', impact: 'replace' },
});
