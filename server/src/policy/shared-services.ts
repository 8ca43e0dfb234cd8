/** The services whose actions and resources a policy of some resource may name. */
import { table, type Table } from '../base/table.ts';

/**
 * Services beside its own, by the service that a policy belongs to. Their actions are about the same resources.
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

/** Services that stand in the ARNs of the resources of another one. */
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

/** Whether an action of a service has a place in the policy of a resource of another one. */
export function mayAct(policyOf: string, service: string): boolean {
  return service === policyOf || ACTIONS[policyOf]?.includes(service) === true;
}

/** Whether an ARN of a service can be that of a resource of another one. */
export function mayBeIn(policyOf: string, service: string): boolean {
  return service === policyOf || ARNS[policyOf]?.includes(service) === true;
}
