import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'ec2-snapshot-block-public-access',
  topic: 'data-exposure',
  severity: 'low',
  judged: '2026-11-29',
  title: 'Block public access for EBS snapshots should block all sharing',
  keywords: ['EC2', 'SnapshotBlockPublicAccess', 'block-new-sharing'],
  why: 'Anyone can copy the data of a public snapshot. The setting prevents public sharing in the Region, and with block-all-sharing it also blocks access to snapshots that are already public.',
  remedy: 'Set the state to block-all-sharing in each Region.',
  sources: {
    'AWS::EC2::SnapshotBlockPublicAccess':
      'block-all-sharing prevents new public sharing and treats public snapshots as private; with block-new-sharing, they remain public.',
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetSnapshotBlockPublicAccessState.html':
      'With unblocked, users can publicly share snapshots.',
  },
  accessed: '2026-11-28',
  controls: { securityHub: ['EC2.182'] },
  settings: { 'AWS::EC2::SnapshotBlockPublicAccess': 'State' },
  forbidden: ['block-new-sharing'],
  write: 'block-all-sharing',
  absent: { severity: 'high', profile: 'recommended', problem: 'allows public sharing of EBS snapshots' },
  problem: 'does not block access to snapshots that are already public',
  fix: { cost: 'makes public snapshots private' },
});
