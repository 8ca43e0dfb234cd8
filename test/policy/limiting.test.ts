/** Which conditions of a statement that allows something limit it, row by row. */
import assert from 'node:assert/strict';
import { iamData, type IamFiles } from '../../server/src/policy/data/iam-data.ts';
import { limiting } from '../../server/src/policy/allowance/limiting.ts';
import { serviceActions, type ServiceData } from '../../server/src/policy/data/service-actions.ts';
import { data } from '../schemas/data.ts';
import { policyOf } from './statements.ts';

const iam = iamData({
  services: data<IamFiles['services']>('iam/services'),
  globalKeys: data<IamFiles['globalKeys']>('iam/global-keys'),
  partitions: data<IamFiles['partitions']>('iam/partitions'),
  risks: data<IamFiles['risks']>('iam/risks'),
});
const DATA = {
  iam,
  actions: (prefix: string) =>
    iam.services.has(prefix) ? serviceActions(prefix, data<ServiceData>(`iam/services/${prefix}`)) : undefined,
};

/** Actions and a condition in YAML, and whether it limits them. */
const ROWS: readonly (readonly [actions: string, condition: string, limits: boolean])[] = [
  // What every holder meets.
  ['"*"', 'Bool: {aws:SecureTransport: true}', false],
  ['"*"', 'BoolIfExists: {aws:SecureTransport: "TRUE"}', false],
  ['"*"', 'StringEquals: {aws:SecureTransport: "true"}', false],
  ['"*"', 'Bool: {aws:SecureTransport: false}', true],
  ['s3:GetObject', 'Bool: {aws:ViaAWSService: false}', false],
  ['s3:GetObject', 'Bool: {aws:ViaAWSService: true}', true],
  ['s3:GetObject', 'DateGreaterThan: {aws:CurrentTime: "2020-01-01T00:00:00Z"}', false],
  ['s3:GetObject', 'DateGreaterThan: {aws:CurrentTime: ["2999-01-01T00:00:00Z", "2020-01-01T00:00:00Z"]}', false],
  ['s3:GetObject', 'DateGreaterThanEquals: {aws:EpochTime: 1577836800}', false],
  ['s3:GetObject', 'NumericGreaterThan: {aws:EpochTime: "1577836800"}', false],
  ['s3:GetObject', 'NumericGreaterThan: {aws:MultiFactorAuthAge: "1"}', true],
  ['s3:GetObject', 'DateGreaterThan: {aws:CurrentTime: "2999-01-01T00:00:00Z"}', true],
  ['s3:GetObject', 'DateLessThan: {aws:CurrentTime: "2020-01-01T00:00:00Z"}', true],
  ['s3:GetObject', 'DateNotEquals: {aws:CurrentTime: "2020-01-01T00:00:00Z"}', false],
  ['s3:GetObject', 'DateGreaterThanIfExists: {aws:TokenIssueTime: "2020-01-01T00:00:00Z"}', false],
  ['s3:GetObject', 'DateGreaterThan: {aws:TokenIssueTime: "2020-01-01T00:00:00Z"}', true],
  ['s3:GetObject', 'StringLike: {aws:userid: "*"}', false],
  ['s3:GetObject', 'StringEquals: {aws:userid: "*"}', true],
  ['s3:GetObject', 'StringLike: {aws:PrincipalTag/team: "*"}', true],
  // Wildcards that leave out no caller, of keys that the caller chooses or that every organization has.
  ['s3:GetObject', 'StringLike: {aws:PrincipalOrgID: "*"}', false],
  ['s3:GetObject', 'StringEquals: {aws:PrincipalOrgID: "${aws:PrincipalOrgId}"}', false],
  ['s3:GetObject', 'StringEquals: {aws:PrincipalOrgID: "${aws:ResourceOrgID}"}', true],
  ['kms:Decrypt', 'StringLike: {kms:RequestAlias: "alias/*"}', false],
  ['kms:Decrypt', 'StringLike: {kms:RequestAlias: "alias/app-*"}', true],
  ['s3:GetObject', 'StringLike: {aws:PrincipalOrgID: "o-*"}', false],
  ['s3:GetObject', 'StringLike: {aws:PrincipalOrgID: "o-a1*"}', true],
  ['s3:GetObject', 'StringEquals: {aws:PrincipalOrgID: "o-*"}', true],
  ['s3:GetObject', '"ForAnyValue:StringLike": {aws:PrincipalOrgPaths: "o-*/*"}', false],
  ['s3:GetObject', '"ForAnyValue:StringLike": {aws:PrincipalOrgPaths: "o-a1b2c3d4e5/*"}', true],
  ['s3:GetObject', 'StringLike: {aws:SourceVpce: "*"}', false],
  ['s3:GetObject', 'StringLike: {aws:SourceVpce: "vpce-*"}', false],
  ['s3:GetObject', 'StringLike: {aws:SourceVpce: "vpce-0a*"}', true],
  ['s3:GetObject', 'StringLike: {aws:PrincipalAccount: "????????????"}', false],
  ['s3:GetObject', 'StringLike: {aws:PrincipalAccount: "1???????????"}', true],
  ['s3:GetObject', 'StringLike: {aws:PrincipalArn: "*"}', false],
  ['s3:GetObject', 'ArnLike: {aws:PrincipalArn: "*"}', false],
  ['s3:GetObject', 'ArnLike: {aws:PrincipalArn: "arn:aws:*:*:*:*"}', false],
  ['s3:GetObject', 'StringLike: {aws:PrincipalArn: "arn:aws-cn:*"}', false],
  ['s3:GetObject', 'ArnLike: {aws:PrincipalArn: "arn:aws:iam::*:*"}', false],
  ['s3:GetObject', 'ArnLike: {aws:PrincipalArn: "arn:aws:iam::*"}', false],
  ['s3:GetObject', 'ArnLike: {aws:PrincipalArn: "arn:aws:iam::*:role/*"}', true],
  ['s3:GetObject', 'ArnLike: {aws:PrincipalArn: "arn:aws:iam::111122223333:*"}', true],
  ['s3:GetObject', 'StringLike: {aws:ResourceAccount: "*"}', false],
  ['s3:GetObject', 'StringLike: {aws:ResourceAccount: "????????????"}', false],
  ['s3:GetObject', 'StringLike: {aws:ResourceOrgID: "o-*"}', false],
  ['s3:GetObject', 'StringEquals: {aws:ResourceAccount: "111122223333"}', true],
  ['s3:GetObject', 'StringLike: {aws:RequestedRegion: "*-*-?"}', false],
  ['s3:GetObject', 'StringLike: {aws:RequestedRegion: "eu-*"}', true],
  ['s3:GetObject', 'StringLike: {aws:userid: "A*"}', true],
  ['s3:GetObject', 'StringLike: {aws:ResourceTag/team: "*"}', true],
  ['sts:AssumeRole', 'StringLike: {sts:ExternalId: "?*"}', false],
  ['sts:AssumeRole', 'StringLike: {sts:ExternalId: "acme-*"}', true],
  ['s3:ListBucket', 'StringLike: {s3:prefix: "*"}', false],
  ['s3:ListBucket', 'StringLike: {s3:prefix: "home/*"}', true],
  ['"s3:*"', 'StringLike: {s3:prefix: "*"}', true],
  ['lambda:CreateEventSourceMapping', 'ArnLike: {lambda:FunctionArn: "arn:aws:lambda:*:*:function:*"}', false],
  ['lambda:CreateEventSourceMapping', 'ArnLike: {lambda:FunctionArn: "arn:aws:lambda:*:*:function:app-*"}', true],
  ['iam:AttachRolePolicy', 'ArnLike: {iam:PolicyARN: "arn:aws:iam::*:policy/*"}', false],
  ['iam:AttachRolePolicy', 'ArnLike: {iam:PolicyARN: "arn:aws:iam::aws:policy/*"}', true],
  ['iam:CreateServiceLinkedRole', 'StringLike: {iam:AWSServiceName: "*.amazonaws.com"}', false],
  ['iam:CreateServiceLinkedRole', 'StringLike: {iam:AWSServiceName: "*.ecs.amazonaws.com"}', true],
  ['kms:Decrypt', 'StringLike: {kms:ViaService: "*.amazonaws.com"}', false],
  ['kms:Decrypt', 'StringLike: {kms:ViaService: "s3.*.amazonaws.com"}', true],
  ['s3:GetObject', 'ArnNotLike: {aws:PrincipalArn: "*"}', true],
  // Keys that a request can lack: what holds without them limits nothing.
  ['s3:GetObject', '"ForAllValues:StringEquals": {aws:CalledVia: cloudformation.amazonaws.com}', false],
  ['s3:GetObject', '"ForAnyValue:StringEquals": {aws:CalledVia: cloudformation.amazonaws.com}', true],
  ['s3:GetObject', '"ForAllValues:StringLike": {aws:PrincipalOrgPaths: "o-a1b2c3d4e5/*"}', false],
  ['s3:GetObject', 'StringEqualsIfExists: {aws:SourceVpce: vpce-0a1b2c3d}', false],
  ['s3:GetObject', 'StringNotEquals: {aws:SourceVpce: vpce-0a1b2c3d}', false],
  ['s3:GetObject', 'StringEquals: {aws:SourceVpce: vpce-0a1b2c3d}', true],
  ['s3:GetObject', 'Null: {aws:SourceVpce: true}', false],
  ['s3:GetObject', 'Null: {aws:PrincipalOrgID: true}', true],
  ['"s3:*"', 'NumericLessThanEqualsIfExists: {s3:max-keys: 10}', true],
  ['[s3:GetObject, s3:PutObject]', 'StringEqualsIfExists: {s3:x-amz-acl: private}', false],
  ['[s3:GetObject, s3:PutObject]', 'StringEquals: {s3:x-amz-acl: private}', true],
  ['s3:GetObject', 'IpAddressIfExists: {aws:SourceIp: 203.0.113.0/24}', true],
  ['s3:GetObject', 'StringNotEquals: {aws:PrincipalOrgID: o-a1b2c3d4e5}', true],
  ['ec2:RunInstances', '"ForAllValues:StringEquals": {aws:TagKeys: team}', false],
  ['ec2:CreateTags', '"ForAllValues:StringEquals": {aws:TagKeys: team}', true],
  ['ec2:RunInstances', '"ForAnyValue:StringEquals": {aws:TagKeys: team}', true],
  ['ec2:RunInstances', 'StringEqualsIfExists: {aws:RequestTag/team: a}', false],
  ['ec2:RunInstances', 'StringEquals: {aws:RequestTag/team: a}', true],
  ['s3:GetObject', 'Null: {aws:PrincipalArn: false}', false],
  ['s3:GetObject', 'Null: {aws:MultiFactorAuthAge: false}', true],
  ['s3:GetObject', 'IpAddress: {aws:SourceIp: [10.0.0.0/8, 0.0.0.0/0]}', false],
  ['s3:GetObject', 'IpAddress: {aws:SourceIp: 10.0.0.0/8}', true],
  ['s3:GetObject', 'IpAddress: {aws:SourceIp: [0.0.0.0/1, 128.0.0.0/1]}', false],
  ['s3:GetObject', 'IpAddress: {aws:SourceIp: [128.0.0.0/1, 64.0.0.0/2, 0.0.0.0/3, 32.0.0.0/3]}', false],
  ['s3:GetObject', 'IpAddress: {aws:SourceIp: [0.0.0.0/1, 128.0.0.0/2]}', true],
  ['s3:GetObject', 'IpAddress: {aws:SourceIp: ["::/1", "8000::/1"]}', false],
  ['s3:GetObject', 'IpAddress: {aws:SourceIp: ["::/1", 128.0.0.0/1]}', true],
  ['s3:GetObject', 'NotIpAddress: {aws:SourceIp: [0.0.0.0/1, 128.0.0.0/1]}', true],
  ['s3:GetObject', 'NotIpAddress: {aws:SourceIp: 0.0.0.0/0}', true],
  ['s3:GetObject', 'Bool: {aws:MultiFactorAuthPresent: true}', true],
  // Keys that the actions do not send.
  ['iam:CreateUser', 'StringNotEquals: {s3:prefix: x}', false],
  ['iam:CreateUser', 'StringEquals: {s3:prefix: x}', true],
  ['iam:CreateUser', 'StringEqualsIfExists: {ec2:Region: eu-west-1}', false],
  ['iam:CreateUser', '"ForAllValues:StringEquals": {s3:prefix: x}', false],
  ['iam:CreateUser', 'Null: {s3:prefix: true}', false],
  ['[iam:CreateUser, s3:ListBucket]', 'StringNotEquals: {s3:prefix: x}', true],
  ['"iam:*"', 'StringNotEquals: {aws:ResourceTag/protected: "true"}', false],
  ['"*"', 'StringNotEquals: {aws:ResourceTag/protected: "true"}', false],
  ['ec2:TerminateInstances', 'StringNotEquals: {aws:ResourceTag/protected: "true"}', true],
  ['iam:CreateUser', 'StringNotEquals: {aws:PrincipalTag/team: guests}', true],
  // What is sent, and not to which resource.
  ['s3:PutObject', 'StringEquals: {s3:x-amz-acl: private}', false],
  ['"s3:PutObject*"', 'StringEquals: {s3:x-amz-acl: private}', true],
  ['s3:GetObject', 'StringEquals: {s3:x-amz-acl: private}', true],
  ['s3:PutObject', 'StringEquals: {s3:x-amz-acl: []}', true],
  [
    's3:PutObject',
    'StringEquals: {s3:x-amz-server-side-encryption-aws-kms-key-id: "arn:aws:kms:eu-west-1:111122223333:key/1"}',
    false,
  ],
  ['dynamodb:Query', 'StringEquals: {dynamodb:Select: COUNT}', false],
  ['dynamodb:Query', '"ForAllValues:StringEquals": {dynamodb:LeadingKeys: a}', true],
  ['lambda:InvokeFunction', 'StringEquals: {lambda:EventSourceToken: x}', false],
  ['ecs:RunTask', 'ArnEquals: {ecs:cluster: "arn:aws:ecs:eu-west-1:111122223333:cluster/c"}', true],
  ['ec2:CreateTags', 'StringEquals: {ec2:CreateAction: RunInstances}', true],
  ['events:DeleteRule', 'StringEquals: {events:ManagedBy: x.amazonaws.com}', true],
  ['kms:CreateGrant', 'Bool: {kms:GrantIsForAWSResource: true}', true],
  ['kms:Decrypt', 'StringEquals: {kms:ViaService: s3.eu-west-1.amazonaws.com}', true],
  // The services that get a role.
  ['iam:PassRole', 'StringEquals: {iam:PassedToService: ec2.amazonaws.com}', true],
  ['iam:PassRole', 'StringNotEquals: {iam:PassedToService: ec2.amazonaws.com}', false],
  ['iam:PassRole', 'StringNotLike: {iam:PassedToService: "*"}', true],
  ['iam:PassRole', 'StringLike: {iam:PassedToService: "*.amazonaws.com"}', false],
  ['iam:PassRole', 'StringLike: {iam:PassedToService: "ec2*"}', true],
  ['iam:PassRole', 'StringLikeIfExists: {iam:PassedToService: "*.amazonaws.com*"}', false],
  ['iam:PassRole', '"ForAnyValue:StringLike": {iam:PassedToService: "*"}', false],
  ['iam:PassRole', 'StringNotEqualsIfExists: {iam:PassedToService: ec2.amazonaws.com}', false],
  ['iam:PassRole', 'StringEqualsIfExists: {iam:PassedToService: [ec2.amazonaws.com, lambda.amazonaws.com]}', true],
  ['iam:PassRole', '"ForAnyValue:StringEquals": {iam:PassedToService: ec2.amazonaws.com}', true],
  ['iam:PassRole', 'StringEquals: {iam:PassedToService: "*.amazonaws.com"}', true],
  ['iam:PassRole', 'Null: {iam:PassedToService: "false"}', false],
  // Nothing is known of these.
  ['nosuchservice:Get', 'StringNotEquals: {s3:prefix: x}', true],
  ['!Ref Action', 'StringNotEquals: {s3:prefix: x}', true],
  ['s3:GetObject', 'StringMatches: {aws:userid: "*"}', true],
];

describe('conditions of a statement', () => {
  for (const [actions, condition, limits] of ROWS)
    it(`${limits ? 'limit' : 'do not limit'} ${actions} by ${condition}`, () => {
      const [statement] = policyOf(
        `{Effect: Allow, Action: ${actions}, Resource: "*", Condition: {${condition}}}`,
      ).statements;
      assert.equal(limiting(statement!, DATA).conditions.length, limits ? 1 : 0);
    });

  it('limit a statement only in some scenarios', () => {
    const [statement] = policyOf(
      '{Effect: Allow, Action: "*", Resource: "*", Condition: {Bool: {aws:SecureTransport: !If [IsLive, true, false]}}}',
    ).statements;
    const [condition] = limiting(statement!, DATA).conditions;
    assert.ok(condition!.when.yes.satisfiable() && condition!.when.no.satisfiable());
  });
});
