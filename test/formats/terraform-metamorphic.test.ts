/**
 * The same configuration gives the same findings, however Terraform has it, and as a template of CloudFormation has it.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { formatsOf } from '../../server/src/cli/rule-formats.ts';
import { schemaData } from '../../server/src/host/schema-data.ts';
import { RULES } from '../../server/src/rules/index.ts';
import type { AnyRule } from '../../server/src/rules/rule.ts';
import { SCHEMAS } from '../kit/memory-reader.ts';
import { ruleId, rulePaths } from '../../tools/rule-index.ts';
import { fixtureOf } from '../kit/fixtures.ts';
import { directory, EVERYTHING, type Files } from './terraform-stack.ts';
import { variantsOf, type Body, type Resources } from './terraform-variants.ts';

/** Rule, certainty and severity of every finding, or of those of one rule. */
function findingsIn(files: Files, rule?: string): readonly string[] {
  const { analysis } = directory(files, rule === undefined ? EVERYTHING : { ...EVERYTHING, rules: new Set([rule]) });
  return analysis.documents
    .flatMap(({ findings }) => findings.map((finding) => `${finding.rule} ${finding.certainty} ${finding.severity}`))
    .sort();
}

const document = (...statements: readonly Body[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
const allow = (more: Body): Body => ({ Effect: 'Allow', ...more });
const PUBLIC = document(allow({ Principal: '*', Action: '*', Resource: '*' }));
const OWN = document(
  allow({ Principal: { AWS: 'arn:aws:iam::111122223333:role/r' }, Action: 's3:GetObject', Resource: '*' }),
);
const TLS = document({
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: '*',
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});
const TOPIC_TLS = TLS.replace('s3:*', 'sns:Publish');
const QUEUE_TLS = TLS.replace('s3:*', 'sqs:*');
const ADMIN = document(allow({ Action: '*', Resource: '*' }));
const SMALL = document(allow({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }));
const TRUST = document(allow({ Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }));
const openTo = (action: string): Body => ({
  Version: '2012-10-17',
  Statement: [allow({ Principal: '*', Action: action, Resource: '*' })],
});
const TRUST_ALL = document(allow({ Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }));

const B = { bucket: '${aws_s3_bucket.b.id}' };
const bucket = (own: Body, more: Resources = {}): Resources => ({ aws_s3_bucket: { b: own }, ...more });
const role = (own: Body, more: Resources = {}): Resources => ({
  aws_iam_role: { r: { assume_role_policy: TRUST, ...own } },
  ...more,
});
const GROUP = '${aws_security_group.s.id}';
const LETS = { from_port: 0, to_port: 0, protocol: '-1', cidr_blocks: ['0.0.0.0/0'] };
const rule = (type: string, ports: Body): Resources => ({
  aws_security_group: { s: {} },
  aws_security_group_rule: { r: { type, security_group_id: GROUP, ...LETS, ...ports } },
});

/** Ways to say one thing; of those of one row each gives the findings of the first. */
const SAME: Readonly<Record<string, (value: string) => Readonly<Record<string, Resources>>>> = {
  versioning: (status) => ({
    inline: bucket({ versioning: { enabled: status === 'Enabled' } }),
    split: bucket({}, { aws_s3_bucket_versioning: { v: { ...B, versioning_configuration: { status } } } }),
    'by name': bucket(
      { bucket: 'x' },
      { aws_s3_bucket_versioning: { v: { bucket: 'x', versioning_configuration: { status } } } },
    ),
  }),
  'access logging': (target) => ({
    inline: bucket({ logging: { target_bucket: target } }),
    split: bucket({}, { aws_s3_bucket_logging: { l: { ...B, target_bucket: target, target_prefix: '' } } }),
  }),
  acl: (acl) => ({ inline: bucket({ acl }), split: bucket({}, { aws_s3_bucket_acl: { a: { ...B, acl } } }) }),
  'default encryption': (sse_algorithm) => ({
    inline: bucket({
      server_side_encryption_configuration: { rule: { apply_server_side_encryption_by_default: { sse_algorithm } } },
    }),
    split: bucket(
      {},
      {
        aws_s3_bucket_server_side_encryption_configuration: {
          e: { ...B, rule: { apply_server_side_encryption_by_default: { sse_algorithm } } },
        },
      },
    ),
  }),
  'bucket policy': (policy) => ({
    inline: bucket({ policy }),
    split: bucket({}, { aws_s3_bucket_policy: { p: { ...B, policy } } }),
  }),
  'topic policy': (policy) => ({
    inline: { aws_sns_topic: { t: { policy } } },
    split: { aws_sns_topic: { t: {} }, aws_sns_topic_policy: { p: { arn: '${aws_sns_topic.t.arn}', policy } } },
  }),
  'queue policy': (policy) => ({
    inline: { aws_sqs_queue: { q: { policy } } },
    split: { aws_sqs_queue: { q: {} }, aws_sqs_queue_policy: { p: { queue_url: '${aws_sqs_queue.q.id}', policy } } },
  }),
  'key policy': (policy) => ({
    inline: { aws_kms_key: { k: { policy } } },
    split: { aws_kms_key: { k: {} }, aws_kms_key_policy: { p: { key_id: '${aws_kms_key.k.key_id}', policy } } },
  }),
  'secret policy': (policy) => ({
    inline: { aws_secretsmanager_secret: { s: { policy } } },
    split: {
      aws_secretsmanager_secret: { s: {} },
      aws_secretsmanager_secret_policy: { p: { secret_arn: '${aws_secretsmanager_secret.s.arn}', policy } },
    },
  }),
  'policy of a role': (policy) => ({
    inline: role({ inline_policy: { name: 'p', policy } }),
    split: role({}, { aws_iam_role_policy: { p: { role: '${aws_iam_role.r.id}', policy } } }),
  }),
  'managed policy of a role': (policy) => {
    const managed = { aws_iam_policy: { p: { policy } } };
    return {
      inline: role({ managed_policy_arns: ['${aws_iam_policy.p.arn}'] }, managed),
      attached: role(
        {},
        {
          ...managed,
          aws_iam_role_policy_attachment: {
            a: { role: '${aws_iam_role.r.name}', policy_arn: '${aws_iam_policy.p.arn}' },
          },
        },
      ),
      'attached to several': role(
        {},
        {
          ...managed,
          aws_iam_policy_attachment: {
            a: { name: 'a', roles: ['${aws_iam_role.r.name}'], policy_arn: '${aws_iam_policy.p.arn}' },
          },
        },
      ),
      'all that are attached': role(
        {},
        {
          ...managed,
          aws_iam_role_policy_attachments_exclusive: {
            a: { role_name: '${aws_iam_role.r.name}', policy_arns: ['${aws_iam_policy.p.arn}'] },
          },
        },
      ),
    };
  },
  'rules for incoming traffic': (port) => {
    const ports = { from_port: Number(port), to_port: Number(port), protocol: 'tcp' };
    return {
      inline: { aws_security_group: { s: { ingress: { ...LETS, ...ports } } } },
      'a rule': rule('ingress', ports),
      'a rule of one range': {
        aws_security_group: { s: {} },
        aws_vpc_security_group_ingress_rule: {
          r: {
            security_group_id: GROUP,
            ip_protocol: 'tcp',
            from_port: Number(port),
            to_port: Number(port),
            cidr_ipv4: '0.0.0.0/0',
          },
        },
      },
    };
  },
  'rules for outgoing traffic': (cidr) => ({
    inline: { aws_security_group: { s: { egress: { ...LETS, cidr_blocks: [cidr] } } } },
    'a rule': rule('egress', { cidr_blocks: [cidr] }),
    'a rule of one range': {
      aws_security_group: { s: {} },
      aws_vpc_security_group_egress_rule: { r: { security_group_id: GROUP, ip_protocol: '-1', cidr_ipv4: cidr } },
    },
  }),
};

/** What each of them is given: values that are wrong and values that are right. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  versioning: ['Enabled', 'Suspended'],
  'access logging': ['logs'],
  acl: ['public-read', 'private', 'log-delivery-write'],
  'default encryption': ['AES256', 'aws:kms'],
  'bucket policy': [PUBLIC, OWN],
  'topic policy': [PUBLIC, OWN],
  'queue policy': [PUBLIC, OWN],
  'key policy': [PUBLIC, OWN],
  'secret policy': [PUBLIC, OWN],
  'policy of a role': [ADMIN, SMALL],
  'managed policy of a role': [ADMIN, SMALL],
  'rules for incoming traffic': ['22', '3389', '443'],
  'rules for outgoing traffic': ['0.0.0.0/0', '10.0.0.0/8'],
};

describe('the same findings come of', () => {
  for (const [what, ways] of Object.entries(SAME))
    for (const value of VALUES[what]!) {
      it(`${what}: ${value}`, () => {
        const [first, ...others] = Object.entries(ways(value)).flatMap(([way, resources]) =>
          Object.entries(variantsOf(resources)).map(
            ([variant, files]) => [`${way}, ${variant}`, findingsIn(files)] as const,
          ),
        );
        for (const [name, lines] of others) assert.deepEqual(lines, first![1], name);
      });
    }

  it('wrong values and right ones, and differ', () => {
    for (const what of Object.keys(SAME).filter((name) => !/^(?:default encryption|access logging)$/.test(name))) {
      const found = VALUES[what]!.map((value) =>
        findingsIn(variantsOf(SAME[what]!(value)['inline']!)['a plan']!).join(),
      );
      assert.ok(new Set(found).size > 1, `${what}: ${found.join('; ')}`);
    }
  });
});

/**
 * Properties of resources of one type in CloudFormation, wrong ones and right ones, and what Terraform says instead.
 */
interface Both {
  readonly rule: string;
  readonly type: string;
  readonly native: string;
  /** Each pair is one resource; what others there are stands below. */
  readonly pairs: readonly (readonly [properties: Body, body: Body])[];
  /** How many findings they give. */
  readonly findings: number;
}

const ports = (from: number, to: number): Body => ({ from_port: from, to_port: to });
const ingress = (from: number, to: number, cidr: string, protocol = 'tcp'): readonly [Body, Body] => [
  { GroupDescription: 'g', SecurityGroupIngress: [{ IpProtocol: protocol, FromPort: from, ToPort: to, CidrIp: cidr }] },
  { description: 'g', ingress: { ...ports(from, to), protocol, cidr_blocks: [cidr] } },
];
const managed = (statement: Body): readonly [Body, Body] => [
  { PolicyDocument: { Version: '2012-10-17', Statement: [statement] } },
  { policy: document(statement) },
];
const trust = (text: string): readonly [Body, Body] => [
  { AssumeRolePolicyDocument: JSON.parse(text) as unknown },
  { assume_role_policy: text },
];
const github = (condition: Body): readonly [Body, Body] =>
  trust(
    document(
      allow({
        Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: condition,
      }),
    ),
  );

/** The settings of encryption: wrong ones, right ones, and none where that says something. */
const OF_ENCRYPTION = JSON.parse(
  readFileSync(new URL('encryption-pairs.json', import.meta.url), 'utf8'),
) as readonly Both[];

const BOTH: readonly Both[] = [
  ...OF_ENCRYPTION,
  {
    rule: 'ebs-volume-encryption',
    type: 'AWS::EC2::Volume',
    native: 'aws_ebs_volume',
    findings: 2,
    pairs: [
      [
        { AvailabilityZone: 'a', Encrypted: false },
        { availability_zone: 'a', encrypted: false },
      ],
      [{ AvailabilityZone: 'a' }, { availability_zone: 'a' }],
      [
        { AvailabilityZone: 'a', Encrypted: true },
        { availability_zone: 'a', encrypted: true },
      ],
    ],
  },
  {
    rule: 'ec2-imdsv2-required',
    type: 'AWS::EC2::Instance',
    native: 'aws_instance',
    findings: 2,
    pairs: [
      [
        { ImageId: 'a', MetadataOptions: { HttpTokens: 'optional' } },
        { ami: 'a', metadata_options: { http_tokens: 'optional' } },
      ],
      [{ ImageId: 'a' }, { ami: 'a' }],
      [
        { ImageId: 'a', MetadataOptions: { HttpTokens: 'required' } },
        { ami: 'a', metadata_options: { http_tokens: 'required' } },
      ],
    ],
  },
  {
    rule: 'ec2-imdsv2-required',
    type: 'AWS::EC2::LaunchTemplate',
    native: 'aws_launch_template',
    findings: 1,
    pairs: [
      [
        { LaunchTemplateData: { MetadataOptions: { HttpTokens: 'optional' } } },
        { metadata_options: { http_tokens: 'optional' } },
      ],
      [
        { LaunchTemplateData: { MetadataOptions: { HttpEndpoint: 'disabled' } } },
        { metadata_options: { http_endpoint: 'disabled' } },
      ],
    ],
  },
  {
    rule: 'sg-ingress-open-ssh',
    type: 'AWS::EC2::SecurityGroup',
    native: 'aws_security_group',
    findings: 1,
    pairs: [ingress(22, 22, '0.0.0.0/0'), ingress(22, 22, '10.0.0.0/8'), ingress(80, 80, '0.0.0.0/0')],
  },
  {
    rule: 'sg-ingress-open-rdp',
    type: 'AWS::EC2::SecurityGroup',
    native: 'aws_security_group',
    findings: 1,
    pairs: [ingress(3000, 4000, '0.0.0.0/0'), ingress(443, 443, '0.0.0.0/0')],
  },
  {
    rule: 'sg-ingress-open-all',
    type: 'AWS::EC2::SecurityGroup',
    native: 'aws_security_group',
    findings: 2,
    pairs: [ingress(0, 0, '0.0.0.0/0', '-1'), ingress(0, 65_535, '0.0.0.0/0'), ingress(0, 0, '10.0.0.0/8', '-1')],
  },
  {
    rule: 'sg-egress-open-world',
    type: 'AWS::EC2::SecurityGroup',
    native: 'aws_security_group',
    findings: 1,
    pairs: [
      [
        { GroupDescription: 'g', SecurityGroupEgress: [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }] },
        { description: 'g', egress: { ...ports(0, 0), protocol: '-1', cidr_blocks: ['0.0.0.0/0'] } },
      ],
      [
        { GroupDescription: 'g', SecurityGroupEgress: [{ IpProtocol: '-1', CidrIp: '10.0.0.0/8' }] },
        { description: 'g', egress: { ...ports(0, 0), protocol: '-1', cidr_blocks: ['10.0.0.0/8'] } },
      ],
    ],
  },
  {
    rule: 'efs-encryption',
    type: 'AWS::EFS::FileSystem',
    native: 'aws_efs_file_system',
    findings: 2,
    pairs: [
      [{ Encrypted: false }, { encrypted: false }],
      [{}, {}],
      [{ Encrypted: true }, { encrypted: true }],
    ],
  },
  {
    rule: 'elb-listener-https',
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    native: 'aws_lb_listener',
    findings: 1,
    pairs: [
      [
        {
          LoadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/w/1',
          Port: 80,
          Protocol: 'HTTP',
          DefaultActions: [{ Type: 'forward', TargetGroupArn: 't' }],
        },
        {
          load_balancer_arn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/w/1',
          port: 80,
          protocol: 'HTTP',
          default_action: { type: 'forward', target_group_arn: 't' },
        },
      ],
      [
        {
          LoadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/w/1',
          Port: 80,
          Protocol: 'HTTP',
          DefaultActions: [
            { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } },
          ],
        },
        {
          load_balancer_arn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/w/1',
          port: 80,
          protocol: 'HTTP',
          default_action: { type: 'redirect', redirect: { protocol: 'HTTPS', port: '443', status_code: 'HTTP_301' } },
        },
      ],
    ],
  },
  {
    rule: 'dynamodb-deletion-protection',
    type: 'AWS::DynamoDB::Table',
    native: 'aws_dynamodb_table',
    findings: 2,
    pairs: [
      [{ DeletionProtectionEnabled: false }, { deletion_protection_enabled: false }],
      [{}, {}],
      [{ DeletionProtectionEnabled: true }, { deletion_protection_enabled: true }],
    ],
  },
  {
    rule: 'eks-control-plane-logging',
    type: 'AWS::EKS::Cluster',
    native: 'aws_eks_cluster',
    findings: 2,
    pairs: [
      [{ Logging: { ClusterLogging: { EnabledTypes: [{ Type: 'api' }] } } }, { enabled_cluster_log_types: ['api'] }],
      [{}, {}],
      [
        {
          Logging: {
            ClusterLogging: { EnabledTypes: [{ Type: 'api' }, { Type: 'audit' }, { Type: 'authenticator' }] },
          },
        },
        { enabled_cluster_log_types: ['api', 'audit', 'authenticator'] },
      ],
    ],
  },
  {
    rule: 'kms-key-rotation',
    type: 'AWS::KMS::Key',
    native: 'aws_kms_key',
    findings: 2,
    pairs: [
      [{ EnableKeyRotation: false }, { enable_key_rotation: false }],
      [{}, {}],
      [
        { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' },
        { customer_master_key_spec: 'RSA_2048', key_usage: 'SIGN_VERIFY' },
      ],
    ],
  },
  {
    rule: 'kms-key-policy-wildcard-principal',
    type: 'AWS::KMS::Key',
    native: 'aws_kms_key',
    findings: 1,
    pairs: [
      [{ KeyPolicy: JSON.parse(PUBLIC) as unknown }, { policy: PUBLIC }],
      [{ KeyPolicy: JSON.parse(OWN) as unknown }, { policy: OWN }],
    ],
  },
  {
    rule: 'sns-topic-encryption',
    type: 'AWS::SNS::Topic',
    native: 'aws_sns_topic',
    findings: 1,
    pairs: [
      [{}, {}],
      [{ KmsMasterKeyId: 'alias/aws/sns' }, { kms_master_key_id: 'alias/aws/sns' }],
    ],
  },
  {
    rule: 'sqs-queue-encryption',
    type: 'AWS::SQS::Queue',
    native: 'aws_sqs_queue',
    findings: 1,
    pairs: [
      [{ SqsManagedSseEnabled: false }, { sqs_managed_sse_enabled: false }],
      [{}, {}],
      [{ KmsMasterKeyId: 'k' }, { kms_master_key_id: 'k' }],
    ],
  },
  {
    rule: 'rds-instance-encryption',
    type: 'AWS::RDS::DBInstance',
    native: 'aws_db_instance',
    findings: 2,
    pairs: [
      [
        { Engine: 'mysql', StorageEncrypted: false },
        { engine: 'mysql', instance_class: 'c', storage_encrypted: false },
      ],
      [{ Engine: 'mysql' }, { engine: 'mysql', instance_class: 'c' }],
      [
        { Engine: 'mysql', StorageEncrypted: true },
        { engine: 'mysql', instance_class: 'c', storage_encrypted: true },
      ],
    ],
  },
  {
    rule: 'rds-cluster-encryption',
    type: 'AWS::RDS::DBCluster',
    native: 'aws_rds_cluster',
    findings: 1,
    pairs: [
      [
        { Engine: 'aurora-mysql', StorageEncrypted: false },
        { engine: 'aurora-mysql', storage_encrypted: false },
      ],
      [
        { Engine: 'aurora-mysql', StorageEncrypted: true },
        { engine: 'aurora-mysql', storage_encrypted: true },
      ],
    ],
  },
  {
    rule: 'rds-publicly-accessible',
    type: 'AWS::RDS::DBInstance',
    native: 'aws_db_instance',
    findings: 1,
    pairs: [
      [
        { Engine: 'mysql', PubliclyAccessible: true },
        { engine: 'mysql', instance_class: 'c', publicly_accessible: true },
      ],
      [
        { Engine: 'mysql', PubliclyAccessible: false },
        { engine: 'mysql', instance_class: 'c' },
      ],
    ],
  },
  {
    rule: 'rds-master-password-plaintext',
    type: 'AWS::RDS::DBInstance',
    native: 'aws_db_instance',
    findings: 1,
    pairs: [
      [
        { Engine: 'mysql', MasterUserPassword: 'correct-horse-9' },
        { engine: 'mysql', instance_class: 'c', password: 'correct-horse-9' },
      ],
      [
        { Engine: 'mysql', ManageMasterUserPassword: true },
        { engine: 'mysql', instance_class: 'c', manage_master_user_password: true },
      ],
    ],
  },
  {
    rule: 'lambda-permission-public',
    type: 'AWS::Lambda::Permission',
    native: 'aws_lambda_permission',
    findings: 1,
    pairs: [
      [
        { FunctionName: 'f', Action: 'lambda:InvokeFunction', Principal: '*' },
        { function_name: 'f', action: 'lambda:InvokeFunction', principal: '*' },
      ],
      [
        {
          FunctionName: 'f',
          Action: 'lambda:InvokeFunction',
          Principal: 's3.amazonaws.com',
          SourceAccount: '111122223333',
        },
        {
          function_name: 'f',
          action: 'lambda:InvokeFunction',
          principal: 's3.amazonaws.com',
          source_account: '111122223333',
        },
      ],
    ],
  },
  {
    rule: 'events-bus-permission-public',
    type: 'AWS::Events::EventBusPolicy',
    native: 'aws_cloudwatch_event_permission',
    findings: 1,
    pairs: [
      [
        { StatementId: 's', Action: 'events:PutEvents', Principal: '*' },
        { statement_id: 's', principal: '*' },
      ],
      [
        {
          StatementId: 's',
          Action: 'events:PutEvents',
          Principal: '*',
          Condition: { Type: 'StringEquals', Key: 'aws:PrincipalOrgID', Value: 'o-a1b2c3d4e5' },
        },
        {
          statement_id: 's',
          principal: '*',
          condition: { type: 'StringEquals', key: 'aws:PrincipalOrgID', value: 'o-a1b2c3d4e5' },
        },
      ],
    ],
  },
  {
    rule: 'lambda-permission-source',
    type: 'AWS::Lambda::Permission',
    native: 'aws_lambda_permission',
    findings: 1,
    pairs: [
      [
        { FunctionName: 'f', Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com' },
        { function_name: 'f', action: 'lambda:InvokeFunction', principal: 's3.amazonaws.com' },
      ],
      [
        {
          FunctionName: 'f',
          Action: 'lambda:InvokeFunction',
          Principal: 's3.amazonaws.com',
          SourceAccount: '111122223333',
        },
        {
          function_name: 'f',
          action: 'lambda:InvokeFunction',
          principal: 's3.amazonaws.com',
          source_account: '111122223333',
        },
      ],
    ],
  },
  {
    rule: 'cloudwatch-log-group-retention',
    type: 'AWS::Logs::LogGroup',
    native: 'aws_cloudwatch_log_group',
    findings: 1,
    pairs: [
      [{}, {}],
      [{ RetentionInDays: 30 }, { retention_in_days: 30 }],
    ],
  },
  {
    rule: 'cloudtrail-log-validation',
    type: 'AWS::CloudTrail::Trail',
    native: 'aws_cloudtrail',
    findings: 2,
    pairs: [
      [
        { IsLogging: true, S3BucketName: 'b', EnableLogFileValidation: false },
        { name: 't', s3_bucket_name: 'b', enable_log_file_validation: false },
      ],
      [
        { IsLogging: true, S3BucketName: 'b' },
        { name: 't', s3_bucket_name: 'b' },
      ],
      [
        { IsLogging: true, S3BucketName: 'b', EnableLogFileValidation: true },
        { name: 't', s3_bucket_name: 'b', enable_log_file_validation: true },
      ],
    ],
  },
  {
    rule: 'iam-policy-admin-wildcard',
    type: 'AWS::IAM::ManagedPolicy',
    native: 'aws_iam_policy',
    findings: 1,
    pairs: [
      managed(allow({ Action: '*', Resource: '*' })),
      managed(allow({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' })),
    ],
  },
  {
    rule: 'iam-policy-service-wildcard-action',
    type: 'AWS::IAM::ManagedPolicy',
    native: 'aws_iam_policy',
    findings: 1,
    pairs: [
      managed(allow({ Action: 'iam:*', Resource: '*' })),
      managed(allow({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' })),
    ],
  },
  {
    rule: 'iam-policy-allow-not-action',
    type: 'AWS::IAM::ManagedPolicy',
    native: 'aws_iam_policy',
    findings: 1,
    pairs: [
      managed(allow({ NotAction: 'iam:*', Resource: '*' })),
      managed({ Effect: 'Deny', NotAction: 'iam:*', Resource: '*' }),
    ],
  },
  {
    rule: 'iam-policy-passrole-wildcard',
    type: 'AWS::IAM::ManagedPolicy',
    native: 'aws_iam_policy',
    findings: 1,
    pairs: [
      managed(allow({ Action: 'iam:PassRole', Resource: '*' })),
      managed(allow({ Action: 'iam:PassRole', Resource: 'arn:aws:iam::111122223333:role/r' })),
    ],
  },
  {
    rule: 'iam-policy-wildcard-resource',
    type: 'AWS::IAM::ManagedPolicy',
    native: 'aws_iam_policy',
    findings: 1,
    pairs: [
      managed(allow({ Action: 'dynamodb:DeleteTable', Resource: '*' })),
      managed(allow({ Action: 'dynamodb:DeleteTable', Resource: 'arn:aws:dynamodb:eu-west-1:111122223333:table/t' })),
    ],
  },
  {
    rule: 'iam-role-trust-wildcard-principal',
    type: 'AWS::IAM::Role',
    native: 'aws_iam_role',
    findings: 1,
    pairs: [trust(TRUST_ALL), trust(TRUST)],
  },
  {
    rule: 'iam-role-oidc-github-unsafe-claim',
    type: 'AWS::IAM::Role',
    native: 'aws_iam_role',
    findings: 2,
    pairs: [
      github({ StringLike: { 'token.actions.githubusercontent.com:sub': '*' } }),
      github({
        StringEquals: {
          'token.actions.githubusercontent.com:sub': 'repo:o/r:ref:refs/heads/main',
          'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
        },
      }),
    ],
  },
  {
    rule: 's3-bucket-policy-public-principal',
    type: 'AWS::S3::BucketPolicy',
    native: 'aws_s3_bucket_policy',
    findings: 1,
    pairs: [
      [
        { Bucket: 'x', PolicyDocument: JSON.parse(PUBLIC) as unknown },
        { bucket: 'x', policy: PUBLIC },
      ],
      [
        { Bucket: 'x', PolicyDocument: JSON.parse(OWN) as unknown },
        { bucket: 'x', policy: OWN },
      ],
    ],
  },
  {
    rule: 's3-bucket-versioning',
    type: 'AWS::S3::Bucket',
    native: 'aws_s3_bucket',
    findings: 2,
    pairs: [
      [{ VersioningConfiguration: { Status: 'Suspended' } }, { versioning: { enabled: false } }],
      [{}, {}],
      [{ VersioningConfiguration: { Status: 'Enabled' } }, { versioning: { enabled: true } }],
    ],
  },
  {
    rule: 's3-bucket-access-logging',
    type: 'AWS::S3::Bucket',
    native: 'aws_s3_bucket',
    findings: 1,
    pairs: [
      [{}, {}],
      [{ LoggingConfiguration: { DestinationBucketName: 'logs' } }, { logging: { target_bucket: 'logs' } }],
    ],
  },
  {
    rule: 's3-bucket-public-access-block',
    type: 'AWS::S3::Bucket',
    native: 'aws_s3_bucket',
    findings: 1,
    pairs: [[{}, {}]],
  },
  {
    rule: 's3-bucket-policy-secure-transport',
    type: 'AWS::S3::BucketPolicy',
    native: 'aws_s3_bucket_policy',
    findings: 1,
    pairs: [
      [
        { Bucket: 'x', PolicyDocument: JSON.parse(OWN) as unknown },
        { bucket: 'x', policy: OWN },
      ],
      [
        { Bucket: 'y', PolicyDocument: JSON.parse(TLS) as unknown },
        { bucket: 'y', policy: TLS },
      ],
    ],
  },
  {
    rule: 'sqs-queue-policy-public',
    type: 'AWS::SQS::QueuePolicy',
    native: 'aws_sqs_queue_policy',
    findings: 1,
    pairs: [
      [
        { Queues: ['x'], PolicyDocument: openTo('sqs:SendMessage') },
        { queue_url: 'x', policy: JSON.stringify(openTo('sqs:SendMessage')) },
      ],
      [
        { Queues: ['y'], PolicyDocument: JSON.parse(QUEUE_TLS) as unknown },
        { queue_url: 'y', policy: QUEUE_TLS },
      ],
    ],
  },
  {
    rule: 'sns-topic-policy-public',
    type: 'AWS::SNS::TopicPolicy',
    native: 'aws_sns_topic_policy',
    findings: 1,
    pairs: [
      [
        { Topics: ['x'], PolicyDocument: openTo('sns:Publish') },
        { arn: 'x', policy: JSON.stringify(openTo('sns:Publish')) },
      ],
      [
        { Topics: ['y'], PolicyDocument: JSON.parse(TOPIC_TLS) as unknown },
        { arn: 'y', policy: TOPIC_TLS },
      ],
    ],
  },
  {
    rule: 'secretsmanager-policy-public',
    type: 'AWS::SecretsManager::ResourcePolicy',
    native: 'aws_secretsmanager_secret_policy',
    findings: 2,
    pairs: [
      [
        { SecretId: 'x', ResourcePolicy: openTo('secretsmanager:GetSecretValue') },
        { secret_arn: 'x', policy: JSON.stringify(openTo('secretsmanager:GetSecretValue')) },
      ],
      [
        { SecretId: 'y', BlockPublicPolicy: true, ResourcePolicy: openTo('secretsmanager:*') },
        { secret_arn: 'y', block_public_policy: true, policy: JSON.stringify(openTo('secretsmanager:*')) },
      ],
    ],
  },
  {
    rule: 'iam-resource-policy-wildcard-principal',
    type: 'AWS::Kinesis::ResourcePolicy',
    native: 'aws_kinesis_resource_policy',
    findings: 1,
    pairs: [
      [
        { ResourceArn: 'x', ResourcePolicy: openTo('kinesis:GetRecords') },
        { resource_arn: 'x', policy: JSON.stringify(openTo('kinesis:GetRecords')) },
      ],
    ],
  },
  {
    rule: 'sns-topic-policy-secure-transport',
    type: 'AWS::SNS::TopicPolicy',
    native: 'aws_sns_topic_policy',
    findings: 1,
    pairs: [
      [
        { Topics: ['x'], PolicyDocument: JSON.parse(OWN) as unknown },
        { arn: 'x', policy: OWN },
      ],
      [
        { Topics: ['y'], PolicyDocument: JSON.parse(TOPIC_TLS) as unknown },
        { arn: 'y', policy: TOPIC_TLS },
      ],
    ],
  },
  {
    rule: 'sqs-queue-policy-secure-transport',
    type: 'AWS::SQS::QueuePolicy',
    native: 'aws_sqs_queue_policy',
    findings: 1,
    pairs: [
      [
        { Queues: ['x'], PolicyDocument: JSON.parse(OWN) as unknown },
        { queue_url: 'x', policy: OWN },
      ],
      [
        { Queues: ['y'], PolicyDocument: JSON.parse(QUEUE_TLS) as unknown },
        { queue_url: 'y', policy: QUEUE_TLS },
      ],
    ],
  },
  {
    rule: 'sg-temporary-test-rule',
    type: 'AWS::EC2::SecurityGroupIngress',
    native: 'aws_vpc_security_group_ingress_rule',
    findings: 1,
    pairs: [
      [
        {
          GroupId: 'sg-1',
          IpProtocol: 'tcp',
          FromPort: 80,
          ToPort: 80,
          CidrIp: '0.0.0.0/0',
          Description: 'temporary test',
        },
        {
          security_group_id: 'sg-1',
          ip_protocol: 'tcp',
          ...ports(80, 80),
          cidr_ipv4: '0.0.0.0/0',
          description: 'temporary test',
        },
      ],
      [
        { GroupId: 'sg-1', IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIp: '10.0.0.0/8', Description: 'web' },
        {
          security_group_id: 'sg-1',
          ip_protocol: 'tcp',
          ...ports(80, 80),
          cidr_ipv4: '10.0.0.0/8',
          description: 'web',
        },
      ],
    ],
  },
  {
    rule: 'cloudtrail-multi-region',
    type: 'AWS::CloudTrail::Trail',
    native: 'aws_cloudtrail',
    findings: 2,
    pairs: [
      [
        { IsLogging: true, S3BucketName: 'b', IsMultiRegionTrail: false },
        { name: 't', s3_bucket_name: 'b', is_multi_region_trail: false },
      ],
      [
        { IsLogging: true, S3BucketName: 'b' },
        { name: 't', s3_bucket_name: 'b' },
      ],
      [
        { IsLogging: true, S3BucketName: 'b', IsMultiRegionTrail: true },
        { name: 't', s3_bucket_name: 'b', is_multi_region_trail: true },
      ],
    ],
  },
  {
    rule: 'cloudfront-viewer-https',
    type: 'AWS::CloudFront::Distribution',
    native: 'aws_cloudfront_distribution',
    findings: 1,
    pairs: [
      [
        {
          DistributionConfig: {
            Enabled: true,
            DefaultCacheBehavior: { TargetOriginId: 'o', ViewerProtocolPolicy: 'allow-all' },
          },
        },
        { enabled: true, default_cache_behavior: { target_origin_id: 'o', viewer_protocol_policy: 'allow-all' } },
      ],
      [
        {
          DistributionConfig: {
            Enabled: true,
            DefaultCacheBehavior: { TargetOriginId: 'o', ViewerProtocolPolicy: 'https-only' },
          },
        },
        { enabled: true, default_cache_behavior: { target_origin_id: 'o', viewer_protocol_policy: 'https-only' } },
      ],
    ],
  },
  {
    rule: 's3-acl-public-read',
    type: 'AWS::S3::Bucket',
    native: 'aws_s3_bucket',
    findings: 1,
    pairs: [
      [{ AccessControl: 'PublicRead' }, { acl: 'public-read' }],
      [{ AccessControl: 'Private' }, { acl: 'private' }],
    ],
  },
];

function servesBoth(rule: AnyRule): boolean {
  const formats = formatsOf(rule, (name) => schemaData(SCHEMAS, name));
  return formats.includes('cloudformation') && formats.includes('terraform');
}

/** Whether the fixture of a rule has a noncompliant document in each of the two formats. */
function showsBoth(rule: string): boolean {
  const path = rulePaths().find((one) => ruleId(one) === rule)!;
  const files = fixtureOf(path)!
    .cases.filter(({ name }) => name.startsWith('bad'))
    .flatMap((one) => one.files);
  return (
    files.some((file) => /\.tf(?:\.json)?$/.test(file.path)) &&
    files.some((file) => /\.(?:ya?ml|template)$/.test(file.path))
  );
}

/** Terraform generates the passwords of users, and has no code of functions within it. */
const SHOWN_IN_ONE = ['iam-user-login-password-plaintext', 'lambda-code-secrets'];

describe('a template of CloudFormation and Terraform give the same findings of', () => {
  it('every rule that serves both', () => {
    // What is written in a policy is the same in both; some of the rules about policies stand for all of them.
    const others = RULES.filter(({ on }) => on !== 'policy' && on !== 'identity' && on !== 'suppression')
      .filter((rule) => servesBoth(rule))
      .map(({ id }) => id)
      .filter((id) => !BOTH.some((row) => row.rule === id) && !showsBoth(id));
    assert.deepEqual(others.sort(), SHOWN_IN_ONE);
  });

  for (const { rule: id, type, native, pairs, findings } of BOTH)
    it(`${id} (${native})`, () => {
      const template = {
        Resources: Object.fromEntries(pairs.map(([Properties], index) => [`R${index}`, { Type: type, Properties }])),
      };
      const expected = findingsIn({ 'template.json': template }, id);
      assert.equal(expected.length, findings, expected.join('\n'));
      const resources: Resources = {
        [native]: Object.fromEntries(pairs.map(([, body], index) => [`r${index}`, body])),
      };
      for (const [variant, files] of Object.entries(variantsOf(resources)))
        assert.deepEqual(findingsIn(files, id), expected, variant);
    });
});
