/**
 * Documents like those in which random changes showed that something does not hold, with all rules at once. A fixture
 * tells of one rule alone.
 */
import assert from 'node:assert/strict';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import { memoryReader } from '../kit/memory-reader.ts';
import { examine } from '../kit/invariants.ts';

/** A policy of a queue that lets in what the statement says. */
const queuePolicy = (statement: string): string => `Resources:
  Queue: {Type: AWS::SQS::Queue}
  Policy: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Queue], PolicyDocument: {Version: '2012-10-17', Statement: [${statement}]}}}
`;

/** A managed policy of some statements. */
const managedPolicy = (...statements: readonly string[]): string =>
  `Resources: {P: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Version: '2012-10-17', Statement: [${statements.join(', ')}]}}}}\n`;

const TO_QUEUE = `Effect: Allow, Principal: {Service: sns.amazonaws.com}, Action: 'sqs:SendMessage', Resource: !GetAtt Queue.Arn`;

/** A role that trusts the principals of some statements. */
const trustPolicy = (...statements: readonly string[]): string =>
  `Resources: {R: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [${statements.join(', ')}]}}}}\n`;

const CASES: readonly (readonly [what: string, text: string])[] = [
  [
    'a login profile with one property, whose path stays when there are two',
    `Resources:\n  U:\n    Type: AWS::IAM::User\n    Properties:\n      LoginProfile:\n        Password: '{{resolve:secretsmanager:a}}'\n`,
  ],
  [
    'an origin over HTTP, whose TLS versions have an effect once it is over HTTPS',
    `Resources: {D: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, DefaultCacheBehavior: {TargetOriginId: o, ViewerProtocolPolicy: redirect-to-https}, Origins: [{Id: o, DomainName: example.com, CustomOriginConfig: {OriginProtocolPolicy: http-only, OriginSSLProtocols: [TLSv1]}}]}}}}\n`,
  ],
  [
    'a trail of data events, which is checked like others once it records management events',
    `Resources: {T: {Type: AWS::CloudTrail::Trail, Properties: {S3BucketName: audit, IsLogging: true, AdvancedEventSelectors: [{FieldSelectors: [{Field: eventCategory, Equals: [Data]}]}]}}}\n`,
  ],
  [
    'a statement without effect above a comment that is not quite in its column',
    `Resources:
  P:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - {Effect: Allow, Action: s3:GetObject, Resource: '*', Condition: {'ForAnyValue:StringNotLike': {'aws:TagKeys': '*'}}}
           # A service wildcard.
          - {Effect: Allow, Action: 's3:*', Resource: '*'}
`,
  ],
  [
    'a Deny with NotPrincipal whose account ID has lost a digit',
    queuePolicy(
      `{Effect: Deny, NotPrincipal: {AWS: 'arn:aws:iam::11122223333:role/admin'}, Action: 'sqs:DeleteQueue', Resource: !GetAtt Queue.Arn}`,
    ),
  ],
  [
    'a bucket whose logical ID cannot be a placeholder of Fn::Sub',
    `Resources: {'a"b': {Type: AWS::S3::Bucket, Properties: {BucketName: a}}}\n`,
  ],
  [
    'a bucket with a condition that is not defined',
    `Resources: {B: {Type: AWS::S3::Bucket, Condition: IsLive, Properties: {BucketName: a}}}\n`,
  ],
  [
    'a wildcard principal that becomes this account, so that its statement can be merged with the next one',
    trustPolicy(
      `{Effect: Allow, Principal: {AWS: '*'}, Action: sts:AssumeRole}`,
      `{Effect: Allow, Principal: {AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root'}, Action: sts:TagSession}`,
    ),
  ],
  [
    'a wildcard principal that leaves a list, so that its statement can be merged with the next one',
    trustPolicy(
      `{Effect: Allow, Principal: {AWS: [arn:aws:iam::111122223333:role/a, '*']}, Action: sts:AssumeRole}`,
      `{Effect: Allow, Principal: {AWS: [arn:aws:iam::111122223333:role/a]}, Action: sts:TagSession}`,
    ),
  ],
  [
    'a wildcard principal that is restricted to an organization, so that its statement can be merged with the next one',
    trustPolicy(
      `{Effect: Allow, Principal: {AWS: '*'}, Action: sts:AssumeRole}`,
      `{Effect: Allow, Principal: {AWS: '*'}, Action: sts:TagSession, Condition: {StringEquals: {'aws:PrincipalOrgID': o-a1b2c3d4e5}}}`,
    ),
  ],
  [
    'a policy without statements, which has no effect until one is added',
    `Resources: {T: {Type: AWS::SNS::Topic}, P: {Type: AWS::SNS::TopicPolicy, Properties: {Topics: [!Ref T], PolicyDocument: {Statement: []}}}}\n`,
  ],
  [
    'the audience of another issuer, which holds without the key by its set operator',
    `Resources: {R: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Federated: 'arn:aws:iam::111122223333:oidc-provider/idp.example.com'}, Action: ['sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithWebIdentity'], Condition: {'ForAllValues:StringEquals': {'dp.example.com:aud': app}, StringEquals: {'idp.example.com:sub': a}}}]}}}}\n`,
  ],
  [
    'a condition that is met by every value, whose statement is equal to another one once it is corrected',
    managedPolicy(
      `{Effect: Allow, Action: 'iam:PassRole', Resource: 'arn:aws:iam::111122223333:role/a', Condition: {StringLike: {'iam:PassedToService': '*'}}}`,
      `{Effect: Allow, Action: 'iam:PassRole', Resource: 'arn:aws:iam::111122223333:role/a', Condition: {'Null': {'iam:PassedToService': 'false'}}}`,
    ),
  ],
  [
    'a pattern that every ARN of the partition matches, also once the partition is that of the deployment',
    `Resources: {E: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: vpc-1, ServiceName: s, PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: '*', Action: '*', Resource: '*', Condition: {StringLike: {'aws:PrincipalArn': 'arn:aws:iam::*'}}}]}}}}\n`,
  ],
  [
    'a service three times in the inline policy of a role, which has no room for all of its actions three times',
    `Resources: {R: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: 'sts:AssumeRole'}]}, Policies: [{PolicyName: p, PolicyDocument: {Statement: [{Effect: Allow, Action: ['s3:*', 's3:*', 's3:*'], Resource: ['*']}]}}]}}}\n`,
  ],
  [
    'NotAction on all of a type, which leaves graver actions when they are listed',
    managedPolicy(`{Effect: Allow, NotAction: 's3:DeleteBucket', Resource: 'arn:aws:s3:::*'}`),
  ],
  [
    'a source that nobody defines, which may limit more than that there is one',
    queuePolicy(`{${TO_QUEUE}, Condition: {ArnEquals: {aws:SourceArn: !Ref Topic}}}`),
  ],
  [
    'a source that every ARN fits',
    queuePolicy(`{${TO_QUEUE}, Condition: {ArnLike: {aws:SourceArn: 'arn:*:*:*:*:*'}}}`),
  ],
  [
    'a denial of requests over TLS, which says what another one says when it is corrected',
    managedPolicy(
      `{Effect: Allow, Action: s3:GetObject, Resource: 'arn:aws:s3:::data/*'}`,
      `{Effect: Deny, Action: '*', Resource: '*', Condition: {Bool: {'aws:SecureTransport': 'false'}}}`,
      `{Effect: Deny, Action: 's3:*', Resource: '*', Condition: {Bool: {'aws:SecureTransport': 'true'}}}`,
    ),
  ],
  [
    'a role whose only action does not exist and to which those that a service calls are added',
    `Resources: {R: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [
  {Effect: Allow, Principal: {Service: rolesanywhere.amazonaws.com}, Action: 'ts:AssumeRole'}]}}}}\n`,
  ],
  [
    'a misspelled policy of AWS on a role that another role may pass',
    `Resources:
  Execution: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [
    {Effect: Allow, Principal: {Service: cloudformation.amazonaws.com}, Action: sts:AssumeRole}]}, ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAcess']}}
  Pipeline: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: []}, Policies: [{PolicyName: a, PolicyDocument: {Version: '2012-10-17', Statement: [
    {Effect: Allow, Action: iam:PassRole, Resource: !GetAtt Execution.Arn},
    {Effect: Allow, Action: 'cloudformation:CreateStack', Resource: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/app/*'}]}}]}}
`,
  ],
  [
    'a topic open to everyone, from which a service is kept out that sends to it',
    `Parameters: {Stage: {Type: String}}
Conditions: {IsLive: !Equals [!Ref Stage, live]}
Resources:
  Topic: {Type: AWS::SNS::Topic}
  Nightly: {Type: AWS::Events::Rule, Condition: IsLive, Properties: {AScheduleExpression: rate(1 day), Targets: [{Id: topic, Arn: !Ref Topic}]}}
  Policy:
    Type: AWS::SNS::TopicPolicy
    Properties: {Topics: [!Ref Topic], PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: '*', Action: 'sns:Publish', Resource: !Ref Topic}]}}
`,
  ],
  [
    'a queue open to everyone for actions that are not known, to which a topic delivers',
    `Resources:
  Topic: {Type: AWS::SNS::Topic}
  Delivery: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: sqs, Endpoint: !GetAtt Queue.Arn}}
${queuePolicy("{Effect: Allow, Principal: '*', Action: !ImportValue actions, Resource: '*'}").replace('Resources:\n', '')}`,
  ],
  [
    'requests without MFA that are allowed, also those that do not tell of MFA',
    managedPolicy(
      `{Effect: Allow, Action: 'ec2:StopInstances', Resource: '*', Condition: {BoolIfExists: {'aws:MultiFactorAuthPresent': 'false'}}}`,
    ),
  ],
  [
    'a condition on MFA without values, which once it has some is about MFA in the wrong direction',
    managedPolicy(
      `{Effect: Allow, Action: 'ec2:StopInstances', Resource: '*', Condition: {NumericGreaterThan: {'aws:MultiFactorAuthAge': '3600'}}}`,
      `{Effect: Deny, Action: 'ec2:StopInstances', Resource: '*', Condition: {BoolIfExists: {'aws:MultiFactorAuthPresent': []}}}`,
    ),
  ],
  [
    'a queue open to everyone for another action than the one with which a rule sends to it',
    `Resources:
  Nightly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: queue, Arn: !GetAtt Queue.Arn}]}}
${queuePolicy(`{Effect: Allow, Principal: {AWS: '*'}, Action: 's"qs:SendMessage', Resource: !GetAtt Queue.Arn}`).replace('Resources:\n', '')}`,
  ],
  [
    'entries that an entry covers which a wider one covers',
    managedPolicy(
      `{Effect: Allow, Action: [s3:GetObject, S3:getobject, 's3:get*', 's3:Get?bject', 's3:*', 's3:**'], Resource: '*'}`,
    ),
  ],
  [
    'statements that differ in their actions alone, of which one has an object in place of an action',
    managedPolicy(
      `{Effect: Allow, Action: [lambda:GetFunction, kinesis:TagResource], Resource: '*'}`,
      `{Effect: Allow, Action: [Parameters: logs:CreateLogGroup, logs:PutLogEvents], Resource: '*'}`,
      `{Effect: Allow, Action: 'sns:List*', Resource: '*'}`,
    ),
  ],
  [
    'a boundary whose Statement is misspelled, and a role that it limits once it is corrected',
    `Resources:
  Everything: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {tatement: [{Effect: Allow, Action: '*', Resource: '*'}]}}}
  Unlimited: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]},
    PermissionsBoundary: !Ref Everything, ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess']}}
`,
  ],
  [
    'two misspelled elements in one string, of which the second shows when the first is corrected',
    queuePolicy('').replace(
      /PolicyDocument: .*/,
      `PolicyDocument: '{"tatement": [{"ffect": "Deny", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "*"}]}'}}`,
    ),
  ],
  [
    'a policy that denies plain HTTP in one scenario, to which a statement for all is added',
    `Parameters: {Stage: {Type: String}}
Conditions: {IsLive: !Equals [!Ref Stage, live]}
${queuePolicy(`!If [IsLive, {Effect: Deny, Principal: '*', Action: 'sqs:*', Resource: !GetAtt Queue.Arn, Condition: {Bool: {aws:SecureTransport: 'false'}}}, !Ref AWS::NoValue]`)}`,
  ],
  [
    'a claim compared by ForAllValues, of which more is to be said when it has to be there',
    `Resources: {R: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [
  {Effect: Allow, Principal: {Federated: !Sub 'arn:aws:iam::\${AWS::AccountId}:oidc-provider/token.actions.githubusercontent.com'}, Action: sts:AssumeRoleWithWebIdentity, Condition: {
    StringEquals: {'token.actions.githubusercontent.com:aud': sts.amazonaws.com}, 'ForAllValues:StringLike': {'token.actions.githubusercontent.com:sub': 'own:repo:octo-org/octo-repo:ref:refs/heads/main'}}}]}}}}
`,
  ],
  [
    'properties that are not known, in whose place no property can be written',
    `Resources:
  Key: {Type: AWS::KMS::Key}
  Logs: {Type: AWS::Logs::LogGroup, Properties: !Ref {KmsKeyId: !GetAtt Key.Arn}}
  Bucket: {Type: AWS::S3::Bucket, Properties: {'Fn::Transform': {Name: Macro}}}
  Given: {Type: AWS::Logs::LogGroup, Properties: !Ref Key}
`,
  ],
  [
    'two equal statements with an entry that another covers, of which the second shows when the first is corrected',
    managedPolicy(
      `{Effect: Allow, Action: ['sqs:*', 'sqs:SendMessage'], Resource: 'arn:aws:sqs:eu-west-1:111122223333:a'}`,
      `{Effect: Allow, Action: ['sqs:*', 'sqs:SendMessage'], Resource: 'arn:aws:sqs:eu-west-1:111122223333:a'}`,
    ),
  ],
  [
    'all of a service on what NotResource leaves, of which graver actions are listed',
    managedPolicy(`{Effect: Allow, Action: 's3:*', NotResource: 'arn:aws:s3:::*'}`),
  ],
  [
    'a source ARN that lacks a colon, whose partition is that of the deployment then',
    queuePolicy(
      `{Effect: Allow, Principal: '*', Action: 'sqs:SendMessage', Resource: !GetAtt Queue.Arn, Condition: {ArnLike: {aws:SourceArn: 'arn:aws:s3 ::uploads'}}}`,
    ),
  ],
  [
    'roles without Version, one of which is limited to the account and so names a value that is not known',
    `Resources:
  Task: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ecs-tasks.amazonaws.com}, Action: sts:AssumeRole}]}}}
  Api: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: apigateway.amazonaws.com}, Action: sts:AssumeRole}]}}}
`,
  ],
  [
    'a denial by address, which says what another one says when it spares services of AWS',
    queuePolicy(
      [
        `NotIpAddress: {aws:SourceIp: 203.0.113.0/24}`,
        `NotIpAddress: {aws:SourceIp: 203.0.113.0/24}, BoolIfExists: {aws:PrincipalIsAWSService: 'false'}`,
      ]
        .map(
          (condition) =>
            `{Effect: Deny, Principal: '*', Action: 'sqs:*', Resource: !GetAtt Queue.Arn, Condition: {${condition}}}`,
        )
        .join(', '),
    ),
  ],
  [
    'a principal at the beginning of a statement that lacks more, which is said at its next element then',
    managedPolicy(`{Principal: '*', Action: 's3:GetObject'}`, `{Principal: '*', NotPrincipal: '*', Effect: Allow}`),
  ],
  ...['!Ref Limits', "!Sub 'arn:aws:iam::${AWS::AccountId}:policy/limits'"].map(
    (boundary) =>
      [
        `a boundary whose Effect is misspelled, ${boundary}, which allows a user what its own policy does once it is corrected`,
        `Resources:
  Limits: {Type: AWS::IAM::ManagedPolicy, Properties: {ManagedPolicyName: limits, PolicyDocument: {Version: '2012-10-17', Statement: [{ffect: Allow, Action: 'iam:*', Resource: '*'}]}}}
  Person: {Type: AWS::IAM::User, Properties: {PermissionsBoundary: ${boundary}, Policies: [{PolicyName: a, PolicyDocument: {Version: '2012-10-17', Statement: [
    {Effect: Allow, Action: 'iam:AttachUserPolicy', Resource: '*'}]}}]}}
`,
      ] as const,
  ),
  [
    'a wildcard to which a table is preferred, beside a resource that cannot be read and may be as wide',
    `Resources:
  Orders: {Type: AWS::DynamoDB::Table}
  Policy: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Version: '2012-10-17', Statement: [
    {Effect: Allow, Action: ['dynamodb:Query', 'dynamodb:DeleteItem'], Resource: [!etAtt Orders.Arn, '*', !Sub '\${Orders.Arn}/index/*']}]}}}
`,
  ],
  [
    'two equal statements with an entry that another covers, beside the same statement without it',
    managedPolicy(
      ...["'sqs:*', 'sqs:SendMessage'", "'sqs:SendMessage', 'sqs:*'", "'sqs:*'"].map(
        (actions) => `{Effect: Allow, Action: [${actions}], Resource: 'arn:aws:sqs:eu-west-1:111122223333:a'}`,
      ),
    ),
  ],
  [
    'all of a service that NotResource lists, of which actions for the whole account are left',
    managedPolicy(`{Effect: Allow, Action: 'organizations:*', NotResource: 'arn:aws:organizations::*:*'}`),
  ],
  [
    'all of a service on a resource that is not known, which may be every one',
    `Parameters: {X: {Type: String}}\n${managedPolicy(`{Effect: Allow, Action: 'sns:*', Resource: !Ref X}`)}`,
  ],
  [
    'all of a service on everything in one scenario and on a bucket in another one, which takes few of its actions',
    `Parameters: {Stage: {Type: String}}
Conditions: {IsLive: !Equals [!Ref Stage, live]}
${managedPolicy(`{Effect: Allow, Action: 's3:*', Resource: !If [IsLive, '*', 'arn:aws:s3:::a'], Condition: {StringEquals: {aws:ResourceAccount: '111122223333'}}}`)}`,
  ],
  [
    'a reference without a name in place of all properties, and one in place of attributes',
    `Resources:
  Site: {Type: AWS::CloudFront::Distribution, Properties: !Ref }
  Other: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: !Ref }}
  Lb: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {LoadBalancerAttributes: !Ref }}
  Db: {Type: AWS::RDS::DBInstance, Properties: {StorageEncrypted: false, PubliclyAccessible: true}}\n`,
  ],
  [
    'an anchor without a value, which gets the missing property',
    'Resources:\n  First:\n    Type: AWS::RDS::DBInstance\n    Properties: &shared',
  ],
  [
    'a misspelled element of a Deny statement, without which another policy of the role keeps read actions',
    `Resources: {R: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: 'sts:AssumeRole'}]}, Policies: [
  {PolicyName: all, PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: '*', Resource: '*'}]}},
  {PolicyName: but, PolicyDocument: {Version: '2012-10-17', Statement: [{ffect: Deny, NotAction: 's3:Get*', Resource: '*'}]}}]}}}\n`,
  ],
  [
    'a misspelled element of a permissions boundary, without which the policy of the role keeps read actions',
    `Resources:
  R: {Type: AWS::IAM::Role, Properties: {PermissionsBoundary: !Ref B, AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: 'sts:AssumeRole'}]}, Policies: [
    {PolicyName: a, PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: ['iam:*', 's3:*'], Resource: '*'}]}}]}}
  B: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Version: '2012-10-17', tatement: [{Effect: Allow, Action: ['iam:Get*', 's3:PutObject'], Resource: '*'}]}}}\n`,
  ],
];

describe('what the fuzzer found', () => {
  for (const [what, text] of CASES) {
    it(what, () => {
      const reader = memoryReader(new Map([['file:///case/t.yaml', text]]));
      const { analysis, broken } = examine(reader, ['file:///case/t.yaml'], {
        profile: 'strict',
        certainty: 'possible',
        configuration: DEFAULT_CONFIGURATION,
      });
      assert.ok(analysis!.documents[0]!.findings.some(({ fixes }) => fixes.length > 0));
      assert.deepEqual(broken, []);
    });
  }

  it('a document of Terraform that is the policy of a role and of a user, which has less room for what a wildcard stands for', () => {
    const document = (service: string): object => ({
      version: '2012-10-17',
      statement: [{ effect: 'Allow', actions: [`${service}:*`], resources: ['*'] }],
    });
    const policy = '${data.aws_iam_policy_document.d.json}';
    const text = JSON.stringify({
      data: { aws_iam_policy_document: { d: document('ecs') } },
      resource: {
        aws_iam_user: { u: { name: 'u' } },
        aws_iam_user_policy: { p: { user: '${aws_iam_user.u.name}', policy } },
        aws_iam_role: { r: { assume_role_policy: '{}' } },
        aws_iam_role_policy: { p: { role: '${aws_iam_role.r.id}', policy } },
      },
    });
    const { analysis, broken } = examine(
      memoryReader(new Map([['file:///case/main.tf.json', text]])),
      ['file:///case/main.tf.json'],
      { profile: 'strict', certainty: 'possible', configuration: DEFAULT_CONFIGURATION },
    );
    assert.ok(analysis!.documents[0]!.findings.some(({ fixes }) => fixes.length > 0));
    assert.deepEqual(broken, []);
  });

  it('a misspelled AWS managed policy of the role of a function, which does not allow what the function needs', () => {
    const text = JSON.stringify({
      resource: {
        aws_iam_role: { r: { name: 'r', assume_role_policy: '{"Statement": []}' } },
        aws_iam_role_policy_attachment: {
          logs: {
            role: '${aws_iam_role.r.name}',
            policy_arn: 'arn:aws:iam::aws:policy/*/service-role/AWSLambdaBasicExecutionRole',
          },
        },
        aws_lambda_function: {
          f: {
            function_name: 'f',
            role: '${aws_iam_role.r.arn}',
            vpc_config: { subnet_ids: ['subnet-1'], security_group_ids: [] },
          },
        },
      },
    });
    const { analysis, broken } = examine(
      memoryReader(new Map([['file:///case/main.tf.json', text]])),
      ['file:///case/main.tf.json'],
      { profile: 'strict', certainty: 'possible', configuration: DEFAULT_CONFIGURATION },
    );
    assert.ok(
      analysis!.documents[0]!.findings.some(({ fixes }) => fixes.some(({ title }) => title.startsWith('Attach '))),
    );
    assert.deepEqual(broken, []);
  });

  it('a placeholder that is not closed, between strings of a policy', () => {
    const text =
      '{"resource": {"aws_iam_role": {"r": {"assume_role_policy": "{\\"Version\\": \\"2012-10-17\\", \\"Statement\\": [${"}}}}';
    const reader = memoryReader(new Map([['file:///case/main.tf.json', text]]));
    assert.deepEqual(
      examine(reader, ['file:///case/main.tf.json'], {
        profile: 'strict',
        certainty: 'possible',
        configuration: DEFAULT_CONFIGURATION,
      }).broken,
      [],
    );
  });

  it('an escape that the end of the text cuts off, in an expression', () => {
    const text =
      '"{\n  "resource": {"aws_iam_policy": {"p": {"policy": "${jsonencode({Statement = [{Action = \\"s3:GetObject\\", Resource = \\';
    const reader = memoryReader(new Map([['file:///case/main.tf.json', text]]));
    assert.deepEqual(
      examine(reader, ['file:///case/main.tf.json'], {
        profile: 'strict',
        certainty: 'possible',
        configuration: DEFAULT_CONFIGURATION,
      }).broken,
      [],
    );
  });

  it('a condition with an argument twice, which has the value of the fix already', () => {
    const text = `data "aws_iam_policy_document" "p" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = ["arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"]
    }
    condition {
      test     = "StringEquals"
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:aud"
      values   = ["sts.amazonaws.com"]
    }
    condition {
      test     = "StringLikeIfExists"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:example/app:ref:refs/heads/main"]
    }
  }
}
resource "aws_iam_role" "r" {
  assume_role_policy = data.aws_iam_policy_document.p.json
}
`;
    const reader = memoryReader(new Map([['file:///case/main.tf', text]]));
    assert.deepEqual(
      examine(reader, ['file:///case/main.tf'], {
        profile: 'strict',
        certainty: 'possible',
        configuration: DEFAULT_CONFIGURATION,
      }).broken,
      [],
    );
  });
});
