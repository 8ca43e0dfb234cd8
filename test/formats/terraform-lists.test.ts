/** Lists of CloudFormation that Terraform has attributes, blocks or further resources for. */
import assert from 'node:assert/strict';
import { found, stackOf, type Files } from './terraform-stack.ts';
import { plain, propertiesOf, variantsOf, type Body, type Resources } from './terraform-variants.ts';

interface Case {
  readonly what: string;
  readonly type: string;
  readonly resources: Resources;
  /** What the resource comes to, or each of several in the order of their JSON. */
  readonly expect: Body | readonly Body[];
  /** What it does not say. */
  readonly absent?: readonly string[];
}

const attribute = (Key: string, Value: string | number): Body => ({ Key, Value });
const LB = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const STAGE = { stage_name: 'prod', rest_api_id: '${aws_api_gateway_rest_api.a.id}', deployment_id: 'd' };

const CASES: readonly Case[] = [
  {
    what: 'attributes of a load balancer',
    type: LB,
    resources: {
      aws_lb: {
        l: {
          internal: true,
          enable_deletion_protection: false,
          drop_invalid_header_fields: true,
          desync_mitigation_mode: 'strictest',
          idle_timeout: 60,
          access_logs: { bucket: 'logs', enabled: true },
          connection_logs: { bucket: 'more', prefix: 'p' },
        },
      },
    },
    expect: {
      Scheme: 'internal',
      LoadBalancerAttributes: [
        attribute('deletion_protection.enabled', 'false'),
        attribute('routing.http.drop_invalid_header_fields.enabled', 'true'),
        attribute('routing.http.desync_mitigation_mode', 'strictest'),
        attribute('idle_timeout.timeout_seconds', 60),
        attribute('access_logs.s3.enabled', 'true'),
        attribute('access_logs.s3.bucket', 'logs'),
        attribute('connection_logs.s3.enabled', 'false'),
        attribute('connection_logs.s3.bucket', 'more'),
        attribute('connection_logs.s3.prefix', 'p'),
      ],
    },
  },
  {
    what: 'a load balancer without attributes',
    type: LB,
    resources: { aws_alb: { l: { internal: false } } },
    expect: { Scheme: 'internet-facing' },
    absent: ['LoadBalancerAttributes'],
  },
  {
    what: 'attributes and targets of a target group',
    type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    resources: {
      aws_lb_target_group: {
        g: { deregistration_delay: '30', proxy_protocol_v2: true, stickiness: { type: 'lb_cookie', enabled: false } },
      },
      aws_lb_target_group_attachment: {
        a: { target_group_arn: '${aws_lb_target_group.g.arn}', target_id: 'i', port: 80 },
      },
    },
    expect: {
      TargetGroupAttributes: [
        attribute('deregistration_delay.timeout_seconds', '30'),
        attribute('proxy_protocol_v2.enabled', 'true'),
        attribute('stickiness.enabled', 'false'),
        attribute('stickiness.type', 'lb_cookie'),
      ],
      Targets: [{ Id: 'i', Port: 80 }],
    },
  },
  {
    what: 'attributes of a listener',
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    resources: {
      aws_lb_listener: {
        l: {
          load_balancer_arn: 'a',
          default_action: { type: 'forward' },
          certificate_arn: 'c',
          routing_http_response_server_enabled: false,
        },
      },
    },
    expect: {
      Certificates: [{ CertificateArn: 'c' }],
      ListenerAttributes: [attribute('routing.http.response.server.enabled', 'false')],
    },
  },
  {
    what: 'a classic load balancer',
    type: 'AWS::ElasticLoadBalancing::LoadBalancer',
    resources: {
      aws_elb: {
        e: {
          listener: {
            instance_port: 80,
            instance_protocol: 'http',
            lb_port: 443,
            lb_protocol: 'https',
            ssl_certificate_id: 'c',
          },
          access_logs: { bucket: 'b' },
        },
      },
      aws_lb_ssl_negotiation_policy: {
        p: {
          name: 'p',
          load_balancer: '${aws_elb.e.id}',
          lb_port: 443,
          attribute: [{ name: 'Protocol-TLSv1', value: 'true' }],
        },
      },
    },
    expect: {
      Listeners: [
        { LoadBalancerPort: 443, Protocol: 'HTTPS', InstancePort: 80, InstanceProtocol: 'HTTP', SSLCertificateId: 'c' },
      ],
      CrossZone: true,
      AccessLoggingPolicy: { Enabled: true, S3BucketName: 'b' },
      Policies: [
        {
          PolicyName: 'p',
          PolicyType: 'SSLNegotiationPolicyType',
          LoadBalancerPorts: [443],
          Attributes: [{ Name: 'Protocol-TLSv1', Value: 'true' }],
        },
      ],
    },
  },
  ...(
    [
      'aws_db_parameter_group AWS::RDS::DBParameterGroup',
      'aws_rds_cluster_parameter_group AWS::RDS::DBClusterParameterGroup',
      'aws_docdb_cluster_parameter_group AWS::DocDB::DBClusterParameterGroup',
      'aws_neptune_cluster_parameter_group AWS::Neptune::DBClusterParameterGroup',
      'aws_neptune_parameter_group AWS::Neptune::DBParameterGroup',
    ] as const
  ).map((line): Case => {
    const [native = '', type = ''] = line.split(' ');
    return {
      what: 'parameters as a map',
      type,
      resources: {
        [native]: {
          g: {
            family: 'f',
            parameter: [
              { name: 'rds.force_ssl', value: '1', apply_method: 'immediate' },
              { name: 'tls', value: 'enabled' },
            ],
          },
        },
      },
      expect: {
        Family: 'f',
        Description: 'Managed by Terraform',
        Parameters: { 'rds.force_ssl': '1', tls: 'enabled' },
      },
    };
  }),
  {
    what: 'parameters as a list',
    type: 'AWS::Redshift::ClusterParameterGroup',
    resources: {
      aws_redshift_parameter_group: {
        g: { name: 'g', family: 'f', parameter: { name: 'require_ssl', value: 'true' } },
      },
    },
    expect: { ParameterGroupFamily: 'f', Parameters: [{ ParameterName: 'require_ssl', ParameterValue: 'true' }] },
  },
  {
    what: 'settings of methods, of the stage with that name in the same API',
    type: 'AWS::ApiGateway::Stage',
    resources: {
      aws_api_gateway_rest_api: { a: { name: 'a' }, other: { name: 'other' } },
      aws_api_gateway_stage: { s: STAGE, other: { ...STAGE, rest_api_id: '${aws_api_gateway_rest_api.other.id}' } },
      aws_api_gateway_method_settings: {
        all: {
          rest_api_id: '${aws_api_gateway_rest_api.a.id}',
          stage_name: '${aws_api_gateway_stage.s.stage_name}',
          method_path: '*/*',
          settings: { cache_data_encrypted: true },
        },
        named: {
          rest_api_id: '${aws_api_gateway_rest_api.a.id}',
          stage_name: 'prod',
          method_path: 'path/GET',
          settings: { logging_level: 'OFF' },
        },
        elsewhere: {
          rest_api_id: '${aws_api_gateway_rest_api.other.id}',
          stage_name: 'prod',
          method_path: '*/*',
          settings: { logging_level: 'INFO' },
        },
      },
    },
    expect: [
      {
        MethodSettings: [
          { HttpMethod: '*', ResourcePath: '/*', CacheDataEncrypted: true },
          { HttpMethod: 'an unknown value', ResourcePath: 'an unknown value', LoggingLevel: 'OFF' },
        ],
      },
      { MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', LoggingLevel: 'INFO' }] },
    ],
  },
  {
    what: 'targets of a rule for events',
    type: 'AWS::Events::Rule',
    resources: {
      aws_cloudwatch_event_rule: { r: { name: 'r', is_enabled: false } },
      aws_cloudwatch_event_target: {
        t: { rule: '${aws_cloudwatch_event_rule.r.name}', arn: 'a', dead_letter_config: { arn: 'd' } },
        named: { rule: 'r', arn: 'b' },
      },
    },
    expect: { State: 'DISABLED', Targets: [{ Arn: 'a', DeadLetterConfig: { Arn: 'd' } }, { Arn: 'b' }] },
  },
  {
    what: 'what a topic logs of deliveries',
    type: 'AWS::SNS::Topic',
    resources: {
      aws_sns_topic: {
        t: {
          http_failure_feedback_role_arn: 'f',
          sqs_success_feedback_role_arn: 's',
          sqs_success_feedback_sample_rate: 5,
        },
      },
    },
    expect: {
      DeliveryStatusLogging: [
        { Protocol: 'http/s', FailureFeedbackRoleArn: 'f' },
        { Protocol: 'sqs', SuccessFeedbackRoleArn: 's', SuccessFeedbackSampleRate: 5 },
      ],
    },
  },
  {
    what: 'keys and the stream of a table',
    type: 'AWS::DynamoDB::Table',
    resources: {
      aws_dynamodb_table: {
        t: { name: 't', hash_key: 'h', range_key: 'r', stream_enabled: true, stream_view_type: 'NEW_IMAGE' },
      },
    },
    expect: {
      KeySchema: [
        { AttributeName: 'h', KeyType: 'HASH' },
        { AttributeName: 'r', KeyType: 'RANGE' },
      ],
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
    },
  },
  {
    what: 'a table whose stream is off',
    type: 'AWS::DynamoDB::Table',
    resources: {
      aws_dynamodb_table: { t: { name: 't', hash_key: 'h', stream_enabled: false, stream_view_type: 'NEW_IMAGE' } },
    },
    expect: { KeySchema: [{ AttributeName: 'h', KeyType: 'HASH' }] },
    absent: ['StreamSpecification'],
  },
  {
    what: 'roles of a database',
    type: 'AWS::RDS::DBInstance',
    resources: {
      aws_db_instance: { d: { identifier: 'd', instance_class: 'c', password_wo: 'p' } },
      aws_db_instance_role_association: {
        r: { db_instance_identifier: '${aws_db_instance.d.identifier}', feature_name: 's3Import', role_arn: 'r' },
      },
    },
    expect: {
      AssociatedRoles: [{ RoleArn: 'r', FeatureName: 's3Import' }],
      MasterUserPassword: 'p',
      PubliclyAccessible: false,
      BackupRetentionPeriod: 0,
    },
  },
  {
    what: 'a default security group',
    type: 'AWS::EC2::SecurityGroup',
    resources: { aws_default_security_group: { s: { vpc_id: 'v' } } },
    expect: { GroupName: 'default', SecurityGroupIngress: [], SecurityGroupEgress: [] },
  },
  {
    what: 'entries of a prefix list',
    type: 'AWS::EC2::PrefixList',
    resources: {
      aws_ec2_managed_prefix_list: {
        l: { name: 'l', address_family: 'IPv4', max_entries: 5, entry: { cidr: '10.0.0.0/8' } },
      },
      aws_ec2_managed_prefix_list_entry: {
        e: { prefix_list_id: '${aws_ec2_managed_prefix_list.l.id}', cidr: '0.0.0.0/0' },
      },
    },
    expect: { PrefixListName: 'l', Entries: [{ Cidr: '10.0.0.0/8' }, { Cidr: '0.0.0.0/0' }] },
  },
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableSnapshotBlockPublicAccess.html: unblocked is that
  // there is no block.
  {
    what: 'snapshots that are not blocked',
    type: 'AWS::EC2::SnapshotBlockPublicAccess',
    resources: { aws_ebs_snapshot_block_public_access: { b: { state: 'unblocked' } } },
    expect: {},
    absent: ['State'],
  },
  // https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/vpc_default_subnet.go and
  // vpc_default_vpc.go have defaults of their own.
  {
    what: 'a default subnet',
    type: 'AWS::EC2::Subnet',
    resources: { aws_default_subnet: { s: { availability_zone: 'a' } } },
    expect: { AvailabilityZone: 'a', MapPublicIpOnLaunch: true },
  },
  {
    what: 'a default VPC',
    type: 'AWS::EC2::VPC',
    resources: { aws_default_vpc: { v: {} } },
    expect: { EnableDnsHostnames: true },
  },
  {
    what: 'a function without reserved concurrency',
    type: 'AWS::Lambda::Function',
    resources: { aws_lambda_function: { f: { function_name: 'f', role: 'r', reserved_concurrent_executions: -1 } } },
    expect: { FunctionName: 'f' },
    absent: ['ReservedConcurrentExecutions'],
  },
];

describe('lists that Terraform writes in another way', () => {
  for (const { what, type, resources, expect, absent = [] } of CASES)
    for (const [variant, files] of Object.entries(variantsOf(resources))) {
      const expected: readonly Body[] = [expect].flat();
      it(`${what} (${type}), ${variant}`, () =>
        assert.deepEqual(propertiesOf(files, type, [...Object.keys(expected[0]!), ...absent]), expected));
    }

  /** The type of each resource and what one of its properties comes to. */
  const held = (files: Files, path: string): readonly (readonly unknown[])[] =>
    stackOf(files).resources.map((resource) => [
      resource.type.split('::')[2],
      resource.when.yes.isAlways(),
      plain(resource.get(path)),
    ]);
  const main = (resource: Resources, more: Body = {}): Files => ({ 'main.tf.json': { resource, ...more } });

  it('are open where not all blocks are seen', () => {
    const dynamic = { dynamic: { route: { for_each: '${var.n}', content: { cidr_block: '${route.value}' } } } };
    assert.deepEqual(
      held(
        main({ aws_route_table: { t: { vpc_id: 'v', ...dynamic } } }, { variable: { n: {} } }),
        'DestinationCidrBlock',
      ).filter(([type]) => type === 'Route'),
      Array.from({ length: 2 }, () => ['Route', false, 'an unknown value']),
    );
    const parameter = {
      dynamic: { parameter: { for_each: '${var.n}', content: { name: '${parameter.key}', value: '1' } } },
    };
    assert.deepEqual(
      held(
        main({ aws_db_parameter_group: { g: { family: 'f', ...parameter } } }, { variable: { n: {} } }),
        'Parameters',
      ),
      [['DBParameterGroup', true, { more: 'open' }]],
    );
  });

  it('are not blocks that the provider fills in', () => {
    const change = {
      actions: ['create'],
      before: null,
      after: { vpc_id: 'v' },
      after_unknown: { route: true, id: true },
    };
    const plan = {
      format_version: '1.2',
      resource_changes: [{ address: 'aws_route_table.t', mode: 'managed', type: 'aws_route_table', name: 't', change }],
      configuration: { root_module: { resources: [{ address: 'aws_route_table.t', expressions: {} }] } },
    };
    assert.deepEqual(
      held({ 'plan.json': plan }, 'DestinationCidrBlock').filter(([type]) => type === 'Route'),
      [],
    );
  });

  it('have items that are there in some scenarios', () => {
    const attachment = (count: string): Files =>
      main(
        {
          aws_iam_role: { r: { assume_role_policy: '{}' } },
          aws_iam_role_policy_attachment: { a: { count, role: '${aws_iam_role.r.name}', policy_arn: 'p' } },
        },
        { variable: { on: { type: 'bool', default: true } } },
      );
    const [role] = stackOf(attachment('${var.on ? 1 : 0}')).resources;
    assert.deepEqual(role!.each('ManagedPolicyArns[]').items.length, 0);
    assert.deepEqual(
      role!
        .each('ManagedPolicyArns')
        .items.map(({ when, value }) => [
          plain(value),
          when.yes.describe().map(({ name, value: is }) => `${name}=${String(is)}`),
        ]),
      [['p', ['var.on=true']]],
    );
  });

  it('count where the owner is elsewhere', () => {
    assert.deepEqual(
      held(main({ aws_redshift_logging: { l: { cluster_identifier: 'c', bucket_name: 'b' } } }), 'LoggingProperties'),
      [['Cluster', true, { BucketName: 'b' }]],
    );
    assert.deepEqual(
      held(main({ aws_kms_key_policy: { p: { key_id: 'k', policy: '{"Statement":[]}' } } }), 'KeyPolicy'),
      [
        ['Key', true, { Statement: [] }],
        ['ReplicaKey', true, { Statement: [] }],
      ],
    );
  });

  it('leave the resource itself at its address', () => {
    const stack = stackOf(
      main({
        aws_s3_bucket: { b: { policy: '{}' } },
        aws_network_acl: { a: { vpc_id: 'v', subnet_ids: ['s'], ingress: [{ rule_no: 1 }] } },
      }),
    );
    assert.deepEqual(
      ['aws_s3_bucket.b', 'aws_network_acl.a'].map((address) => stack.byAddress(address)?.type),
      ['AWS::S3::Bucket', 'AWS::EC2::NetworkAcl'],
    );
  });

  it('are where a finding about a policy in a list is', () => {
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
    });
    assert.deepEqual(
      found(
        main({ aws_iam_role: { r: { assume_role_policy: '{}', inline_policy: [{ name: 'p', policy }] } } }),
        'iam-policy-admin-wildcard',
      ).map((line) => line.split(': ')[1]),
      ['*'],
    );
  });
});
