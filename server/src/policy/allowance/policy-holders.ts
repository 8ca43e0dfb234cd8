/** The Deny statements in other policies of the same principal. */
import { flatMap } from '../../base/flat-map.ts';
import { addTo } from '../../base/groups.ts';
import { isolated } from '../../base/isolation.ts';
import { memoize } from '../../base/memoize.ts';
import { once } from '../../base/once.ts';
import { noteAll, noting, Reads, unnoted } from '../../base/reads.ts';
import { all, judgement, type Judgement } from '../../model/judgement.ts';
import type { PolicyDocument } from '../../model/policy.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import type { RequestContext } from '../condition/condition-holds.ts';
import { isBounded, type Boundary } from './boundary.ts';
import { denialsIn, type Denial } from './denial.ts';
import { identitiesOf, noteIdentity, type Identity } from './identity.ts';

/** An identity to which a policy is attached. */
export declare abstract class PolicyHolder {
  readonly resource: Resource;
  /** Where the policy is attached. */
  readonly when: Judgement;
  /** The Deny statements of its other policies, of its groups and of its boundary. */
  abstract get denials(): readonly Denial[];
  /** The known facts about each of its requests. */
  abstract get facts(): RequestContext;
  /** Its boundary; undefined for types without one. */
  readonly boundary: Boundary | undefined;
}

/** The identities to which a policy is attached. */
export interface PolicyHolders {
  /** The identities of the stack, at least one. */
  readonly each: readonly PolicyHolder[];
  /** Whether the policy cannot be attached to other identities. A managed policy can be. */
  readonly isClosed: boolean;
  /** Whether the policy belongs to exactly one identity. */
  readonly isOwn: boolean;
}

/** The principals of a policy; undefined if they are unknown or incomplete. */
export type HoldersOf = (policy: PolicyDocument) => PolicyHolders | undefined;

/**
 * The Deny statements in other policies and in the boundary of an inline policy's identity. A managed policy can have
 * several principals: it grants nothing that is denied to all of its known principals.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
 */
export function policyHolders(policy: PolicyDocument, stack: Stack): PolicyHolders | undefined {
  const { found, readsOf } = unnoted(() => holdersIn(stack));
  // Which identities hold a policy follows from its own kind and relations, without all others.
  if (policy.kind !== 'trust') holdersOf(policy.host);
  noteAll(readsOf.get(policy));
  return found.get(policy);
}

/** The Deny statements in other policies that certainly apply to every principal of a policy. */
export function denialsOfHolder(holders: PolicyHolders | undefined): readonly Denial[] {
  return holders?.isOwn ? holders.each[0]!.denials : [];
}

/** The known facts about each request of a policy's principal. */
export function factsOfHolder(holders: PolicyHolders | undefined): RequestContext | undefined {
  return holders?.isOwn ? holders.each[0]!.facts : undefined;
}

/** The boundary of a policy's principal. */
export function boundaryOfHolder(holders: PolicyHolders | undefined): Boundary | undefined {
  return holders?.isOwn ? holders.each[0]!.boundary : undefined;
}

/** The holders of all policies, with the reads that determined those of each policy. */
interface AllHolders {
  readonly found: ReadonlyMap<PolicyDocument, PolicyHolders>;
  readonly readsOf: ReadonlyMap<PolicyDocument, Reads>;
}

const holdersIn = memoize((stack: Stack): AllHolders => {
  const found = new Map<PolicyDocument, PolicyHolders>();
  const shared = new Map<PolicyDocument, PolicyHolder[]>();
  const readsOf = new Map<PolicyDocument, Reads>();
  for (const identity of identitiesOf(stack)) {
    const { resource } = identity;
    const isolatedWithReads = <T>(work: () => T, otherwise: () => T): ReturnType<typeof noting<T>> =>
      noting(() => isolated(() => resource.self.origin.use, work, otherwise));
    const { result, reads } = isolatedWithReads<readonly BesidePolicy[]>(
      () => {
        noteIdentity(identity);
        return besideOf(identity);
      },
      () => [],
    );
    for (const { policy, holding } of result) {
      // What belongs to one identity follows from the relations of the policy, and not from those of all others.
      const { result: isOwn, reads: own } = isolatedWithReads<boolean | undefined>(
        () => isOfOne(policy.host, resource),
        () => undefined,
      );
      if (isOwn === undefined) continue;
      const its = readsOf.get(policy) ?? new Reads();
      readsOf.set(policy, its);
      for (const one of [reads, own]) if (one) its.addAll(one);
      if (isOwn) found.set(policy, { each: [holding], isOwn, isClosed: true });
      else addTo(shared, policy, holding);
    }
  }
  for (const [policy, each] of shared)
    if (holdersOf(policy.host).every(({ complete }) => complete.yes.isAlways()))
      found.set(policy, { each, isOwn: false, isClosed: policy.host.type !== MANAGED });
  return { found, readsOf };
});

const MANAGED = 'AWS::IAM::ManagedPolicy';

/** Types whose policies belong to a single identity. */
const HOLDERS: ReadonlySet<string> = new Set([
  'AWS::IAM::Group',
  'AWS::IAM::Role',
  'AWS::IAM::User',
  'AWS::SSO::PermissionSet',
]);

interface BesidePolicy {
  readonly policy: PolicyDocument;
  readonly holding: PolicyHolder;
}

function besideOf(identity: Identity): readonly BesidePolicy[] {
  const { resource, grants, inherited, boundaries } = identity;
  if (!HOLDERS.has(resource.type)) return [];
  // To read all policies of an identity is work, so that is done for identities whose policies are checked.
  const denying = once(() =>
    isolated(
      () => resource.self.origin.use,
      () =>
        [...grants, ...inherited, ...boundaries].map(({ policy, when }) => ({
          policy,
          its: denialsIn(policy).map(({ statement, when: there }): Denial => ({
            statement,
            when: all(judgement(when), judgement(policy.when), there),
          })),
        })),
      () => [],
    ),
  );
  return grants.map(({ policy, when }): BesidePolicy => {
    return {
      policy,
      holding: new HolderBesidePolicy(identity, judgement(when), () =>
        flatMap(denying(), (one) => (one.policy === policy ? [] : one.its)),
      ),
    };
  });
}

class HolderBesidePolicy implements PolicyHolder {
  readonly resource: Resource;
  readonly when: Judgement;
  readonly boundary: Boundary | undefined;
  readonly #identity: Identity;
  readonly #denials: () => readonly Denial[];

  constructor(identity: Identity, when: Judgement, denials: () => readonly Denial[]) {
    this.resource = identity.resource;
    this.when = when;
    this.boundary = identity.resource.external || !isBounded(identity) ? undefined : identity;
    this.#identity = identity;
    this.#denials = once(denials);
  }

  get denials(): readonly Denial[] {
    return this.#denials();
  }
  get facts(): RequestContext {
    return this.#identity.facts;
  }
}

/** Whether an inline policy belongs to exactly one identity. */
function isOfOne(host: Resource, holder: Resource): boolean {
  if (host === holder) return true;
  if (host.type === MANAGED) return false;
  const held = holdersOf(host);
  return (
    held.every(({ complete }) => complete.yes.isAlways()) &&
    flatMap(held, ({ edges }) => edges).every(({ resource }) => resource === holder)
  );
}

function holdersOf(host: Resource): readonly ReturnType<Resource['related']>[] {
  return (['policy-roles', 'policy-users', 'policy-groups', 'policy-permission-sets'] as const).map((kind) =>
    host.related(kind),
  );
}
