import { flatMap } from '../../base/flat-map.ts';
import { all, any, is, judgement, not, UNKNOWABLE, type Judgement } from '../../model/judgement.ts';
import { literalText } from '../../model/named-secret.ts';
import { leaves } from '../../model/navigate.ts';
import { isTrue, oneOf, text } from '../../model/predicate.ts';
import type { Value } from '../../model/value.ts';
import { itemsAt, type PropertyItem } from '../forms/items.ts';
import { meets } from '../forms/test.ts';
import { defineRule } from '../rule.ts';

/**
 * The sockets of the container runtime, and directories with them. Mounting a socket read-only still gives control of
 * the daemon.
 */
const CONTROLS = /^\/$|^\/(?:var\/)?run(?:\/(?:docker\.sock|docker|containerd(?:\/containerd\.sock)?))?\/?$/;

/** Files and directories that control the host if they can be changed. */
const CONTROLS_IF_WRITABLE =
  /^\/(?:etc(?:\/(?:cron[\w.]*|passwd|shadow|sudoers(?:\.d)?|systemd(?:\/system)?))?|root(?:\/\.ssh)?|boot|var(?:\/lib(?:\/(?:docker|containerd|ecs))?)?)\/?$/;

/** Those with secrets of the host or of other containers. */
const HAS_SECRETS = /^\/(?:etc(?:\/shadow)?|root(?:\/\.ssh)?|var(?:\/lib(?:\/(?:docker|containerd|ecs))?)?)\/?$/;

const VOLUMES = 'Volumes';
const CONTAINERS = 'ContainerDefinitions';
const MOUNTS = `${CONTAINERS}[].MountPoints`;

export default defineRule({
  id: 'ecs-task-host-path-sensitive',
  on: 'resource',
  topic: 'operations',
  severity: 'high',
  // Most findings in real templates are about monitoring agents, which need the path.
  profile: 'strict',
  judged: '2026-11-29',
  title: 'ECS tasks should not mount sensitive host paths',
  keywords: ['bind mount', 'docker.sock', 'Docker socket', 'container escape', 'host volume'],
  why: 'A container with the Docker socket, the root directory or the configuration of its host can start privileged containers or change the host. An attacker who compromises it controls the host.',
  remedy:
    'Mount only the directory that the container needs, or use a Docker or EFS volume. A read-only Docker socket still gives control of the daemon.',
  sources: {
    'AWS::ECS::TaskDefinition.HostVolumeProperties':
      'SourcePath is the path on the container instance that is mounted in the container, with its content. Fargate does not support it.',
    'https://docs.docker.com/engine/security/':
      'Only trusted users should control the Docker daemon: a container that gets the root directory of the host can change the host without restriction.',
  },
  fix: 'none',
  reads: {
    'AWS::ECS::TaskDefinition': [
      'RequiresCompatibilities',
      VOLUMES,
      `${VOLUMES}[].Name`,
      `${VOLUMES}[].Host.SourcePath`,
      CONTAINERS,
      MOUNTS,
      `${MOUNTS}[].SourceVolume`,
      `${MOUNTS}[].ReadOnly`,
    ],
  },
  *check(task) {
    const onFargate = meets(task.get('RequiresCompatibilities'), { contains: 'FARGATE' });
    const mounts = itemsAt(task, `${MOUNTS}[]`);
    for (const { properties: volume, when } of itemsAt(task, `${VOLUMES}[]`)) {
      const path = volume.get('Host.SourcePath');
      const counts = all(judgement(when), not(onFargate));
      const readOnly = isReadOnly(volume.get('Name'), mounts);
      yield {
        violations: [
          {
            wrong: all(counts, any(matches(path, CONTROLS), all(matches(path, CONTROLS_IF_WRITABLE), not(readOnly)))),
            at: path,
          },
        ],
        message: `${task.displayName} mounts a sensitive host path. The container can take over the host; mount a dedicated directory.`,
      };
      yield {
        violations: [{ wrong: all(counts, matches(path, HAS_SECRETS), readOnly), at: path }],
        severity: 'low',
        message: `${task.displayName} mounts a sensitive host path. The container can read secrets of the host; mount a dedicated directory.`,
      };
    }
  },
});

function matches(path: Value, pattern: RegExp): Judgement {
  return is(
    path,
    text((raw) => pattern.test(raw)),
  );
}

/** Whether containers mount a volume, and all of them read-only. */
function isReadOnly(name: Value, mounts: readonly PropertyItem[]): Judgement {
  const names = flatMap(leaves(name), ({ value }) => literalText(value) ?? []);
  if (names.length === 0) return UNKNOWABLE;
  const ofVolume = mounts.map(({ properties, when }) => ({
    mounts: all(judgement(when), is(properties.get('SourceVolume'), oneOf(...names))),
    readOnly: is(properties.get('ReadOnly'), isTrue),
  }));
  return all(
    any(...ofVolume.map((one) => one.mounts)),
    ...ofVolume.map((one) => not(all(one.mounts, not(one.readOnly)))),
  );
}
