/** Terraform plans and states of a given size: the resources of one service, repeated in instances of a module. */

type Body = Readonly<Record<string, unknown>>;

/** One resource of a service. */
interface Part {
  readonly type: string;
  readonly name: string;
  /** What it is when it is there. */
  readonly values: Body;
  /** What of it is only known once it is there. */
  readonly computed: readonly string[];
  /** How the configuration says it, by attribute: the addresses that it refers to; all else is written. */
  readonly references: Readonly<Record<string, readonly string[]>>;
}

const REGION = 'eu-west-1';
const ACCOUNT = '111122223333';

const arn = (service: string, rest: string, region = REGION, account = ACCOUNT): string =>
  `arn:aws:${service}:${region}:${account}:${rest}`;

/** A number as the digits of an id of AWS. */
const id = (prefix: string, n: number): string =>
  `${prefix}-${(0x1_0000_0000 + n * 2_654_435).toString(16).padStart(17, '0')}`;

const attribute = (address: string, name: string): readonly string[] => [`${address}.${name}`, address];

function service(n: number): readonly Part[] {
  const name = `orders-${n}-live`;
  const bucketArn = `arn:aws:s3:::${name}`;
  const tags = {
    Name: name,
    Owner: `team-${n % 40}`,
    Environment: 'live',
    CostCenter: String(4000 + (n % 97)),
    ManagedBy: 'terraform',
  };
  const policy = (statement: Body): string => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  const keyArn = arn('kms', `key/${id('k', n)}`);
  return [
    {
      type: 'aws_kms_key',
      name: 'data',
      computed: ['id', 'arn', 'key_id', 'policy'],
      references: {},
      values: {
        id: id('k', n),
        arn: keyArn,
        key_id: id('k', n),
        description: `Data of ${name}`,
        enable_key_rotation: n % 5 !== 0,
        is_enabled: true,
        deletion_window_in_days: 30,
        customer_master_key_spec: 'SYMMETRIC_DEFAULT',
        key_usage: 'ENCRYPT_DECRYPT',
        multi_region: false,
        policy: policy({
          Sid: 'Root',
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
          Action: 'kms:*',
          Resource: '*',
        }),
        tags,
        tags_all: tags,
      },
    },
    {
      type: 'aws_s3_bucket',
      name: 'data',
      computed: [
        'id',
        'arn',
        'acl',
        'bucket_domain_name',
        'hosted_zone_id',
        'versioning',
        'server_side_encryption_configuration',
        'logging',
        'policy',
      ],
      references: {},
      values: {
        id: name,
        arn: bucketArn,
        bucket: name,
        bucket_prefix: '',
        bucket_domain_name: `${name}.s3.amazonaws.com`,
        force_destroy: false,
        object_lock_enabled: false,
        hosted_zone_id: 'Z1BKCTXD74EZPE',
        region: REGION,
        request_payer: 'BucketOwner',
        versioning: [{ enabled: true, mfa_delete: false }],
        server_side_encryption_configuration: [
          {
            rule: [
              {
                apply_server_side_encryption_by_default: [{ kms_master_key_id: keyArn, sse_algorithm: 'aws:kms' }],
                bucket_key_enabled: true,
              },
            ],
          },
        ],
        logging: [],
        lifecycle_rule: [],
        cors_rule: [],
        website: [],
        tags,
        tags_all: tags,
      },
    },
    {
      type: 'aws_s3_bucket_public_access_block',
      name: 'data',
      computed: ['id'],
      references: { bucket: attribute('aws_s3_bucket.data', 'id') },
      values: {
        id: name,
        bucket: name,
        block_public_acls: true,
        block_public_policy: n % 7 !== 0,
        ignore_public_acls: true,
        restrict_public_buckets: true,
      },
    },
    {
      type: 'aws_s3_bucket_versioning',
      name: 'data',
      computed: ['id'],
      references: { bucket: attribute('aws_s3_bucket.data', 'id') },
      values: {
        id: name,
        bucket: name,
        expected_bucket_owner: '',
        mfa: null,
        versioning_configuration: [{ mfa_delete: '', status: 'Enabled' }],
      },
    },
    {
      type: 'aws_s3_bucket_server_side_encryption_configuration',
      name: 'data',
      computed: ['id'],
      references: { bucket: attribute('aws_s3_bucket.data', 'id') },
      values: {
        id: name,
        bucket: name,
        expected_bucket_owner: '',
        rule: [
          {
            apply_server_side_encryption_by_default: [{ kms_master_key_id: keyArn, sse_algorithm: 'aws:kms' }],
            bucket_key_enabled: true,
          },
        ],
      },
    },
    {
      type: 'aws_s3_bucket_policy',
      name: 'data',
      computed: ['id', 'policy'],
      references: { bucket: attribute('aws_s3_bucket.data', 'id'), policy: attribute('aws_s3_bucket.data', 'arn') },
      values: {
        id: name,
        bucket: name,
        policy: policy({
          Sid: 'TlsOnly',
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:*',
          Resource: [bucketArn, `${bucketArn}/*`],
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      },
    },
    {
      type: 'aws_iam_role',
      name: 'task',
      computed: ['id', 'arn', 'unique_id', 'create_date'],
      references: {},
      values: {
        id: name,
        arn: `arn:aws:iam::${ACCOUNT}:role/${name}`,
        name,
        path: '/',
        description: '',
        max_session_duration: 3600,
        permissions_boundary: null,
        force_detach_policies: false,
        inline_policy: [],
        managed_policy_arns: [],
        unique_id: id('AROA', n),
        create_date: '2026-01-02T03:04:05Z',
        assume_role_policy: policy({
          Effect: 'Allow',
          Principal: { Service: 'lambda.amazonaws.com' },
          Action: 'sts:AssumeRole',
        }),
        tags,
        tags_all: tags,
      },
    },
    {
      type: 'aws_iam_role_policy',
      name: 'task',
      computed: ['id', 'policy'],
      references: { role: attribute('aws_iam_role.task', 'id'), policy: attribute('aws_s3_bucket.data', 'arn') },
      values: {
        id: `${name}:read`,
        name: 'read',
        role: name,
        policy: policy({
          Effect: 'Allow',
          Action: ['s3:GetObject', 's3:ListBucket', ...(n % 9 === 0 ? ['s3:*'] : [])],
          Resource: [bucketArn, `${bucketArn}/*`],
        }),
      },
    },
    {
      type: 'aws_cloudwatch_log_group',
      name: 'task',
      computed: ['id', 'arn'],
      references: { kms_key_id: attribute('aws_kms_key.data', 'arn') },
      values: {
        id: `/aws/lambda/${name}`,
        arn: arn('logs', `log-group:/aws/lambda/${name}`),
        name: `/aws/lambda/${name}`,
        retention_in_days: n % 3 === 0 ? 0 : 90,
        kms_key_id: keyArn,
        skip_destroy: false,
        tags,
        tags_all: tags,
      },
    },
    {
      type: 'aws_lambda_function',
      name: 'task',
      computed: ['id', 'arn', 'invoke_arn', 'last_modified', 'version', 'source_code_hash'],
      references: { role: attribute('aws_iam_role.task', 'arn') },
      values: {
        id: name,
        arn: arn('lambda', `function:${name}`),
        function_name: name,
        role: `arn:aws:iam::${ACCOUNT}:role/${name}`,
        runtime: 'nodejs22.x',
        handler: 'index.handler',
        memory_size: 512,
        timeout: 30,
        architectures: ['arm64'],
        package_type: 'Zip',
        publish: false,
        reserved_concurrent_executions: -1,
        environment: [{ variables: { BUCKET: name, STAGE: 'live', LOG_LEVEL: 'info' } }],
        ephemeral_storage: [{ size: 512 }],
        tracing_config: [{ mode: 'Active' }],
        vpc_config: [],
        dead_letter_config: [],
        invoke_arn: `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/${arn('lambda', `function:${name}`)}/invocations`,
        last_modified: '2026-01-02T03:04:05.000+0000',
        version: '$LATEST',
        source_code_hash: 'c2hhMjU2IG9mIHRoZSBjb2Rl',
        tags,
        tags_all: tags,
      },
    },
    {
      type: 'aws_sqs_queue',
      name: 'work',
      computed: ['id', 'arn', 'url', 'policy'],
      references: {},
      values: {
        id: `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${name}`,
        url: `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${name}`,
        arn: arn('sqs', name),
        name,
        fifo_queue: false,
        visibility_timeout_seconds: 30,
        message_retention_seconds: 345600,
        kms_master_key_id: null,
        sqs_managed_sse_enabled: n % 4 !== 0,
        redrive_policy: '',
        policy: '',
        tags,
        tags_all: tags,
      },
    },
    {
      type: 'aws_security_group',
      name: 'service',
      computed: ['id', 'arn', 'owner_id'],
      references: {},
      values: {
        id: id('sg', n),
        arn: arn('ec2', `security-group/${id('sg', n)}`),
        name,
        description: `Service ${n}`,
        vpc_id: 'vpc-0123456789abcdef0',
        owner_id: ACCOUNT,
        revoke_rules_on_delete: false,
        ingress: [
          {
            from_port: 443,
            to_port: 443,
            protocol: 'tcp',
            cidr_blocks: ['10.0.0.0/8'],
            ipv6_cidr_blocks: [],
            prefix_list_ids: [],
            security_groups: [],
            self: false,
            description: '',
          },
        ],
        egress: [],
        tags,
        tags_all: tags,
      },
    },
    {
      type: 'aws_security_group_rule',
      name: 'service',
      computed: ['id', 'security_group_rule_id'],
      references: { security_group_id: attribute('aws_security_group.service', 'id') },
      values: {
        id: id('sgrule', n),
        security_group_rule_id: id('sgr', n),
        type: 'ingress',
        from_port: n % 11 === 0 ? 22 : 8080,
        to_port: n % 11 === 0 ? 22 : 8080,
        protocol: 'tcp',
        cidr_blocks: [n % 11 === 0 ? '0.0.0.0/0' : '10.1.0.0/16'],
        ipv6_cidr_blocks: null,
        self: false,
        security_group_id: id('sg', n),
        source_security_group_id: null,
        description: null,
      },
    },
    {
      type: 'aws_db_instance',
      name: 'main',
      computed: ['id', 'arn', 'address', 'endpoint', 'resource_id'],
      references: {
        vpc_security_group_ids: attribute('aws_security_group.service', 'id'),
        kms_key_id: attribute('aws_kms_key.data', 'arn'),
        password: ['random_password.main.result', 'random_password.main'],
      },
      values: {
        id: name,
        arn: arn('rds', `db:${name}`),
        identifier: name,
        engine: 'postgres',
        engine_version: '16.3',
        instance_class: 'db.t4g.medium',
        allocated_storage: 100,
        storage_encrypted: true,
        kms_key_id: keyArn,
        publicly_accessible: n % 13 === 0,
        username: 'owner',
        password: `made-of-${n}`,
        multi_az: true,
        backup_retention_period: 14,
        deletion_protection: true,
        iam_database_authentication_enabled: false,
        vpc_security_group_ids: [id('sg', n)],
        address: `${name}.rds.amazonaws.com`,
        endpoint: `${name}.rds.amazonaws.com:5432`,
        resource_id: id('db', n),
        tags,
        tags_all: tags,
      },
    },
    {
      type: 'aws_ebs_volume',
      name: 'scratch',
      computed: ['id', 'arn'],
      references: {},
      values: {
        id: id('vol', n),
        arn: arn('ec2', `volume/${id('vol', n)}`),
        availability_zone: `${REGION}a`,
        size: 10,
        type: 'gp3',
        iops: 3000,
        throughput: 125,
        encrypted: n % 3 !== 0,
        kms_key_id: '',
        multi_attach_enabled: false,
        tags,
        tags_all: tags,
      },
    },
    {
      type: 'aws_route53_record',
      name: 'service',
      computed: ['id', 'fqdn'],
      references: {},
      values: {
        id: `Z0123_${name}_CNAME`,
        zone_id: 'Z0123456789ABCDEFGHIJ',
        name: `${name}.example.com`,
        type: 'CNAME',
        ttl: 300,
        records: [`${name}.elb.amazonaws.com`],
        alias: [],
        fqdn: `${name}.example.com`,
      },
    },
  ];
}

/** How many teams call the module of services; each has an instance of it for each of its services. */
const TEAMS = 4;

/** Whether a service is an instance of a module that its team calls, or the only one of a module. */
export type Calls = 'instances' | 'modules';

const callOf = (n: number, calls: Calls): string => (calls === 'modules' ? `service_${n}` : `team_${n % TEAMS}`);

const moduleOf = (n: number, calls: Calls): string =>
  `module.${callOf(n, calls)}${calls === 'modules' ? '' : `["${n}"]`}`;

const PROVIDER = 'registry.terraform.io/hashicorp/aws';

function without(values: Body, names: readonly string[]): Body {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
}

/** As many services as are needed for a text of a size; `of` says how long one is. */
function services(size: number, of: (n: number) => number): readonly number[] {
  return Array.from({ length: Math.ceil(size / of(0)) }, (_, n) => n);
}

/**
 * A plan in JSON of about `size` UTF-16 code units, on one line as Terraform prints it. Every third service is new, so
 * that its ids are not known yet; the others stay as they are.
 */
export function plan(size: number, calls: Calls = 'instances'): string {
  const changesOf = (n: number): readonly Body[] =>
    service(n).map(({ type, name, values, computed }) => {
      const isNew = n % 3 === 0;
      const known = isNew ? without(values, computed) : values;
      const sensitive = 'password' in values ? { password: true } : {};
      return {
        address: `${moduleOf(n, calls)}.${type}.${name}`,
        module_address: moduleOf(n, calls),
        mode: 'managed',
        type,
        name,
        provider_name: PROVIDER,
        change: {
          actions: [isNew ? 'create' : 'no-op'],
          before: isNew ? null : values,
          after: known,
          after_unknown: isNew ? Object.fromEntries(computed.map((attribute) => [attribute, true])) : {},
          before_sensitive: isNew ? false : sensitive,
          after_sensitive: sensitive,
        },
      };
    });
  const plannedOf = (n: number): Body => ({
    address: moduleOf(n, calls),
    resources: service(n).map(({ type, name, values }) => ({
      address: `${moduleOf(n, calls)}.${type}.${name}`,
      mode: 'managed',
      type,
      name,
      provider_name: PROVIDER,
      schema_version: 0,
      values,
      sensitive_values: {},
    })),
  });
  const module = {
    resources: service(0).map(({ type, name, values, computed, references }) => ({
      address: `${type}.${name}`,
      mode: 'managed',
      type,
      name,
      provider_config_key: 'aws',
      schema_version: 0,
      expressions: Object.fromEntries(
        Object.keys(values)
          .filter((attribute) => attribute in references || !computed.includes(attribute))
          .map((attribute) => [
            attribute,
            attribute in references ? { references: references[attribute] } : { references: ['var.name'] },
          ]),
      ),
    })),
    variables: { name: {} },
  };
  const each = (n: number): number =>
    JSON.stringify(changesOf(n + 1)).length +
    JSON.stringify(plannedOf(n)).length +
    (calls === 'modules' ? JSON.stringify(module).length : 0);
  const all = services(size, each);
  const called = Object.fromEntries(
    all.map((n) => [
      callOf(n, calls),
      {
        source: './service',
        module,
        ...(calls === 'modules'
          ? { expressions: { name: { constant_value: `orders-${n}` } } }
          : {
              expressions: { name: { references: ['each.key'] } },
              for_each_expression: { references: ['local.services'] },
            }),
      },
    ]),
  );
  return JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.9.0',
    planned_values: { root_module: { child_modules: all.map(plannedOf) } },
    resource_changes: all.flatMap(changesOf),
    configuration: {
      provider_config: { aws: { name: 'aws', full_name: PROVIDER } },
      root_module: { module_calls: called },
    },
  });
}

/** A state file of about `size` UTF-16 code units, laid out as Terraform writes it. */
export function state(size: number): string {
  const instancesOf = (n: number): readonly Body[] =>
    service(n).map(({ type, name, values }) => ({
      module: moduleOf(n, 'instances'),
      mode: 'managed',
      type,
      name,
      provider: `provider["${PROVIDER}"]`,
      instances: [
        {
          schema_version: 0,
          attributes: values,
          sensitive_attributes: 'password' in values ? [[{ type: 'get_attr', value: 'password' }]] : [],
          private: 'eyJzY2hlbWFfdmVyc2lvbiI6IjAifQ==',
          dependencies: [],
        },
      ],
    }));
  const all = services(size, (n) => JSON.stringify(instancesOf(n), null, 2).length);
  return JSON.stringify(
    {
      version: 4,
      terraform_version: '1.9.0',
      serial: 1,
      lineage: '3f0c5d8a',
      outputs: {},
      resources: all.flatMap(instancesOf),
      check_results: null,
    },
    null,
    2,
  );
}
