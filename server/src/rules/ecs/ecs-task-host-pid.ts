import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'ecs-task-host-pid',
  topic: 'operations',
  severity: 'high',
  judged: '2026-11-29',
  title: 'ECS tasks should not share the process namespace of the host',
  keywords: ['host PID', 'task definition', 'container isolation'],
  why: 'In the process namespace of the host, containers see all processes of the host and of other tasks. They can read the environment of these processes, and signal or terminate them.',
  sources: {
    'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskDefinition.html':
      'With host, containers share the process namespace of the EC2 instance, with a higher risk of exposure; task shares one within the task. The default is a namespace for each container. Fargate supports only task.',
    'config:ecs-task-definition-pid-mode-check': 'A task definition is noncompliant if pidMode is host.',
  },
  aliases: ['CKV_AWS_335'],
  controls: { securityHub: ['ECS.3'] },
  settings: {
    'AWS::ECS::TaskDefinition': { path: 'PidMode', unless: { RequiresCompatibilities: { contains: 'FARGATE' } } },
  },
  forbidden: ['host'],
  write: 'task',
  absent: 'safe',
  problem: 'shares the process namespace of its host',
  consequence: 'Its containers can see and signal all processes of the host.',
  fix: { cost: 'hides processes outside the task' },
});
