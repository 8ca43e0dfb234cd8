/** Identities with all that they are granted, wherever in a stack it is written. */
import { addTo } from '../base/groups.ts';
import { bothTruths, TRUE, type Truth } from '../base/guard.ts';
import { isolated } from '../base/isolation.ts';
import { once } from '../base/once.ts';
import { isPresent } from '../model/judgement.ts';
import { either, itemsOfProperty, mapLeaves, member } from '../model/navigate.ts';
import type { PolicyDocument } from '../model/policy.ts';
import { inverseOf, type ConnectionKind, type RelationKind } from '../model/relation.ts';
import type { Edge, Resource, Stack } from '../model/resource.ts';
import type { Element, Value } from '../model/value.ts';
import type { RequestContext } from './condition-holds.ts';
import { factsOf, type ByAddress } from './holder.ts';

/** A policy document that grants something to an identity, and in which scenarios it has it. */
export interface Grant {
  readonly policy: PolicyDocument;
  readonly when: Truth;
}

/** A group, and in which scenarios a user is in it. */
export interface Membership {
  readonly group: Identity;
  readonly when: Truth;
}

/** A role, a user, a group, a permission set; or one policy for whoever it is attached to, where that is not seen. */
export interface Identity {
  /** What has the grants; the resource that carries the policy where that is all there is. */
  readonly resource: Resource;
  /** Inline policies, and managed policies that the stack makes. */
  readonly grants: readonly Grant[];
  /** The groups in which the stack puts a user: what these allow and deny, the user is allowed and denied too. */
  readonly groups: readonly Membership[];
  /** The policies of these groups. */
  readonly inherited: readonly Grant[];
  /** What names managed policies: by ARN, by reference. Those that the stack makes are among the grants too. */
  readonly managed: readonly Element[];
  /** The value that names the boundary; absent where there is none. Undefined for what can have none, or where whoever has it is not seen. */
  readonly boundary: Value | undefined;
  /** The documents of the boundary, as far as the stack makes them. */
  readonly boundaries: readonly Grant[];
  /** In which scenarios these are all the policies that it has, `managed` included: nothing that could attach one was left unread. */
  readonly complete: Truth;
  /** What is known of each of its requests: who makes it. */
  readonly facts: RequestContext;
  /** In which scenarios the policies that it names itself, inline or in its list, are all among these. */
  readonly named: Truth;
}

const GROUP = 'AWS::IAM::Group';

/** How the types of identities are connected with their policies. */
const ATTACHED: ReadonlyMap<string, RelationKind> = new Map([
  ['AWS::IAM::Role', 'role-policies'],
  ['AWS::IAM::User', 'user-policies'],
  ['AWS::IAM::Group', 'group-policies'],
]);

/** The other ends of these. */
const HOLDERS: readonly RelationKind[] = ['policy-roles', 'policy-users', 'policy-groups', 'policy-permission-sets'];

const CARRIERS: ReadonlySet<string> = new Set([
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::RolePolicy',
  'AWS::IAM::UserPolicy',
  'AWS::IAM::GroupPolicy',
]);

/** The identities of a stack, always the same ones. A policy that is attached to something in sight is looked at there alone. */
export function identitiesOf(stack: Stack): readonly Identity[] {
  let identities = known.get(stack);
  if (!identities) known.set(stack, (identities = identitiesIn(stack)));
  return identities;
}

const known = new WeakMap<Stack, readonly Identity[]>();

function identitiesIn(stack: Stack): readonly Identity[] {
  const alone = new Map<Resource, PolicyDocument[]>(
    stack.resources.filter(({ type }) => type === 'AWS::SSO::PermissionSet').map((set) => [set, []]),
  );
  for (const policy of stack.policies)
    if (
      isOfIdentity(policy) &&
      !ATTACHED.has(policy.host.type) &&
      isolated(
        () => policy.value.origin.use,
        () => !isAttached(policy.host),
        () => false,
      )
    )
      addTo(alone, policy.host, policy);
  // Which of its managed policies are in sight is asked value by value, so only what policies say of their holders counts here.
  const attaching = new Map(
    [...ATTACHED].map(([type, kind]) => [type, once(() => attachingIs(stack, inverseOf(kind as ConnectionKind)))]),
  );
  const groups = new Map<Resource, Identity>();
  const byAddress: ByAddress = (address) => stack.byAddress(address);
  const found = stack.resources
    .filter(({ type }) => ATTACHED.has(type))
    .flatMap((resource) =>
      inSpiteOf(resource, () => holder(resource, attaching.get(resource.type)!, groups, byAddress)),
    );
  for (const identity of found) if (identity.resource.type === GROUP) groups.set(identity.resource, identity);
  return [
    ...found,
    ...[...alone].flatMap(([host, policies]) => inSpiteOf(host, () => carrier(host, policies, byAddress))),
  ];
}

/** What is known of one identity; nothing when finding it out fails, which costs none of the others. */
function inSpiteOf<T>({ self }: Resource, work: () => T): readonly T[] {
  return isolated(
    () => self.origin.use,
    () => [work()],
    () => [],
  );
}

/** A policy with several holders is looked at once for each of them; one whose holders are not all seen still has those that are. */
function isAttached(host: Resource): boolean {
  return CARRIERS.has(host.type) && HOLDERS.some((kind) => host.related(kind).edges.length > 0);
}

/** Whether a managed policy is the boundary of something in sight, and nothing in sight has it otherwise: it grants nothing then, and only limits. */
export function isBoundary(host: Resource): boolean {
  const reaches = (kind: RelationKind): boolean => host.related(kind).edges.some(({ when }) => when.yes.satisfiable());
  return host.type === 'AWS::IAM::ManagedPolicy' && reaches('boundary-of') && !HOLDERS.some(reaches);
}

/** In which scenarios all policies of a stack say whom they are attached to. */
function attachingIs({ resources }: Stack, kind: RelationKind): Truth {
  return resources
    .filter(({ type }) => CARRIERS.has(type))
    .map((policy) => policy.related(kind).complete)
    .reduce(bothTruths, TRUE);
}

function holder(
  resource: Resource,
  attaching: () => Truth,
  identities: ReadonlyMap<Resource, Identity>,
  byAddress: ByAddress,
): Identity {
  const own = resource.policies();
  const boundaries = resource.type === 'AWS::IAM::Group' ? undefined : resource.related('permissions-boundary');
  const managed = itemsOfProperty(resource.get('ManagedPolicyArns'));
  const groups = once((): readonly Membership[] =>
    resource.type !== 'AWS::IAM::User'
      ? []
      : groupsOf(resource).flatMap(({ resource: its, when }) => {
          const group = identities.get(its);
          return group ? [{ group, when }] : [];
        }),
  );
  const inherited = once((): readonly Grant[] =>
    groups().flatMap(({ group, when }) =>
      group.grants.map((grant) => ({ policy: grant.policy, when: bothTruths(when, grant.when) })),
    ),
  );
  const facts = once(() => factsOf(resource, byAddress));
  return {
    resource,
    get facts() {
      return facts();
    },
    grants: grantsOfHolder(resource),
    get groups() {
      return groups();
    },
    get inherited() {
      return inherited();
    },
    managed: managed.items,
    boundary: boundaries && resource.get('PermissionsBoundary'),
    boundaries: boundaries?.edges.flatMap(grantsOf) ?? [],
    get complete() {
      return [own.complete, attaching(), managed.complete].reduce(bothTruths, TRUE);
    },
    named: bothTruths(own.complete, managed.complete),
  };
}

/** The policies of a role, user or group: its own, and those that are attached to it. */
function grantsOfHolder(resource: Resource): readonly Grant[] {
  return [
    ...resource
      .policies()
      .documents.filter(isOfIdentity)
      .map((policy) => ({ policy, when: resource.exists })),
    ...resource.related(ATTACHED.get(resource.type)!).edges.flatMap(grantsOf),
  ];
}

/** The groups in which the stack puts a user. */
function groupsOf(user: Resource): readonly Edge[] {
  const additions = user
    .related('user-additions')
    .edges.flatMap(({ resource, when }) =>
      resource.related('addition-group').edges.map((edge) => ({ ...edge, when: bothTruths(when, edge.when) })),
    );
  return [...user.related('user-groups').edges, ...additions].filter(({ resource }) => resource.type === GROUP);
}

/** An identity without what its groups allow it; what they deny it is denied nevertheless. */
export function withoutGroups(identity: Identity): Identity {
  if (identity.groups.length === 0) return identity;
  let own = ungrouped.get(identity);
  if (!own) ungrouped.set(identity, (own = { ...identity, groups: [] }));
  return own;
}

const ungrouped = new WeakMap<Identity, Identity>();

/** What stands for whoever has some policies, which a host may carry without having them, as a document that Terraform puts together and nothing uses. */
function carrier(resource: Resource, policies: readonly PolicyDocument[], byAddress: ByAddress): Identity {
  const own = resource.policies();
  const isSet = resource.type === 'AWS::SSO::PermissionSet';
  const managed = isSet ? itemsOfProperty(resource.get('ManagedPolicies')) : { items: [], complete: TRUE };
  const boundary = isSet ? boundaryOf(resource) : undefined;
  const facts = once(() => factsOf(resource, byAddress));
  return {
    resource,
    get facts() {
      return facts();
    },
    grants: [
      ...policies.map((policy) => ({ policy, when: resource.exists })),
      ...(isSet ? resource.related('permission-set-policies').edges.flatMap(grantsOf) : []),
    ],
    groups: [],
    inherited: [],
    managed: managed.items,
    // A set that is elsewhere can have one nobody speaks of, as whoever has a policy can.
    boundary: boundary && resource.external && !isPresent(boundary).yes.satisfiable() ? undefined : boundary,
    boundaries: isSet ? resource.related('permissions-boundary').edges.flatMap(grantsOf) : [],
    // Whoever has the policy may have others.
    complete: isSet ? bothTruths(own.complete, managed.complete) : { yes: TRUE.no, no: TRUE.no },
    named: bothTruths(own.complete, managed.complete),
  };
}

/**
 * What names the boundary of a permission set: the ARN of a policy of AWS, or what gives the name of one that is in each account.
 * https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_PermissionsBoundary.html
 */
function boundaryOf(set: Resource): Value {
  return mapLeaves(set.get('PermissionsBoundary'), (leaf) => {
    if (leaf.state !== 'object') return leaf;
    const arn = member(leaf, 'ManagedPolicyArn');
    return either(isPresent(arn), arn, leaf);
  });
}

function isOfIdentity({ kind }: PolicyDocument): boolean {
  return kind === 'identity' || kind === 'permission-set';
}

function grantsOf({ resource, when }: Edge): readonly Grant[] {
  return resource.policies().documents.map((policy) => ({ policy, when }));
}
