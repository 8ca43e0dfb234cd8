import { some } from '../../base/words.ts';
import { any, isPresent } from '../../model/judgement.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';
import { aimedEscalationsOf } from '../../policy/aimed-escalation.ts';
import { escalationsOf, type Escalation, type Way } from '../../policy/escalation.ts';
import { withoutGroups, type Identity } from '../../policy/identity.ts';
import { accessOf, type Lookup, type Permission } from '../../policy/identity-access.ts';
import { whereAllowed } from '../../policy/where-allowed.ts';
import { defineRule, type Violation, type RelatedValue, type Report } from '../rule.ts';
import { carriersOf, sharerOf, who } from './identity-words.ts';

export default defineRule({
  id: 'iam-identity-privilege-escalation',
  on: 'identity',
  topic: 'identity',
  severity: 'high',
  profile: 'recommended',
  since: '0.1',
  judged: '2026-11-26',
  title: 'IAM identity cannot give itself more permissions',
  why: 'Some actions, alone or together, let their holder become more than it is: attach a policy to itself, make a key for an administrator, run code with a role that may do more. What its policies say is then no limit.',
  remedy:
    'Name the users, roles and policies that are changed, none that may do everything and not itself, and the roles that are passed, with the condition iam:PassedToService; name the policies that may be attached by iam:PolicyARN; or set a permissions boundary that its holder cannot change, and demand it of the roles that it makes.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html',
      claim:
        'A permissions boundary limits what policies can grant to an identity, also when somebody who may write policies uses it to create others.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html',
      claim:
        'Who may pass a role to a service lets it act with its permissions; the roles can be limited by Resource and the services by iam:PassedToService.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html',
      claim:
        'Actions that attach a policy can be limited by its ARN, iam:PolicyARN, and those that make a role or change its policies by its boundary, iam:PermissionsBoundary.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html',
      claim: 'Who makes a role says in its trust policy who may assume it.',
      seen: '2026-11-26',
    },
    {
      url: 'https://pathfinding.cloud/paths/',
      claim: 'A catalogue of the actions by which an identity gains permissions that it was not given.',
      seen: '2026-11-26',
    },
  ],
  aliases: { checkov: ['CKV_AWS_110', 'CKV_AWS_286'], parliament: ['PRIVILEGE_ESCALATION'] },
  controls: {},
  fix: 'none',
  *check(identity, context) {
    if (!context.iam) return;
    const lookup = { ...context, iam: context.iam };
    const escalations = allOf(identity, lookup, context.stack);
    const bounded = identity.boundary !== undefined && isPresent(identity.boundary).yes.isAlways();
    for (const group of groupsOf(escalations)) yield reportOf(group, identity, lookup, bounded);
  },
});

/** The escalations of an identity by its own permissions, and those for which it needs the permissions of its groups too. What a group has alone is said of the group. */
function allOf(identity: Identity, lookup: Lookup, stack: Stack): readonly Escalation[] {
  const found = (one: Identity, isOwn?: (permission: Permission) => boolean): readonly Escalation[] => {
    const access = accessOf(one, lookup);
    return [...escalationsOf(access, lookup.iam, isOwn), ...aimedEscalationsOf(one, access, stack, lookup)];
  };
  const own = found(withoutGroups(identity));
  if (identity.groups.length === 0) return own;
  const nameOf = ({ way, path, target }: Escalation): string => `${way} ${path.name} ${target?.address ?? ''}`;
  const told = new Set(
    [own, ...identity.groups.map(({ group }) => found(group))]
      .flat()
      .filter(({ anchor, open }) => anchor.permissions.some((permission) => open(permission).yes.satisfiable()))
      .map(nameOf),
  );
  // Several users share a group, so what is their own says whose it is.
  const owned = new Set<object>([
    ...identity.grants.map(({ policy }) => policy),
    ...identity.managed.map(({ value }) => value),
  ]);
  return [
    ...own,
    ...found(identity, ({ policy, at }) => owned.has(policy ?? at)).filter((one) => !told.has(nameOf(one))),
  ];
}

/** What one statement, or one policy of AWS, has to do with escalations of one way: their common cause. */
interface Group {
  readonly way: Way;
  readonly conditional: boolean;
  readonly target: Resource | undefined;
  readonly meant: boolean;
  readonly anchors: Map<Value, { readonly permission: Permission; readonly escalations: Escalation[] }>;
}

/** The most places of one cause. */
const MOST_ANCHORS = 32;

function groupsOf(escalations: readonly Escalation[]): Iterable<Group> {
  const groups = new Map<object, Map<string, Group>>();
  for (const escalation of escalations)
    for (const permission of escalation.anchor.permissions) {
      if (escalation.open(permission).no.isAlways()) continue;
      const { way, conditional, target, meant = false } = escalation;
      const cause = permission.statement ?? permission.at;
      const kinds = groups.get(cause) ?? new Map<string, Group>();
      groups.set(cause, kinds);
      const kind = `${way} ${conditional} ${meant} ${target?.address ?? ''}`;
      const group = kinds.get(kind) ?? { way, conditional, target, meant, anchors: new Map() };
      kinds.set(kind, group);
      const anchor = group.anchors.get(permission.at);
      if (anchor) anchor.escalations.push(escalation);
      else if (group.anchors.size < MOST_ANCHORS)
        group.anchors.set(permission.at, { permission, escalations: [escalation] });
    }
  // Of several at one place the first is told, which has to be one that most ask for.
  return [...groups.values()]
    .flatMap((kinds) => [...kinds.values()])
    .toSorted((one, other) => Number(isMinor(one)) - Number(isMinor(other)));
}

/** Whether it is for those alone who want to hear of everything. */
function isMinor({ way, conditional, meant }: Group): boolean {
  return way === 'existing' || conditional || meant;
}

function reportOf(
  { way, conditional, target, meant, anchors }: Group,
  identity: Identity,
  lookup: Lookup,
  bounded: boolean,
): Report {
  const name = who(identity);
  const places = [...anchors.values()];
  const violations = places.map(({ permission, escalations }): Violation => ({
    at: permission.at,
    wrong: any(...escalations.map((one) => one.open(permission))),
  }));
  const escalations = [...new Set(places.flatMap((place) => place.escalations))];
  const parts = escalations.flatMap((one) => one.parts.flat());
  return {
    violations,
    ...WEIGHTS[way],
    // What AWS put together itself its author can only leave away.
    ...(parts.every(({ statement }) => statement === undefined) ? ({ severity: 'medium' } as const) : {}),
    ...(conditional ? ({ severity: way === 'existing' ? 'low' : 'medium', profile: 'strict' } as const) : {}),
    ...(meant ? ({ profile: 'strict' } as const) : {}),
    message: () => (way === 'own' && bounded ? ofBounded(name, escalations) : MESSAGES[way](name, escalations, target)),
    related: () => [
      ...relatedTo(escalations),
      ...sharerOf(
        identity,
        places.map(({ permission }) => permission),
        lookup,
      ),
      ...(target && way !== 'self'
        ? [{ value: target.self, message: `${target.displayName} may do everything, or all of IAM.` }]
        : []),
    ],
    subjects: carriersOf(parts),
  };
}

/**
 * Actions on everything that roles have already (a function, an instance, a stack) are what those who deploy are given, and that they are allowed on every resource
 * another rule says.
 */
const WEIGHTS = {
  own: {},
  pass: {},
  existing: { severity: 'medium', profile: 'strict' },
  self: {},
  hand: { severity: 'medium' },
  become: {},
  make: { severity: 'medium' },
  match: { severity: 'medium', profile: 'strict' },
  name: { severity: 'medium', profile: 'strict' },
} as const;

const ASSUME = 'sts:AssumeRole';

const MESSAGES: Readonly<
  Record<Way, (who: string, escalations: readonly Escalation[], target: Resource | undefined) => string>
> = {
  own: (name, escalations) =>
    `${name} can use ${some(actionsOf(escalations), 3)} on every resource${whereOf(escalations)} to give itself any permission. Restrict Resource to the users, roles and policies that are needed, or set a permissions boundary.`,
  pass: (name, escalations) =>
    `${name} may pass any role (iam:PassRole) and start something that uses it (${alternatives(escalations)}), so it can act with the permissions of every role that such a service may take; name the roles that are passed.`,
  existing: (name, escalations) =>
    escalations.every(({ path }) => path.actions.join() === ASSUME)
      ? `${name} can use ${ASSUME} on every resource${whereOf(escalations)}, so it can assume any role that trusts its account. Restrict Resource to the roles that are needed.`
      : `${name} can use ${alternatives(escalations)} on every resource${whereOf(escalations)}, so it can act with the permissions of any role that they use. Restrict Resource to the ARNs that are needed.`,
  self: (name, escalations, target) =>
    `${name} may use ${some(actionsOf(escalations), 3)} on ${target?.type === 'AWS::IAM::ManagedPolicy' ? `its own policy ${target.displayName}` : 'itself'}, by which it can give itself any permission of the account; leave it out of the resources, or set a permissions boundary.`,
  hand: (name, escalations, target) =>
    `${name} may pass the role ${target!.displayName} (iam:PassRole), which may do everything or all of IAM, and start something that uses it (${alternatives(escalations)}), so it can do all that too; pass a role that may do less.`,
  become: (name, escalations, target) =>
    target!.type === 'AWS::IAM::Group'
      ? `${name} may use ${some(actionsOf(escalations), 3)} on ${target!.displayName}, which may do everything or all of IAM, so whomever it adds may do all that too; leave the group out of the resources.`
      : `${name} may use ${some(actionsOf(escalations), 3)} on ${target!.displayName}, which may do everything or all of IAM, so it can become that; leave it out of the resources.`,
  match: (name, escalations) =>
    `${name} can pass any role with a matching name (iam:PassRole) and start something that uses it (${alternatives(escalations)}). Make sure that no such role has more permissions, or name the roles.`,
  name: (name, escalations) =>
    `${name} can pass a role that is not defined here (iam:PassRole) and start something that uses it (${alternatives(escalations)}). Make sure that this role has no more permissions.`,
  make: (name, escalations) =>
    `${name} may make roles and give them any policy (${some(actionsOf(escalations), 3)}) under some names, so it can make one that it may assume and that may do everything; demand a permissions boundary for both by the condition iam:PermissionsBoundary.`,
};

/** Its own boundary keeps an identity from giving itself more, and nobody else. */
function ofBounded(name: string, escalations: readonly Escalation[]): string {
  return `${name} may use ${some(actionsOf(escalations), 3)} on every resource, by which it can give others any permission of the account, whatever its own boundary says; name the users, roles and policies that are meant.`;
}

function actionsOf(escalations: readonly Escalation[]): readonly string[] {
  return [...new Set(escalations.map(({ path }) => path.actions.join(' with ')))];
}

/** The Region or NotResource that limits the resources of what they are shown at, where that is the same for all. */
function whereOf(escalations: readonly Escalation[]): string {
  const regions = new Set(
    escalations.flatMap(({ anchor }) => anchor.permissions.map(({ statement }) => whereAllowed(statement))),
  );
  return regions.size === 1 ? [...regions][0]! : '';
}

/** The actions of each path beside the passing of the role. */
function alternatives(escalations: readonly Escalation[]): string {
  const ways = new Map<string, Set<string>>();
  for (const { path } of escalations) {
    const [first = '', ...rest] = path.actions.filter((action) => action !== 'iam:PassRole');
    const others = ways.get(first) ?? new Set();
    ways.set(first, others.add(some(rest, 9)));
  }
  // What works alone needs nothing with it.
  return some(
    [...ways].map(([first, others]) => (others.has('') ? first : `${first} with ${some([...others], 3, 'or')}`)),
    3,
    'or',
  );
}

/** The most paths whose other parts are shown. */
const MOST_SHOWN = 4;

function relatedTo(escalations: readonly Escalation[]): readonly RelatedValue[] {
  return escalations.slice(0, MOST_SHOWN).flatMap(({ path, parts, anchor }) =>
    parts.flatMap((permissions, index) => {
      const action = path.actions[index]!;
      const [first] = permissions;
      return action === anchor.action || !first
        ? []
        : [{ value: first.at, message: `${action} is allowed here.`, when: first.somewhere() }];
    }),
  );
}
