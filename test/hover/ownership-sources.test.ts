/** The claims of cards cite the documentation of the very service, because pages of other services can be outdated. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { SCHEMAS } from '../kit/memory-reader.ts';
import { data } from '../schemas/data.ts';

interface OwnershipFile {
  readonly service?: { readonly guides?: readonly string[] };
  readonly citations: Readonly<Record<string, { readonly url: string }>>;
}

/** The folders of each service's guides and API references, by the name of its file, and what else is about the same things. */
const FOLDERS: Readonly<Record<string, readonly string[]>> = {
  acm: ['acm'],
  amazonmq: ['amazon-mq'],
  amplify: ['amplify'],
  api: ['apigateway'],
  apigateway: ['apigateway'],
  // Its HTTP and WebSocket APIs are in the same guide.
  apigatewayv2: ['apigateway'],
  appfabric: ['appfabric'],
  apprunner: ['apprunner'],
  // What it launches are instances with their volumes.
  autoscaling: ['autoscaling', 'AWSEC2', 'ebs'],
  batch: ['batch'],
  chime: ['chime'],
  cloudfront: ['AmazonCloudFront', 'cloudfront'],
  cloudsearch: ['cloudsearch'],
  cloudtrail: ['awscloudtrail'],
  codebuild: ['codebuild'],
  config: ['config'],
  directory: ['directoryservice'],
  dms: ['dms'],
  cognito: ['cognito'],
  dx: ['directconnect'],
  dynamodb: ['amazondynamodb'],
  ec2: ['AWSEC2', 'ebs', 'vpc'],
  ecr: ['AmazonECR'],
  ecs: ['AmazonECS'],
  efs: ['efs'],
  eks: ['eks'],
  elasticache: ['AmazonElastiCache'],
  // OpenSearch Service operates Elasticsearch domains too.
  elasticsearch: ['opensearch-service'],
  elasticloadbalancing: ['elasticloadbalancing'],
  elasticbeanstalk: ['elasticbeanstalk'],
  elasticloadbalancingv2: ['elasticloadbalancing'],
  events: ['eventbridge'],
  glue: ['glue'],
  // The managed policies of AWS have a reference of their own.
  iam: ['IAM', 'aws-managed-policy'],
  // Fargate has no guide of its own, and is explained in that of Amazon ECS.
  // Custom resources, modules and other publishers' types are explained in the guide of CloudFormation.
  kinds: ['AmazonECS', 'AWSCloudFormation'],
  kms: ['kms'],
  lambda: ['lambda'],
  logs: ['AmazonCloudWatchLogs', 'AmazonCloudWatch'],
  neptune: ['neptune'],
  opensearchservice: ['opensearch-service'],
  rds: ['AmazonRDS'],
  redshift: ['redshift'],
  redshiftserverless: ['redshift-serverless', 'redshift'],
  s3: ['AmazonS3'],
  sagemaker: ['sagemaker'],
  secretsmanager: ['secretsmanager'],
  sns: ['sns'],
  sqs: ['AWSSimpleQueueService'],
  ssm: ['systems-manager'],
  stepfunctions: ['step-functions'],
  storagegateway: ['storagegateway'],
  synthetics: ['AmazonSynthetics'],
};

/** Pages about all services: the shared responsibility model, the Well-Architected Framework, and how IAM decides about requests. */
const OF_ALL: readonly RegExp[] = [
  /^whitepapers\/latest\/(?:navigating-gdpr-compliance|aws-risk-and-compliance)\/shared-(?:security-)?responsibility-model\.html$/,
  /^wellarchitected\//,
  /^IAM\/latest\/UserGuide\/access(?:_resources)?\.html$/,
];

/** What names the service behind the folder: references of CloudFormation's types, the CDK and SDKs, examples, white papers, announcements, overviews. */
const WITHIN: readonly RegExp[] = [
  /^AWSCloudFormation\/latest\/(?:UserGuide|TemplateReference)\/aws-(?:resource|properties)-([a-z0-9]+)-/,
  /^cdk\/api\/v2\/(?:docs\/aws-cdk-lib|python\/aws_cdk)\.aws_([a-z0-9]+)[./]/,
  /^sdk-for-kotlin\/api\/latest\/([a-z0-9]+)\//,
  /^sdkforruby\/api\/Aws\/([A-Za-z0-9]+)\//,
  /^sdk-for-ruby\/v3\/api\/Aws\/([A-Za-z0-9]+)\//,
  /^sdk-for-sap-abap\/v1\/api\/latest\/([a-z0-9]+)\//,
  // A permanent link to the reference of an operation: the service can end in the version of its API.
  /^goto\/(?:WebAPI|cli2)\/([a-z-]*[a-z])(?:-[0-9-]+)?\//,
  /^code-library\/latest\/ug\/([a-z0-9]+)_example_/,
  /^whitepapers\/latest\/security-overview-amazon-([a-z]+)-/,
  /^documentation-overview\/([a-z]+)/,
  /^blogs\/aws\/heads-up-amazon-([a-z0-9]+)-/,
  /^blogs\/compute\/.*-sse-([a-z]+)-by-default\//,
];

/** What the API references call a service that has another name here. */
const OF_APIS: Readonly<Record<string, string>> = {
  bedrockagentcorecontrol: 'bedrockagentcore',
  'cognito-idp': 'cognito',
  cognitoidentityprovider: 'cognito',
  ds: 'directory',
  dsr: 'directory',
  firehose: 'kinesisfirehose',
  inspector2: 'inspectorv2',
  mailmanager: 'ses',
  s3control: 's3',
  timestreaminfluxdb: 'timestream',
};

/** What those call a service that has another name here. */
const CALLED: Readonly<Record<string, string>> = { cloudwatchlogs: 'logs', mq: 'amazonmq' };

function isOwn(file: string, url: string, guides: readonly string[] = []): boolean {
  const path = url.replace(/^https:\/\/[^/]+\//, '').replace(/^(?:[a-z]{2}_[a-z]{2})\//, '');
  if (OF_ALL.some((page) => page.test(path)) || [...guides, ...(FOLDERS[file] ?? [])].includes(path.split('/')[0]!))
    return true;
  const service = WITHIN.map((form) => form.exec(path)?.[1])
    .find((name) => name !== undefined)
    ?.toLowerCase();
  // Terraform's short names for a service, such as `dx`, have the folders of its guide too.
  return (
    service !== undefined &&
    ((CALLED[service] ?? OF_APIS[service] ?? service) === file || FOLDERS[file]?.includes(service) === true)
  );
}

describe('the sources of ownership', () => {
  for (const name of readdirSync(`${SCHEMAS}/ownership`).map((entry) => entry.replace(/\.json$/, ''))) {
    it(`are pages of the very service: ${name}`, () => {
      const { citations, service } = data<OwnershipFile>(`ownership/${name}`);
      assert.deepEqual(
        Object.entries(citations).flatMap(([key, { url }]) =>
          isOwn(name, url, service?.guides) ? [] : [`${key}: ${url}`],
        ),
        [],
      );
    });
  }

  it('are told from those of others', () => {
    assert.equal(isOwn('s3', 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html'), true);
    assert.equal(
      isOwn(
        's3',
        'https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsS3BucketServerSideEncryptionRule.html',
      ),
      false,
    );
    assert.equal(
      isOwn(
        's3',
        'https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/macie2/aws.sdk.kotlin.services.macie2.model/-block-public-access/restrict-public-buckets.html',
      ),
      false,
    );
    assert.equal(
      isOwn(
        'rds',
        'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-instance.html',
      ),
      false,
    );
  });
});
