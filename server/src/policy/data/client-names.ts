/**
 * Names of services in the AWS CLI, the SDKs or common use whose actions have another prefix.
 * https://docs.aws.amazon.com/cli/latest/reference/
 * https://docs.aws.amazon.com/bedrock/latest/userguide/inference.html
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 * https://docs.aws.amazon.com/vpc/latest/userguide/security_iam_service-with-iam.html
 */
import { flatMap } from '../../base/flat-map.ts';

interface Client {
  readonly prefix: string;
  /** Whether the service with this prefix also has the operations of other clients. */
  readonly isPart: boolean;
}

/** The names of a whole service, by the prefix of its actions. */
const OF_SERVICES: Readonly<Record<string, readonly string[]>> = {
  airflow: ['mwaa'],
  aoss: ['opensearchserverless'],
  apigateway: ['apigatewayv2'],
  aps: ['amp'],
  bedrock: ['bedrock-agent', 'bedrock-agent-runtime', 'bedrock-runtime'],
  'bedrock-agentcore': ['bedrock-agentcore-control'],
  cases: ['connectcases'],
  cassandra: ['keyspaces'],
  ce: ['costexplorer'],
  'cognito-idp': ['cognitoidentityserviceprovider'],
  config: ['configservice'],
  ds: ['directoryservice'],
  dynamodb: ['dynamodbstreams'],
  elasticfilesystem: ['efs'],
  elasticloadbalancing: ['alb', 'elb', 'elbv2', 'nlb'],
  elasticmapreduce: ['emr'],
  events: ['cloudwatch-events', 'cloudwatchevents', 'eventbridge'],
  firehose: ['kinesisfirehose'],
  geo: ['location'],
  iot: ['iot-data', 'iotdata'],
  kafka: ['msk'],
  kinesisanalytics: ['kinesisanalyticsv2'],
  lex: ['lexmodelsv2', 'lexv2-models'],
  logs: ['cloudwatch-logs', 'cloudwatchlogs'],
  mechanicalturk: ['mturk'],
  mgh: ['migrationhub'],
  mobiletargeting: ['pinpoint'],
  'neptune-db': ['neptunedata'],
  profile: ['customer-profiles', 'customerprofiles'],
  rds: ['docdb', 'neptune'],
  'rds-data': ['rdsdataservice'],
  'refactor-spaces': ['migration-hub-refactor-spaces'],
  route53domains: ['route53-domains'],
  s3: ['s3api'],
  sagemaker: ['sagemaker-runtime'],
  scn: ['supplychain'],
  sdb: ['simpledb'],
  serverlessrepo: ['serverlessapplicationrepository'],
  ses: ['sesv2'],
  'sms-voice': ['pinpoint-sms-voice', 'pinpoint-sms-voice-v2'],
  sso: ['sso-admin', 'ssoadmin'],
  states: ['sfn', 'stepfunctions'],
  tag: ['resourcegroupstaggingapi'],
  tax: ['taxsettings'],
  thinclient: ['workspaces-thin-client'],
  timestream: ['timestream-query', 'timestream-write'],
  transcribe: ['transcribeservice'],
  wisdom: ['qconnect'],
};

/** The names of a part of a service, by the prefix of its actions. */
const OF_PARTS: Readonly<Record<string, readonly string[]>> = {
  appconfig: ['appconfigdata'],
  'aws-marketplace': [
    'marketplace-agreement',
    'marketplace-catalog',
    'marketplace-deployment',
    'marketplace-entitlement',
    'meteringmarketplace',
  ],
  bedrock: ['bedrock-data-automation', 'bedrock-data-automation-runtime'],
  cassandra: ['keyspacesstreams'],
  chime: [
    'chime-sdk-identity',
    'chime-sdk-media-pipelines',
    'chime-sdk-meetings',
    'chime-sdk-messaging',
    'chime-sdk-voice',
  ],
  cloudformation: ['cloudcontrol', 'cloudcontrolapi'],
  connect: ['connect-contact-lens'],
  ec2: ['vpc'],
  forecast: ['forecastquery'],
  iot: ['iotsecuretunneling'],
  iotevents: ['iotevents-data'],
  ivs: ['ivs-realtime'],
  kinesisvideo: [
    'kinesis-video-archived-media',
    'kinesis-video-media',
    'kinesis-video-signaling',
    'kinesis-video-webrtc-storage',
  ],
  lex: ['lex-models', 'lex-runtime', 'lexv2-runtime'],
  mediastore: ['mediastore-data'],
  mgh: ['migrationhub-config'],
  partnercentral: ['partnercentral-selling'],
  'payment-cryptography': ['payment-cryptography-data'],
  personalize: ['personalize-events', 'personalize-runtime'],
  qldb: ['qldb-session'],
  s3: ['s3control'],
  sagemaker: ['sagemaker-a2i-runtime', 'sagemaker-edge', 'sagemaker-featurestore-runtime', 'sagemaker-metrics'],
  servicecatalog: ['servicecatalog-appregistry'],
  ses: ['mailmanager', 'pinpoint-email'],
};

/** The services that such a name stands for. */
export const CLIENTS: ReadonlyMap<string, Client> = new Map([
  ...clientsIn(OF_SERVICES, false),
  ...clientsIn(OF_PARTS, true),
]);

function clientsIn(
  table: Readonly<Record<string, readonly string[]>>,
  isPart: boolean,
): readonly (readonly [name: string, client: Client])[] {
  return flatMap(Object.entries(table), ([prefix, names]) => names.map((name) => [name, { prefix, isPart }] as const));
}
