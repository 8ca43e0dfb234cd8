/** The services that send to a queue or topic for the stack, and fixes that restrict its policy to such a service. */
import { fitting } from '../../base/fix-title.ts';
import { flatMap } from '../../base/flat-map.ts';
import { some } from '../../base/words.ts';
import { NewReference, type Fix, type NewValue } from '../../model/edit.ts';
import { withStatements, type PolicyDocument, type Statement } from '../../model/policy.ts';
import type { RelationKind } from '../../model/relation.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import type { Leaf } from '../../model/value.ts';
import { admits, certainlyExcludes } from './admits.ts';
import { mayDeny } from '../condition/in-force.ts';
import { newOwnAccount } from '../principal/own-account.ts';
import { principalsIn } from '../principal/principal.ts';
import { namesAction } from '../resource/statement-names.ts';

/** A service and the resources of the stack that it sends for. */
interface Sender {
  /** Its service principal. */
  readonly service: string;
  /** The source of its requests: a topic, a rule, a bucket. */
  readonly sources: readonly Resource[];
  /**
   * The attribute with the ARN of a source. `account` if the policy cannot name the source because the source depends
   * on the policy; `nothing` if the service sends no such key.
   */
  readonly by: { readonly attribute: string | undefined } | 'account' | 'nothing';
}

/**
 * Fixes for a public statement: first the service that sends for the stack, then other principals. If nothing else in
 * the policy allows a sending service, the other fixes would block it: they are omitted, or their titles include the
 * service.
 * @param owners The relation between the policy and its resource.
 * @param wildcard The wildcard principal.
 * @param others The fixes that name other principals.
 */
export function withSenders(
  policy: PolicyDocument,
  statement: Statement,
  wildcard: Leaf,
  owners: RelationKind,
  stack: Stack,
  others: readonly Fix[],
): readonly Fix[] {
  const action = owners === 'policy-topics' ? 'sns:publish' : 'sqs:sendmessage';
  if (certainlyExcludes(statement, action)) return others;
  const { senders, complete } = sendersTo(
    owners,
    policy.host.related(owners).edges.map(({ resource }) => resource),
  );
  const rest = withStatements(
    policy,
    policy.statements.filter((other) => other !== statement),
  );
  // A statement with unknown actions might be the one that allows the service.
  const lost = senders.filter(
    ({ service }) =>
      !admits([rest], service, action).yes.isAlways() && !admits([policy], service, action).no.isAlways(),
  );
  const own =
    complete && namesAction(statement, action).yes.isAlways()
      ? knownSender(policy, statement, wildcard, senders, stack)
      : [];
  if (lost.length === 0 || own.length > 0) return lost.length === 0 ? [...own, ...others] : own;
  return others.map((fix) => ({
    ...fix,
    title: `${fix.title.replace(/\)$/, '')}; stops ${some(lost.map(({ service }) => service))})`,
  }));
}

/**
 * A fix that names the only service that sends to the resource of the policy, and its sources in the stack. If several
 * services send, no fix is offered, because a condition applies to all principals of a statement. SNS and EventBridge
 * send failed deliveries to a queue under the same conditions.
 * https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html (for a topic under no condition
 * at all)
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html
 * https://docs.aws.amazon.com/sns/latest/dg/sns-configure-dead-letter-queue.html
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-statemachine-statemachinedeadletterconfig.html
 * (what SAM writes for it)
 */
function knownSender(
  policy: PolicyDocument,
  statement: Statement,
  wildcard: Leaf,
  senders: readonly Sender[],
  stack: Stack,
): readonly Fix[] {
  const [sender] = senders;
  if (
    !sender ||
    senders.length > 1 ||
    mayDeny(statement) ||
    !isAlone(statement, wildcard) ||
    !sender.sources.every(isSure)
  )
    return [];
  const { host: resource } = policy;
  const replaced = {
    op: 'replace',
    resource,
    target: statement.principals,
    value: { Service: sender.service },
  } as const;
  if (sender.by === 'nothing')
    return isFree(statement)
      ? [
          {
            title: `Restrict to ${sender.service} (ends this public access)`,
            safe: false,
            uncovers: 'part',
            edits: [replaced],
          },
        ]
      : [];
  const limit = limitTo(policy, sender, stack);
  if (!limit || statement.conditions.some(({ key }) => key.toLowerCase() === limit.key.toLowerCase())) return [];
  return [
    {
      title: fitting(
        [3, 1].map(
          (most) =>
            `Restrict to ${sender.service} for ${some(
              sender.sources.map(({ displayName }) => displayName),
              most,
            )} (ends this public access)`,
        ),
      ),
      safe: false,
      uncovers: 'part',
      edits: [replaced, { op: 'mergeCondition', resource, target: statement.value, ...limit }],
    },
  ];
}

/** Whether a resource exists in every scenario, so that a reference to it is always valid. */
function isSure({ external, when }: Resource): boolean {
  return !external && when.yes.isAlways();
}

/** Whether a wildcard is the only principal of its statement, in every scenario. */
function isAlone({ principals }: Statement, wildcard: Leaf): boolean {
  if (wildcard.state !== 'known' || wildcard.raw !== '*') return false;
  const named = principalsIn(principals);
  return (
    principals === wildcard ||
    (principals.state === 'object' &&
      !principals.open &&
      named.length === 1 &&
      named[0]!.value === wildcard &&
      named[0]!.when.yes.isAlways())
  );
}

/** Whether a statement has no condition, in every scenario. */
function isFree({ conditions, conditionsComplete }: Statement): boolean {
  return conditions.length === 0 && conditionsComplete.yes.isAlways();
}

function limitTo(
  { host }: PolicyDocument,
  { by, sources }: Sender,
  stack: Stack,
): { readonly operator: string; readonly key: string; readonly value: NewValue } | undefined {
  if (by === 'nothing') return undefined;
  if (by === 'account') {
    const account = newOwnAccount(host, stack);
    return account && { operator: 'StringEquals', key: 'aws:SourceAccount', value: account };
  }
  const arns = sources.map((source) => new NewReference(source, by.attribute));
  return { operator: 'ArnEquals', key: 'aws:SourceArn', value: arns.length === 1 ? arns[0]! : arns };
}

interface Senders {
  readonly senders: readonly Sender[];
  /** Whether the stack contains all senders, and no other service sends. */
  readonly complete: boolean;
}

/** The services that send to resources. */
function sendersTo(kind: RelationKind, owners: readonly Resource[]): Senders {
  const deadLetters = from(owners, 'dead-letter-sources');
  const subscribing = [
    ...from(owners, 'endpoint-subscriptions'),
    ...deadLetters.filter(({ type }) => type === 'AWS::SNS::Subscription'),
  ];
  const topics = subscribing.map((one) => (one.type === 'AWS::SNS::Topic' ? [one] : from([one], 'subscribed-topic')));
  const notifying = from(owners, 'notification-sources');
  const buckets = notifying.filter(({ type }) => type === 'AWS::S3::Bucket');
  const rules = unique(
    [...from(owners, 'event-target-of'), ...deadLetters].filter(({ type }) => type === 'AWS::Events::Rule'),
  );
  return {
    complete: topics.every((known) => known.length > 0) && notifying.length === buckets.length,
    senders: [
      ...(subscribing.length > 0
        ? [{ service: 'sns.amazonaws.com', sources: unique(topics.flat()), by: { attribute: undefined } }]
        : []),
      ...(rules.length > 0
        ? [
            {
              service: 'events.amazonaws.com',
              sources: rules,
              by: kind === 'policy-topics' ? ('nothing' as const) : { attribute: 'Arn' },
            },
          ]
        : []),
      ...(buckets.length > 0 ? [{ service: 's3.amazonaws.com', sources: buckets, by: 'account' as const }] : []),
    ],
  };
}

function from(resources: readonly Resource[], kind: RelationKind): readonly Resource[] {
  return unique(flatMap(resources, (one) => one.related(kind).edges.map(({ resource }) => resource)));
}

function unique(resources: readonly Resource[]): readonly Resource[] {
  return [...new Set(resources)];
}
