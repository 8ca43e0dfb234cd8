/** A finding has the ids of those checks of other tools that are about it, and of no others of its rule. */
import assert from 'node:assert/strict';
import { analysed, findingsOf } from '../engine/analysis.ts';

interface Case {
  readonly what: string;
  readonly rule: string;
  /** The resources of a template, in flow style. */
  readonly resources: string;
  readonly has?: readonly string[];
  readonly lacks?: readonly string[];
}

const CASES: readonly Case[] = [
  {
    what: 'outbound traffic on all ports',
    rule: 'sg-egress-open-world',
    resources: egress(`{IpProtocol: '-1', CidrIp: 0.0.0.0/0}`),
    has: ['W5', 'W40', 'CKV_AWS_382'],
  },
  {
    what: 'outbound traffic on one port',
    rule: 'sg-egress-open-world',
    resources: egress(`{IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 0.0.0.0/0}`),
    has: ['W5'],
    lacks: ['CKV_AWS_382', 'W40'],
  },
  {
    what: 'all ports of a network ACL, of which one is denied',
    rule: 'nacl-ingress-all-ports',
    resources: `
  Acl: {Type: AWS::EC2::NetworkAcl, Properties: {VpcId: vpc-1}}
  Deny: {Type: AWS::EC2::NetworkAclEntry, Properties: {NetworkAclId: !Ref Acl, RuleNumber: 10, RuleAction: deny, Protocol: 6, PortRange: {From: 20, To: 22}, CidrBlock: 0.0.0.0/0}}
  Allow: {Type: AWS::EC2::NetworkAclEntry, Properties: {NetworkAclId: !Ref Acl, RuleNumber: 100, RuleAction: allow, Protocol: -1, CidrBlock: 0.0.0.0/0}}`,
    has: ['CKV_AWS_352', 'CKV_AWS_231'],
    lacks: ['CKV_AWS_232', 'CKV_AWS_229', 'CKV_AWS_230'],
  },
  {
    what: 'SSLv3 for an origin',
    rule: 'cloudfront-origin-ssl-protocols',
    resources: origin('SSLv3'),
    has: ['CKV2_AWS_54'],
  },
  {
    what: 'TLS 1.0 for an origin',
    rule: 'cloudfront-origin-ssl-protocols',
    resources: origin('TLSv1'),
    lacks: ['CKV2_AWS_54'],
  },
  {
    what: 'Allow with NotPrincipal',
    rule: 'sqs-queue-policy-public',
    resources: queuePolicy(
      `{Effect: Allow, NotPrincipal: {AWS: '111122223333'}, Action: sqs:SendMessage, Resource: '*'}`,
    ),
    has: ['F7', 'F21'],
  },
  {
    what: 'a wildcard principal',
    rule: 'sqs-queue-policy-public',
    resources: queuePolicy(`{Effect: Allow, Principal: '*', Action: sqs:SendMessage, Resource: '*'}`),
    has: ['F21'],
    lacks: ['F7'],
  },
  {
    what: 'write actions on all resources',
    rule: 'iam-policy-wildcard-resource',
    resources: managed(`{Effect: Allow, Action: s3:PutObject, Resource: '*'}`),
    has: ['CKV_AWS_111', 'CKV_AWS_355', 'W13'],
  },
  {
    what: 'read actions on all resources',
    rule: 'iam-policy-wildcard-resource',
    resources: managed(`{Effect: Allow, Action: dynamodb:DescribeTable, Resource: '*'}`),
    has: ['CKV_AWS_355', 'W13'],
    lacks: ['CKV_AWS_111'],
  },
  {
    what: 'write actions on all resources under conditions',
    rule: 'iam-policy-wildcard-resource',
    resources: managed(
      `{Effect: Allow, Action: s3:PutObject, Resource: '*', Condition: {StringEquals: {'s3:x-amz-acl': private}}}`,
    ),
    has: ['W13'],
    lacks: ['CKV_AWS_111', 'CKV_AWS_355'],
  },
  {
    what: 'write actions on all objects',
    rule: 'iam-policy-wildcard-resource',
    resources: managed(`{Effect: Allow, Action: s3:PutObject, Resource: 'arn:aws:s3:::*'}`),
    has: ['RESOURCE_EFFECTIVELY_STAR'],
    lacks: ['CKV_AWS_355', 'W13'],
  },
  {
    what: 'no backup retention',
    rule: 'rds-backup-retention',
    resources: database(''),
    has: ['CKV_AWS_133', 'AWS-0077'],
  },
  {
    what: 'a short backup retention',
    rule: 'rds-backup-retention',
    resources: database(', BackupRetentionPeriod: 3'),
    lacks: ['CKV_AWS_133', 'AWS-0077'],
  },
  {
    what: 'a public cluster with the default username',
    rule: 'redshift-default-admin-username',
    resources: warehouse(true),
    has: ['CKV_AWS_391'],
  },
  {
    what: 'a private cluster with the default username',
    rule: 'redshift-default-admin-username',
    resources: warehouse(false),
    lacks: ['CKV_AWS_391'],
  },
  {
    what: 'a service without a source',
    rule: 'lambda-permission-source',
    resources: permission(''),
    has: ['CKV_AWS_364', 'LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED'],
  },
  {
    what: 'a service with a source that matches every account',
    rule: 'lambda-permission-source',
    resources: permission(`, SourceArn: 'arn:aws:sns:*:*:*'`),
    lacks: ['CKV_AWS_364'],
  },
];

describe('the checks of other tools for a finding', () => {
  for (const { what, rule, resources, has = [], lacks = [] } of CASES)
    it(`${rule}: ${what}`, () => {
      const found = findingsOf(analysed({ 't.yaml': `Resources:${resources}\n` })).filter((one) => one.rule === rule);
      assert.equal(found.length, 1);
      const ids = Object.values(found[0]!.aliases).flat();
      assert.deepEqual(
        has.filter((id) => !ids.includes(id)),
        [],
      );
      assert.deepEqual(
        lacks.filter((id) => ids.includes(id)),
        [],
      );
    });
});

function egress(rule: string): string {
  return `
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: Web servers, SecurityGroupEgress: [${rule}]}}`;
}

function origin(protocol: string): string {
  return `
  Web: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, Origins: [{Id: app, DomainName: app.example.com, CustomOriginConfig: {OriginProtocolPolicy: https-only, OriginSSLProtocols: [${protocol}]}}]}}}`;
}

function queuePolicy(statement: string): string {
  return `
  Jobs: {Type: AWS::SQS::Queue}
  Policy: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Jobs], PolicyDocument: {Version: '2012-10-17', Statement: ${statement}}}}`;
}

function managed(statement: string): string {
  return `
  Policy: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Version: '2012-10-17', Statement: ${statement}}}}`;
}

function database(more: string): string {
  return `
  Orders: {Type: AWS::RDS::DBInstance, Properties: {DBInstanceClass: db.m7g.large, Engine: postgres${more}}}`;
}

function warehouse(isPublic: boolean): string {
  return `
  Reports: {Type: AWS::Redshift::Cluster, Properties: {ClusterType: single-node, DBName: reports, NodeType: ra3.large, MasterUsername: awsuser, PubliclyAccessible: ${String(isPublic)}}}`;
}

function permission(more: string): string {
  return `
  Permission: {Type: AWS::Lambda::Permission, Properties: {Action: lambda:InvokeFunction, FunctionName: resize, Principal: sns.amazonaws.com${more}}}`;
}
