/**
 * Service principals that policies commonly name. Which roles a service assumes and where it delivers to is in its
 * documentation. Other names can still be typed.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services
 */
import { table, type Table } from '../base/table.ts';

/** Services that assume roles. */
const ASSUMING: readonly (readonly [name: string, of: string])[] = [
  ['lambda.amazonaws.com', 'AWS Lambda'],
  ['ec2.amazonaws.com', 'Amazon EC2'],
  ['ecs-tasks.amazonaws.com', 'Amazon ECS tasks'],
  ['states.amazonaws.com', 'AWS Step Functions'],
  ['events.amazonaws.com', 'Amazon EventBridge'],
  ['scheduler.amazonaws.com', 'Amazon EventBridge Scheduler'],
  ['pipes.amazonaws.com', 'Amazon EventBridge Pipes'],
  ['apigateway.amazonaws.com', 'Amazon API Gateway'],
  ['codebuild.amazonaws.com', 'AWS CodeBuild'],
  ['codepipeline.amazonaws.com', 'AWS CodePipeline'],
  ['codedeploy.amazonaws.com', 'AWS CodeDeploy'],
  ['cloudformation.amazonaws.com', 'AWS CloudFormation'],
  ['ecs.amazonaws.com', 'Amazon ECS'],
  ['eks.amazonaws.com', 'Amazon EKS'],
  ['pods.eks.amazonaws.com', 'Amazon EKS pods'],
  ['glue.amazonaws.com', 'AWS Glue'],
  ['firehose.amazonaws.com', 'Amazon Data Firehose'],
  ['s3.amazonaws.com', 'Amazon S3'],
  ['backup.amazonaws.com', 'AWS Backup'],
  ['config.amazonaws.com', 'AWS Config'],
  ['cloudtrail.amazonaws.com', 'AWS CloudTrail'],
  ['sagemaker.amazonaws.com', 'Amazon SageMaker'],
  ['bedrock.amazonaws.com', 'Amazon Bedrock'],
  ['ssm.amazonaws.com', 'AWS Systems Manager'],
  ['rds.amazonaws.com', 'Amazon RDS'],
  ['monitoring.rds.amazonaws.com', 'Amazon RDS Enhanced Monitoring'],
  ['redshift.amazonaws.com', 'Amazon Redshift'],
  ['batch.amazonaws.com', 'AWS Batch'],
  ['appsync.amazonaws.com', 'AWS AppSync'],
  ['iot.amazonaws.com', 'AWS IoT'],
  ['vpc-flow-logs.amazonaws.com', 'VPC Flow Logs'],
  ['edgelambda.amazonaws.com', 'Lambda@Edge'],
  ['application-autoscaling.amazonaws.com', 'Application Auto Scaling'],
  ['transfer.amazonaws.com', 'AWS Transfer Family'],
  ['dms.amazonaws.com', 'AWS DMS'],
  ['spotfleet.amazonaws.com', 'Spot Fleet'],
];

/** Services that deliver to the resources of a service, by its prefix. */
const SENDING: Table<readonly (readonly [name: string, of: string])[]> = table({
  s3: [
    ['cloudfront.amazonaws.com', 'Amazon CloudFront'],
    ['logging.s3.amazonaws.com', 'Amazon S3 server access logs'],
    ['cloudtrail.amazonaws.com', 'AWS CloudTrail'],
    ['delivery.logs.amazonaws.com', 'vended logs'],
    ['logdelivery.elasticloadbalancing.amazonaws.com', 'load balancer access logs'],
    ['config.amazonaws.com', 'AWS Config'],
    ['s3.amazonaws.com', 'Amazon S3 inventory'],
    ['serverlessrepo.amazonaws.com', 'AWS Serverless Application Repository'],
  ],
  sqs: [
    ['sns.amazonaws.com', 'Amazon SNS'],
    ['events.amazonaws.com', 'Amazon EventBridge'],
    ['s3.amazonaws.com', 'Amazon S3 event notifications'],
    ['scheduler.amazonaws.com', 'Amazon EventBridge Scheduler'],
  ],
  sns: [
    ['events.amazonaws.com', 'Amazon EventBridge'],
    ['s3.amazonaws.com', 'Amazon S3 event notifications'],
    ['cloudwatch.amazonaws.com', 'Amazon CloudWatch alarms'],
    ['budgets.amazonaws.com', 'AWS Budgets'],
    ['costalerts.amazonaws.com', 'AWS Cost Anomaly Detection'],
    ['codestar-notifications.amazonaws.com', 'developer tools notifications'],
    ['ses.amazonaws.com', 'Amazon SES'],
  ],
  kms: [
    ['logs.amazonaws.com', 'Amazon CloudWatch Logs'],
    ['cloudtrail.amazonaws.com', 'AWS CloudTrail'],
    ['sns.amazonaws.com', 'Amazon SNS'],
    ['sqs.amazonaws.com', 'Amazon SQS'],
    ['events.amazonaws.com', 'Amazon EventBridge'],
    ['s3.amazonaws.com', 'Amazon S3'],
    ['cloudwatch.amazonaws.com', 'Amazon CloudWatch'],
    ['cloudfront.amazonaws.com', 'Amazon CloudFront'],
    ['delivery.logs.amazonaws.com', 'vended logs'],
  ],
  lambda: [
    ['apigateway.amazonaws.com', 'Amazon API Gateway'],
    ['s3.amazonaws.com', 'Amazon S3 event notifications'],
    ['sns.amazonaws.com', 'Amazon SNS'],
    ['events.amazonaws.com', 'Amazon EventBridge'],
    ['secretsmanager.amazonaws.com', 'AWS Secrets Manager'],
    ['logs.amazonaws.com', 'Amazon CloudWatch Logs'],
    ['elasticloadbalancing.amazonaws.com', 'Elastic Load Balancing'],
    ['cognito-idp.amazonaws.com', 'Amazon Cognito'],
  ],
  secretsmanager: [
    ['lambda.amazonaws.com', 'AWS Lambda'],
    ['rds.amazonaws.com', 'Amazon RDS'],
  ],
  logs: [
    ['delivery.logs.amazonaws.com', 'vended logs'],
    ['es.amazonaws.com', 'Amazon OpenSearch Service'],
    ['route53.amazonaws.com', 'Amazon Route 53'],
    ['events.amazonaws.com', 'Amazon EventBridge'],
  ],
  ecr: [
    ['lambda.amazonaws.com', 'AWS Lambda'],
    ['codebuild.amazonaws.com', 'AWS CodeBuild'],
  ],
  events: [['events.amazonaws.com', 'Amazon EventBridge']],
});

/**
 * The services that resource policies of a service usually allow; for other policies, the services that assume roles.
 */
export function servicePrincipals(service: string | undefined): readonly (readonly [name: string, of: string])[] {
  return (service === undefined ? undefined : SENDING[service]) ?? ASSUMING;
}

/**
 * Identity providers that exist in every account:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc.html
 */
export const IDENTITY_PROVIDERS: readonly (readonly [name: string, of: string])[] = [
  ['cognito-identity.amazonaws.com', 'Amazon Cognito identity pools'],
  ['accounts.google.com', 'Google'],
  ['www.amazon.com', 'Login with Amazon'],
  ['graph.facebook.com', 'Facebook'],
];
