/**
 * Which policies of Amazon Data Lifecycle Manager in the stack take snapshots of a volume or instance.
 * https://docs.aws.amazon.com/dlm/latest/APIReference/API_PolicyDetails.html
 */
import { someOf } from '../../base/words.ts';
import { all, any, exists, is, isAbsent, judgement, not, type Judgement } from '../../model/judgement.ts';
import { itemsOf, member } from '../../model/navigate.ts';
import { oneOf } from '../../model/predicate.ts';
import type { Resource } from '../../model/resource.ts';
import { resourcesOfTypes } from '../../model/resources-of-type.ts';
import type { CardContext, Piece } from '../card-context.ts';
import { hasTag, same } from './tags.ts';

/** The resource type of a policy, by the type of the resource. */
const TARGETS: ReadonlyMap<string, string> = new Map([
  ['AWS::EC2::Volume', 'VOLUME'],
  ['AWS::EC2::Instance', 'INSTANCE'],
]);

/**
 * The names of the policies that select the resource in the default scenario; nothing if there are none, as policies
 * can be in other stacks.
 */
export function snapshotPolicies({ stack, resource }: CardContext): readonly Piece[] {
  const target = TARGETS.get(resource.type);
  if (target === undefined) return [];
  const taking = resourcesOfTypes(stack, ['AWS::DLM::LifecyclePolicy']).filter((policy) =>
    all(judgement(policy.when), selects(policy, resource, target)).yes.holdsByDefault(),
  );
  if (taking.length === 0) return [];
  const names = taking.map(({ displayName }) => displayName);
  return [{ text: `snapshots by ${someOf(names, 2, 'policy')}`, cite: [], status: 'neutral' }];
}

/** Whether an enabled policy for snapshots selects a resource by one of its tags. */
function selects(policy: Resource, resource: Resource, target: string): Judgement {
  const type = policy.get('PolicyDetails.PolicyType');
  return all(
    any(isAbsent(type), is(type, oneOf('EBS_SNAPSHOT_MANAGEMENT'))),
    not(is(policy.get('State'), oneOf('DISABLED'))),
    exists(itemsOf(policy.get('PolicyDetails.ResourceTypes')), ({ value }) => is(value, oneOf(target))),
    exists(itemsOf(policy.get('PolicyDetails.TargetTags')), ({ value }) =>
      hasTag(resource, member(value, 'Key'), same(member(value, 'Value'))),
    ),
  );
}
