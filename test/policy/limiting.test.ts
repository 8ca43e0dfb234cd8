/** Which conditions of a statement that allows something limit it, row by row. */
import assert from 'node:assert/strict';
import { iamData, type IamFiles } from '../../server/src/policy/iam-data.ts';
import { limiting } from '../../server/src/policy/limiting.ts';
import { serviceActions, type ServiceData } from '../../server/src/policy/service-actions.ts';
import { data } from '../schemas/data.ts';
import { policyOf } from './statements.ts';

const iam = iamData({ services: data<IamFiles['services']>('iam/services'), globalKeys: data<IamFiles['globalKeys']>('iam/global-keys'), partitions: data<IamFiles['partitions']>('iam/partitions'), risks: data<IamFiles['risks']>('iam/risks') });
const DATA = { iam, actions: (prefix: string) => iam.services.has(prefix) ? serviceActions(prefix, data<ServiceData>(`iam/services/${prefix}`)) : undefined };

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
  ['s3:GetObject', 'DateGreaterThan: {aws:TokenIssueTime: "2020-01-01T00:00:00Z"}', true],
  ['s3:GetObject', 'StringLike: {aws:userid: "*"}', false],
  ['s3:GetObject', 'StringEquals: {aws:userid: "*"}', true],
  ['s3:GetObject', 'StringLike: {aws:PrincipalTag/team: "*"}', true],
  ['s3:GetObject', 'StringLike: {aws:PrincipalOrgID: "*"}', true],
  ['s3:GetObject', 'Null: {aws:PrincipalArn: false}', false],
  ['s3:GetObject', 'Null: {aws:MultiFactorAuthAge: false}', true],
  ['s3:GetObject', 'IpAddress: {aws:SourceIp: [10.0.0.0/8, 0.0.0.0/0]}', false],
  ['s3:GetObject', 'IpAddress: {aws:SourceIp: 10.0.0.0/8}', true],
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
  ['s3:PutObject', 'StringEquals: {s3:x-amz-server-side-encryption-aws-kms-key-id: "arn:aws:kms:eu-west-1:111122223333:key/1"}', false],
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
  // Nothing is known of these.
  ['nosuchservice:Get', 'StringNotEquals: {s3:prefix: x}', true],
  ['!Ref Action', 'StringNotEquals: {s3:prefix: x}', true],
  ['s3:GetObject', 'StringMatches: {aws:userid: "*"}', true],
];

describe('conditions of a statement', () => {
  for (const [actions, condition, limits] of ROWS) it(`${limits ? 'limit' : 'do not limit'} ${actions} by ${condition}`, () => {
    const [statement] = policyOf(`{Effect: Allow, Action: ${actions}, Resource: "*", Condition: {${condition}}}`).statements;
    assert.equal(limiting(statement!, DATA).conditions.length, limits ? 1 : 0);
  });

  it('limit in some scenarios what they do not limit in others', () => {
    const [statement] = policyOf('{Effect: Allow, Action: "*", Resource: "*", Condition: {Bool: {aws:SecureTransport: !If [IsLive, true, false]}}}').statements;
    const [condition] = limiting(statement!, DATA).conditions;
    assert.ok(condition!.when.yes.satisfiable() && condition!.when.no.satisfiable());
  });
});
