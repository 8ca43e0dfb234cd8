import { itemRule } from '../forms/item-rule.ts';

export default itemRule({
  id: 'ecs-task-efs-transit-encryption',
  topic: 'encryption-in-transit',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'ECS tasks should mount EFS with encryption in transit',
  keywords: ['TLS', 'NFS', 'task definition', 'volume'],
  why: 'Without encryption in transit, files travel in plaintext between the host of the task and EFS. Anyone on the network path can read and change them.',
  sources: {
    'AWS::ECS::TaskDefinition.EFSVolumeConfiguration':
      'TransitEncryption encrypts EFS data between the host and the EFS server; without it, the default is DISABLED. IAM authorization requires it.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_97', 'AWS-0035'],
  controls: { securityHub: ['ECS.18'] },
  items: { 'AWS::ECS::TaskDefinition': 'Volumes[]' },
  setting: 'EFSVolumeConfiguration.TransitEncryption',
  onlyIf: { EFSVolumeConfiguration: 'is present' },
  required: 'ENABLED',
  absent: 'unsafe',
  problem: 'mounts EFS without encryption in transit',
  fix: { cost: 'creates a new revision' },
});
