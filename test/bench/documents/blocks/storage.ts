/** Keys, buckets and tables. */
import type { Block, Component } from '../component.ts';
import {
  ACCOUNT,
  arn,
  COMMENT,
  GetAtt,
  If,
  Join,
  NO_VALUE,
  policy,
  Ref,
  Sub,
  trust,
  type StatementParts,
  type Value,
} from '../template-value.ts';

const objects = (bucket: string): Value => Join('', [GetAtt(bucket, 'Arn'), '/*']);

const requireTls = (bucket: string): StatementParts => ({
  Sid: 'DenyInsecureTransport',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: [GetAtt(bucket, 'Arn'), objects(bucket)],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});

export const key: Block = (c) => {
  const [keyId, alias] = [c.id('Key'), c.id('KeyAlias')];
  const admins = policy(
    {
      Sid: 'Administration',
      Principal: { AWS: Sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:root') },
      Action: 'kms:*',
      Resource: '*',
    },
    {
      Sid: 'Logs',
      Principal: { Service: Sub('logs.${AWS::Region}.amazonaws.com') },
      Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
      Resource: '*',
      Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': arn('logs', `log-group:/${c.kebab}/*`) } },
    },
    {
      Sid: 'Topics',
      Principal: { Service: ['sns.amazonaws.com', 'events.amazonaws.com'] },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: '*',
      ...(c.random.chance(0.7) ? { Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } } : {}),
    },
  );
  return {
    [keyId]: {
      Type: 'AWS::KMS::Key',
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        Description: `Encrypts the data of ${c.kebab}.`,
        ...(c.random.chance(0.8) ? { EnableKeyRotation: true } : {}),
        PendingWindowInDays: c.prod(30, 7),
        KeyPolicy: admins,
        Tags: c.tags('key'),
      },
    },
    [alias]: {
      Type: 'AWS::KMS::Alias',
      Properties: { AliasName: Sub(`alias/${c.kebab}-\${${c.param('Stage')}}-data`), TargetKeyId: Ref(keyId) },
    },
  };
};

/** Blocks that need a key have this one of the component, which its first block makes. */
export const keyOf = (c: Component): string => `${c.name}Key`;

const PUBLIC_ACCESS = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
};

export const bucket: Block = (c) => {
  const purpose = c.random.pick(['Uploads', 'Archive', 'Exports', 'Documents']);
  const [data, logs, dataPolicy, logsPolicy] = [
    c.id(purpose),
    c.id('AccessLogs'),
    c.id('DataPolicy'),
    c.id('LogsPolicy'),
  ];
  return {
    [data]: {
      Type: 'AWS::S3::Bucket',
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BucketName: Sub(`${c.kebab}-${purpose.toLowerCase()}-\${AWS::AccountId}-\${AWS::Region}`),
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            {
              BucketKeyEnabled: true,
              ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: GetAtt(keyOf(c), 'Arn') },
            },
          ],
        },
        ...(c.random.chance(0.75) ? { PublicAccessBlockConfiguration: PUBLIC_ACCESS } : {}),
        VersioningConfiguration: { Status: c.prod('Enabled', 'Suspended') },
        LoggingConfiguration: If(
          `${c.name}Logs`,
          { DestinationBucketName: Ref(logs), LogFilePrefix: `${purpose}/` },
          NO_VALUE,
        ),
        LifecycleConfiguration: {
          Rules: [
            {
              Id: 'ToColdStorage',
              Status: 'Enabled',
              Transitions: [
                { StorageClass: 'STANDARD_IA', TransitionInDays: c.random.pick([30, 60]) },
                { StorageClass: 'GLACIER', TransitionInDays: c.random.pick([90, 180]) },
              ],
            },
            { Id: 'Uploads', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } },
          ],
        },
        Tags: c.tags(purpose.toLowerCase()),
      },
    },
    [dataPolicy]: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: {
        Bucket: Ref(data),
        PolicyDocument: policy(
          requireTls(data),
          {
            Sid: 'Readers',
            Principal: {
              AWS: Sub('arn:${AWS::Partition}:iam::${Account}:root', { Account: c.perRegion('ElbAccount') }),
            },
            Action: c.random.some(['s3:GetObject', 's3:GetObjectVersion', 's3:GetObjectTagging', 's3:PutObject'], 2),
            Resource: Sub(`\${${data}.Arn}/shared/*`),
          },
          {
            Sid: 'Listing',
            Principal: { AWS: Sub(`arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/${c.kebab}-reader`) },
            Action: ['s3:ListBucket', 's3:GetBucketLocation'],
            Resource: GetAtt(data, 'Arn'),
            Condition: { StringLike: { 's3:prefix': ['shared/*', 'public/*'] } },
          },
        ),
      },
    },
    [logs]: {
      Type: 'AWS::S3::Bucket',
      Properties: {
        [COMMENT]: 'The load balancers write here too, which cannot use keys of KMS.',
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        PublicAccessBlockConfiguration: PUBLIC_ACCESS,
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] },
        LifecycleConfiguration: { Rules: [{ Id: 'Expire', Status: 'Enabled', ExpirationInDays: c.ref('Retention') }] },
        Tags: c.tags('access-logs'),
      },
    },
    [logsPolicy]: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: {
        Bucket: Ref(logs),
        PolicyDocument: policy(
          requireTls(logs),
          {
            Sid: 'ServerAccessLogs',
            Principal: { Service: 'logging.s3.amazonaws.com' },
            Action: 's3:PutObject',
            Resource: objects(logs),
            ...(c.random.chance(0.6) ? { Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } } : {}),
          },
          {
            Sid: 'LoadBalancers',
            Principal: {
              AWS: Sub('arn:${AWS::Partition}:iam::${Account}:root', { Account: c.perRegion('ElbAccount') }),
            },
            Action: 's3:PutObject',
            Resource: Sub(`\${${logs}.Arn}/alb/AWSLogs/\${AWS::AccountId}/*`),
          },
        ),
      },
    },
  };
};

export const table: Block = (c) => {
  const [name, role, target, scaling] = [
    c.id('Table'),
    c.id('TableScalingRole'),
    c.id('TableReads'),
    c.id('TableReadScaling'),
  ];
  const entity = c.random.pick(['customer', 'order', 'item', 'session']);
  return {
    [name]: {
      Type: 'AWS::DynamoDB::Table',
      ...(c.random.chance(0.5) ? { DeletionPolicy: 'Retain' } : {}),
      Properties: {
        TableName: c.physical(entity),
        BillingMode: 'PROVISIONED',
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
          { AttributeName: `${entity}Status`, AttributeType: 'S' },
        ],
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: `by-${entity}-status`,
            KeySchema: [
              { AttributeName: `${entity}Status`, KeyType: 'HASH' },
              { AttributeName: 'sk', KeyType: 'RANGE' },
            ],
            Projection: { ProjectionType: 'ALL' },
            ProvisionedThroughput: { ReadCapacityUnits: c.prod(20, 2), WriteCapacityUnits: c.prod(10, 1) },
          },
        ],
        ProvisionedThroughput: { ReadCapacityUnits: c.prod(50, 5), WriteCapacityUnits: c.prod(25, 5) },
        PointInTimeRecoverySpecification: {
          PointInTimeRecoveryEnabled: c.random.chance(0.5) ? true : c.prod(true, false),
        },
        ...(c.random.chance(0.6)
          ? { SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: Ref(keyOf(c)) } }
          : {}),
        StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
        TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
        Tags: c.tags(entity),
      },
    },
    [role]: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: trust('application-autoscaling.amazonaws.com'),
        Policies: [
          {
            PolicyName: 'scale-table',
            PolicyDocument: policy(
              {
                Action: ['dynamodb:DescribeTable', 'dynamodb:UpdateTable'],
                Resource: [GetAtt(name, 'Arn'), Sub(`\${${name}.Arn}/index/*`)],
              },
              {
                Action: ['cloudwatch:PutMetricAlarm', 'cloudwatch:DescribeAlarms', 'cloudwatch:DeleteAlarms'],
                Resource: c.random.chance(0.5) ? '*' : arn('cloudwatch', `alarm:TargetTracking-table/${c.kebab}*`),
              },
            ),
          },
        ],
      },
    },
    [target]: {
      Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
      Properties: {
        MinCapacity: c.prod(50, 5),
        MaxCapacity: c.prod(1000, 50),
        ResourceId: Join('/', ['table', Ref(name)]),
        RoleARN: GetAtt(role, 'Arn'),
        ScalableDimension: 'dynamodb:table:ReadCapacityUnits',
        ServiceNamespace: 'dynamodb',
      },
    },
    [scaling]: {
      Type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
      Properties: {
        PolicyName: `${c.kebab}-${entity}-reads`,
        PolicyType: 'TargetTrackingScaling',
        ScalingTargetId: Ref(target),
        TargetTrackingScalingPolicyConfiguration: {
          TargetValue: c.random.pick([60, 70, 80]),
          ScaleInCooldown: 60,
          ScaleOutCooldown: 60,
          PredefinedMetricSpecification: { PredefinedMetricType: 'DynamoDBReadCapacityUtilization' },
        },
      },
    },
  };
};
