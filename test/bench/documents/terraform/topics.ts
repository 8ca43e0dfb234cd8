/** What configurations have: storage, functions, messages. */
import { blocks, dynamic, jsonencode, ref, type Argument, type Blocks } from './configuration.ts';
import { data, document, jsonOf, resource, trust, type TfStatement, type Topic, type Workload } from './workload.ts';

const arn = (service: string, rest: string): string =>
  `arn:\${data.aws_partition.current.partition}:${service}:\${data.aws_region.current.name}:\${data.aws_caller_identity.current.account_id}:${rest}`;

export const keyOf = ({ name }: Workload): string => `aws_kms_key.${name}_data`;
export const groupOf = ({ name }: Workload): string => `aws_security_group.${name}_app`;

export function permissions(w: Workload): readonly TfStatement[] {
  const { random, name } = w;
  const all: readonly TfStatement[] = [
    {
      sid: 'Tables',
      actions: random.some(
        ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
        3,
      ),
      resources: [arn('dynamodb', `table/${name}-*`), arn('dynamodb', `table/${name}-*/index/*`)],
    },
    {
      sid: 'Objects',
      actions: random.some(['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:GetObjectTagging'], 2),
      resources: [
        `arn:\${data.aws_partition.current.partition}:s3:::${name}-uploads-\${var.stage}/*`,
        `\${local.artifacts[data.aws_region.current.name]}/*`,
      ],
    },
    { sid: 'Queues', actions: ['sqs:SendMessage', 'sqs:GetQueueAttributes'], resources: [arn('sqs', `${name}-*`)] },
    { sid: 'Topics', actions: ['sns:Publish'], resources: [arn('sns', `${name}-events`)] },
    {
      sid: 'Parameters',
      actions: ['ssm:GetParameter', 'ssm:GetParametersByPath'],
      resources: [arn('ssm', `parameter/${name}/\${var.stage}/*`)],
    },
    { sid: 'Decrypt', actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [ref(`${keyOf(w)}.arn`)] },
    {
      sid: 'Metrics',
      actions: ['cloudwatch:PutMetricData'],
      resources: ['*'],
      condition: ['StringEquals', 'cloudwatch:namespace', [`shop/${name}`]],
    },
    {
      sid: 'Secrets',
      actions: ['secretsmanager:GetSecretValue'],
      resources: [arn('secretsmanager', `secret:${name}/*`)],
    },
  ];
  const wide: readonly TfStatement[] = [
    { sid: 'Support', actions: [random.pick(['s3:*', 'dynamodb:*', 'sqs:*'])], resources: ['*'] },
    { sid: 'Launch', actions: ['iam:PassRole', 'ec2:RunInstances'], resources: ['*'] },
  ];
  return [
    ...random.some(all, random.int(3, 5) + 2 * (w.detail - 1)),
    ...(random.chance(0.25) ? [random.pick(wide)] : []),
  ];
}

export const base: Topic = (w) => [
  document(
    `${w.name}_key`,
    {
      sid: 'Administration',
      actions: ['kms:*'],
      resources: ['*'],
      principals: { type: 'AWS', identifiers: ['arn:aws:iam::${data.aws_caller_identity.current.account_id}:root'] },
    },
    {
      sid: 'Logs',
      actions: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
      resources: ['*'],
      principals: { type: 'Service', identifiers: ['logs.${data.aws_region.current.name}.amazonaws.com'] },
      condition: ['ArnLike', 'kms:EncryptionContext:aws:logs:arn', [arn('logs', `log-group:/${w.name}/*`)]],
    },
  ),
  resource(
    'aws_kms_key',
    `${w.name}_data`,
    {
      description: `Encrypts the data of ${w.name}`,
      ...(w.random.chance(0.7) ? { enable_key_rotation: true } : {}),
      deletion_window_in_days: w.prod('30', '7'),
      policy: jsonOf(`${w.name}_key`),
      tags: w.tags('key'),
    },
    `The ${w.name} workload`,
  ),
  resource('aws_kms_alias', `${w.name}_data`, {
    name: `alias/${w.name}-\${var.stage}`,
    target_key_id: ref(`${keyOf(w)}.key_id`),
  }),
  resource('aws_security_group', `${w.name}_app`, {
    name_prefix: `${w.name}-app-`,
    description: `Servers of ${w.name}`,
    vpc_id: w.variable('vpc_id'),
    ingress: blocks({
      description: 'Operators',
      from_port: 22,
      to_port: 22,
      protocol: 'tcp',
      cidr_blocks: w.random.chance(0.3) ? ['0.0.0.0/0'] : w.variable('office_cidrs'),
    }),
    dynamic: dynamic('ingress', ref('local.is_prod ? [8080] : [8080, 9229]'), {
      description: 'Requests of the load balancer',
      from_port: ref('ingress.value'),
      to_port: ref('ingress.value'),
      protocol: 'tcp',
      cidr_blocks: ['10.0.0.0/8'],
    }),
    egress: blocks({ description: 'All', from_port: 0, to_port: 0, protocol: '-1', cidr_blocks: ['0.0.0.0/0'] }),
    tags: w.tags('app'),
    lifecycle: blocks({ create_before_destroy: true }),
  }),
];

const FULL_BLOCK = {
  block_public_acls: true,
  block_public_policy: true,
  ignore_public_acls: true,
  restrict_public_buckets: true,
};

export const bucket: Topic = (w) => {
  const id = w.id(w.random.pick(['uploads', 'archive', 'exports']));
  const own = ref(`aws_s3_bucket.${id}.id`);
  return [
    resource('aws_s3_bucket', id, {
      bucket: w.physical(id.split('_')[1]!),
      force_destroy: ref('!local.is_prod'),
      tags: w.tags(id),
    }),
    ...(w.random.chance(0.8)
      ? [resource('aws_s3_bucket_public_access_block', id, { bucket: own, ...FULL_BLOCK })]
      : []),
    resource('aws_s3_bucket_versioning', id, {
      bucket: own,
      versioning_configuration: blocks({ status: w.prod('"Enabled"', '"Suspended"') }),
    }),
    resource('aws_s3_bucket_server_side_encryption_configuration', id, {
      bucket: own,
      rule: blocks({
        bucket_key_enabled: true,
        apply_server_side_encryption_by_default: blocks({
          sse_algorithm: 'aws:kms',
          kms_master_key_id: ref(`${keyOf(w)}.arn`),
        }),
      }),
    }),
    resource('aws_s3_bucket_lifecycle_configuration', id, {
      bucket: own,
      rule: blocks(
        {
          id: 'cold',
          status: 'Enabled',
          filter: blocks({}),
          transition: blocks(
            { days: w.random.pick([30, 60]), storage_class: 'STANDARD_IA' },
            { days: 180, storage_class: 'GLACIER' },
          ),
        },
        {
          id: 'uploads',
          status: 'Enabled',
          filter: blocks({}),
          abort_incomplete_multipart_upload: blocks({ days_after_initiation: 7 }),
        },
      ),
    }),
    document(
      id,
      {
        sid: 'DenyInsecureTransport',
        effect: 'Deny',
        actions: ['s3:*'],
        resources: [ref(`aws_s3_bucket.${id}.arn`), `\${aws_s3_bucket.${id}.arn}/*`],
        principals: { type: '*', identifiers: ['*'] },
        condition: ['Bool', 'aws:SecureTransport', ['false']],
      },
      {
        sid: 'Readers',
        actions: ['s3:GetObject', 's3:GetObjectVersion'],
        resources: [`\${aws_s3_bucket.${id}.arn}/shared/*`],
        principals: { type: 'AWS', identifiers: ['arn:aws:iam::${local.accounts[data.aws_region.current.name]}:root'] },
      },
    ),
    resource('aws_s3_bucket_policy', id, { bucket: own, policy: jsonOf(id) }),
  ];
};

export const func: Topic = (w) => {
  const verb = w.random.pick(['get', 'list', 'import', 'export', 'notify', 'resize', 'audit']);
  const id = w.id(verb);
  return [
    trust(`${id}_trust`, 'lambda.amazonaws.com'),
    resource('aws_iam_role', id, {
      name_prefix: `${w.name}-${verb}-`,
      assume_role_policy: jsonOf(`${id}_trust`),
      tags: w.tags(verb),
    }),
    document(id, ...permissions(w)),
    resource('aws_iam_role_policy', id, { name: verb, role: ref(`aws_iam_role.${id}.id`), policy: jsonOf(id) }),
    resource('aws_iam_role_policy_attachment', id, {
      role: ref(`aws_iam_role.${id}.name`),
      policy_arn:
        'arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
    }),
    resource('aws_cloudwatch_log_group', id, {
      name: `/aws/lambda/${w.physical(verb)}`,
      ...(w.random.chance(0.7) ? { retention_in_days: w.variable('retention') } : {}),
      ...(w.random.chance(0.4) ? { kms_key_id: ref(`${keyOf(w)}.arn`) } : {}),
    }),
    resource(
      'aws_lambda_function',
      id,
      {
        function_name: w.physical(verb),
        role: ref(`aws_iam_role.${id}.arn`),
        handler: 'index.handler',
        runtime: w.random.pick(['nodejs22.x', 'python3.12', 'nodejs16.x']),
        architectures: ['arm64'],
        memory_size: w.prod('1024', '256'),
        timeout: w.random.pick([10, 30, 60]),
        s3_bucket: ref('local.artifacts[data.aws_region.current.name]'),
        s3_key: `${w.name}/${verb}.zip`,
        tracing_config: blocks({ mode: 'Active' }),
        environment: blocks({
          variables: {
            STAGE: ref('var.stage'),
            TABLE: w.physical('records'),
            LEVEL: w.prod('"warn"', '"debug"'),
            ENDPOINT: `https://${w.name}.\${data.aws_region.current.name}.example.com`,
            ...w.settings(),
          },
        }),
        dynamic: dynamic('vpc_config', ref('local.is_prod ? [1] : []'), {
          subnet_ids: w.variable('subnet_ids'),
          security_group_ids: [ref(`${groupOf(w)}.id`)],
        }),
        tags: w.tags(verb),
        depends_on: [ref(`aws_cloudwatch_log_group.${id}`)],
      },
      `${verb} of ${w.name}`,
    ),
    resource('aws_lambda_permission', id, {
      statement_id: 'events',
      action: 'lambda:InvokeFunction',
      function_name: ref(`aws_lambda_function.${id}.function_name`),
      principal: 'events.amazonaws.com',
      ...(w.random.chance(0.6) ? { source_arn: arn('events', `rule/${w.name}-*`) } : {}),
    }),
  ];
};

export const queue: Topic = (w) => {
  const [id, failed] = [w.id('jobs'), w.id('failed')];
  const encryption: Record<string, Argument> = w.random.chance(0.6)
    ? { kms_master_key_id: ref(`${keyOf(w)}.key_id`) }
    : {};
  return [
    resource('aws_sqs_queue', failed, {
      name: w.physical('failed'),
      message_retention_seconds: 1209600,
      ...encryption,
      tags: w.tags('failed'),
    }),
    resource('aws_sqs_queue', id, {
      name: w.physical('jobs'),
      visibility_timeout_seconds: w.random.pick([60, 120, 300]),
      redrive_policy: jsonencode({
        deadLetterTargetArn: ref(`aws_sqs_queue.${failed}.arn`),
        maxReceiveCount: w.random.int(2, 6),
      }),
      ...encryption,
      tags: w.tags('jobs'),
    }),
    resource('aws_sqs_queue_policy', id, {
      queue_url: ref(`aws_sqs_queue.${id}.id`),
      policy: jsonencode({
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'Topic',
            Effect: 'Allow',
            Principal: { Service: 'sns.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: ref(`aws_sqs_queue.${id}.arn`),
            Condition: { ArnEquals: { 'aws:SourceArn': arn('sns', `${w.name}-events`) } },
          },
          {
            Sid: 'Partner',
            Effect: 'Allow',
            Principal: { AWS: 'arn:aws:iam::${local.accounts[data.aws_region.current.name]}:root' },
            Action: w.random.chance(0.3) ? 'sqs:*' : ['sqs:SendMessage', 'sqs:GetQueueUrl'],
            Resource: ref(`aws_sqs_queue.${id}.arn`),
          },
        ],
      }),
    }),
  ];
};

export const topic: Topic = (w) => {
  const id = w.id('events');
  return [
    resource('aws_sns_topic', id, {
      name: w.physical('events'),
      ...(w.random.chance(0.6) ? { kms_master_key_id: ref(`${keyOf(w)}.key_id`) } : {}),
      tags: w.tags('events'),
    }),
    document(id, {
      sid: 'Events',
      actions: ['sns:Publish'],
      resources: [ref(`aws_sns_topic.${id}.arn`)],
      principals: { type: 'Service', identifiers: ['events.amazonaws.com'] },
      ...(w.random.chance(0.6)
        ? {
            condition: [
              'StringEquals',
              'aws:SourceAccount',
              [ref('data.aws_caller_identity.current.account_id')],
            ] as const,
          }
        : {}),
    }),
    resource('aws_sns_topic_policy', id, { arn: ref(`aws_sns_topic.${id}.arn`), policy: jsonOf(id) }),
  ];
};

export const table: Topic = (w) => {
  const id = w.id('records');
  const attribute = (name: string): { readonly name: string; readonly type: string } => ({ name, type: 'S' });
  const indexes: Blocks = blocks({ name: 'by-status', hash_key: 'status', range_key: 'sk', projection_type: 'ALL' });
  return [
    resource('aws_dynamodb_table', id, {
      name: w.physical('records'),
      billing_mode: 'PAY_PER_REQUEST',
      hash_key: 'pk',
      range_key: 'sk',
      attribute: blocks(attribute('pk'), attribute('sk'), attribute('status')),
      global_secondary_index: indexes,
      point_in_time_recovery: blocks({ enabled: w.random.chance(0.5) ? true : ref('local.is_prod') }),
      ...(w.random.chance(0.6)
        ? { server_side_encryption: blocks({ enabled: true, kms_key_arn: ref(`${keyOf(w)}.arn`) }) }
        : {}),
      ...(w.random.chance(0.5) ? { deletion_protection_enabled: ref('local.is_prod') } : {}),
      ttl: blocks({ attribute_name: 'expires', enabled: true }),
      tags: w.tags('records'),
    }),
  ];
};

export const identities: Topic = (w) => {
  const [operators, deploy] = [w.id('operators'), w.id('deploy')];
  return [
    document(operators, ...permissions(w), {
      sid: 'Look',
      actions: ['cloudwatch:Get*', 'cloudwatch:List*', 'logs:FilterLogEvents', 'logs:Describe*'],
      resources: ['*'],
    }),
    resource('aws_iam_policy', operators, {
      name: w.physical('operators'),
      policy: jsonOf(operators),
      tags: w.tags('operators'),
    }),
    document(`${deploy}_trust`, {
      actions: ['sts:AssumeRole'],
      principals: { type: 'AWS', identifiers: ['arn:aws:iam::${local.accounts[data.aws_region.current.name]}:root'] },
      ...(w.random.chance(0.5) ? { condition: ['StringEquals', 'sts:ExternalId', [`${w.name}-deploy`]] as const } : {}),
    }),
    resource('aws_iam_role', deploy, {
      name: w.physical('deploy'),
      max_session_duration: 3600,
      assume_role_policy: jsonOf(`${deploy}_trust`),
      tags: w.tags('deploy'),
    }),
    resource('aws_iam_role_policy_attachment', deploy, {
      role: ref(`aws_iam_role.${deploy}.name`),
      policy_arn: ref(`aws_iam_policy.${operators}.arn`),
    }),
  ];
};

/** What the others look up. */
export const lookups = [
  data('aws_caller_identity', 'current', {}),
  data('aws_region', 'current', {}),
  data('aws_partition', 'current', {}),
];
