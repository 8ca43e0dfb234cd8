/** The privilege escalation paths of an identity. */
import { flatMap } from '../../base/flat-map.ts';
import { memoize } from '../../base/memoize.ts';
import { once } from '../../base/once.ts';
import { table, type Table } from '../../base/table.ts';
import { all, any, NO, not, type Judgement } from '../../model/judgement.ts';
import type { Resource } from '../../model/resource.ts';
import { attachable } from './attachable.ts';
import type { EscalationPath, IamData, Risks } from '../data/iam-data.ts';
import { conditionsHold, type RequestContext } from '../condition/condition-holds.ts';
import type { IdentityAccess, Permission } from '../allowance/identity-access.ts';

export const PASS_ROLE = 'iam:PassRole';

/**
 * How a path works, on all resources: by changing permissions with IAM (`own`), by passing any role to a service
 * (`pass`), through a role that a resource already has (`existing`). Or on named resources: by changing the permissions
 * of the identity itself (`self`), by passing an administrator role to a service (`hand`), by taking over an
 * administrator role or user (`become`), by assuming an administrator role (`assume`) or a role that can escalate its
 * privileges (`climb`), by creating a role with such a name (`make`), by passing roles whose names match a pattern
 * (`match`) or that are named (`name`), with unknown permissions.
 */
export type EscalationMethod =
  | 'own'
  | 'pass'
  | 'existing'
  | 'self'
  | 'hand'
  | 'become'
  | 'assume'
  | 'climb'
  | 'make'
  | 'match'
  | 'name';

/**
 * Services that roles can be passed to, by the prefix of the actions that pass them. Those of
 * pipelines and task instances are in their trust policies, all others in AWS managed policies.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSAppRunnerFullAccess.html
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSBatchServiceRole.html
 * https://docs.aws.amazon.com/datapipeline/latest/DeveloperGuide/emrcluster-example-custom-iam-roles.html
 */
export const PASS_ROLE_SERVICES: Table<readonly string[]> = table({
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
  readonly way: EscalationMethod;
  /** The grants of each action, in the order of the path. */
  readonly parts: readonly (readonly Permission[])[];
  /**
   * The action at which the path is reported, with its grants. It is the last action, unless another rule reports that.
   */
  readonly anchor: { readonly action: string; readonly permissions: readonly Permission[] };
  /** The role, user or policy of the path; undefined if it can be any. */
  readonly target?: Resource;
  /** Set if the path is the purpose of such an identity. */
  readonly intended?: boolean;
  /** Whether an action is granted only under conditions. */
  readonly conditional: boolean;
  /** Where the identity has the path with one grant of the anchor. */
  open(anchor: Permission): Judgement;
}

/**
 * The escalation paths of an identity, without those that contain another path. Paths whose actions are all granted by
 * statements that other rules report (a whole service on all resources) are omitted, unless `wholeToo` is set.
 * @param isOwn The permissions to prefer as the location of a finding.
 */
export function escalationsOf(
  access: IdentityAccess,
  iam: IamData,
  isOwn: (permission: Permission) => boolean = () => false,
  wholeToo = false,
): readonly Escalation[] {
  const found: { readonly one: Escalation; readonly everywhere: Judgement }[] = [];
  // Shorter paths first, so that paths that contain them are skipped.
  for (const path of byLength(iam.risks.escalation)) {
    const one = walked(access, path, iam, isOwn);
    if (!one) continue;
    const contained = found.filter(({ one: other }) =>
      other.path.actions.every((action) => path.actions.includes(action)),
    );
    const shorter = any(...contained.map((other) => other.everywhere));
    const open = any(...one.anchor.permissions.map((permission) => one.open(permission)));
    // Where a shorter path is unknown, this one is unknown too.
    if (open.no.isAlways() || contained.some(({ everywhere }) => everywhere.yes.isAlways() || !open.yes.satisfiable()))
      continue;
    found.push({
      everywhere: open,
      one: contained.length === 0 ? one : { ...one, open: (anchor) => all(one.open(anchor), not(shorter)) },
    });
  }
  return found
    .map(({ one }) => one)
    .filter(({ parts }) => wholeToo || !parts.every((permissions) => permissions.some(({ whole }) => whole)));
}

/** The paths, shorter ones first. */
export const byLength = memoize((paths: Risks['escalation']): readonly EscalationPath[] =>
  paths.toSorted((a, b) => a.actions.length - b.actions.length),
);

function walked(
  access: IdentityAccess,
  path: EscalationPath,
  iam: IamData,
  isOwn: (permission: Permission) => boolean,
): Escalation | undefined {
  const parts: (readonly Permission[])[] = [];
  for (const action of path.actions) {
    const permissions = representativeGrants(access, action);
    // Most identities lack the permissions of most paths.
    if (permissions.length === 0) return undefined;
    parts.push(permissions);
  }
  const passes = path.actions.indexOf(PASS_ROLE);
  const way: EscalationMethod = passes >= 0 ? 'pass' : path.existing ? 'existing' : 'own';
  const passings =
    passes < 0 ? [] : passedTo(flatMap(path.actions, (action) => PASS_ROLE_SERVICES[action.split(':')[0]!] ?? []));
  const at = lastPart(parts, passes, isOwn);
  const judged = new Map<Permission, Judgement>();
  const granted = (permission: Permission, index: number): Judgement => {
    let granting = judged.get(permission);
    // The caller chooses the name of the resource that uses the role, so access to some names is sufficient.
    if (!granting)
      judged.set(
        permission,
        (granting =
          passes < 0
            ? attachable(permission, access, iam, (request) => permission.everywhere(request))
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
  const rest = once(others);
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
      return own.no.isAlways() ? NO : all(own, rest(), not(access.administers));
    },
  };
}

/**
 * The maximum number of grants of an action that apply only in some scenarios. The combinations of several actions
 * multiply.
 */
const MOST_SCENARIOS = 4;

/**
 * The grants of an action that allow more than the identity has as an administrator: all that apply in every scenario,
 * and a limited number of others.
 */
export function representativeGrants(access: IdentityAccess, action: string): readonly Permission[] {
  const permissions = access.lesser(action);
  if (permissions.length <= MOST_SCENARIOS) return permissions;
  let others = 0;
  return permissions.filter((permission) => {
    const there = permission.statement?.when;
    return !there || there.yes.isAlways() || ++others <= MOST_SCENARIOS;
  });
}

/**
 * The last action of a path that is granted individually and is not iam:PassRole, which another rule reports; otherwise
 * the last but one.
 */
function lastPart(parts: Escalation['parts'], passes: number, isOwn: (permission: Permission) => boolean): number {
  const preferred = parts.findLastIndex((permissions) =>
    permissions.some((permission) => isOwn(permission) && !permission.whole),
  );
  if (preferred >= 0) return preferred;
  const own = parts.findLastIndex((permissions, index) => index !== passes && permissions.some(({ whole }) => !whole));
  return own >= 0 ? own : parts.findLastIndex((_, index) => index !== passes);
}

/**
 * Where a part of a path is granted under conditions that are not always met. Conditions on policies are evaluated
 * separately.
 */
export function isConditional({ limited }: Permission): boolean {
  return (
    limited !== undefined &&
    limited.conditions.some(({ when, key }) => when.yes.satisfiable() && key.toLowerCase() !== 'iam:policyarn') &&
    !conditionsHold(limited).yes.isAlways()
  );
}

/**
 * Requests that pass a role to one of the services. The key is present whenever a role is passed to a service.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
 */
export function passedTo(services: readonly string[]): readonly RequestContext[] {
  return services.map((service) => new Map([['iam:passedtoservice', [service]]]));
}
