/**
 * Quotas for the length of policies. White space is not counted, although AWS counts it in policies of organizations
 * and of resources that are saved with it. Some quotas can be increased, that of a trust policy to 8,192 characters, so
 * a configuration can set another number. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/add-bucket-policy.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html
 * https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html
 * https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_PutInlinePolicyToPermissionSet.html
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutResourcePolicy.html
 */
export interface Quota {
  /** The default quota of an account. */
  readonly usual: number;
  readonly unit: 'characters' | 'bytes';
  /** The limited policies, in words. */
  readonly what: string;
}

/** Quotas by their names in the configuration. */
export const QUOTAS = {
  'dynamodb.resourcePolicy': { usual: 20_480, unit: 'bytes', what: 'the policy of a DynamoDB table or stream' },
  'iam.groupInlinePolicies': { usual: 5120, unit: 'characters', what: 'all inline policies of a group together' },
  'iam.managedPolicy': { usual: 6144, unit: 'characters', what: 'a managed policy' },
  'iam.roleInlinePolicies': { usual: 10_240, unit: 'characters', what: 'all inline policies of a role together' },
  'iam.trustPolicy': { usual: 2048, unit: 'characters', what: 'the trust policy of a role' },
  'iam.userInlinePolicies': { usual: 2048, unit: 'characters', what: 'all inline policies of a user together' },
  'kms.keyPolicy': { usual: 32_768, unit: 'bytes', what: 'the policy of a KMS key' },
  'organizations.rcp': { usual: 5120, unit: 'characters', what: 'a resource control policy' },
  'organizations.scp': { usual: 10_240, unit: 'characters', what: 'a service control policy' },
  's3.bucketPolicy': { usual: 20_480, unit: 'bytes', what: 'the policy of a bucket' },
  'secretsmanager.resourcePolicy': { usual: 20_480, unit: 'characters', what: 'the policy of a secret' },
  'sns.topicPolicy': { usual: 30_720, unit: 'bytes', what: 'the policy of a topic' },
  'sqs.queuePolicy': { usual: 8192, unit: 'bytes', what: 'the policy of a queue' },
  'sso.permissionSetPolicy': { usual: 32_768, unit: 'characters', what: 'the inline policy of a permission set' },
} as const satisfies Readonly<Record<string, Quota>>;

export type QuotaName = keyof typeof QUOTAS;
