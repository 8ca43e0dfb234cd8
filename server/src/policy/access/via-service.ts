/** Requests to AWS KMS that a service makes for a caller who reads a resource. */
import { table } from '../../base/table.ts';
import { YES } from '../../model/judgement.ts';
import type { Resource } from '../../model/resource.ts';
import { ANY_REQUEST, type PartlyKnown, type RequestContext } from '../condition/condition-holds.ts';
import { textWithUnknowns } from '../text/condition-text.ts';

/**
 * The services that use keys for callers, by the first part of their name in `kms:ViaService`.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
const SERVICES = table({
  'AWS::DynamoDB::GlobalTable': 'dynamodb',
  'AWS::DynamoDB::Table': 'dynamodb',
  'AWS::Kinesis::Stream': 'kinesis',
  'AWS::S3::Bucket': 's3',
  'AWS::SNS::Topic': 'sns',
  'AWS::SQS::Queue': 'sqs',
  'AWS::SSM::Parameter': 'ssm',
  'AWS::SecretsManager::Secret': 'secretsmanager',
});

/** What is known of the requests for the key of a resource. */
export function requestThrough({ type }: Resource): RequestContext {
  const service = SERVICES[type];
  return service === undefined ? ANY_REQUEST : new Map([['kms:viaservice', [through(service)]]]);
}

/** `s3.REGION.amazonaws.com`. The Region is unknown, so only another service is certainly not it. */
function through(service: string): PartlyKnown {
  return {
    alternatives: [
      {
        there: YES,
        meets: (_, listed) => {
          const named = /^([a-z0-9-]+)\./i.exec(textWithUnknowns(listed) ?? '')?.[1];
          return named === undefined || named.toLowerCase() === service ? undefined : false;
        },
      },
    ],
    toJSON: () => `via ${service}`,
  };
}
