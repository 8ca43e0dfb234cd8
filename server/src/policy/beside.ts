/** What denies something to the one who has a policy although another policy says so. */
import { addTo } from '../base/groups.ts';
import { isolated } from '../base/isolation.ts';
import { all, judgement, UNKNOWABLE } from '../model/judgement.ts';
import type { PolicyDocument } from '../model/policy.ts';
import type { Resource, Stack } from '../model/resource.ts';
import { denialsIn, type Denial } from './denial.ts';
import { identitiesOf, type Identity } from './identity.ts';

/** The denials in the other policies of the holder of a policy. */
export type Beside = (policy: PolicyDocument) => readonly Denial[];

const NONE: readonly Denial[] = [];
const known = new WeakMap<Stack, ReadonlyMap<PolicyDocument, readonly Denial[]>>();

/**
 * The denials of the other policies and of the boundary of the one identity that has an inline policy. A managed policy can be attached to others as well, and one with several
 * holders gives each of them what it allows: what is denied to all of its holders, as far as these are known, it may not give to anybody.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
 */
export function denialsBeside(policy: PolicyDocument, stack: Stack): readonly Denial[] {
  let found = known.get(stack);
  if (!found) known.set(stack, (found = besideIn(stack)));
  return found.get(policy) ?? NONE;
}

function besideIn(stack: Stack): ReadonlyMap<PolicyDocument, readonly Denial[]> {
  const own = new Map<PolicyDocument, readonly Denial[]>();
  const shared = new Map<PolicyDocument, (readonly Denial[])[]>();
  for (const identity of identitiesOf(stack))
    for (const { policy, denials, isOwn } of isolated(
      () => identity.resource.self.origin.use,
      () => besideOf(identity),
      () => [],
    )) {
      if (isOwn) own.set(policy, denials);
      else addTo(shared, policy, denials);
    }
  for (const [policy, [first = NONE, ...others]] of shared) {
    const common = first.flatMap(({ statement, when }): readonly Denial[] => {
      const same = others.map((denials) => denials.find((other) => other.statement === statement));
      return same.includes(undefined)
        ? []
        : [{ statement, when: all(when, ...same.map((other) => other!.when), UNKNOWABLE) }];
    });
    if (common.length > 0 && holdersOf(policy.host).every(({ complete }) => complete.yes.isAlways()))
      own.set(policy, common);
  }
  return own;
}

/** What has policies of its own, of which no other identity has any. */
const HOLDERS: ReadonlySet<string> = new Set([
  'AWS::IAM::Group',
  'AWS::IAM::Role',
  'AWS::IAM::User',
  'AWS::SSO::PermissionSet',
]);

interface BesidePolicy {
  readonly policy: PolicyDocument;
  readonly denials: readonly Denial[];
  /** Whether nobody else has the policy, and nobody can. */
  readonly isOwn: boolean;
}

function besideOf({ resource, grants, inherited, boundaries }: Identity): readonly BesidePolicy[] {
  if (!HOLDERS.has(resource.type)) return [];
  const denying = [...grants, ...inherited, ...boundaries].filter(({ policy }) => denialsIn(policy).length > 0);
  const denials = denying.map(({ policy, when }) => ({
    policy,
    its: denialsIn(policy).map(({ statement, when: there }): Denial => ({
      statement,
      when: all(judgement(when), judgement(policy.exists), there),
    })),
  }));
  return grants.flatMap(({ policy }): readonly BesidePolicy[] => {
    const isOwn = isOfOne(policy.host, resource);
    // A holder without denials matters for a policy that others have too.
    return isOwn && denials.length === 0
      ? []
      : [{ policy, isOwn, denials: denials.flatMap((one) => (one.policy === policy ? [] : one.its)) }];
  });
}

/** Whether an inline policy is that of one identity and of no other. */
function isOfOne(host: Resource, holder: Resource): boolean {
  if (host === holder) return true;
  if (host.type === 'AWS::IAM::ManagedPolicy') return false;
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
