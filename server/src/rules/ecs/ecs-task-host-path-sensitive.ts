import { itemRule } from '../forms/item-rule.ts';

/** The root, configuration and runtime directories of a Linux host, and the sockets of its container runtimes. */
const CONTROLS_THE_HOST =
  /^\/(?:etc(?:\/(?:cron[\w.]*|passwd|shadow|sudoers(?:\.d)?|systemd(?:\/system)?))?|root(?:\/\.ssh)?|boot|dev|(?:var\/)?run|(?:var\/)?run\/(?:docker\.sock|docker|containerd(?:\/containerd\.sock)?)|var\/lib(?:\/(?:docker|containerd|ecs))?|var)?\/?$/;

export default itemRule({
  id: 'ecs-task-host-path-sensitive',
  topic: 'operations',
  severity: 'high',
  title: 'ECS tasks should not mount sensitive host paths',
  keywords: ['SourcePath', 'bind mount', 'docker.sock', 'Docker socket', 'container escape', 'host volume'],
  why: 'A container with the Docker socket, the root directory or the configuration of its host can start privileged containers or change the host. An attacker who compromises it controls the host.',
  remedy:
    'Mount only the directory that the container needs, or use a Docker or EFS volume. A read-only Docker socket still gives control of the daemon.',
  sources: {
    'https://docs.aws.amazon.com/cdk/api/v1/docs/@aws-cdk_aws-ecs.Host.html':
      'sourcePath is the path on the container instance that a container gets, with its content. Fargate does not support it.',
    'https://docs.docker.com/engine/security.md':
      'Only trusted users should control the Docker daemon: a container that gets the root directory of the host can change the host without restriction.',
    'https://www.tenable.com/audits/items/CIS_Docker_1.13.0_L1_v1.0.0.audit:164081253835632cf4a5623dc69195e6':
      'The CIS Docker Benchmark forbids docker.sock in containers, because it allows full control of the host.',
  },
  accessed: '2026-11-29',
  items: { 'AWS::ECS::TaskDefinition': 'Volumes[]' },
  setting: 'Host.SourcePath',
  forbidden: { matches: CONTROLS_THE_HOST },
  absent: 'safe',
  problem: 'mounts a sensitive host path',
  consequence: 'The container can take over the host.',
  advice: 'Mount a dedicated directory.',
  fix: 'none',
});
