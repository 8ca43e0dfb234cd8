/** Denials from other policies of the same principal. */
import { addTo } from '../../base/groups.ts';
import { isolated } from '../../base/isolation.ts';
import { memoize } from '../../base/memoize.ts';
import { all, judgement, type Judgement } from '../../model/judgement.ts';
import type { PolicyDocument } from '../../model/policy.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import type { RequestContext } from '../condition/condition-holds.ts';
import { isBounded, type Boundary } from './boundary.ts';
import { denialsIn, type Denial } from './denial.ts';
import { identitiesOf, type Identity } from './identity.ts';

/** An identity that has a policy. */
export interface Holding {
  readonly resource: Resource;
  /** Where it has the policy. */
  readonly when: Judgement;
  /** The denials of its other policies, the policies of its groups and its boundary. */
  readonly denials: readonly Denial[];
  /** The facts that are known about each of its requests. */
  readonly facts: RequestContext;
  /** Its boundary, where it can have one. */
  readonly boundary: Boundary | undefined;
}

/** Those who have a policy. */
export interface Holders {
  /** One or several, all that the stack shows. */
  readonly each: readonly Holding[];
  /** Whether no other identity has the policy or can have it. A managed policy can be attached to others. */
  readonly isClosed: boolean;
  /** Whether that is so of one alone. */
  readonly isOwn: boolean;
}

/** Who has a policy; undefined where that is not seen, or not of all of them. */
export type Beside = (policy: PolicyDocument) => Holders | undefined;

/**
 * The denials of the other policies and of the boundary of the only identity with an inline policy. A managed policy can be attached to several
 * principals: it grants nothing that all its principals, as far as they are known, are denied.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
 */
export function holdersBeside(policy: PolicyDocument, stack: Stack): Holders | undefined {
  return holdersIn(stack).get(policy);
}

/** The permissions that other policies of a holder certainly deny. */
export function denialsBeside(holders: Holders | undefined): readonly Denial[] {
  return holders?.isOwn ? holders.each[0]!.denials : [];
}

/** The facts that are known about each request of a holder of a policy. */
export function factsBeside(holders: Holders | undefined): RequestContext | undefined {
  return holders?.isOwn ? holders.each[0]!.facts : undefined;
}

/** The boundary of who has a policy. */
export function boundaryBeside(holders: Holders | undefined): Boundary | undefined {
  return holders?.isOwn ? holders.each[0]!.boundary : undefined;
}

const holdersIn = memoize((stack: Stack): ReadonlyMap<PolicyDocument, Holders> => {
  const found = new Map<PolicyDocument, Holders>();
  const shared = new Map<PolicyDocument, Holding[]>();
  for (const identity of identitiesOf(stack))
    for (const { policy, holding, isOwn } of isolated(
      () => identity.resource.self.origin.use,
      () => besideOf(identity),
      () => [],
    )) {
      if (isOwn) found.set(policy, { each: [holding], isOwn, isClosed: true });
      else addTo(shared, policy, holding);
    }
  for (const [policy, each] of shared)
    if (holdersOf(policy.host).every(({ complete }) => complete.yes.isAlways()))
      found.set(policy, { each, isOwn: false, isClosed: policy.host.type !== MANAGED });
  return found;
});

const MANAGED = 'AWS::IAM::ManagedPolicy';

/** Identities with policies that no other identity has. */
const HOLDERS: ReadonlySet<string> = new Set([
  'AWS::IAM::Group',
  'AWS::IAM::Role',
  'AWS::IAM::User',
  'AWS::SSO::PermissionSet',
]);

interface BesidePolicy {
  readonly policy: PolicyDocument;
  readonly holding: Holding;
  readonly isOwn: boolean;
}

function besideOf(identity: Identity): readonly BesidePolicy[] {
  const { resource, grants, inherited, boundaries } = identity;
  if (!HOLDERS.has(resource.type)) return [];
  const denying = [...grants, ...inherited, ...boundaries].filter(({ policy }) => denialsIn(policy).length > 0);
  const denials = denying.map(({ policy, when }) => ({
    policy,
    its: denialsIn(policy).map(({ statement, when: there }): Denial => ({
      statement,
      when: all(judgement(when), judgement(policy.when), there),
    })),
  }));
  return grants.map(({ policy, when }): BesidePolicy => ({
    policy,
    isOwn: isOfOne(policy.host, resource),
    holding: {
      resource,
      when: judgement(when),
      denials: denials.flatMap((one) => (one.policy === policy ? [] : one.its)),
      get facts() {
        return identity.facts;
      },
      boundary: resource.external || !isBounded(identity) ? undefined : identity,
    },
  }));
}

/** Whether an inline policy belongs to exactly one identity. */
function isOfOne(host: Resource, holder: Resource): boolean {
  if (host === holder) return true;
  if (host.type === MANAGED) return false;
  const held = holdersOf(host);
  return (
    held.every(({ complete }) => complete.yes.isAlways()) &&
    held.flatMap(({ edges }) => edges).every(({ resource }) => resource === holder)
  );
}

function holdersOf(host: Resource): readonly ReturnType<Resource['related']>[] {
  return (['policy-roles', 'policy-users', 'policy-groups', 'policy-permission-sets'] as const).map((kind) =>
    host.related(kind),
  );
}
