/** A finding has the ids of those checks of other tools that are about it, and of no others of its rule. */
import assert from 'node:assert/strict';
import { analysed, findingsOf } from '../engine/analysis.ts';

interface Case {
  readonly what: string;
  readonly rule: string;
  /** The resources of a template, in flow style. */
  readonly resources?: string;
  /** A Terraform configuration instead. */
  readonly terraform?: string;
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
    terraform: `resource "aws_network_acl" "web" {
  vpc_id = "vpc-1"
}
${aclRule('deny', 10, 'protocol = "6"\n  from_port = 20\n  to_port = 22')}
${aclRule('allow', 100, 'protocol = "-1"')}`,
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
    has: ['CKV_AWS_111', 'W13'],
    lacks: ['CKV_AWS_355', 'CKV_AWS_356', 'CKV_AWS_290', 'W11', 'W12'],
  },
  {
    what: 'read actions on all resources',
    rule: 'iam-policy-wildcard-resource',
    resources: managed(`{Effect: Allow, Action: dynamodb:DescribeTable, Resource: '*'}`),
    has: ['W13'],
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
  {
    what: 'all resources in an inline policy of a role',
    rule: 'iam-policy-wildcard-resource',
    resources: role(`{Effect: Allow, Action: s3:PutObject, Resource: '*'}`),
    has: ['W11', 'CKV_AWS_111', 'IAM_POLICYDOCUMENT_NO_WILDCARD_RESOURCE'],
    lacks: ['W12', 'W13', 'CKV_AWS_290', 'CKV_AWS_355'],
  },
  {
    what: 'all resources in a policy of a role',
    rule: 'iam-policy-wildcard-resource',
    resources: attached(`{Effect: Allow, Action: s3:PutObject, Resource: '*'}`),
    has: ['W12'],
    lacks: ['W11', 'W13'],
  },
  {
    what: 'all resources in an inline policy of a user',
    rule: 'iam-policy-wildcard-resource',
    resources: user(`{Effect: Allow, Action: s3:PutObject, Resource: '*'}`),
    has: ['CKV_AWS_111'],
    lacks: ['W11', 'W12', 'W13'],
  },
  {
    what: 'all resources in a Terraform policy',
    rule: 'iam-policy-wildcard-resource',
    terraform: policyOf('s3:PutObject'),
    has: ['W13', 'CKV_AWS_355', 'CKV_AWS_290'],
    lacks: ['W11', 'W12', 'CKV_AWS_356', 'CKV_AWS_111'],
  },
  {
    what: 'all resources in a policy document',
    rule: 'iam-policy-wildcard-resource',
    terraform: documentOf('s3:PutObject'),
    has: ['CKV_AWS_356', 'CKV_AWS_111'],
    lacks: ['CKV_AWS_355', 'CKV_AWS_290'],
  },
  {
    what: 'administrator access of a role',
    rule: 'iam-policy-admin-wildcard',
    resources: role(`{Effect: Allow, Action: '*', Resource: '*'}`),
    has: ['F3', 'CKV_AWS_62', 'CKV_AWS_63', 'CKV_AWS_111', 'IAM_ROLE_NO_WILDCARD_ACTIONS_ON_PERMISSIONS'],
    lacks: ['F4', 'F5', 'CKV_AWS_1', 'CKV_AWS_49', 'CKV2_AWS_40', 'IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS'],
  },
  {
    what: 'administrator access in a policy',
    rule: 'iam-policy-admin-wildcard',
    resources: attached(`{Effect: Allow, Action: '*', Resource: '*'}`),
    has: ['F4', 'IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS'],
    lacks: ['F3', 'F5', 'IAM_POLICY_NO_STATEMENTS_WITH_FULL_ACCESS'],
  },
  {
    what: 'administrator access in a managed policy',
    rule: 'iam-policy-admin-wildcard',
    resources: managed(`{Effect: Allow, Action: '*', Resource: '*'}`),
    has: ['F5', 'IAM_POLICY_NO_STATEMENTS_WITH_FULL_ACCESS'],
    lacks: ['F3', 'F4', 'CKV_AWS_62', 'IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS'],
  },
  {
    what: 'administrator access in a policy document',
    rule: 'iam-policy-admin-wildcard',
    terraform: documentOf('*'),
    has: ['CKV_AWS_1', 'CKV_AWS_49', 'CKV2_AWS_40', 'CKV_AWS_111'],
    lacks: ['CKV_AWS_62', 'CKV_AWS_63', 'CKV_AWS_290'],
  },
  {
    what: 'a role that can pass all roles',
    rule: 'iam-policy-passrole-wildcard',
    resources: role(`{Effect: Allow, Action: iam:PassRole, Resource: '*'}`),
    has: ['F38', 'IAM_ROLE_NO_WILDCARD_RESOURCE_ON_PASSROLE'],
    lacks: ['F39', 'F40', 'IAM_POLICY_NO_WILDCARD_RESOURCE_ON_PASSROLE'],
  },
  {
    what: 'a managed policy that allows passing all roles',
    rule: 'iam-policy-passrole-wildcard',
    resources: managed(`{Effect: Allow, Action: iam:PassRole, Resource: '*'}`),
    has: ['F40', 'IAM_POLICY_NO_WILDCARD_RESOURCE_ON_PASSROLE'],
    lacks: ['F38', 'F39'],
  },
  {
    what: 'NotAction in a policy',
    rule: 'iam-policy-allow-not-action',
    resources: attached(`{Effect: Allow, NotAction: 's3:*', Resource: '*'}`),
    has: ['W16'],
    lacks: ['W15', 'W17'],
  },
  {
    what: 'NotResource in a policy of a role',
    rule: 'iam-policy-allow-not-resource',
    resources: role(`{Effect: Allow, Action: s3:GetObject, NotResource: 'arn:aws:s3:::secret/*'}`),
    has: ['W21'],
    lacks: ['W22', 'W23'],
  },
  {
    what: 'a bucket without Block Public Access in a template',
    rule: 's3-bucket-public-access-block',
    resources: `\n  Data: {Type: AWS::S3::Bucket}`,
    has: ['CKV_AWS_53', 'CKV_AWS_54', 'CKV_AWS_55', 'CKV_AWS_56'],
    lacks: ['CKV2_AWS_6'],
  },
  {
    what: 'a bucket without Block Public Access in a configuration',
    rule: 's3-bucket-public-access-block',
    terraform: 'resource "aws_s3_bucket" "data" {}\n',
    has: ['CKV2_AWS_6'],
    lacks: ['CKV_AWS_53', 'CKV_AWS_54', 'CKV_AWS_55', 'CKV_AWS_56'],
  },
  {
    what: 'a stage without access logs in a template of SAM',
    rule: 'apigateway-access-logging',
    resources: `\n  Api: {Type: AWS::Serverless::Api, Properties: {StageName: live}}`,
    has: ['AWS-0113', 'CKV_AWS_76'],
    lacks: ['AWS-0001'],
  },
  {
    what: 'a stage of an HTTP API without access logs',
    rule: 'apigateway-access-logging',
    resources: `\n  Live: {Type: AWS::ApiGatewayV2::Stage, Properties: {ApiId: api, StageName: live}}`,
    has: ['AWS-0001', 'CKV_AWS_95'],
    lacks: ['AWS-0116', 'CKV_AWS_76'],
  },
  {
    what: 'an anonymous principal of a queue in a policy document',
    rule: 'sqs-queue-policy-public',
    terraform: `resource "aws_sqs_queue_policy" "jobs" {
  queue_url = "https://sqs.eu-west-1.amazonaws.com/111122223333/jobs"
  policy    = data.aws_iam_policy_document.jobs.json
}

data "aws_iam_policy_document" "jobs" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = ["*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}
`,
    has: ['CKV_AWS_283'],
    lacks: ['CKV_AWS_168', 'CKV_AWS_387'],
  },
];

describe('the checks of other tools for a finding', () => {
  for (const { what, rule, resources = '', terraform, has = [], lacks = [] } of CASES)
    it(`${rule}: ${what}`, () => {
      const files = terraform === undefined ? { 't.yaml': `Resources:${resources}\n` } : { 't.tf': terraform };
      const found = findingsOf(analysed(files)).filter((one) => one.rule === rule);
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

function role(statement: string): string {
  return `
  Worker: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: {Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: sts:AssumeRole}}, Policies: [{PolicyName: work, PolicyDocument: {Version: '2012-10-17', Statement: ${statement}}}]}}`;
}

function attached(statement: string): string {
  return `
  Policy: {Type: AWS::IAM::Policy, Properties: {PolicyName: work, Roles: [worker], PolicyDocument: {Version: '2012-10-17', Statement: ${statement}}}}`;
}

function user(statement: string): string {
  return `
  Build: {Type: AWS::IAM::User, Properties: {Policies: [{PolicyName: work, PolicyDocument: {Version: '2012-10-17', Statement: ${statement}}}]}}`;
}

function policyOf(action: string): string {
  return `resource "aws_iam_policy" "work" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "${action}", Resource = "*" }] })
}
`;
}

function documentOf(action: string): string {
  return `resource "aws_iam_policy" "work" {
  policy = data.aws_iam_policy_document.work.json
}

data "aws_iam_policy_document" "work" {
  statement {
    actions   = ["${action}"]
    resources = ["*"]
  }
}
`;
}

function aclRule(action: string, number: number, traffic: string): string {
  return `resource "aws_network_acl_rule" "${action}" {
  network_acl_id = aws_network_acl.web.id
  rule_number    = ${number}
  rule_action    = "${action}"
  cidr_block     = "0.0.0.0/0"
  ${traffic}
}`;
}
