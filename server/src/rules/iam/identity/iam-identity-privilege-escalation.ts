import { flatMap } from '../../../base/flat-map.ts';
import { some } from '../../../base/words.ts';
import { any, isPresent } from '../../../model/judgement.ts';
import { always, never, sometimes } from '../../../model/quantified.ts';
import type { Resource, Stack } from '../../../model/resource.ts';
import type { Value } from '../../../model/value.ts';
import { aimedEscalationsOf, findingAdministrators } from '../../../policy/escalation/aimed-escalation.ts';
import { escalationsOf, type Escalation, type EscalationMethod } from '../../../policy/escalation/escalation.ts';
import { withoutGroups, type Identity } from '../../../policy/allowance/identity.ts';
import { accessOf, type IdentityContext, type Permission } from '../../../policy/allowance/identity-access.ts';
import { scopePhrase } from '../../../policy/resource/scope-phrase.ts';
import { defineRule, type Violation, type RelatedValue, type Report } from '../../rule.ts';
import { carriersOf, affectedHolder, permissionSubject } from './identity-words.ts';

export default defineRule({
  id: 'iam-identity-privilege-escalation',
  on: 'identity',
  topic: 'identity',
  severity: 'high',
  judged: '2026-11-26',
  title: 'IAM identities should not be able to escalate privileges',
  keywords: ['privilege escalation', 'iam:PassRole', 'iam:AttachRolePolicy', 'iam:CreateAccessKey', 'least privilege'],
  why: 'Some actions, alone or combined, allow an identity to escalate its privileges: attach a policy to itself, create an access key for an administrator, or run code with a more privileged role. Its own policies then limit nothing.',
  remedy:
    'Restrict Resource to the users, roles and policies that it manages, without administrators and itself. Restrict iam:PassRole by iam:PassedToService and attached policies by iam:PolicyARN. Or set a permissions boundary and require it for the roles that it creates.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html':
      'A permissions boundary limits what policies can grant to an identity, also for delegated administrators who create other identities.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html':
      'A principal that can pass a role to a service allows it to act with its permissions; Resource restricts the roles and iam:PassedToService the services.',
    'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html':
      'Conditions can restrict actions that attach a policy by its ARN (iam:PolicyARN), and actions that create a role or change its policies by its boundary (iam:PermissionsBoundary).',
    'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html':
      'The request that creates a role includes its trust policy, which states the principals that can assume it.',
    'https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html': {
      claim:
        'A principal that is allowed sts:AssumeRole can assume a role of its account whose trust policy names the account or that principal.',
      seen: '2026-11-28',
    },
    'https://pathfinding.cloud/paths/':
      'A catalog of the actions by which an identity gains permissions that it was not given.',
  },
  aliases: { checkov: ['CKV_AWS_110', 'CKV_AWS_286'], parliament: ['PRIVILEGE_ESCALATION'] },
  fix: 'none',
  *preparing(identity, context) {
    if (context.iam) yield* findingAdministrators(identity, { ...context, iam: context.iam }, context.stack);
  },
  *check(identity, context) {
    if (!context.iam) return;
    const lookup = { ...context, iam: context.iam };
    const escalations = allOf(identity, lookup, context.stack);
    const bounded = identity.boundary !== undefined && always(isPresent(identity.boundary));
    for (const group of groupsOf(escalations)) yield reportOf(group, identity, lookup, bounded);
  },
});

/**
 * The escalation paths of an identity with its own permissions, and those that also require permissions of its groups.
 * Escalation paths with permissions of a group alone are reported on the group.
 */
function allOf(identity: Identity, lookup: IdentityContext, stack: Stack): readonly Escalation[] {
  const found = (one: Identity, isOwn?: (permission: Permission) => boolean): readonly Escalation[] => {
    const access = accessOf(one, lookup);
    return [...escalationsOf(access, lookup.iam, isOwn), ...aimedEscalationsOf(one, access, stack, lookup)];
  };
  const own = found(withoutGroups(identity));
  if (identity.groups.length === 0) return own;
  const nameOf = ({ way, path, target }: Escalation): string => `${way} ${path.name} ${target?.address ?? ''}`;
  const reported = new Set(
    [own, ...identity.groups.map(({ group }) => found(group))]
      .flat()
      .filter(({ anchor, open }) => anchor.permissions.some((permission) => sometimes(open(permission))))
      .map(nameOf),
  );
  // Several users share a group, so the finding is located at the user's own permissions.
  const owned = new Set<object>([
    ...identity.grants.map(({ policy }) => policy),
    ...identity.managed.map(({ value }) => value),
  ]);
  return [
    ...own,
    ...found(identity, ({ policy, at }) => owned.has(policy ?? at)).filter((one) => !reported.has(nameOf(one))),
  ];
}

/** A statement or an AWS managed policy as the common cause of similar escalation paths. */
interface Group {
  readonly way: EscalationMethod;
  readonly conditional: boolean;
  readonly target: Resource | undefined;
  readonly intended: boolean;
  readonly anchors: Map<Value, { readonly permission: Permission; readonly escalations: Escalation[] }>;
}

/** The maximum number of places of a cause. */
const MOST_ANCHORS = 32;

function groupsOf(escalations: readonly Escalation[]): Iterable<Group> {
  const groups = new Map<object, Map<string, Group>>();
  for (const escalation of escalations)
    for (const permission of escalation.anchor.permissions) {
      if (never(escalation.open(permission))) continue;
      const { way, conditional, target, intended = false } = escalation;
      const cause = permission.statement ?? permission.at;
      const kinds = groups.get(cause) ?? new Map<string, Group>();
      groups.set(cause, kinds);
      const kind = `${way} ${conditional} ${intended} ${target?.address ?? ''}`;
      const group = kinds.get(kind) ?? { way, conditional, target, intended, anchors: new Map() };
      kinds.set(kind, group);
      const anchor = group.anchors.get(permission.at);
      if (anchor) anchor.escalations.push(escalation);
      else if (group.anchors.size < MOST_ANCHORS)
        group.anchors.set(permission.at, { permission, escalations: [escalation] });
    }
  // The first finding at a place is reported, so those of stricter profiles come last.
  return flatMap([...groups.values()], (kinds) => [...kinds.values()]).toSorted(
    (one, other) => Number(isMinor(one)) - Number(isMinor(other)),
  );
}

/** Whether only the strict profile reports it. */
function isMinor({ way, conditional, intended }: Group): boolean {
  return way === 'existing' || conditional || intended;
}

function reportOf(
  { way, conditional, target, intended, anchors }: Group,
  identity: Identity,
  lookup: IdentityContext,
  bounded: boolean,
): Report {
  const name = permissionSubject(identity);
  const places = [...anchors.values()];
  const violations = places.map(({ permission, escalations }): Violation => ({
    at: permission.at,
    wrong: any(...escalations.map((one) => one.open(permission))),
  }));
  const escalations = [...new Set(flatMap(places, (place) => place.escalations))];
  const parts = flatMap(escalations, (one) => one.parts.flat());
  return {
    violations,
    ...WEIGHTS[way],
    // The author can only detach an AWS managed policy, not change it.
    ...(parts.every(({ statement }) => statement === undefined) ? ({ severity: 'medium' } as const) : {}),
    ...(conditional ? ({ severity: way === 'existing' ? 'low' : 'medium', profile: 'strict' } as const) : {}),
    ...(intended ? ({ profile: 'strict' } as const) : {}),
    message: () => (way === 'own' && bounded ? ofBounded(name, escalations) : MESSAGES[way](name, escalations, target)),
    related: () => [
      ...relatedTo(escalations),
      ...affectedHolder(
        identity,
        places.map(({ permission }) => permission),
        lookup,
      ),
      ...(target && way !== 'self'
        ? [
            {
              value: target.self,
              message:
                way === 'climb'
                  ? `${target.displayName} can escalate privileges.`
                  : `${target.displayName} has administrator or full IAM access.`,
            },
          ]
        : []),
    ],
    subjects: carriersOf(parts),
  };
}

/**
 * The severity of each way. Actions on all resources that already have a role (a function, an instance, a stack) are
 * common in deployment roles, and another rule reports that they are allowed on all resources.
 */
const WEIGHTS = {
  own: {},
  pass: {},
  existing: { severity: 'medium', profile: 'strict' },
  self: {},
  hand: { severity: 'medium' },
  become: {},
  assume: {},
  climb: { severity: 'medium' },
  make: { severity: 'medium' },
  match: { severity: 'medium', profile: 'strict' },
  name: { severity: 'medium', profile: 'strict' },
} as const;

const ASSUME = 'sts:AssumeRole';

const MESSAGES: Readonly<
  Record<EscalationMethod, (who: string, escalations: readonly Escalation[], target: Resource | undefined) => string>
> = {
  own: (name, escalations) =>
    `${name} can escalate its privileges on all resources${whereOf(escalations)}. It can use ${some(actionsOf(escalations), 3)}; restrict Resource, or set a permissions boundary.`,
  pass: (name, escalations) =>
    `${name} can escalate its privileges by passing any role. It can use iam:PassRole and ${alternatives(escalations)}; restrict iam:PassRole to the roles that are needed.`,
  existing: (name, escalations) =>
    escalations.every(({ path }) => path.actions.join() === ASSUME)
      ? `${name} can assume any role that trusts its account. It can use ${ASSUME} on all resources${whereOf(escalations)}; restrict Resource to the roles that are needed.`
      : `${name} can use the roles of all resources${whereOf(escalations)}. It can use ${alternatives(escalations)}; restrict Resource to the ARNs that are needed.`,
  self: (name, escalations, target) =>
    `${name} can escalate its privileges through ${target?.type === 'AWS::IAM::ManagedPolicy' ? `its policy ${target.displayName}` : 'itself'}. It can use ${some(actionsOf(escalations), 3)} on it; exclude it from Resource, or set a permissions boundary.`,
  hand: (name, escalations, target) =>
    `${name} can escalate its privileges by passing ${target!.displayName}. It can use iam:PassRole and ${alternatives(escalations)}; pass a less privileged role.`,
  become: (name, escalations, target) =>
    target!.type === 'AWS::IAM::Group'
      ? `${name} can add any user to the administrators ${target!.displayName}. It can use ${some(actionsOf(escalations), 3)}; exclude the group from Resource.`
      : `${name} can take over the administrator ${target!.displayName}. It can use ${some(actionsOf(escalations), 3)}; exclude ${target!.displayName} from Resource.`,
  match: (name, escalations) =>
    `${name} can pass any role with a matching name. With ${alternatives(escalations)}, it can use their permissions; make sure that no such role has more, or name the roles.`,
  name: (name, escalations) =>
    `${name} can pass a role that is not defined here. With ${alternatives(escalations)}, it can use its permissions; make sure that the role has no more of them.`,
  assume: (name, _, target) =>
    `${name} can assume the administrator role ${target!.displayName}. It can use ${ASSUME} on it; exclude that role from Resource, or restrict its trust policy.`,
  climb: (name, _, target) =>
    `${name} can escalate its privileges through the role ${target!.displayName}. It can use ${ASSUME} on it; exclude that role from Resource, or restrict its trust policy.`,
  make: (name, escalations) =>
    `${name} can create an administrator role for itself. Require a boundary with iam:PermissionsBoundary for ${some(actionsOf(escalations), 3)}.`,
};

/**
 * The message for an identity with a permissions boundary, which prevents it from escalating its own privileges, but
 * not those of others.
 */
function ofBounded(name: string, escalations: readonly Escalation[]): string {
  return `${name} can give others any permission despite its boundary. It can use ${some(actionsOf(escalations), 3)}; restrict Resource to the users, roles and policies that are needed.`;
}

function actionsOf(escalations: readonly Escalation[]): readonly string[] {
  return [...new Set(escalations.map(({ path }) => path.actions.join(' with ')))];
}

/** The Region or NotResource that limits the resources of the reported statements, if it is the same for all. */
function whereOf(escalations: readonly Escalation[]): string {
  const regions = new Set(
    flatMap(escalations, ({ anchor }) => anchor.permissions.map(({ statement }) => scopePhrase(statement))),
  );
  return regions.size === 1 ? [...regions][0]! : '';
}

/** The actions of each path besides iam:PassRole. */
function alternatives(escalations: readonly Escalation[]): string {
  const ways = new Map<string, Set<string>>();
  for (const { path } of escalations) {
    const [first = '', ...rest] = path.actions.filter((action) => action !== 'iam:PassRole');
    const others = ways.get(first) ?? new Set();
    ways.set(first, others.add(some(rest, 9)));
  }
  // An action that is sufficient alone is listed without others.
  return some(
    [...ways].map(([first, others]) => (others.has('') ? first : `${first} with ${some([...others], 3, 'or')}`)),
    3,
    'or',
  );
}

/** The maximum number of paths whose other actions are shown. */
const MOST_SHOWN = 4;

function relatedTo(escalations: readonly Escalation[]): readonly RelatedValue[] {
  return flatMap(escalations.slice(0, MOST_SHOWN), ({ path, parts, anchor }) =>
    flatMap(parts, (permissions, index) => {
      const action = path.actions[index]!;
      const [first] = permissions;
      return action === anchor.action || !first
        ? []
        : [{ value: first.at, message: `${action} is allowed here.`, when: first.somewhere() }];
    }),
  );
}
