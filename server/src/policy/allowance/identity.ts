/** Identities with all their permissions, regardless of where in the stack these are declared. */
import { flatMap } from '../../base/flat-map.ts';
import { addTo } from '../../base/groups.ts';
import { bothTruths, TRUE, whole, type Truth } from '../../base/guard.ts';
import { isolated } from '../../base/isolation.ts';
import { memoize } from '../../base/memoize.ts';
import { once } from '../../base/once.ts';
import { noteAll, noting, type Reads } from '../../base/reads.ts';
import { endsStep } from '../../base/steps.ts';
import { edgeTo } from '../../model/edge.ts';
import { isPresent } from '../../model/judgement.ts';
import { either, itemsOfProperty, mapLeaves, member, type Items } from '../../model/navigate.ts';
import type { PolicyDocument } from '../../model/policy.ts';
import { resourcesOfTypes } from '../../model/resources-of-type.ts';
import { inverseOf, type ConnectionKind, type RelationKind } from '../../model/relation.ts';
import type { Edge, Resource, Stack } from '../../model/resource.ts';
import type { Element, Value } from '../../model/value.ts';
import type { RequestContext } from '../condition/condition-holds.ts';
import { factsOf, type ByAddress } from './holder.ts';

/** A policy document that grants permissions to an identity, with its scenarios. */
export interface Grant {
  readonly policy: PolicyDocument;
  readonly when: Truth;
}

/** A group, with the scenarios in which a user is a member. */
export interface Membership {
  readonly group: Identity;
  readonly when: Truth;
}

/** A role, user, group or permission set, or a policy whose principals are unknown. */
export declare abstract class Identity {
  /** The identity; if the principals are unknown, the resource with the policy. */
  readonly resource: Resource;
  /** Inline policies, and managed policies that the stack creates. */
  readonly grants: readonly Grant[];
  /** The groups of a user in the stack. Their permissions and Deny statements apply to the user. */
  abstract get groups(): readonly Membership[];
  /** The policies of these groups. */
  abstract get inherited(): readonly Grant[];
  /**
   * The values that name managed policies, by ARN or reference. `grants` also includes those that the stack creates.
   */
  abstract get managed(): readonly Element[];
  /**
   * The value that names the boundary; absent if none is set. Undefined for a type without boundaries, or an unknown
   * principal.
   */
  readonly boundary: Value | undefined;
  /** The documents of the boundary in the stack. */
  readonly boundaries: readonly Grant[];
  /**
   * The scenarios in which all its policies are known, including `managed`: every resource that could attach one is
   * known.
   */
  abstract get complete(): Truth;
  /** The known facts about each of its requests, such as the principal. */
  abstract get facts(): RequestContext;
  /** The scenarios in which all policies in its own properties are known. */
  abstract get named(): Truth;
}

const GROUP = 'AWS::IAM::Group';

/** The relations from identity types to their policies. */
const ATTACHED: ReadonlyMap<string, RelationKind> = new Map([
  ['AWS::IAM::Role', 'role-policies'],
  ['AWS::IAM::User', 'user-policies'],
  ['AWS::IAM::Group', 'group-policies'],
]);

const ATTACHED_TYPES: ReadonlySet<string> = new Set(ATTACHED.keys());
const SETS: ReadonlySet<string> = new Set(['AWS::SSO::PermissionSet']);

/** The inverse relations. */
const HOLDERS: readonly RelationKind[] = ['policy-roles', 'policy-users', 'policy-groups', 'policy-permission-sets'];

const CARRIERS: ReadonlySet<string> = new Set([
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::RolePolicy',
  'AWS::IAM::UserPolicy',
  'AWS::IAM::GroupPolicy',
]);

/** The identities of a stack. A policy that is attached to known identities is evaluated only with them. */
export const identitiesOf = memoize((stack: Stack): readonly Identity[] => {
  const alone = new Map<Resource, PolicyDocument[]>(resourcesOfTypes(stack, SETS).map((set) => [set, []]));
  for (const policy of stack.policies)
    if (
      isOfIdentity(policy) &&
      !ATTACHED.has(policy.host.type) &&
      isolated(
        () => policy.host.self.origin.use,
        () => !isAttached(policy.host),
        () => false,
      )
    )
      addTo(alone, policy.host, policy);
  // Managed policies are evaluated value by value, so only attachments declared by policies count here.
  const attaching = new Map(
    [...ATTACHED].map(([type, kind]) => [type, once(() => attachingIs(stack, inverseOf(kind as ConnectionKind)))]),
  );
  const groups = new Map<Resource, Identity>();
  const byAddress: ByAddress = (address) => stack.byAddress(address);
  const found = flatMap(resourcesOfTypes(stack, ATTACHED_TYPES), (resource) =>
    inSpiteOf(resource, () => holder(resource, attaching.get(resource.type)!, groups, byAddress)),
  );
  for (const identity of found) if (identity.resource.type === GROUP) groups.set(identity.resource, identity);
  return [
    ...found,
    ...flatMap([...alone], ([host, policies]) =>
      inSpiteOf(host, () => {
        isAttached(host);
        return carrier(host, policies, byAddress);
      }),
    ),
  ];
});

/** The number of known relations of a step. The first of a kind finds those of all resources. */
const RELATIONS_OF_STEP = 8;

/** Finds in steps the relations that `identitiesOf` and `policyHolders` need, so that they take little time then. */
export function* relatingIdentities({ resources }: Stack): Generator<undefined, void, undefined> {
  const begun = new Set<RelationKind>();
  let count = 0;
  for (const resource of resources) {
    const attached = ATTACHED.get(resource.type);
    const kinds: readonly RelationKind[] = attached
      ? [attached, 'permissions-boundary']
      : CARRIERS.has(resource.type)
        ? HOLDERS
        : [];
    for (const kind of kinds) {
      const isFirst = !begun.has(kind);
      begun.add(kind);
      isolated(
        () => resource.self.origin.use,
        () => void resource.related(kind),
        () => undefined,
      );
      if (isFirst || endsStep(count++, RELATIONS_OF_STEP)) yield undefined;
    }
  }
}

/** What the identities were read from. */
const readsOf = new WeakMap<Identity, Reads>();

/** Notes what an identity was read from, for a result that depends on it without asking for all identities. */
export function noteIdentity(identity: Identity): void {
  noteAll(readsOf.get(identity));
}

/** An identity; none if its evaluation fails, so that other identities are still evaluated. */
function inSpiteOf({ self }: Resource, work: () => Identity): readonly Identity[] {
  return isolated(
    () => self.origin.use,
    () => {
      const { result, reads } = noting(work);
      if (reads) readsOf.set(result, reads);
      return [result];
    },
    () => [],
  );
}

/** Whether a policy has a known principal. It is evaluated with each of its principals, even if others are unknown. */
function isAttached(host: Resource): boolean {
  return CARRIERS.has(host.type) && HOLDERS.some((kind) => host.related(kind).edges.length > 0);
}

/**
 * Whether the stack uses a managed policy only as a permissions boundary, which grants nothing. One that it does not
 * use at all is a boundary by its name.
 */
export function isBoundary(host: Resource): boolean {
  if (host.type !== 'AWS::IAM::ManagedPolicy') return false;
  const reaches = (kind: RelationKind): boolean => host.related(kind).edges.some(({ when }) => when.yes.satisfiable());
  return (reaches('boundary-of') || NAMED_BOUNDARY.test(host.displayName)) && !HOLDERS.some(reaches);
}

const NAMED_BOUNDARY = /permissions?[-_]?boundary/i;

/** The scenarios in which all policies of a stack that exist name their principals. */
function attachingIs(stack: Stack, kind: RelationKind): Truth {
  return resourcesOfTypes(stack, CARRIERS)
    .map((policy): Truth => {
      const { yes, no } = policy.related(kind).complete;
      return { yes: whole(yes.or(policy.when.no)), no };
    })
    .reduce(bothTruths, TRUE);
}

function holder(
  resource: Resource,
  attaching: () => Truth,
  identities: ReadonlyMap<Resource, Identity>,
  byAddress: ByAddress,
): Identity {
  return new Holder(resource, attaching, identities, byAddress);
}

/**
 * The identity of a role, user or group. Its facts are computed on demand. A class is used because object literals with
 * getters would be large and slow to read.
 */
class Holder implements Identity {
  readonly resource: Resource;
  readonly grants: readonly Grant[];
  readonly boundary: Value | undefined;
  readonly boundaries: readonly Grant[];
  readonly #managed: () => Items;
  readonly #groups: () => readonly Membership[];
  readonly #inherited: () => readonly Grant[];
  readonly #complete: () => Truth;
  readonly #facts: () => RequestContext;

  constructor(
    resource: Resource,
    attaching: () => Truth,
    identities: ReadonlyMap<Resource, Identity>,
    byAddress: ByAddress,
  ) {
    const boundaries = resource.type === 'AWS::IAM::Group' ? undefined : resource.related('permissions-boundary');
    this.resource = resource;
    this.grants = grantsOfHolder(resource);
    this.boundary = boundaries && resource.get('PermissionsBoundary');
    this.boundaries = flatMap(boundaries?.edges ?? [], grantsOf);
    // After an edit, the values of few identities are needed.
    this.#managed = once(() => itemsOfProperty(resource.get('ManagedPolicyArns')));
    this.#groups =
      resource.type === 'AWS::IAM::User' ? once(() => membershipsOf(resource, identities)) : NO_MEMBERSHIPS;
    this.#inherited = resource.type === 'AWS::IAM::User' ? once(() => inheritedFrom(this.groups)) : NO_GRANTS;
    this.#complete = () => [this.named, attaching()].reduce(bothTruths, TRUE);
    this.#facts = once(() => factsOf(resource, byAddress));
  }

  get managed(): readonly Element[] {
    return this.#managed().items;
  }
  get named(): Truth {
    return bothTruths(this.resource.policies().complete, this.#managed().complete);
  }
  get groups(): readonly Membership[] {
    return this.#groups();
  }
  get inherited(): readonly Grant[] {
    return this.#inherited();
  }
  get complete(): Truth {
    return this.#complete();
  }
  get facts(): RequestContext {
    return this.#facts();
  }
}

const NONE: readonly never[] = [];
const NO_MEMBERSHIPS = (): readonly Membership[] => NONE;
const NO_GRANTS = (): readonly Grant[] => NONE;

/** The groups of a user in the stack, as identities. */
function membershipsOf(user: Resource, identities: ReadonlyMap<Resource, Identity>): readonly Membership[] {
  return flatMap(groupsOf(user), ({ resource, when }) => {
    const group = identities.get(resource);
    if (group) noteIdentity(group);
    return group ? [{ group, when }] : [];
  });
}

function inheritedFrom(groups: readonly Membership[]): readonly Grant[] {
  return flatMap(groups, ({ group, when }) =>
    group.grants.map((grant) => ({ policy: grant.policy, when: bothTruths(when, grant.when) })),
  );
}

/** The inline and attached policies of a role, user or group. */
function grantsOfHolder(resource: Resource): readonly Grant[] {
  return [
    ...resource
      .policies()
      .documents.filter(isOfIdentity)
      .map((policy) => ({ policy, when: resource.when })),
    ...flatMap(resource.related(ATTACHED.get(resource.type)!).edges, grantsOf),
  ];
}

/** The groups of a user in the stack. */
function groupsOf(user: Resource): readonly Edge[] {
  const additions = flatMap(user.related('user-additions').edges, ({ resource, when }) =>
    resource
      .related('addition-group')
      .edges.map((edge) => edgeTo(edge.resource, bothTruths(when, edge.when), () => edge.via)),
  );
  return [...user.related('user-groups').edges, ...additions].filter(({ resource }) => resource.type === GROUP);
}

/** An identity without the permissions of its groups. Their Deny statements still apply. */
export function withoutGroups(identity: Identity): Identity {
  return identity.groups.length === 0 ? identity : ungrouped(identity);
}

/** Memoized, because results for an identity are memoized too. */
const ungrouped = memoize((identity: Identity): Identity => ({
  ...identity,
  managed: identity.managed,
  named: identity.named,
  groups: [],
  inherited: identity.inherited,
  complete: identity.complete,
  facts: identity.facts,
}));

/** An identity for a policy whose principal is unknown, such as a Terraform policy document that no resource uses. */
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
      ...policies.map((policy) => ({ policy, when: resource.when })),
      ...(isSet ? flatMap(resource.related('permission-set-policies').edges, grantsOf) : []),
    ],
    groups: [],
    inherited: [],
    managed: managed.items,
    // The boundary of an external permission set or of an unknown principal can be unknown.
    boundary: boundary && resource.external && !isPresent(boundary).yes.satisfiable() ? undefined : boundary,
    boundaries: isSet ? flatMap(resource.related('permissions-boundary').edges, grantsOf) : [],
    // An unknown principal can have other policies.
    complete: isSet ? bothTruths(own.complete, managed.complete) : { yes: TRUE.no, no: TRUE.no },
    named: bothTruths(own.complete, managed.complete),
  };
}

/**
 * The value that names the boundary of a permission set: the ARN of an AWS managed policy, or the name of a customer
 * managed policy in each account.
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
