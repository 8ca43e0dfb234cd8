/** What configurations have: networks, servers, containers, databases, distributions. */
import { blocks, jsonencode, ref, type Argument, type Body } from './configuration.ts';
import { groupOf, keyOf, permissions } from './topics.ts';
import { document, jsonOf, resource, trust, type Topic } from './workload.ts';

export const loadBalancer: Topic = (w) => {
  const id = w.id('edge');
  const forward = blocks({ type: 'forward', target_group_arn: ref(`aws_lb_target_group.${id}.arn`) });
  return [
    resource('aws_security_group', id, {
      name_prefix: `${w.name}-edge-`,
      description: `Load balancer of ${w.name}`,
      vpc_id: w.variable('vpc_id'),
      ingress: blocks(
        { description: 'HTTPS', from_port: 443, to_port: 443, protocol: 'tcp', cidr_blocks: ['0.0.0.0/0'] },
        { description: 'Redirected to HTTPS', from_port: 80, to_port: 80, protocol: 'tcp', cidr_blocks: ['0.0.0.0/0'] },
      ),
      egress: blocks({ from_port: 8080, to_port: 8080, protocol: 'tcp', security_groups: [ref(`${groupOf(w)}.id`)] }),
      tags: w.tags('edge'),
    }),
    resource('aws_lb', id, {
      name: w.physical('edge'),
      internal: w.random.chance(0.4),
      load_balancer_type: 'application',
      subnets: w.variable('subnet_ids'),
      security_groups: [ref(`aws_security_group.${id}.id`)],
      enable_deletion_protection: ref('local.is_prod'),
      drop_invalid_header_fields: true,
      ...(w.random.chance(0.6)
        ? {
            access_logs: blocks({
              bucket: ref('local.artifacts[data.aws_region.current.name]'),
              prefix: 'alb',
              enabled: ref('local.is_prod'),
            }),
          }
        : {}),
      tags: w.tags('edge'),
    }),
    resource('aws_lb_target_group', id, {
      name_prefix: 'app-',
      port: 8080,
      protocol: 'HTTP',
      target_type: 'ip',
      vpc_id: w.variable('vpc_id'),
      health_check: blocks({
        path: '/health',
        interval: w.random.pick([10, 15, 30]),
        healthy_threshold: 2,
        matcher: '200-299',
      }),
    }),
    resource('aws_lb_listener', `${id}_https`, {
      load_balancer_arn: ref(`aws_lb.${id}.arn`),
      port: 443,
      protocol: 'HTTPS',
      ssl_policy: w.random.chance(0.7) ? 'ELBSecurityPolicy-TLS13-1-2-2021-06' : 'ELBSecurityPolicy-2016-08',
      certificate_arn: ref('var.certificate_arn'),
      default_action: forward,
    }),
    resource('aws_lb_listener', `${id}_http`, {
      load_balancer_arn: ref(`aws_lb.${id}.arn`),
      port: 80,
      protocol: 'HTTP',
      default_action: w.random.chance(0.7)
        ? blocks({ type: 'redirect', redirect: blocks({ port: '443', protocol: 'HTTPS', status_code: 'HTTP_301' }) })
        : forward,
    }),
  ];
};

export const database: Topic = (w) => {
  const id = w.id('database');
  return [
    resource('aws_db_subnet_group', id, {
      name_prefix: `${w.name}-`,
      subnet_ids: w.variable('subnet_ids'),
      tags: w.tags('database'),
    }),
    resource('aws_security_group', id, {
      name_prefix: `${w.name}-database-`,
      description: `Database of ${w.name}`,
      vpc_id: w.variable('vpc_id'),
      ingress: blocks({
        description: 'Servers',
        from_port: 5432,
        to_port: 5432,
        protocol: 'tcp',
        security_groups: [ref(`${groupOf(w)}.id`)],
      }),
      tags: w.tags('database'),
    }),
    resource('aws_db_instance', id, {
      identifier_prefix: `${w.name}-`,
      engine: 'postgres',
      engine_version: '16.4',
      instance_class: w.prod('"db.r6g.large"', '"db.t4g.medium"'),
      allocated_storage: w.prod('200', '20'),
      storage_encrypted: w.random.chance(0.7) ? true : ref('local.is_prod'),
      ...(w.random.chance(0.5) ? { kms_key_id: ref(`${keyOf(w)}.arn`) } : {}),
      multi_az: ref('local.is_prod'),
      publicly_accessible: false,
      backup_retention_period: w.prod('14', '1'),
      deletion_protection: ref('local.is_prod'),
      skip_final_snapshot: ref('!local.is_prod'),
      username: w.name,
      manage_master_user_password: true,
      db_subnet_group_name: ref(`aws_db_subnet_group.${id}.name`),
      vpc_security_group_ids: [ref(`aws_security_group.${id}.id`)],
      ...(w.random.chance(0.5) ? { iam_database_authentication_enabled: true } : {}),
      enabled_cloudwatch_logs_exports: ['postgresql'],
      tags: w.tags('database'),
    }),
  ];
};

export const containers: Topic = (w) => {
  const id = w.id('service');
  const secret = (name: string): Argument => ({
    name: name.toUpperCase(),
    valueFrom: `arn:aws:ssm:\${data.aws_region.current.name}:\${data.aws_caller_identity.current.account_id}:parameter/${w.name}/${name}`,
  });
  return [
    resource('aws_ecs_cluster', id, {
      name: w.physical('cluster'),
      ...(w.random.chance(0.5) ? { setting: blocks({ name: 'containerInsights', value: 'enabled' }) } : {}),
      tags: w.tags('cluster'),
    }),
    trust(`${id}_trust`, 'ecs-tasks.amazonaws.com'),
    resource('aws_iam_role', `${id}_execution`, {
      name_prefix: `${w.name}-start-`,
      assume_role_policy: jsonOf(`${id}_trust`),
    }),
    resource('aws_iam_role_policy_attachment', `${id}_execution`, {
      role: ref(`aws_iam_role.${id}_execution.name`),
      policy_arn: 'arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy',
    }),
    resource('aws_iam_role', `${id}_task`, {
      name_prefix: `${w.name}-run-`,
      assume_role_policy: jsonOf(`${id}_trust`),
    }),
    document(id, ...permissions(w)),
    resource('aws_iam_role_policy', id, { role: ref(`aws_iam_role.${id}_task.id`), policy: jsonOf(id) }),
    resource('aws_cloudwatch_log_group', id, { name: `/ecs/${w.name}`, retention_in_days: w.variable('retention') }),
    resource('aws_ecs_task_definition', id, {
      family: w.physical('task'),
      cpu: w.prod('1024', '256'),
      memory: w.prod('2048', '512'),
      network_mode: 'awsvpc',
      requires_compatibilities: ['FARGATE'],
      execution_role_arn: ref(`aws_iam_role.${id}_execution.arn`),
      task_role_arn: ref(`aws_iam_role.${id}_task.arn`),
      container_definitions: jsonencode([
        {
          name: 'app',
          image: `\${data.aws_caller_identity.current.account_id}.dkr.ecr.\${data.aws_region.current.name}.amazonaws.com/${w.name}:\${var.release}`,
          essential: true,
          ...(w.random.chance(0.5) ? { readonlyRootFilesystem: true } : {}),
          portMappings: [{ containerPort: 8080, protocol: 'tcp' }],
          environment: [
            { name: 'STAGE', value: ref('var.stage') },
            { name: 'BUCKET', value: ref('local.artifacts[data.aws_region.current.name]') },
            ...Object.entries(w.settings()).map(([name, value]) => ({ name, value })),
          ],
          secrets: [secret('database_url'), secret('signing_key')],
          logConfiguration: {
            logDriver: 'awslogs',
            options: {
              'awslogs-group': ref(`aws_cloudwatch_log_group.${id}.name`),
              'awslogs-region': ref('data.aws_region.current.name'),
              'awslogs-stream-prefix': 'app',
            },
          },
        },
      ]),
      tags: w.tags('task'),
    }),
    resource('aws_ecs_service', id, {
      name: w.physical('service'),
      cluster: ref(`aws_ecs_cluster.${id}.id`),
      task_definition: ref(`aws_ecs_task_definition.${id}.arn`),
      desired_count: w.prod('3', '1'),
      launch_type: 'FARGATE',
      network_configuration: blocks({
        subnets: w.variable('subnet_ids'),
        security_groups: [ref(`${groupOf(w)}.id`)],
        assign_public_ip: w.random.chance(0.3),
      }),
      deployment_circuit_breaker: blocks({ enable: true, rollback: true }),
      lifecycle: blocks({ ignore_changes: [ref('desired_count')] }),
    }),
  ];
};

export const servers: Topic = (w) => {
  const id = w.id('server');
  return [
    trust(`${id}_trust`, 'ec2.amazonaws.com'),
    resource('aws_iam_role', id, { name_prefix: `${w.name}-server-`, assume_role_policy: jsonOf(`${id}_trust`) }),
    document(id, ...permissions(w)),
    resource('aws_iam_role_policy', id, { role: ref(`aws_iam_role.${id}.id`), policy: jsonOf(id) }),
    resource('aws_iam_instance_profile', id, { name_prefix: `${w.name}-`, role: ref(`aws_iam_role.${id}.name`) }),
    resource('aws_launch_template', id, {
      name_prefix: `${w.name}-`,
      image_id: ref('var.image_id'),
      instance_type: w.prod('"m6i.large"', '"t3.small"'),
      vpc_security_group_ids: [ref(`${groupOf(w)}.id`)],
      iam_instance_profile: blocks({ arn: ref(`aws_iam_instance_profile.${id}.arn`) }),
      ...(w.random.chance(0.6)
        ? { metadata_options: blocks({ http_tokens: 'required', http_put_response_hop_limit: 1 }) }
        : {}),
      block_device_mappings: blocks({
        device_name: '/dev/xvda',
        ebs: blocks({
          volume_size: w.random.pick([20, 50, 100]),
          volume_type: 'gp3',
          ...(w.random.chance(0.6) ? { encrypted: true } : {}),
        }),
      }),
      user_data: ref(
        `base64encode("#!/bin/bash\\necho ${w.name} \${var.stage} > /etc/stage\\nsystemctl enable --now nginx\\n")`,
      ),
      tag_specifications: blocks({ resource_type: 'instance', tags: w.tags('server') }),
    }),
    resource('aws_autoscaling_group', id, {
      name_prefix: `${w.name}-`,
      min_size: w.prod('2', '1'),
      max_size: w.prod('12', '2'),
      vpc_zone_identifier: w.variable('subnet_ids'),
      health_check_type: 'ELB',
      launch_template: blocks({ id: ref(`aws_launch_template.${id}.id`), version: '$Latest' }),
      tag: blocks({ key: 'Name', value: w.physical('server'), propagate_at_launch: true }),
    }),
  ];
};

export const network: Topic = (w) => {
  const id = w.id('network');
  const block = w.random.int(0, 200);
  return [
    resource('aws_vpc', id, {
      cidr_block: `10.${String(block)}.0.0/16`,
      enable_dns_hostnames: true,
      tags: w.tags('vpc'),
    }),
    resource('aws_subnet', id, {
      for_each: ref(`{ a = "10.${String(block)}.0.0/20", b = "10.${String(block)}.16.0/20" }`),
      vpc_id: ref(`aws_vpc.${id}.id`),
      cidr_block: ref('each.value'),
      availability_zone: '${data.aws_region.current.name}${each.key}',
      map_public_ip_on_launch: w.random.chance(0.3),
      tags: w.tags('subnet-${each.key}'),
    }),
    resource('aws_internet_gateway', id, { vpc_id: ref(`aws_vpc.${id}.id`), tags: w.tags('gateway') }),
    resource('aws_route_table', id, {
      vpc_id: ref(`aws_vpc.${id}.id`),
      route: blocks({ cidr_block: '0.0.0.0/0', gateway_id: ref(`aws_internet_gateway.${id}.id`) }),
      tags: w.tags('routes'),
    }),
    resource('aws_route_table_association', id, {
      for_each: ref(`aws_subnet.${id}`),
      subnet_id: ref('each.value.id'),
      route_table_id: ref(`aws_route_table.${id}.id`),
    }),
    resource('aws_cloudwatch_log_group', id, {
      count: w.prod('1', '0'),
      name: `/vpc/${w.name}`,
      retention_in_days: w.variable('retention'),
    }),
    resource('aws_flow_log', id, {
      count: w.prod('1', '0'),
      vpc_id: ref(`aws_vpc.${id}.id`),
      traffic_type: 'ALL',
      log_destination: ref(`aws_cloudwatch_log_group.${id}[0].arn`),
      iam_role_arn: ref('var.flow_log_role_arn'),
    }),
  ];
};

export const distribution: Topic = (w) => {
  const id = w.id('site');
  const cached: Body = {
    viewer_protocol_policy: w.random.chance(0.6) ? 'redirect-to-https' : 'allow-all',
    allowed_methods: ['GET', 'HEAD'],
    cached_methods: ['GET', 'HEAD'],
    compress: true,
  };
  return [
    resource('aws_s3_bucket', id, { bucket: w.physical('site'), tags: w.tags('site') }),
    resource('aws_cloudfront_origin_access_control', id, {
      name: w.physical('site'),
      origin_access_control_origin_type: 's3',
      signing_behavior: 'always',
      signing_protocol: 'sigv4',
    }),
    resource('aws_cloudfront_distribution', id, {
      enabled: true,
      comment: `Site of ${w.name}`,
      default_root_object: 'index.html',
      price_class: w.prod('"PriceClass_All"', '"PriceClass_100"'),
      origin: blocks({
        origin_id: 'site',
        domain_name: ref(`aws_s3_bucket.${id}.bucket_regional_domain_name`),
        origin_access_control_id: ref(`aws_cloudfront_origin_access_control.${id}.id`),
      }),
      default_cache_behavior: blocks({
        target_origin_id: 'site',
        cache_policy_id: '658327ea-f89d-4fab-a63d-7e88639e58f6',
        ...cached,
      }),
      restrictions: blocks({ geo_restriction: blocks({ restriction_type: 'none' }) }),
      viewer_certificate: blocks({
        acm_certificate_arn: ref('var.certificate_arn'),
        ssl_support_method: 'sni-only',
        minimum_protocol_version: w.random.pick(['TLSv1.2_2021', 'TLSv1.1_2016']),
      }),
      tags: w.tags('site'),
    }),
  ];
};

export const cache: Topic = (w) => {
  const id = w.id('cache');
  return [
    resource('aws_elasticache_subnet_group', id, { name: w.physical('cache'), subnet_ids: w.variable('subnet_ids') }),
    resource('aws_elasticache_replication_group', id, {
      replication_group_id: w.physical('cache'),
      description: `Sessions of ${w.name}`,
      engine: 'redis',
      engine_version: '7.1',
      node_type: w.prod('"cache.r7g.large"', '"cache.t4g.micro"'),
      num_cache_clusters: w.prod('3', '1'),
      automatic_failover_enabled: ref('local.is_prod'),
      subnet_group_name: ref(`aws_elasticache_subnet_group.${id}.name`),
      security_group_ids: [ref(`${groupOf(w)}.id`)],
      ...(w.random.chance(0.7) ? { transit_encryption_enabled: true } : {}),
      ...(w.random.chance(0.7) ? { at_rest_encryption_enabled: true, kms_key_id: ref(`${keyOf(w)}.arn`) } : {}),
      tags: w.tags('cache'),
    }),
  ];
};

export const alarms: Topic = (w) =>
  ['Errors', 'Throttles', 'Duration'].map((metric) =>
    resource('aws_cloudwatch_metric_alarm', w.id(metric.toLowerCase()), {
      alarm_name: w.physical(metric.toLowerCase()),
      alarm_description: `${metric} of ${w.name} is too high`,
      namespace: 'AWS/Lambda',
      metric_name: metric,
      statistic: 'Sum',
      period: 300,
      evaluation_periods: w.random.pick([1, 3]),
      threshold: w.random.int(1, 50),
      comparison_operator: 'GreaterThanThreshold',
      dimensions: { FunctionName: w.physical('get') },
      alarm_actions: w.prod('[var.alarm_topic_arn]', '[]'),
    }),
  );
