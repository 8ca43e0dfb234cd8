import { itemRule } from '../forms/item-rule.ts';

export default itemRule({
  id: 'ecs-task-efs-transit-encryption',
  topic: 'encryption-in-transit',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'ECS tasks should mount EFS with encryption in transit',
  keywords: ['EFSVolumeConfiguration', 'TransitEncryption', 'TLS', 'NFS', 'task definition', 'volume'],
  why: 'Without encryption in transit, files travel in plaintext between the host of the task and EFS. Anyone on the network path can read and change them.',
  remedy: 'Set TransitEncryption to ENABLED.',
  sources: {
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ecs-taskdefinition-efsvolumeconfiguration.html':
      'TransitEncryption encrypts EFS data between the host and the EFS server; without it, the default is DISABLED. IAM authorization requires it.',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-18': {
      claim: 'ECS.18: task definitions should use encryption in transit for EFS volumes.',
      seen: '2026-11-29',
    },
  },
  accessed: '2026-11-28',
  aliases: { checkov: ['CKV_AWS_97'], trivy: ['AWS-0035'] },
  controls: { securityHub: ['ECS.18'] },
  items: { 'AWS::ECS::TaskDefinition': 'Volumes[]' },
  setting: 'EFSVolumeConfiguration.TransitEncryption',
  onlyIf: { EFSVolumeConfiguration: 'is present' },
  required: 'ENABLED',
  absent: 'unsafe',
  problem: 'mounts EFS without encryption in transit',
  fix: { cost: 'creates a new revision' },
});
