import { itemRule } from '../forms/item-rule.ts';

export default itemRule({
  id: 'ecs-task-privileged',
  topic: 'operations',
  severity: 'high',
  judged: '2026-11-29',
  title: 'ECS containers should not run in privileged mode',
  keywords: ['task definition', 'container escape', 'non-privileged', 'root on the host'],
  why: 'A privileged container has the permissions of root on its container instance. An attacker who compromises it controls the host and the other tasks on it.',
  remedy:
    'Set Privileged to false. If the container needs a kernel feature, add only that Linux capability or device in LinuxParameters.',
  sources: {
    'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html':
      'A privileged container has elevated privileges on the host container instance, similar to root. Fargate and Windows containers do not support the parameter.',
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html':
      'privileged is not valid in tasks that use Fargate.',
  },
  aliases: ['CKV_AWS_334'],
  controls: { securityHub: ['ECS.4'] },
  items: { 'AWS::ECS::TaskDefinition': 'ContainerDefinitions[]' },
  setting: 'Privileged',
  exemptIf: { 'AWS::ECS::TaskDefinition': { RequiresCompatibilities: { contains: 'FARGATE' } } },
  required: false,
  absent: 'safe',
  problem: 'runs a privileged container',
  consequence: 'Compromising the container means root access to its host.',
  fix: { cost: 'can break the container' },
});
