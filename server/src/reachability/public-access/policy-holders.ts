/** The resources that grant access to another one in policies of their own. */
import { bothTruths, TRUE, type Truth } from '../../base/guard.ts';
import { ownEntry, table, type Table } from '../../base/table.ts';
import type { PolicyDocument } from '../../model/policy.ts';
import type { RelationKind } from '../../model/relation.ts';
import type { Resource } from '../../model/resource.ts';

/** The relation to such resources, and their types. */
const HOLDERS: Table<readonly [RelationKind, ...string[]]> = table({
  'AWS::Events::EventBus': ['event-bus-users', 'AWS::Events::EventBusPolicy'],
  'AWS::S3::Bucket': ['bucket-policy', 'AWS::S3::BucketPolicy'],
  'AWS::SecretsManager::Secret': ['secret-members', 'AWS::SecretsManager::ResourcePolicy'],
  'AWS::SNS::Topic': ['topic-policies', 'AWS::SNS::TopicPolicy', 'AWS::SNS::TopicInlinePolicy'],
  'AWS::SQS::Queue': ['queue-policies', 'AWS::SQS::QueuePolicy', 'AWS::SQS::QueueInlinePolicy'],
});

export interface HeldPolicy {
  readonly policy: PolicyDocument;
  /** The scenarios in which it applies to the resource. */
  readonly when: Truth;
}

/** The resources with policies about a resource, itself first, and the scenarios in which they are all known. */
export function holdersOf(resource: Resource): {
  readonly holders: readonly { readonly holder: Resource; readonly when: Truth }[];
  readonly complete: Truth;
} {
  const [kind, ...types] = ownEntry(HOLDERS, resource.type) ?? [];
  const own = { holder: resource, when: TRUE };
  if (!kind) return { holders: [own], complete: TRUE };
  const { edges, complete } = resource.related(kind);
  const beside = edges.filter((edge) => types.includes(edge.resource.type));
  return { holders: [own, ...beside.map((edge) => ({ holder: edge.resource, when: edge.when }))], complete };
}

/** The resource policies that apply to a resource, and the scenarios in which they are complete. */
export function resourcePoliciesOf(resource: Resource): {
  readonly policies: readonly HeldPolicy[];
  readonly complete: Truth;
} {
  const { holders, complete } = holdersOf(resource);
  const policies: HeldPolicy[] = [];
  let known = complete;
  for (const { holder, when } of holders) {
    const held = holder.policies();
    // The completeness of other policies counts where they exist.
    if (holder === resource) known = bothTruths(known, held.complete);
    for (const policy of held.documents)
      if (policy.kind === 'resource') {
        policies.push({ policy, when });
        known = bothTruths(known, policy.complete);
      }
  }
  return { policies, complete: known };
}
