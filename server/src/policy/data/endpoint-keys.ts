/** The condition keys about the VPC endpoint of a request, and the services that send them. */

/**
 * Services that send the account and the organization path of an endpoint.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-vpceaccount
 */
const BY_ACCOUNT: readonly string[] = [
  'apprunner',
  'discovery',
  'athena',
  'servicediscovery',
  'applicationinsights',
  'cloudformation',
  'comprehendmedical',
  'compute-optimizer',
  'ecr',
  'ecs',
  'kinesisanalytics',
  'route53',
  'datasync',
  'dynamodb',
  'ebs',
  'scheduler',
  'firehose',
  'gamelift',
  'medical-imaging',
  'healthlake',
  'omics',
  'iam',
  'iotfleetwise',
  'iotwireless',
  'kms',
  'lambda',
  'payment-cryptography',
  'polly',
  'acm-pca',
  'rbin',
  'rekognition',
  'servicequotas',
  's3',
  'shield',
  'storagegateway',
  'ssm-contacts',
  'textract',
  'transcribe',
  'transfer',
];

/** Services that send the organization of an endpoint, in addition to those. */
const BY_ORGANISATION: readonly string[] = [
  'b2bi',
  'cognito-identity',
  'dms',
  'ds-data',
  'identitystore',
  'iottwinmaker',
  'cassandra',
  'network-firewall',
  'sms-voice',
  'pricing',
  'ses',
  'sqs',
  'workmail',
];

/** The services that send a key, by its name in lower case. */
export const ENDPOINT_KEYS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['aws:vpceaccount', new Set(BY_ACCOUNT)],
  ['aws:vpceorgpaths', new Set(BY_ACCOUNT)],
  ['aws:vpceorgid', new Set([...BY_ACCOUNT, ...BY_ORGANISATION])],
]);
