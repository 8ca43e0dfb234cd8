import { sameSpan } from '../../base/span.ts';
import { table, type Table } from '../../base/table.ts';
import { all, any, isAbsent, isPresent, judgement, not, type Judgement } from '../../model/judgement.ts';
import type { RelationKind } from '../../model/relation.ts';
import type { Edge, Related, Resource } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';
import { admits } from '../../policy/admits.ts';
import { defineRule, OF_RESOURCES, type Report } from '../rule.ts';

export default defineRule({
  id: 'iam-resource-policy-service-missing',
  on: 'stack',
  formats: OF_RESOURCES,
  topic: 'operations',
  severity: 'medium',
  profile: 'recommended',
  since: '0.1',
  judged: '2026-11-26',
  title: 'Policy of a queue, topic, key or bucket lets in the service that uses it',
  why: 'A service that delivers something or encrypts it with a key is let in by the policy of the queue, topic, key or bucket alone. Without that it does not work: the configuration is refused, or what should be delivered is lost and nobody is told.',
  remedy:
    'Allow the action to the principal of the service in that policy, for the resource that is meant with the condition aws:SourceArn.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html',
      claim:
        'CloudWatch Logs has to have permissions for the key of a log group whenever its data is asked for; they are set in the policy of the key.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html',
      claim: 'For queues and topics EventBridge uses their policies, unless the target has a role.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html',
      claim: 'The policy of the topic or queue has to let s3.amazonaws.com publish event notifications.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/sdkfornet/v4/apidocs/items/SNS/MSNSSubscribeQueueStringICoreSQSString.html',
      claim:
        'To subscribe a queue to a topic its policy is made to allow sqs:SendMessage where aws:SourceArn is that of the topic.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/sdk-for-ruby/v3/developer-guide/cloudtrail-example-create-trail.html',
      claim: 'The bucket of a trail needs a policy that lets cloudtrail.amazonaws.com get its ACL and put objects.',
      seen: '2026-11-26',
    },
  ],
  aliases: {},
  controls: {},
  fix: 'none',
  *check({ resources }) {
    for (const resource of resources) for (const report of reportsOf(resource)) yield { ...report, resource };
  },
});

function* reportsOf(resource: Resource): Iterable<Report> {
  const { displayName } = resource;
  switch (resource.type) {
    case 'AWS::Logs::LogGroup':
      yield* lacking(
        resource.related('keys'),
        'logs.*',
        (key) =>
          `The log group ${displayName} uses the key ${key}, whose policy does not allow CloudWatch Logs. Allow encryption and decryption to logs.REGION.amazonaws.com there.`,
      );
      return;
    case 'AWS::Events::Rule':
      for (const target of resource.each('Targets').items) {
        const arn = target.get('Arn');
        yield* lacking(
          within(resource.related('event-targets'), arn),
          'events.amazonaws.com',
          (name) =>
            `The rule ${displayName} sends events to ${name}, whose policy does not allow EventBridge. Allow it to the principal events.amazonaws.com there.`,
          not(isPresent(target.get('RoleArn'))),
        );
      }
      return;
    case 'AWS::S3::Bucket':
      yield* lacking(
        resource.related('notification-targets'),
        's3.amazonaws.com',
        (name) =>
          `The bucket ${displayName} notifies ${name}, whose policy does not allow S3. Allow it to the principal s3.amazonaws.com there.`,
      );
      return;
    case 'AWS::SNS::Subscription':
      yield* lacking(
        resource.related('subscription-endpoint'),
        'sns.amazonaws.com',
        (name) =>
          `The subscription ${displayName} delivers messages to ${name}, whose policy does not allow SNS. Allow sqs:SendMessage to the principal sns.amazonaws.com there.`,
      );
      return;
    case 'AWS::CloudTrail::Trail':
      yield* lacking(
        resource.related('log-buckets'),
        'cloudtrail.amazonaws.com',
        (name) =>
          `The trail ${displayName} logs to ${name}, whose policy does not allow CloudTrail. Allow s3:GetBucketAcl and s3:PutObject to the principal cloudtrail.amazonaws.com there.`,
      );
  }
}

/** Where the policies of what is used are. A function is called by permissions, which are not asked here. */
const POLICIES: Table<RelationKind | 'own'> = table({
  'AWS::KMS::Key': 'own',
  'AWS::SQS::Queue': 'queue-policies',
  'AWS::SNS::Topic': 'topic-policies',
  'AWS::S3::Bucket': 'bucket-policy',
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
      related: [{ value: resource.self, message: `${resource.displayName} is here.` }],
    };
  }
}

/** Whether a service is let in by what is used; undefined for what needs no policy. */
function admittedBy(resource: Resource, service: string): Judgement | undefined {
  const at = POLICIES[resource.type];
  if (at === undefined || resource.external) return undefined;
  if (at === 'own') return withoutGap(admits(resource.policies().documents, service), [resource.get('KeyPolicy')]);
  const { edges, complete } = resource.related(at);
  const admitted = any(
    ...edges.map((edge) => all(judgement(edge.when), admits(edge.resource.policies().documents, service))),
  );
  return judgement({ yes: admitted.yes, no: admitted.no.and(complete.yes) });
}

/** A policy that is not known may let anybody in. */
function withoutGap(admitted: Judgement, values: readonly Value[]): Judgement {
  const known = all(...values.map((value) => any(isAbsent(value), isPresent(value))));
  return judgement({ yes: admitted.yes, no: admitted.no.and(known.yes) });
}

function within({ edges }: Related, arn: Value): { readonly edges: readonly Edge[] } {
  return { edges: edges.filter(({ via }) => sameSpan(via.origin.use, arn.origin.use)) };
}
