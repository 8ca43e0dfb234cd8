/**
 * API operations whose permission has another name, with that permission, according to:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-batch-api-actions.html
 * https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 * https://docs.aws.amazon.com/lambda/latest/api/API_InvokeWithResponseStream.html
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_ReEncrypt.html
 */
const OPERATIONS: readonly (readonly [operation: string, permission: string])[] = [
  ['s3:ListBuckets', 's3:ListAllMyBuckets'],
  ['s3:HeadObject', 's3:GetObject'],
  ['s3:HeadBucket', 's3:ListBucket'],
  ['s3:ListObjects', 's3:ListBucket'],
  ['s3:ListObjectsV2', 's3:ListBucket'],
  ['s3:ListObjectVersions', 's3:ListBucketVersions'],
  ['s3:CopyObject', 's3:PutObject'],
  ['s3:DeleteObjects', 's3:DeleteObject'],
  ['s3:CreateMultipartUpload', 's3:PutObject'],
  ['s3:CompleteMultipartUpload', 's3:PutObject'],
  ['s3:InitiateMultipartUpload', 's3:PutObject'],
  ['s3:UploadPart', 's3:PutObject'],
  ['s3:UploadPartCopy', 's3:PutObject'],
  ['s3:ListMultipartUploads', 's3:ListBucketMultipartUploads'],
  ['s3:ListParts', 's3:ListMultipartUploadParts'],
  ['s3:GetBucketLifecycleConfiguration', 's3:GetLifecycleConfiguration'],
  ['s3:PutBucketLifecycleConfiguration', 's3:PutLifecycleConfiguration'],
  ['s3:GetBucketLifecycle', 's3:GetLifecycleConfiguration'],
  ['s3:PutBucketLifecycle', 's3:PutLifecycleConfiguration'],
  ['s3:DeleteBucketLifecycle', 's3:PutLifecycleConfiguration'],
  ['s3:GetBucketEncryption', 's3:GetEncryptionConfiguration'],
  ['s3:PutBucketEncryption', 's3:PutEncryptionConfiguration'],
  ['s3:DeleteBucketEncryption', 's3:PutEncryptionConfiguration'],
  ['s3:GetBucketReplication', 's3:GetReplicationConfiguration'],
  ['s3:PutBucketReplication', 's3:PutReplicationConfiguration'],
  ['s3:DeleteBucketReplication', 's3:PutReplicationConfiguration'],
  ['s3:GetBucketAccelerateConfiguration', 's3:GetAccelerateConfiguration'],
  ['s3:PutBucketAccelerateConfiguration', 's3:PutAccelerateConfiguration'],
  ['s3:GetBucketNotificationConfiguration', 's3:GetBucketNotification'],
  ['s3:PutBucketNotificationConfiguration', 's3:PutBucketNotification'],
  ['s3:DeleteBucketCors', 's3:PutBucketCORS'],
  ['s3:DeleteBucketTagging', 's3:PutBucketTagging'],
  ['s3:GetBucketAnalyticsConfiguration', 's3:GetAnalyticsConfiguration'],
  ['s3:PutBucketAnalyticsConfiguration', 's3:PutAnalyticsConfiguration'],
  ['s3:GetBucketInventoryConfiguration', 's3:GetInventoryConfiguration'],
  ['s3:PutBucketInventoryConfiguration', 's3:PutInventoryConfiguration'],
  ['s3:GetBucketMetricsConfiguration', 's3:GetMetricsConfiguration'],
  ['s3:PutBucketMetricsConfiguration', 's3:PutMetricsConfiguration'],
  ['s3:GetObjectLockConfiguration', 's3:GetBucketObjectLockConfiguration'],
  ['s3:PutObjectLockConfiguration', 's3:PutBucketObjectLockConfiguration'],
  ['s3:GetPublicAccessBlock', 's3:GetBucketPublicAccessBlock'],
  ['s3:PutPublicAccessBlock', 's3:PutBucketPublicAccessBlock'],
  ['s3:DeletePublicAccessBlock', 's3:PutBucketPublicAccessBlock'],
  ['s3:SelectObjectContent', 's3:GetObject'],
  ['s3:DeleteBucketOwnershipControls', 's3:PutBucketOwnershipControls'],
  ['s3:DeleteBucketAnalyticsConfiguration', 's3:PutAnalyticsConfiguration'],
  ['s3:ListBucketAnalyticsConfigurations', 's3:GetAnalyticsConfiguration'],
  ['s3:DeleteBucketInventoryConfiguration', 's3:PutInventoryConfiguration'],
  ['s3:ListBucketInventoryConfigurations', 's3:GetInventoryConfiguration'],
  ['s3:DeleteBucketMetricsConfiguration', 's3:PutMetricsConfiguration'],
  ['s3:ListBucketMetricsConfigurations', 's3:GetMetricsConfiguration'],
  ['s3:GetBucketIntelligentTieringConfiguration', 's3:GetIntelligentTieringConfiguration'],
  ['s3:PutBucketIntelligentTieringConfiguration', 's3:PutIntelligentTieringConfiguration'],
  ['s3:DeleteBucketIntelligentTieringConfiguration', 's3:PutIntelligentTieringConfiguration'],
  ['s3:ListBucketIntelligentTieringConfigurations', 's3:GetIntelligentTieringConfiguration'],
  ['lambda:Invoke', 'lambda:InvokeFunction'],
  ['lambda:InvokeWithResponseStream', 'lambda:InvokeFunction'],
  ['bedrock:Converse', 'bedrock:InvokeModel'],
  ['bedrock:ConverseStream', 'bedrock:InvokeModelWithResponseStream'],
  // Both actions are required, for the decrypting and the encrypting key, and AWS recommends the wildcard.
  ['kms:ReEncrypt', 'kms:ReEncrypt*'],
  ['dynamodb:TransactGetItems', 'dynamodb:GetItem'],
  ['sns:PublishBatch', 'sns:Publish'],
  ['sqs:SendMessageBatch', 'sqs:SendMessage'],
  ['sqs:DeleteMessageBatch', 'sqs:DeleteMessage'],
  ['sqs:ChangeMessageVisibilityBatch', 'sqs:ChangeMessageVisibility'],
];

const PARTIQL: readonly string[] = [
  'dynamodb:PartiQLSelect',
  'dynamodb:PartiQLInsert',
  'dynamodb:PartiQLUpdate',
  'dynamodb:PartiQLDelete',
];

/**
 * Operations whose permissions depend on their input. Only the author knows which ones are needed.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-iam.html
 */
const DEPENDING: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'dynamodb:transactwriteitems',
    ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:ConditionCheckItem'],
  ],
  ['dynamodb:executestatement', PARTIQL],
  ['dynamodb:batchexecutestatement', PARTIQL],
  ['dynamodb:executetransaction', PARTIQL],
]);

/**
 * Common names that are neither operations nor actions, and the correct actions.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 */
export const MISNAMED: ReadonlyMap<string, string> = new Map([
  ['s3:replicationtags', 's3:ReplicateTags'],
  ['dynamodb:createitem', 'dynamodb:PutItem'],
]);

const RENAMED: ReadonlyMap<string, string> = new Map(
  OPERATIONS.map(([operation, permission]) => [operation.toLowerCase(), permission]),
);

/**
 * The actions of API Gateway are the HTTP methods of its operations.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/security_iam_service-with-iam.html
 */
const METHODS: readonly (readonly [beginning: RegExp, method: string])[] = [
  [/^apigateway:get[a-z]/, 'GET'],
  [/^apigateway:create[a-z]/, 'POST'],
  [/^apigateway:update[a-z]/, 'PATCH'],
  [/^apigateway:delete[a-z]/, 'DELETE'],
  [/^apigateway:put[a-z]/, 'PUT'],
];

/** The permission that an operation requires, if it has another name. */
export function permissionOf(operation: string): string | undefined {
  const lower = operation.toLowerCase();
  const method = /[*?]/.test(lower) ? undefined : METHODS.find(([beginning]) => beginning.test(lower))?.[1];
  return RENAMED.get(lower) ?? (method && `apigateway:${method}`);
}

/** The possible permissions of an operation without a permission of its own name; undefined for other names. */
export function permissionsOf(operation: string): readonly string[] | undefined {
  return DEPENDING.get(operation.toLowerCase());
}
