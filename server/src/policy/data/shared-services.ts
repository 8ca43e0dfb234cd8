/** The services whose actions and resources a resource-based policy can contain. */
import { table, type Table } from '../../base/table.ts';

/**
 * Further services whose actions a policy can contain, by the service of its resource. Their actions apply to the same
 * resources.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const ACTIONS: Table<readonly string[]> = table({
  s3: ['s3-object-lambda', 's3express', 's3-outposts'],
  cloudtrail: ['cloudtrail-data'],
  kafka: ['kafka-cluster'],
  es: ['opensearch'],
  'vpc-lattice': ['vpc-lattice-svcs', 'ram'],
  'vpc-lattice-svcs': ['vpc-lattice'],
  redshift: ['redshift-serverless', 'redshift-data'],
  'redshift-serverless': ['redshift'],
  logs: ['firehose'],
  backup: ['backup-storage'],
  ssm: ['ssm-contacts', 'ssm-incidents'],
  sagemaker: ['sagemaker-mlflow'],
  bedrock: ['bedrock-agentcore'],
  glue: ['lakeformation'],
  'execute-api': ['apigateway'],
  codeartifact: ['sts'],
  xray: ['logs', 'observabilityadmin'],
  'sms-voice': ['social-messaging'],
});

/** Services in the ARNs of resources of another service. */
const ARNS: Table<readonly string[]> = table({
  s3: ['s3-object-lambda', 's3express', 's3-outposts'],
  backup: ['ec2', 'rds', 'dynamodb', 'elasticfilesystem', 'fsx', 's3'],
  es: ['opensearch'],
  'vpc-lattice-svcs': ['vpc-lattice'],
  redshift: ['redshift-serverless'],
  'redshift-serverless': ['redshift'],
  osis: ['es'],
  oam: ['cloudwatch', 'logs', 'xray'],
  rum: ['cognito-identity'],
  'execute-api': ['apigateway'],
  events: ['schemas'],
});

/** Whether the policy of a resource of one service can contain actions of another. */
export function mayAct(policyOf: string, service: string): boolean {
  return service === policyOf || ACTIONS[policyOf]?.includes(service) === true;
}

/** Whether a resource of one service can have an ARN of another. */
export function mayBeIn(policyOf: string, service: string): boolean {
  return service === policyOf || ARNS[policyOf]?.includes(service) === true;
}
