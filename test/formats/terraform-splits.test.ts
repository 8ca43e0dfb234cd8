/** Settings that Terraform supports in one resource or in several are equal in all forms. */
import assert from 'node:assert/strict';
import { propertiesOf, variantsOf, type Resources } from './terraform-variants.ts';

interface Case {
  readonly type: string;
  /** What every way comes to: the properties of each resource of the type. */
  readonly expect: readonly Readonly<Record<string, unknown>>[];
  readonly ways: Readonly<Record<string, Resources>>;
  /** Ways that a plan has no references for, as it gives values of them alone. */
  readonly noPlan?: true;
}

const POLICY = '{"Version":"2012-10-17","Statement":[]}';
const DOCUMENT = { Version: '2012-10-17', Statement: [] };
const B = '${aws_s3_bucket.b.id}';
const bucket = (own: Resources[string][string], more: Resources = {}): Resources => ({
  aws_s3_bucket: { b: own },
  ...more,
});
const R = '${aws_iam_role.r.name}';
const role = (own: Resources[string][string], more: Resources = {}): Resources => ({
  aws_iam_role: { r: { assume_role_policy: POLICY, ...own } },
  ...more,
});
const ARN = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const ACL = { protocol: 'tcp', cidr_block: '0.0.0.0/0', from_port: 22, to_port: 22 };

const CASES: readonly Case[] = [
  {
    type: 'AWS::S3::Bucket',
    expect: [{ VersioningConfiguration: { Status: 'Enabled' } }],
    ways: {
      inline: bucket({ versioning: { enabled: true } }),
      split: bucket(
        {},
        { aws_s3_bucket_versioning: { v: { bucket: B, versioning_configuration: { status: 'Enabled' } } } },
      ),
    },
  },
  {
    type: 'AWS::S3::Bucket',
    expect: [
      {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            { BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'k' } },
          ],
        },
      },
    ],
    ways: {
      inline: bucket({
        server_side_encryption_configuration: {
          rule: {
            bucket_key_enabled: true,
            apply_server_side_encryption_by_default: { sse_algorithm: 'aws:kms', kms_master_key_id: 'k' },
          },
        },
      }),
      split: bucket(
        {},
        {
          aws_s3_bucket_server_side_encryption_configuration: {
            e: {
              bucket: B,
              rule: {
                bucket_key_enabled: true,
                apply_server_side_encryption_by_default: { sse_algorithm: 'aws:kms', kms_master_key_id: 'k' },
              },
            },
          },
        },
      ),
    },
  },
  {
    type: 'AWS::S3::Bucket',
    expect: [{ LoggingConfiguration: { DestinationBucketName: 'logs', LogFilePrefix: 'p/' } }],
    ways: {
      inline: bucket({ logging: { target_bucket: 'logs', target_prefix: 'p/' } }),
      split: bucket({}, { aws_s3_bucket_logging: { l: { bucket: B, target_bucket: 'logs', target_prefix: 'p/' } } }),
    },
  },
  {
    type: 'AWS::S3::Bucket',
    expect: [{ AccessControl: 'PublicRead' }],
    ways: {
      inline: bucket({ acl: 'public-read' }),
      split: bucket({}, { aws_s3_bucket_acl: { a: { bucket: B, acl: 'public-read' } } }),
    },
  },
  {
    type: 'AWS::S3::Bucket',
    expect: [{ AccessControl: ['PublicRead'] }],
    ways: {
      inline: bucket({
        grant: [{ type: 'Group', permissions: ['READ'], uri: 'http://acs.amazonaws.com/groups/global/AllUsers' }],
      }),
      split: bucket(
        {},
        {
          aws_s3_bucket_acl: {
            a: {
              bucket: B,
              access_control_policy: {
                owner: { id: 'x' },
                grant: [
                  {
                    permission: 'READ',
                    grantee: { type: 'Group', uri: 'http://acs.amazonaws.com/groups/global/AllUsers' },
                  },
                ],
              },
            },
          },
        },
      ),
    },
  },
  {
    type: 'AWS::S3::Bucket',
    expect: [
      {
        ObjectLockConfiguration: {
          ObjectLockEnabled: 'Enabled',
          Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 5 } },
        },
      },
    ],
    ways: {
      inline: bucket({
        object_lock_configuration: {
          object_lock_enabled: 'Enabled',
          rule: { default_retention: { mode: 'COMPLIANCE', days: 5 } },
        },
      }),
      split: bucket(
        {},
        {
          aws_s3_bucket_object_lock_configuration: {
            o: { bucket: B, rule: { default_retention: { mode: 'COMPLIANCE', days: 5 } } },
          },
        },
      ),
    },
  },
  {
    type: 'AWS::S3::Bucket',
    expect: [{ CorsConfiguration: { CorsRules: [{ AllowedOrigins: ['*'], AllowedMethods: ['GET'] }] } }],
    ways: {
      inline: bucket({ cors_rule: { allowed_origins: ['*'], allowed_methods: ['GET'] } }),
      split: bucket(
        {},
        {
          aws_s3_bucket_cors_configuration: {
            c: { bucket: B, cors_rule: { allowed_origins: ['*'], allowed_methods: ['GET'] } },
          },
        },
      ),
    },
  },
  {
    type: 'AWS::S3::Bucket',
    expect: [
      {
        ReplicationConfiguration: {
          Role: 'r',
          Rules: [
            {
              Status: 'Enabled',
              Destination: { Bucket: 'd', EncryptionConfiguration: { ReplicaKmsKeyID: 'k' } },
              SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
            },
          ],
        },
      },
    ],
    ways: {
      inline: bucket({
        replication_configuration: {
          role: 'r',
          rules: {
            status: 'Enabled',
            destination: { bucket: 'd', replica_kms_key_id: 'k' },
            source_selection_criteria: { sse_kms_encrypted_objects: { enabled: true } },
          },
        },
      }),
      split: bucket(
        {},
        {
          aws_s3_bucket_replication_configuration: {
            r: {
              bucket: B,
              role: 'r',
              rule: {
                status: 'Enabled',
                destination: { bucket: 'd', encryption_configuration: { replica_kms_key_id: 'k' } },
                source_selection_criteria: { sse_kms_encrypted_objects: { status: 'Enabled' } },
              },
            },
          },
        },
      ),
    },
  },
  {
    type: 'AWS::S3::BucketPolicy',
    expect: [{ Bucket: 'aws_s3_bucket.b.id', PolicyDocument: DOCUMENT }],
    ways: {
      inline: bucket({ policy: POLICY }),
      split: bucket({}, { aws_s3_bucket_policy: { p: { bucket: B, policy: POLICY } } }),
    },
  },
  {
    type: 'AWS::SNS::TopicPolicy',
    expect: [{ Topics: ['aws_sns_topic.t.arn'], PolicyDocument: DOCUMENT }],
    ways: {
      inline: { aws_sns_topic: { t: { policy: POLICY } } },
      split: {
        aws_sns_topic: { t: {} },
        aws_sns_topic_policy: { p: { arn: '${aws_sns_topic.t.arn}', policy: POLICY } },
      },
    },
  },
  {
    type: 'AWS::SQS::QueuePolicy',
    expect: [{ Queues: ['aws_sqs_queue.q.url'], PolicyDocument: DOCUMENT }],
    ways: {
      inline: { aws_sqs_queue: { q: { policy: POLICY } } },
      split: {
        aws_sqs_queue: { q: {} },
        aws_sqs_queue_policy: { p: { queue_url: '${aws_sqs_queue.q.url}', policy: POLICY } },
      },
    },
  },
  {
    type: 'AWS::SQS::Queue',
    expect: [{ RedrivePolicy: { deadLetterTargetArn: 'd', maxReceiveCount: 4 } }],
    ways: {
      inline: { aws_sqs_queue: { q: { redrive_policy: '{"deadLetterTargetArn":"d","maxReceiveCount":4}' } } },
      split: {
        aws_sqs_queue: { q: {} },
        aws_sqs_queue_redrive_policy: {
          p: { queue_url: '${aws_sqs_queue.q.id}', redrive_policy: '{"deadLetterTargetArn":"d","maxReceiveCount":4}' },
        },
      },
    },
  },
  {
    type: 'AWS::KMS::Key',
    expect: [{ KeyPolicy: DOCUMENT }],
    ways: {
      inline: { aws_kms_key: { k: { policy: POLICY } } },
      split: { aws_kms_key: { k: {} }, aws_kms_key_policy: { p: { key_id: '${aws_kms_key.k.id}', policy: POLICY } } },
    },
  },
  {
    type: 'AWS::SecretsManager::ResourcePolicy',
    expect: [{ SecretId: 'aws_secretsmanager_secret.s.arn', ResourcePolicy: DOCUMENT }],
    ways: {
      inline: { aws_secretsmanager_secret: { s: { policy: POLICY } } },
      split: {
        aws_secretsmanager_secret: { s: {} },
        aws_secretsmanager_secret_policy: { p: { secret_arn: '${aws_secretsmanager_secret.s.arn}', policy: POLICY } },
      },
    },
  },
  {
    type: 'AWS::SecretsManager::RotationSchedule',
    noPlan: true,
    expect: [
      {
        SecretId: 'aws_secretsmanager_secret.s.arn',
        RotationLambdaARN: 'l',
        RotationRules: { AutomaticallyAfterDays: 30 },
      },
    ],
    ways: {
      'inline, up to version 4': {
        aws_secretsmanager_secret: {
          s: { rotation_lambda_arn: 'l', rotation_rules: { automatically_after_days: 30 } },
        },
      },
      split: {
        aws_secretsmanager_secret: { s: {} },
        aws_secretsmanager_secret_rotation: {
          p: {
            secret_id: '${aws_secretsmanager_secret.s.arn}',
            rotation_lambda_arn: 'l',
            rotation_rules: { automatically_after_days: 30 },
          },
        },
      },
    },
  },
  ...(
    [
      [
        'AWS::S3Tables::TableBucketPolicy',
        'ResourcePolicy',
        { aws_s3tables_table_bucket_policy: { p: { table_bucket_arn: 'b', resource_policy: POLICY } } },
      ],
      [
        'AWS::S3Vectors::VectorBucketPolicy',
        'Policy',
        { aws_s3vectors_vector_bucket_policy: { p: { vector_bucket_arn: 'b', policy: POLICY } } },
      ],
      [
        'AWS::S3::MultiRegionAccessPointPolicy',
        'Policy',
        { aws_s3control_multi_region_access_point_policy: { p: { details: { name: 'b', policy: POLICY } } } },
      ],
      [
        'AWS::S3Outposts::BucketPolicy',
        'PolicyDocument',
        { aws_s3control_bucket_policy: { p: { bucket: 'b', policy: POLICY } } },
      ],
      [
        'AWS::S3ObjectLambda::AccessPointPolicy',
        'PolicyDocument',
        { aws_s3control_object_lambda_access_point_policy: { p: { name: 'b', policy: POLICY } } },
      ],
      [
        'AWS::S3Files::FileSystemPolicy',
        'Policy',
        { aws_s3files_file_system_policy: { p: { file_system_id: 'b', policy: POLICY } } },
      ],
      [
        'AWS::ApiGateway::DomainNameV2',
        'Policy',
        { aws_api_gateway_domain_name: { d: { domain_name: 'b', policy: POLICY } } },
      ],
    ] as const
  ).map(([type, path, resources]): Case => ({
    type,
    expect: [{ [path]: DOCUMENT }],
    ways: { 'in a resource that has a policy': resources },
  })),
  {
    type: 'AWS::IAM::Role',
    expect: [{ ManagedPolicyArns: [ARN] }],
    ways: {
      inline: role({ managed_policy_arns: [ARN] }),
      attached: role({}, { aws_iam_role_policy_attachment: { a: { role: R, policy_arn: ARN } } }),
      'attached to several': role({}, { aws_iam_policy_attachment: { a: { name: 'a', roles: [R], policy_arn: ARN } } }),
      'attached by its name': role(
        { name: 'x' },
        { aws_iam_role_policy_attachment: { a: { role: 'x', policy_arn: ARN } } },
      ),
      'all that are attached': role(
        {},
        { aws_iam_role_policy_attachments_exclusive: { a: { role_name: R, policy_arns: [ARN] } } },
      ),
    },
  },
  {
    type: 'AWS::IAM::User',
    expect: [{ ManagedPolicyArns: [ARN], Groups: ['g'] }],
    ways: {
      attached: {
        aws_iam_user: { u: { name: 'u' } },
        aws_iam_user_policy_attachment: { a: { user: '${aws_iam_user.u.name}', policy_arn: ARN } },
        aws_iam_user_group_membership: { m: { user: '${aws_iam_user.u.name}', groups: ['g'] } },
      },
      'attached by its name': {
        aws_iam_user: { u: { name: 'u' } },
        aws_iam_policy_attachment: { a: { name: 'a', users: ['u'], policy_arn: ARN } },
        aws_iam_group_membership: { m: { name: 'm', group: 'g', users: ['u'] } },
      },
      'all that are attached': {
        aws_iam_user: { u: { name: 'u' } },
        aws_iam_user_policy_attachments_exclusive: { a: { user_name: 'u', policy_arns: [ARN] } },
        aws_iam_user_group_membership: { m: { user: 'u', groups: ['g'] } },
      },
    },
  },
  {
    type: 'AWS::EC2::NetworkAclEntry',
    expect: [
      {
        NetworkAclId: 'aws_network_acl.a.id',
        RuleNumber: 100,
        Protocol: 6,
        RuleAction: 'allow',
        Egress: false,
        CidrBlock: '0.0.0.0/0',
        PortRange: { From: 22, To: 22 },
      },
      {
        NetworkAclId: 'aws_network_acl.a.id',
        RuleNumber: 200,
        Protocol: -1,
        RuleAction: 'deny',
        Egress: true,
        CidrBlock: '0.0.0.0/0',
        PortRange: { From: 0, To: 0 },
      },
    ],
    ways: {
      inline: {
        aws_network_acl: {
          a: {
            vpc_id: 'v',
            ingress: { ...ACL, rule_no: 100, action: 'allow' },
            egress: { ...ACL, rule_no: 200, action: 'deny', protocol: '-1', from_port: 0, to_port: 0 },
          },
        },
      },
      split: {
        aws_network_acl: { a: { vpc_id: 'v' } },
        aws_network_acl_rule: {
          i: { ...ACL, network_acl_id: '${aws_network_acl.a.id}', rule_number: 100, rule_action: 'allow' },
          e: {
            ...ACL,
            network_acl_id: '${aws_network_acl.a.id}',
            rule_number: 200,
            rule_action: 'deny',
            egress: true,
            protocol: 'all',
            from_port: 0,
            to_port: 0,
          },
        },
      },
    },
  },
  {
    type: 'AWS::EC2::SubnetNetworkAclAssociation',
    expect: [
      { NetworkAclId: 'aws_network_acl.a.id', SubnetId: 's1' },
      { NetworkAclId: 'aws_network_acl.a.id', SubnetId: 's2' },
    ],
    ways: {
      inline: { aws_network_acl: { a: { vpc_id: 'v', subnet_ids: ['s1', 's2'] } } },
      split: {
        aws_network_acl: { a: { vpc_id: 'v' } },
        aws_network_acl_association: {
          x: { network_acl_id: '${aws_network_acl.a.id}', subnet_id: 's1' },
          y: { network_acl_id: '${aws_network_acl.a.id}', subnet_id: 's2' },
        },
      },
    },
  },
  {
    type: 'AWS::EC2::Route',
    expect: [{ RouteTableId: 'aws_route_table.t.id', DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw' }],
    ways: {
      inline: { aws_route_table: { t: { vpc_id: 'v', route: { cidr_block: '0.0.0.0/0', gateway_id: 'igw' } } } },
      split: {
        aws_route_table: { t: { vpc_id: 'v' } },
        aws_route: {
          r: { route_table_id: '${aws_route_table.t.id}', destination_cidr_block: '0.0.0.0/0', gateway_id: 'igw' },
        },
      },
    },
  },
  {
    type: 'AWS::EC2::VPCEndpointServicePermissions',
    expect: [{ ServiceId: 'aws_vpc_endpoint_service.s.id', AllowedPrincipals: ['*'] }],
    ways: {
      inline: { aws_vpc_endpoint_service: { s: { acceptance_required: false, allowed_principals: ['*'] } } },
      split: {
        aws_vpc_endpoint_service: { s: { acceptance_required: false } },
        aws_vpc_endpoint_service_allowed_principal: {
          p: { vpc_endpoint_service_id: '${aws_vpc_endpoint_service.s.id}', principal_arn: '*' },
        },
      },
    },
  },
  {
    type: 'AWS::EC2::VPCEndpoint',
    expect: [{ SecurityGroupIds: ['g'], SubnetIds: ['s'], PolicyDocument: DOCUMENT }],
    ways: {
      inline: {
        aws_vpc_endpoint: { e: { vpc_id: 'v', security_group_ids: ['g'], subnet_ids: ['s'], policy: POLICY } },
      },
      split: {
        aws_vpc_endpoint: { e: { vpc_id: 'v' } },
        aws_vpc_endpoint_security_group_association: {
          g: { vpc_endpoint_id: '${aws_vpc_endpoint.e.id}', security_group_id: 'g' },
        },
        aws_vpc_endpoint_subnet_association: { s: { vpc_endpoint_id: '${aws_vpc_endpoint.e.id}', subnet_id: 's' } },
        aws_vpc_endpoint_policy: { p: { vpc_endpoint_id: '${aws_vpc_endpoint.e.id}', policy: POLICY } },
      },
    },
  },
  {
    type: 'AWS::Redshift::Cluster',
    noPlan: true,
    expect: [
      { LoggingProperties: { BucketName: 'b', S3KeyPrefix: 'p' }, IamRoles: ['r'], DestinationRegion: 'eu-west-1' },
    ],
    ways: {
      'inline, up to version 5': {
        aws_redshift_cluster: {
          c: {
            cluster_identifier: 'c',
            iam_roles: ['r'],
            logging: { enable: true, bucket_name: 'b', s3_key_prefix: 'p' },
            snapshot_copy: { destination_region: 'eu-west-1' },
          },
        },
      },
      split: {
        aws_redshift_cluster: { c: { cluster_identifier: 'c' } },
        aws_redshift_logging: {
          l: { cluster_identifier: '${aws_redshift_cluster.c.id}', bucket_name: 'b', s3_key_prefix: 'p' },
        },
        aws_redshift_snapshot_copy: { s: { cluster_identifier: 'c', destination_region: 'eu-west-1' } },
        aws_redshift_cluster_iam_roles: {
          r: { cluster_identifier: '${aws_redshift_cluster.c.cluster_identifier}', iam_role_arns: ['r'] },
        },
      },
    },
  },
  {
    type: 'AWS::ElasticLoadBalancing::LoadBalancer',
    expect: [{ Instances: ['i'] }],
    ways: {
      inline: { aws_elb: { e: { instances: ['i'] } } },
      split: { aws_elb: { e: {} }, aws_elb_attachment: { a: { elb: '${aws_elb.e.id}', instance: 'i' } } },
    },
  },
  {
    type: 'AWS::Lambda::Function',
    expect: [
      { RuntimeManagementConfig: { UpdateRuntimeOn: 'Manual', RuntimeVersionArn: 'v' }, RecursiveLoop: 'Allow' },
    ],
    ways: {
      split: {
        aws_lambda_function: { f: { function_name: 'f', role: 'r' } },
        aws_lambda_runtime_management_config: {
          m: {
            function_name: '${aws_lambda_function.f.function_name}',
            update_runtime_on: 'Manual',
            runtime_version_arn: 'v',
          },
        },
        aws_lambda_function_recursion_config: { r: { function_name: 'f', recursive_loop: 'Allow' } },
      },
    },
  },
];

describe('what Terraform says in one resource or in several', () => {
  for (const { type, expect, ways, noPlan } of CASES) {
    const paths = [...new Set(expect.flatMap((one) => Object.keys(one)))];
    for (const [way, resources] of Object.entries(ways)) {
      for (const [variant, files] of Object.entries(variantsOf(resources))) {
        if (noPlan && variant === 'a plan') continue;
        it(`is the same for ${paths.join(', ')} of ${type}: ${way}, ${variant}`, () => {
          assert.deepEqual(propertiesOf(files, type, paths), expect);
        });
      }
    }
  }
});
