/** Integrations of APIs with AWS services. */
import { table, type Table } from '../base/table.ts';
import { all, is, isPresent, judge, judgement, not, type Judgement } from '../model/judgement.ts';
import { oneOf, text } from '../model/predicate.ts';
import { never } from '../model/quantified.ts';
import type { Edge, Resource } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import { textWithUnknowns } from '../policy/text/condition-text.ts';
import { UNKNOWN_PIECE } from '../policy/text/unknown-piece.ts';

/** How requests name the service of a type: in a URI, and in the subtype of an integration of an HTTP API. */
interface ServiceName {
  readonly inUri: string;
  readonly inSubtype?: string;
}

const TABLE: ServiceName = { inUri: 'dynamodb' };

/**
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html
 */
const SERVICES: Table<ServiceName> = table({
  'AWS::DynamoDB::GlobalTable': TABLE,
  'AWS::DynamoDB::Table': TABLE,
  'AWS::Events::EventBus': { inUri: 'events', inSubtype: 'EventBridge' },
  'AWS::Kinesis::Stream': { inUri: 'kinesis', inSubtype: 'Kinesis' },
  'AWS::KinesisFirehose::DeliveryStream': { inUri: 'firehose' },
  'AWS::S3::Bucket': { inUri: 's3' },
  'AWS::SNS::Topic': { inUri: 'sns' },
  'AWS::SQS::Queue': { inUri: 'sqs', inSubtype: 'SQS' },
  'AWS::StepFunctions::StateMachine': { inUri: 'states', inSubtype: 'StepFunctions' },
});

/** The methods and integrations that send requests to the service of a resource, and name the resource in them. */
export function serviceIntegrationsOf(target: Resource): readonly Edge[] {
  const service = SERVICES[target.type];
  if (!service) return [];
  return target
    .related('service-integrations')
    .edges.map((edge) => ({ ...edge, via: edge.via, when: all(judgement(edge.when), isFor(edge.resource, service)) }))
    .filter(({ when }) => !never(when));
}

/**
 * Whether a method or an integration is for a service. The URI is
 * `arn:PARTITION:apigateway:REGION:SERVICE:action/NAME`.
 * https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html
 */
function isFor(part: Resource, { inUri, inSubtype }: ServiceName): Judgement {
  const isMethod = part.type === 'AWS::ApiGateway::Method';
  const subtype = part.get('IntegrationSubtype');
  if (!isMethod && inSubtype !== undefined && !never(isPresent(subtype)))
    return is(
      subtype,
      text((name) => name.startsWith(`${inSubtype}-`)),
    );
  const [uri, type] = isMethod ? ['Integration.Uri', 'Integration.Type'] : ['IntegrationUri', 'IntegrationType'];
  return all(isOf(part.get(uri), inUri), not(is(part.get(type), oneOf('MOCK'))));
}

/** Whether a URI is for a service. */
function isOf(uri: Value, service: string): Judgement {
  return judge(uri, (leaf) => {
    const named = textWithUnknowns(leaf)?.split(':')[4]?.split('.').at(-1);
    return named === undefined || named.includes(UNKNOWN_PIECE) ? undefined : named === service;
  });
}
