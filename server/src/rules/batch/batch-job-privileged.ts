import { itemRule } from '../forms/item-rule.ts';

export default itemRule({
  id: 'batch-job-privileged',
  topic: 'operations',
  severity: 'high',
  judged: '2026-11-29',
  title: 'Batch jobs should not run privileged containers',
  keywords: ['job definition', 'container escape', 'root on the host'],
  why: 'A privileged container has the permissions of root on its container instance. An attacker who compromises the job controls the host and the other jobs on it.',
  remedy: 'Set Privileged to false. If the job needs a device, add only that device in LinuxParameters.',
  sources: {
    'https://docs.aws.amazon.com/batch/latest/APIReference/API_ContainerProperties.html':
      'A privileged container has elevated permissions on the host container instance, similar to root. The default is false, and Fargate does not support true.',
    'https://docs.aws.amazon.com/batch/latest/APIReference/API_TaskContainerDetails.html':
      'The same for the containers of a job that runs as an ECS task.',
  },
  aliases: ['CKV_AWS_210', 'W34', 'BATCH_JOB_CONTAINER_PROPERTIES_PRIVILEGED_RULE'],
  items: {
    'AWS::Batch::JobDefinition': [
      'ContainerProperties',
      'EcsProperties.TaskProperties[].Containers[]',
      'NodeProperties.NodeRangeProperties[].Container',
      'NodeProperties.NodeRangeProperties[].EcsProperties.TaskProperties[].Containers[]',
    ],
  },
  setting: 'Privileged',
  required: false,
  absent: 'safe',
  problem: 'runs a privileged container',
  consequence: 'Compromising the job means root access to its host.',
  fix: { cost: 'can break the job' },
});
