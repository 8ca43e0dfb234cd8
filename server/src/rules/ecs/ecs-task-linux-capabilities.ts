import { listRule } from '../forms/list-rule.ts';

export default listRule({
  id: 'ecs-task-linux-capabilities',
  topic: 'operations',
  severity: 'high',
  judged: '2026-11-29',
  title: 'ECS containers should not add powerful Linux capabilities',
  keywords: ['task definition', 'CAP_SYS_ADMIN', 'SYS_ADMIN', 'container escape'],
  why: 'SYS_ADMIN, SYS_MODULE, SYS_RAWIO and DAC_READ_SEARCH let a container mount file systems, load kernel modules, access devices or read any file of the host.',
  remedy: 'Remove the capability, or add only a narrower one that the container needs.',
  sources: {
    'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_KernelCapabilities.html':
      'add lists the capabilities that a container gets besides the defaults of Docker. With ALL, it gets the defaults only, without those in drop.',
    'AWS::ECS::TaskDefinition.KernelCapabilities':
      'Add maps to --cap-add of Docker. Fargate supports only SYS_PTRACE, so this rule does not report it.',
    'https://man7.org/linux/man-pages/man7/capabilities.7.html':
      'What each capability permits: mounts and administration, kernel modules, raw I/O, bypassing file permissions.',
  },
  lists: {
    'AWS::ECS::TaskDefinition': {
      path: 'ContainerDefinitions[].LinuxParameters.Capabilities.Add',
      unless: { RequiresCompatibilities: { contains: 'FARGATE' } },
    },
  },
  mustNotContain: ['SYS_ADMIN', 'SYS_MODULE', 'SYS_RAWIO', 'DAC_READ_SEARCH'],
  problem: 'gives a container powerful Linux capabilities',
  fix: { cost: 'can break the container' },
});
