import { sameSpan } from '../../../base/span.ts';
import { table, type Table } from '../../../base/table.ts';
import { all, among, any, isAbsent, isPresent, judgement, not, type Judgement } from '../../../model/judgement.ts';
import type { RelationKind } from '../../../model/relation.ts';
import type { Edge, Related, Resource } from '../../../model/resource.ts';
import type { Value } from '../../../model/value.ts';
import { admits } from '../../../policy/allowance/admits.ts';
import { defineRule, OF_RESOURCES, type Report } from '../../rule.ts';

export default defineRule({
  id: 'iam-resource-policy-service-missing',
  on: 'stack',
  formats: OF_RESOURCES,
  topic: 'operations',
  severity: 'medium',
  judged: '2026-11-26',
  title: 'Resource-based policies should allow the AWS services that use the resource',
  keywords: [
    'missing service principal',
    'event notifications',
    'EventBridge target',
    'AccessDenied',
    'queue policy',
    'key policy',
  ],
  why: 'A service that delivers to a queue, topic or bucket, or encrypts with a key, needs permissions in its resource-based policy. Without them, the deployment fails, or events and logs are lost without an error.',
  remedy: 'Allow the action to the service principal in that policy, with a condition on aws:SourceArn.',
  sources: {
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html':
      'CloudWatch Logs needs permissions for the key of a log group whenever data is requested; they are set in the key policy.',
    'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html':
      'For queues and topics EventBridge uses their policies, unless the target has a role.',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html':
      'The policy of the topic or queue has to allow s3.amazonaws.com to publish event notifications.',
    'https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html':
      'To subscribe a queue to a topic its policy is made to allow sqs:SendMessage where aws:SourceArn is that of the topic.',
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html':
      'The bucket of a trail needs a policy that allows cloudtrail.amazonaws.com to get its ACL and put objects.',
  },
  fix: 'none',
  needsOfEach: {
    types: [
      'AWS::Logs::LogGroup',
      'AWS::Events::Rule',
      'AWS::S3::Bucket',
      'AWS::SNS::Subscription',
      'AWS::CloudTrail::Trail',
    ],
  },
  checkEach: reportsOf,
});

function* reportsOf(resource: Resource): Iterable<Report> {
  const { displayName } = resource;
  switch (resource.type) {
    case 'AWS::Logs::LogGroup':
      yield* lacking(
        resource.related('keys'),
        'logs.*',
        (key) =>
          `${displayName} uses ${key}, whose policy does not allow CloudWatch Logs. Allow encryption and decryption to logs.REGION.amazonaws.com.`,
      );
      return;
    case 'AWS::Events::Rule':
      for (const target of resource.each('Targets').items) {
        const arn = target.get('Arn');
        yield* lacking(
          within(resource.related('event-targets'), arn),
          'events.amazonaws.com',
          (name) =>
            `The rule ${displayName} sends events to ${name}, whose policy does not allow EventBridge. Allow the principal events.amazonaws.com.`,
          not(isPresent(target.get('RoleArn'))),
        );
      }
      return;
    case 'AWS::S3::Bucket':
      yield* lacking(
        resource.related('notification-targets'),
        's3.amazonaws.com',
        (name) =>
          `The bucket ${displayName} sends notifications to ${name}, whose policy does not allow S3. Allow the principal s3.amazonaws.com.`,
      );
      return;
    case 'AWS::SNS::Subscription':
      yield* lacking(
        resource.related('subscription-endpoint'),
        'sns.amazonaws.com',
        (name) =>
          `The subscription ${displayName} delivers messages to ${name}, whose policy does not allow SNS. Allow sqs:SendMessage to the principal sns.amazonaws.com.`,
      );
      return;
    case 'AWS::CloudTrail::Trail':
      yield* lacking(
        resource.related('log-buckets'),
        'cloudtrail.amazonaws.com',
        (name) =>
          `The trail ${displayName} logs to ${name}, whose policy does not allow CloudTrail. Allow s3:GetBucketAcl and s3:PutObject to the principal cloudtrail.amazonaws.com.`,
      );
  }
}

/**
 * The relation to the policies of each type. Lambda permissions allow services to invoke functions; this rule does not
 * check them.
 */
const POLICIES: Table<RelationKind | 'own'> = table({
  'AWS::KMS::Key': 'own',
  'AWS::SQS::Queue': 'queue-policies',
  'AWS::SNS::Topic': 'topic-policies',
  'AWS::S3::Bucket': 'bucket-policy',
});

/** The actions of the services, in lower case. For a key, services use several actions. */
const ACTIONS: Table<string> = table({
  'AWS::SQS::Queue': 'sqs:sendmessage',
  'AWS::SNS::Topic': 'sns:publish',
  'AWS::S3::Bucket': 's3:putobject',
});

function* lacking(
  { edges }: Pick<Related, 'edges'>,
  service: string,
  message: (name: string) => string,
  where: Judgement = all(),
): Iterable<Report> {
  for (const { resource, when, via } of edges) {
    const admitted = admittedBy(resource, service);
    if (!admitted) continue;
    yield {
      violations: [{ wrong: all(judgement(when), where, not(admitted)), at: via }],
      message: () => message(resource.displayName),
      subjects: [resource],
      related: [{ value: resource.self, message: `${resource.displayName} is defined here.` }],
    };
  }
}

/** Whether the policies of a resource allow a service; undefined for a resource that needs no policy. */
function admittedBy(resource: Resource, service: string): Judgement | undefined {
  const at = POLICIES[resource.type];
  if (at === undefined || resource.external) return undefined;
  if (at === 'own')
    return withoutGap(admits(resource.policies().documents, service, undefined), [resource.get('KeyPolicy')]);
  const { edges, complete } = resource.related(at);
  const admitted = any(
    ...edges.map((edge) =>
      all(judgement(edge.when), admits(edge.resource.policies().documents, service, ACTIONS[resource.type])),
    ),
  );
  return among(admitted, complete);
}

/** The judgement, unknown where a policy is unknown, because that policy can allow any principal. */
function withoutGap(admitted: Judgement, values: readonly Value[]): Judgement {
  const known = all(...values.map((value) => any(isAbsent(value), isPresent(value))));
  return among(admitted, known);
}

function within({ edges }: Related, arn: Value): { readonly edges: readonly Edge[] } {
  return { edges: edges.filter(({ via }) => sameSpan(via.origin.use, arn.origin.use)) };
}
