/**
 * For whom a service acts: what it says of that in its requests, and where a policy asks for it. A service that acts for many customers could
 * be used by one of them to reach what belongs to another.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
import {
  all,
  among,
  any,
  every,
  is,
  isPresent,
  judgement,
  not,
  type Judgement,
  type Predicate,
} from '../model/judgement.ts';
import { itemsOf } from '../model/navigate.ts';
import type { Statement } from '../model/policy.ts';
import type { Value } from '../model/value.ts';
import { readOperator } from './condition-operator.ts';
import { shapeOf } from './hole.ts';
import { listsEveryValue } from './open-value.ts';
import { principal } from './principal.ts';

/** The keys by which a service says for whom it acts, in lower case; `aws:SourceOwner` is what Amazon SNS had before. */
const SOURCE_KEYS: ReadonlySet<string> = new Set([
  'aws:sourcearn',
  'aws:sourceaccount',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:sourceowner',
]);

/**
 * Other keys by which some services say it: Amazon Data Firehose by the account as external ID, and who encrypts for somebody by the resource in the
 * encryption context.
 * https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
const OTHER_SOURCE = /^(?:sts:externalid|kms:encryptioncontext:aws:.+)$/i;

/** Whether a service says by a key, in lower case, for whom it acts. */
export function isSourceKey(key: string): boolean {
  return SOURCE_KEYS.has(key) || OTHER_SOURCE.test(key);
}

/**
 * Whether a statement asks for whom a service acts. A pattern that the resources of other accounts match, such as `arn:aws:sns:*:*:*`, asks for nothing; the name of a bucket belongs to one
 * account.
 */
export function asksForSource({ conditions, conditionsComplete }: Statement): Judgement {
  return among(
    any(
      ...conditions
        .filter(({ key }) => isSourceKey(key.toLowerCase()))
        .map(({ key, operator, when, values }) => {
          const read = readOperator(operator);
          if (read && (read.negated || read.how === 'null' || listsEveryValue(read, key, values).yes.isAlways()))
            return any();
          const open =
            read?.how === 'like'
              ? itemsOf(values, true).items.map((item) => all(judgement(item.when), is(item.value, OF_ANY_ACCOUNT)))
              : [];
          return all(judgement(when), not(any(...open)));
        }),
    ),
    conditionsComplete,
  );
}

/** An ARN pattern that resources of any account match: the account is a wildcard, and neither is it named in the resource nor is it that of a bucket. */
export const OF_ANY_ACCOUNT: Predicate = {
  known: ({ raw }) => isOfAnyAccount(raw),
  text: () => false,
  reference: () => false,
  collection: false,
  unknown: false,
};

function isOfAnyAccount(arn: string): boolean {
  const [prefix, , service = '', , account, ...rest] = arn.split(':');
  if (prefix !== 'arn') return false;
  // A wildcard at the end stands for the fields that are not written as well.
  if (account === undefined || rest.length === 0)
    return /\*$/.test(arn) && !/\d{12}/.test(arn) && /^\**$/.test(account ?? '');
  const resource = rest.join(':');
  return service === 's3' || service === 'execute-api'
    ? /^\*+$/.test(resource) && /^\**$/.test(account)
    : /^\*+$/.test(account) && !/\d{12}/.test(resource);
}

/**
 * Whether a statement is about places alone that a service keeps for one account: Elastic Load Balancing puts the logs of an account below AWSLogs and
 * its id. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html
 */
export function isOfOneAccount({ resources }: Statement, service: Value): Judgement {
  return all(
    is(
      service,
      principal('Service', ({ name }) => name === 'logdelivery.elasticloadbalancing'),
    ),
    isPresent(resources),
    every(itemsOf(resources, true), ({ value }) => is(value, OWN_LOGS)),
  );
}

const OWN_LOGS: Predicate = { known: ({ raw }) => isOwnLogs(raw), text: (text) => isOwnLogs(shapeOf(text)) };

function isOwnLogs(arn: string): boolean {
  return /\/AWSLogs\/[^/*?]+\//.test(arn);
}

/**
 * Services whose roles are bound to what runs in the account itself, an instance or a function: nobody else can make them use the role.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
export const RUNS_IN_ACCOUNT: ReadonlySet<string> = new Set(['ec2', 'edgelambda', 'lambda', 'pods.eks']);

/**
 * Services that are known to send `aws:SourceAccount` when they assume a role, because AWS's documentation has trust policies with it. A
 * condition on a key that a service does not send would lock it out.
 * https://docs.aws.amazon.com/appstream2/latest/developerguide/example-fleet-machine.html
 * https://docs.aws.amazon.com/frauddetector/latest/ug/confused-deputy-prevention.html
 * https://docs.aws.amazon.com/iot/latest/developerguide/cross-service-confused-deputy-prevention.html
 * https://docs.aws.amazon.com/personalize/latest/dg/cross-service-confused-deputy-prevention.html
 * https://github.com/aws/agent-toolkit-for-aws/blob/main/skills/specialized-skills/serverless-skills/processing-s3-uploads-with-step-functions/scripts/ecs-trust-policy.json
 */
export const SENDS_ACCOUNT_FOR_ROLES: ReadonlySet<string> = new Set([
  'appstream',
  'ecs-tasks',
  'frauddetector',
  'iot',
  'personalize',
]);

/**
 * The same for what services do with a resource, such as a bucket or a topic. Of keys their documentation says other things.
 * https://docs.aws.amazon.com/appstream2/latest/developerguide/example-elastic-fleets.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html (Amazon S3 to Amazon SNS)
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket_logging (server access logs)
 * https://aws.github.io/modern-data-architecture-accelerator/typedocs/functions/_aws-mdaa_cloudwatch-constructs.grantCloudWatchAlarmsTopicAccess.html (alarms)
 */
export const SENDS_ACCOUNT_TO_RESOURCES: ReadonlySet<string> = new Set(['appstream', 'cloudwatch', 'logging.s3', 's3']);

/**
 * Services that send no source with some of what they do with a key, so that a condition on one would stop them without a word: EventBridge, when
 * it sends to an encrypted topic. That it uses a key for that alone, or for something else, a policy does not say.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
export const SENDS_NO_SOURCE_TO_KEYS: ReadonlySet<string> = new Set(['events']);

/**
 * Services for which the policy of a topic can have no condition: EventBridge.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions
 */
export const SENDS_NO_SOURCE_TO_TOPICS: ReadonlySet<string> = new Set(['events']);

/**
 * Services that AWS's documentation names without a condition in the policy of an AWS Glue catalog: AWS RAM, which shares what is in the catalog for
 * Lake Formation. https://docs.aws.amazon.com/lake-formation/latest/dg/hybrid-cross-account.html
 */
export const SHARES_CATALOGS: ReadonlySet<string> = new Set(['ram']);
