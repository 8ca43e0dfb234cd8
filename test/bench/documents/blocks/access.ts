/** Identities, APIs, user pools and firewalls. */
import type { Block } from '../component.ts';
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
  REGION,
  Sub,
  trust,
} from '../template-value.ts';
import { permissions } from './compute.ts';
import { keyOf } from './storage.ts';

export const identities: Block = (c) => {
  const [managed, boundary, group, deploy] = [
    c.id('OperatorPolicy'),
    c.id('Boundary'),
    c.id('Operators'),
    c.id('DeployRole'),
  ];
  return {
    [managed]: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        Description: `What operators of ${c.kebab} may do`,
        PolicyDocument: policy(
          ...permissions(c),
          {
            Sid: 'Look',
            Action: [
              'cloudformation:Describe*',
              'cloudformation:List*',
              'cloudwatch:Get*',
              'logs:FilterLogEvents',
              'logs:Describe*',
            ],
            Resource: '*',
          },
          {
            Sid: 'OnlyWithMfa',
            Effect: 'Deny',
            Action: ['s3:DeleteObject', 'dynamodb:DeleteTable', 'sqs:PurgeQueue', 'kms:ScheduleKeyDeletion'],
            Resource: '*',
            Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
          },
        ),
      },
    },
    [boundary]: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        Description: `The most that roles of ${c.kebab} may do`,
        PolicyDocument: policy(
          {
            Sid: 'Services',
            Action: [
              's3:*',
              'dynamodb:*',
              'sqs:*',
              'sns:*',
              'logs:*',
              'kms:Decrypt',
              'kms:GenerateDataKey',
              'xray:Put*',
            ],
            Resource: '*',
            Condition: { StringEquals: { 'aws:RequestedRegion': [REGION, c.perRegion('Backup')] } },
          },
          { Sid: 'NoIdentities', Effect: 'Deny', Action: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
        ),
      },
    },
    [group]: {
      Type: 'AWS::IAM::Group',
      Properties: { GroupName: c.physical('operators'), ManagedPolicyArns: [Ref(managed)] },
    },
    [deploy]: {
      [COMMENT]: 'Assumed by the pipeline of the tools account.',
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: c.physical('deploy'),
        MaxSessionDuration: c.random.pick([3600, 7200]),
        ...(c.random.chance(0.5) ? { PermissionsBoundary: Ref(boundary) } : {}),
        AssumeRolePolicyDocument: policy({
          Principal: { AWS: Sub('arn:${AWS::Partition}:iam::${Tools}:root', { Tools: c.perRegion('ElbAccount') }) },
          Action: 'sts:AssumeRole',
          ...(c.random.chance(0.5) ? { Condition: { StringEquals: { 'sts:ExternalId': `${c.kebab}-deploy` } } } : {}),
        }),
        Policies: [
          {
            PolicyName: 'deploy',
            PolicyDocument: policy(
              {
                Action: [
                  'cloudformation:CreateChangeSet',
                  'cloudformation:ExecuteChangeSet',
                  'cloudformation:DescribeStacks',
                ],
                Resource: arn('cloudformation', `stack/${c.kebab}-*/*`),
              },
              {
                Action: 'iam:PassRole',
                Resource: Sub(`arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/${c.kebab}-*`),
                ...(c.random.chance(0.6)
                  ? { Condition: { StringEquals: { 'iam:PassedToService': 'cloudformation.amazonaws.com' } } }
                  : {}),
              },
              {
                Action: ['s3:GetObject', 's3:PutObject', 's3:ListBucket'],
                Resource: [
                  Sub('arn:${AWS::Partition}:s3:::${Bucket}', { Bucket: c.perRegion('Bucket') }),
                  Sub('arn:${AWS::Partition}:s3:::${Bucket}/*', { Bucket: c.perRegion('Bucket') }),
                ],
              },
            ),
          },
        ],
        Tags: c.tags('deploy'),
      },
    },
  };
};

export const restApi: Block = (c) => {
  const [name, resource, method, deployment, stage, logs] = [
    c.id('Api'), c.id('ApiItems'), c.id('ApiGetItems'), c.id('ApiDeployment'), c.id('ApiStage'), c.id('ApiLogs'),
  ]; // oxfmt-ignore
  return {
    [name]: {
      Type: 'AWS::ApiGateway::RestApi',
      Properties: {
        Name: c.physical('api'),
        Description: `API of ${c.kebab}`,
        EndpointConfiguration: { Types: ['REGIONAL'] },
        Policy: If(
          c.isProd,
          NO_VALUE,
          policy({
            Principal: '*',
            Action: 'execute-api:Invoke',
            Resource: 'execute-api:/*',
            Condition: { IpAddress: { 'aws:SourceIp': [c.ref('OfficeCidr')] } },
          }),
        ),
        Tags: c.tags('api'),
      },
    },
    [resource]: {
      Type: 'AWS::ApiGateway::Resource',
      Properties: { RestApiId: Ref(name), ParentId: GetAtt(name, 'RootResourceId'), PathPart: c.kebab },
    },
    [method]: {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        RestApiId: Ref(name),
        ResourceId: Ref(resource),
        HttpMethod: 'GET',
        AuthorizationType: c.random.chance(0.6) ? 'AWS_IAM' : 'NONE',
        RequestParameters: { 'method.request.querystring.page': false },
        Integration: {
          Type: 'AWS_PROXY',
          IntegrationHttpMethod: 'POST',
          Uri: Sub(
            `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:${c.kebab}-items/invocations`,
          ),
        },
      },
    },
    [deployment]: { Type: 'AWS::ApiGateway::Deployment', DependsOn: [method], Properties: { RestApiId: Ref(name) } },
    [logs]: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: c.ref('Retention') } },
    [stage]: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: {
        RestApiId: Ref(name),
        DeploymentId: Ref(deployment),
        StageName: c.ref('Stage'),
        TracingEnabled: c.prod(true, false),
        AccessLogSetting: If(
          `${c.name}Logs`,
          { DestinationArn: GetAtt(logs, 'Arn'), Format: '$context.requestId $context.status' },
          NO_VALUE,
        ),
        MethodSettings: [
          {
            HttpMethod: '*',
            ResourcePath: '/*',
            LoggingLevel: c.random.pick(['ERROR', 'INFO']),
            MetricsEnabled: true,
            ThrottlingRateLimit: c.prod(500, 20),
            ThrottlingBurstLimit: c.prod(1000, 40),
          },
        ],
      },
    },
  };
};

export const users: Block = (c) => {
  const [pool, client, identity, role] = [c.id('Users'), c.id('UsersClient'), c.id('Identities'), c.id('SignedInRole')];
  return {
    [pool]: {
      Type: 'AWS::Cognito::UserPool',
      Properties: {
        UserPoolName: c.physical('users'),
        AutoVerifiedAttributes: ['email'],
        UsernameAttributes: ['email'],
        MfaConfiguration: c.random.chance(0.5) ? 'OPTIONAL' : 'OFF',
        ...(c.random.chance(0.5) ? { EnabledMfas: ['SOFTWARE_TOKEN_MFA'] } : {}),
        Policies: {
          PasswordPolicy: {
            MinimumLength: c.random.pick([8, 12]),
            RequireLowercase: true,
            RequireNumbers: true,
            RequireSymbols: c.random.chance(0.5),
            RequireUppercase: true,
          },
        },
        AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
        UserPoolTags: { Stage: c.ref('Stage') },
      },
    },
    [client]: {
      Type: 'AWS::Cognito::UserPoolClient',
      Properties: {
        UserPoolId: Ref(pool),
        ClientName: c.physical('web'),
        GenerateSecret: false,
        ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
        PreventUserExistenceErrors: 'ENABLED',
        CallbackURLs: [Join('', ['https://', c.kebab, '.example.com/signed-in'])],
        SupportedIdentityProviders: ['COGNITO'],
      },
    },
    [identity]: {
      Type: 'AWS::Cognito::IdentityPool',
      Properties: {
        AllowUnauthenticatedIdentities: c.random.chance(0.2),
        CognitoIdentityProviders: [
          { ClientId: Ref(client), ProviderName: GetAtt(pool, 'ProviderName'), ServerSideTokenCheck: true },
        ],
      },
    },
    [role]: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: policy({
          Principal: { Federated: 'cognito-identity.amazonaws.com' },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: { 'cognito-identity.amazonaws.com:aud': Ref(identity) },
            'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' },
          },
        }),
        Policies: [
          {
            PolicyName: 'own-files',
            PolicyDocument: policy({
              Action: ['s3:GetObject', 's3:PutObject'],
              Resource: Join('', [
                'arn:',
                Ref('AWS::Partition'),
                ':s3:::',
                c.perRegion('Bucket'),
                '/users/${cognito-identity.amazonaws.com:sub}/*',
              ]),
            }),
          },
        ],
      },
    },
  };
};

export const trail: Block = (c) => {
  const [name, bucket, access, logs, role] = [
    c.id('Trail'),
    c.id('TrailBucket'),
    c.id('TrailBucketPolicy'),
    c.id('TrailLogs'),
    c.id('TrailRole'),
  ];
  const source = Sub(`arn:\${AWS::Partition}:cloudtrail:\${AWS::Region}:\${AWS::AccountId}:trail/${c.kebab}`);
  return {
    [bucket]: {
      Type: 'AWS::S3::Bucket',
      DeletionPolicy: 'Retain',
      Properties: {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        LifecycleConfiguration: { Rules: [{ Id: 'Expire', Status: 'Enabled', ExpirationInDays: 400 }] },
        Tags: c.tags('trail'),
      },
    },
    [access]: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: {
        Bucket: Ref(bucket),
        PolicyDocument: policy(
          {
            Sid: 'Acl',
            Principal: { Service: 'cloudtrail.amazonaws.com' },
            Action: 's3:GetBucketAcl',
            Resource: GetAtt(bucket, 'Arn'),
            Condition: { StringEquals: { 'aws:SourceArn': source } },
          },
          {
            Sid: 'Write',
            Principal: { Service: 'cloudtrail.amazonaws.com' },
            Action: 's3:PutObject',
            Resource: Sub(`\${${bucket}.Arn}/AWSLogs/\${AWS::AccountId}/*`),
            Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceArn': source } },
          },
        ),
      },
    },
    [logs]: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 365 } },
    [role]: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: trust('cloudtrail.amazonaws.com', { StringEquals: { 'aws:SourceAccount': ACCOUNT } }),
        Policies: [
          {
            PolicyName: 'write',
            PolicyDocument: policy({
              Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
              Resource: Sub(
                `arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:\${${logs}}:log-stream:\${AWS::AccountId}_CloudTrail_\${AWS::Region}*`,
              ),
            }),
          },
        ],
      },
    },
    [name]: {
      Type: 'AWS::CloudTrail::Trail',
      DependsOn: access,
      Properties: {
        TrailName: c.kebab,
        S3BucketName: Ref(bucket),
        IsLogging: true,
        IsMultiRegionTrail: c.prod(true, false),
        EnableLogFileValidation: c.random.chance(0.6),
        ...(c.random.chance(0.5) ? { KMSKeyId: GetAtt(keyOf(c), 'Arn') } : {}),
        CloudWatchLogsLogGroupArn: GetAtt(logs, 'Arn'),
        CloudWatchLogsRoleArn: GetAtt(role, 'Arn'),
        EventSelectors: [{ IncludeManagementEvents: true, ReadWriteType: 'All' }],
      },
    },
  };
};
