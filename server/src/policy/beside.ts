/** What denies something to the one who has a policy although another policy says so. */
import { isolated } from '../base/isolation.ts';
import { all, judgement } from '../model/judgement.ts';
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
 * holders gives each of them what it allows.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
 */
export function denialsBeside(policy: PolicyDocument, stack: Stack): readonly Denial[] {
  let found = known.get(stack);
  if (!found) known.set(stack, found = new Map(identitiesOf(stack).flatMap((identity) => isolated(() => identity.resource.self.origin.use, () => besideIn(identity), () => []))));
  return found.get(policy) ?? NONE;
}

/** What has policies of its own, of which no other identity has any. */
const HOLDERS: ReadonlySet<string> = new Set(['AWS::IAM::Group', 'AWS::IAM::Role', 'AWS::IAM::User', 'AWS::SSO::PermissionSet']);

function besideIn({ resource, grants, inherited, boundaries }: Identity): readonly (readonly [PolicyDocument, readonly Denial[]])[] {
  if (!HOLDERS.has(resource.type)) return [];
  const denying = [...grants, ...inherited, ...boundaries].filter(({ policy }) => denialsIn(policy).length > 0);
  if (denying.length === 0) return [];
  const denials = denying.map(({ policy, when }) => ({ policy, its: denialsIn(policy).map(({ statement, when: there }): Denial => ({ statement, when: all(judgement(when), judgement(policy.exists), there) })) }));
  return grants.filter(({ policy }) => isOfOne(policy.host, resource)).map(({ policy }) => [policy, denials.flatMap((one) => one.policy === policy ? [] : one.its)] as const);
}

/** Whether an inline policy is that of one identity and of no other. */
function isOfOne(host: Resource, holder: Resource): boolean {
  if (host === holder) return true;
  if (host.type === 'AWS::IAM::ManagedPolicy') return false;
  const held = (['policy-roles', 'policy-users', 'policy-groups'] as const).map((kind) => host.related(kind));
  return held.every(({ complete }) => complete.yes.isAlways()) && held.flatMap(({ edges }) => edges).every(({ resource }) => resource === holder);
}
