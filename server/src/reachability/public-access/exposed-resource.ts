/** The resource that a policy or a permission is about, where it is a resource of its own. */
import { ownEntry, table, type Table } from '../../base/table.ts';
import type { RelationKind } from '../../model/relation.ts';
import type { Resource } from '../../model/resource.ts';

/** The relations of such resources, the first that applies counts. */
const SUBJECTS: Table<readonly RelationKind[]> = table({
  'AWS::Events::EventBusPolicy': ['event-bus'],
  'AWS::Lambda::Alias': ['function-of-alias'],
  'AWS::Lambda::Permission': ['permission-url', 'permission-alias', 'permission-function'],
  'AWS::Lambda::Url': ['function-of-url', 'alias-of-url'],
  // Through an access point, the objects of its bucket are read.
  'AWS::S3::AccessPoint': ['accessed-bucket'],
  'AWS::S3::BucketPolicy': ['bucket'],
  aws_s3_bucket_object: ['object-bucket'],
  aws_s3_object: ['object-bucket'],
  aws_s3_object_copy: ['object-bucket'],
  'AWS::SecretsManager::ResourcePolicy': ['secret'],
  'AWS::SNS::TopicInlinePolicy': ['policy-topics'],
  'AWS::SNS::TopicPolicy': ['policy-topics'],
  'AWS::SQS::QueueInlinePolicy': ['policy-queues'],
  'AWS::SQS::QueuePolicy': ['policy-queues'],
});

/**
 * The resource that what a resource grants applies to, if that is one resource of the stack; the resource itself
 * otherwise.
 */
export function exposedBy(resource: Resource): Resource {
  const next = subjectOf(resource);
  // Types of subjects do not lead back, and a permission of an alias leads to its function.
  return next === resource ? resource : exposedBy(next);
}

function subjectOf(resource: Resource): Resource {
  for (const kind of ownEntry(SUBJECTS, resource.type) ?? []) {
    const { edges } = resource.related(kind);
    const found = new Set(edges.map((edge) => edge.resource));
    if (found.size === 1) return edges[0]!.resource;
    if (found.size > 1) return resource;
  }
  return resource;
}
