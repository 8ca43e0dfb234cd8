/**
 * The source of service requests: the keys that services send, and the conditions on them. Without a condition, another
 * customer of the service could use it to access a resource (confused deputy).
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
} from '../../model/judgement.ts';
import { itemsOf } from '../../model/navigate.ts';
import type { Statement } from '../../model/policy.ts';
import type { Value } from '../../model/value.ts';
import { readOperator } from '../text/condition-operator.ts';
import { shapeOf } from '../text/unknown-piece.ts';
import { listsEveryValue } from '../condition/open-value.ts';
import { principal } from './principal.ts';
import { arnFields } from '../text/arn-fields.ts';

/**
 * The condition keys with the source of a service request, in lower case; `aws:SourceOwner` is an older key of Amazon
 * SNS.
 */
const SOURCE_KEYS: ReadonlySet<string> = new Set([
  'aws:sourcearn',
  'aws:sourceaccount',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:sourceowner',
]);

/**
 * Other keys with the source: the external ID of Amazon Data Firehose is the account, and services that encrypt data
 * include the resource in the encryption context.
 * https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
const OTHER_SOURCE = /^(?:sts:externalid|kms:encryptioncontext:aws:.+)$/i;

/** Whether a key, in lower case, contains the source of a service request. */
export function isSourceKey(key: string): boolean {
  return SOURCE_KEYS.has(key) || OTHER_SOURCE.test(key);
}

/**
 * Whether a statement restricts the source of service requests. A pattern that matches resources of other accounts,
 * such as `arn:aws:sns:*:*:*`, does not; a bucket name belongs to one account.
 */
export function restrictsSource({ conditions, conditionsComplete }: Statement): Judgement {
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
              ? itemsOf(values, true).items.map((item) => all(judgement(item.when), is(item.value, ARN_OF_ANY_ACCOUNT)))
              : [];
          return all(judgement(when), not(any(...open)));
        }),
    ),
    conditionsComplete,
  );
}

/**
 * An ARN pattern that matches resources of any account: the account is a wildcard, and the resource neither contains it
 * nor is a bucket.
 */
export const ARN_OF_ANY_ACCOUNT: Predicate = {
  known: ({ raw }) => isOfAnyAccount(raw),
  text: () => false,
  reference: () => false,
  collection: false,
  unknown: false,
};

function isOfAnyAccount(arn: string): boolean {
  const [prefix, , service = '', , account, resource] = arnFields(arn);
  if (prefix !== 'arn') return false;
  // A trailing wildcard also matches missing fields.
  if (account === undefined || resource === undefined)
    return /\*$/.test(arn) && !/\d{12}/.test(arn) && /^\**$/.test(account ?? '');
  return service === 's3' || service === 'execute-api'
    ? /^\*+$/.test(resource) && /^\**$/.test(account)
    : /^\*+$/.test(account) && !/\d{12}/.test(resource);
}

/**
 * Whether a statement only has resources that a service reserves for one account: Elastic Load Balancing writes access
 * logs below AWSLogs and the account ID.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html
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
 * Services whose roles only resources of the account itself use, such as instances and functions. Other customers
 * cannot make them use the role.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
export const RUNS_IN_ACCOUNT: ReadonlySet<string> = new Set(['ec2', 'edgelambda', 'lambda', 'pods.eks']);

/**
 * Services that are known to send `aws:SourceAccount` when they assume a role, because AWS documents trust policies
 * with it. A condition on a key that a service does not send would block it.
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
 * The same for requests of services to a resource, such as a bucket or a topic. The documentation for KMS keys differs.
 * https://docs.aws.amazon.com/appstream2/latest/developerguide/example-elastic-fleets.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html (Amazon S3 to Amazon SNS)
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket_logging (server access logs)
 * https://aws.github.io/modern-data-architecture-accelerator/typedocs/functions/_aws-mdaa_cloudwatch-constructs.grantCloudWatchAlarmsTopicAccess.html
 * (alarms)
 */
export const SENDS_ACCOUNT_TO_RESOURCES: ReadonlySet<string> = new Set(['appstream', 'cloudwatch', 'logging.s3', 's3']);

/**
 * Services that send no source with some of their requests to a key, so that a condition on a source would silently
 * block them: EventBridge, when it sends to an encrypted topic. A policy does not show whether such a topic uses the
 * key.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
export const SENDS_NO_SOURCE_TO_KEYS: ReadonlySet<string> = new Set(['events']);

/**
 * Services that cannot send to a topic if its policy has a condition: EventBridge.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions
 */
export const SENDS_NO_SOURCE_TO_TOPICS: ReadonlySet<string> = new Set(['events']);

/**
 * Services that AWS documents without a condition in the policy of an AWS Glue catalog: AWS RAM, which shares catalog
 * resources for Lake Formation.
 * https://docs.aws.amazon.com/lake-formation/latest/dg/hybrid-cross-account.html
 */
export const SHARES_CATALOGS: ReadonlySet<string> = new Set(['ram']);
