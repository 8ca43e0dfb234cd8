/** How an identity can give itself more than it has, by actions that it is allowed. */
import { table, type Table } from '../base/table.ts';
import { all, any, NO, not, type Judgement } from '../model/judgement.ts';
import type { Resource } from '../model/resource.ts';
import { attachable } from './attachable.ts';
import type { EscalationPath, IamData, Risks } from './iam-data.ts';
import { conditionsHold, type RequestContext } from './condition-holds.ts';
import type { Access, Permission } from './identity-access.ts';

export const PASS_ROLE = 'iam:PassRole';

/**
 * How a path works: by changing what IAM says of the identity or of one that it can be (`own`), by handing a role to a service (`pass`), through
 * a role that something has already (`existing`). Or by no more than what some names allow: by changing what the identity itself is given (`self`), by handing one role
 * that may do everything to a service (`hand`), by taking over one such role or user (`become`), by making a role with such a name (`make`), by handing
 * roles to a service whose names fit a pattern (`match`) or that are named (`name`), and of which nobody sees what they may do.
 */
export type Way = 'own' | 'pass' | 'existing' | 'self' | 'hand' | 'become' | 'make' | 'match' | 'name';

/**
 * Services that take roles, by the prefix of the actions that hand them over. AWS's own policies name all of them but those of a pipeline's and a
 * task's instances, which their trust policies do.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSAppRunnerFullAccess.html
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSBatchServiceRole.html
 * https://docs.aws.amazon.com/datapipeline/latest/DeveloperGuide/emrcluster-example-custom-iam-roles.html
 */
export const TAKERS: Table<readonly string[]> = table({
  apprunner: ['apprunner.amazonaws.com', 'tasks.apprunner.amazonaws.com', 'build.apprunner.amazonaws.com'],
  'bedrock-agentcore': ['bedrock-agentcore.amazonaws.com'],
  cloudformation: ['cloudformation.amazonaws.com'],
  codebuild: ['codebuild.amazonaws.com'],
  datapipeline: ['datapipeline.amazonaws.com', 'elasticmapreduce.amazonaws.com', 'ec2.amazonaws.com'],
  ec2: ['ec2.amazonaws.com', 'ec2.amazonaws.com.cn'],
  ecs: ['ecs-tasks.amazonaws.com'],
  glue: ['glue.amazonaws.com'],
  lambda: ['lambda.amazonaws.com'],
  sagemaker: ['sagemaker.amazonaws.com'],
});

export interface Escalation {
  readonly path: EscalationPath;
  readonly way: Way;
  /** What grants the actions of the path, for each of them in the order of the path. */
  readonly parts: readonly (readonly Permission[])[];
  /** The action at which the path is shown, its last one as far as that is no finding of its own, and what grants it. */
  readonly anchor: { readonly action: string; readonly permissions: readonly Permission[] };
  /** The one role, user or policy that it is about; undefined where that can be any. */
  readonly target?: Resource;
  /** Set where it is what such an identity is for. */
  readonly meant?: boolean;
  /** Whether some action is granted under conditions alone. */
  readonly conditional: boolean;
  /** Where the identity can go this path by what grants the anchor in one place. */
  open(anchor: Permission): Judgement;
}

/**
 * The paths that an identity can go, none of which another one is contained in. A path all of whose actions are given by what is a finding of its
 * own (all of a service on everything) is left out.
 * @param isOwn Which permissions a path is shown at rather than at others.
 */
export function escalationsOf(
  access: Access,
  iam: IamData,
  isOwn: (permission: Permission) => boolean = () => false,
): readonly Escalation[] {
  const found: { readonly one: Escalation; readonly everywhere: Judgement }[] = [];
  // Shorter paths first, so that what contains one is seen to.
  for (const path of byLength(iam.risks.escalation)) {
    const one = walked(access, path, iam, isOwn);
    if (!one) continue;
    const contained = found.filter(({ one: other }) =>
      other.path.actions.every((action) => path.actions.includes(action)),
    );
    const shorter = any(...contained.map((other) => other.everywhere));
    const open = any(...one.anchor.permissions.map((permission) => one.open(permission)));
    // What is not known of a shorter path is not known of this one either.
    if (open.no.isAlways() || contained.some(({ everywhere }) => everywhere.yes.isAlways() || !open.yes.satisfiable()))
      continue;
    found.push({
      everywhere: open,
      one: contained.length === 0 ? one : { ...one, open: (anchor) => all(one.open(anchor), not(shorter)) },
    });
  }
  return found
    .map(({ one }) => one)
    .filter(({ parts }) => !parts.every((permissions) => permissions.some(({ whole }) => whole)));
}

const sorted = new WeakMap<Risks['escalation'], readonly EscalationPath[]>();

/** The paths, shorter ones first. */
export function byLength(paths: Risks['escalation']): readonly EscalationPath[] {
  let order = sorted.get(paths);
  if (!order) sorted.set(paths, (order = paths.toSorted((a, b) => a.actions.length - b.actions.length)));
  return order;
}

function walked(
  access: Access,
  path: EscalationPath,
  iam: IamData,
  isOwn: (permission: Permission) => boolean,
): Escalation | undefined {
  const parts: (readonly Permission[])[] = [];
  for (const action of path.actions) {
    const permissions = few(access, action);
    // Most identities are granted nothing of most paths.
    if (permissions.length === 0) return undefined;
    parts.push(permissions);
  }
  const passes = path.actions.indexOf(PASS_ROLE);
  const way: Way = passes >= 0 ? 'pass' : path.existing ? 'existing' : 'own';
  const passings = passes < 0 ? [] : passedTo(path.actions.flatMap((action) => TAKERS[action.split(':')[0]!] ?? []));
  const at = lastPart(parts, passes, isOwn);
  const judged = new Map<Permission, Judgement>();
  const granted = (permission: Permission, index: number): Judgement => {
    let granting = judged.get(permission);
    // What takes the role can be called as its maker likes, so that a part of the names is enough.
    if (!granting)
      judged.set(
        permission,
        (granting =
          passes < 0
            ? attachable(permission, access, iam, permission.everywhere)
            : index === passes
              ? any(...passings.map((request) => permission.everywhere(request)))
              : permission.somewhere()),
      );
    return granting;
  };
  const others = (): Judgement =>
    all(
      ...parts.map((permissions, index) =>
        index === at ? all() : any(...permissions.map((permission) => granted(permission, index))),
      ),
    );
  let rest: Judgement | undefined;
  const anchors = [isOwn, ({ whole }: Permission) => !whole]
    .map((meets) => parts[at]!.filter(meets))
    .find((some) => some.length > 0);
  return {
    path,
    way,
    parts,
    conditional: parts.some((permissions) => permissions.every(isConditional)),
    anchor: { action: path.actions[at]!, permissions: anchors ?? parts[at]! },
    open: (anchor) => {
      const own = granted(anchor, at);
      return own.no.isAlways() ? NO : all(own, (rest ??= others()), not(access.administers));
    },
  };
}

/** How many of the grants of an action that are there in some scenarios alone are told apart: those of several actions multiply. */
const MOST_SCENARIOS = 4;

/** What grants an action: all that does so whatever the scenario, and a few others. */
export function few(access: Access, action: string): readonly Permission[] {
  const permissions = access.permissions(action);
  if (permissions.length <= MOST_SCENARIOS) return permissions;
  let others = 0;
  return permissions.filter((permission) => {
    const there = permission.statement?.when;
    return !there || there.yes.isAlways() || ++others <= MOST_SCENARIOS;
  });
}

/** The last part of a path that is granted by itself and is no PassRole, which is a finding of its own; else the last but that. */
function lastPart(parts: Escalation['parts'], passes: number, isOwn: (permission: Permission) => boolean): number {
  const preferred = parts.findLastIndex((permissions) =>
    permissions.some((permission) => isOwn(permission) && !permission.whole),
  );
  if (preferred >= 0) return preferred;
  const own = parts.findLastIndex((permissions, index) => index !== passes && permissions.some(({ whole }) => !whole));
  return own >= 0 ? own : parts.findLastIndex((_, index) => index !== passes);
}

/** Where what grants a part of a path does so under conditions that are not always met; those on policies are looked at by themselves. */
export function isConditional({ limited }: Permission): boolean {
  return (
    limited !== undefined &&
    limited.conditions.some(({ when, key }) => when.yes.satisfiable() && key.toLowerCase() !== 'iam:policyarn') &&
    !conditionsHold(limited).yes.isAlways()
  );
}

/**
 * The requests by which a role is passed to one of some services: its key is there whenever a service is given a role.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
 */
export function passedTo(services: readonly string[]): readonly RequestContext[] {
  return services.map((service) => new Map([['iam:passedtoservice', [service]]]));
}
