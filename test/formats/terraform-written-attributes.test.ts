import assert from 'node:assert/strict';
import { found, stackOf, valuesAt, type Files } from './terraform-stack.ts';

/** The value that an expression comes to beside some resources. */
function read(
  expression: string,
  resources: Readonly<Record<string, unknown>>,
  more: Readonly<Record<string, unknown>> = {},
): readonly string[] {
  const files: Files = {
    'main.tf.json': {
      ...more,
      resource: { ...resources, aws_ebs_volume: { v: { availability_zone: 'a', snapshot_id: `\${${expression}}` } } },
    },
  };
  return valuesAt(stackOf(files), 'aws_ebs_volume.v', 'SnapshotId');
}

const on = { variable: { on: { type: 'bool' }, x: {}, text: { default: 'a' } } };
const vpc = (body: object): Readonly<Record<string, unknown>> => ({ aws_vpc: { v: body } });

describe('attributes of resources that are written', () => {
  const rows: readonly (readonly [
    name: string,
    expression: string,
    resources: Readonly<Record<string, unknown>>,
    expected: readonly string[],
  ])[] = [
    ['are what the argument says', 'aws_vpc.v.cidr_block', vpc({ cidr_block: '10.0.0.0/16' }), ['10.0.0.0/16']],
    [
      'can be numbers and booleans',
      'aws_vpc.v.enable_dns_support ? aws_vpc.v.ipv4_netmask_length : 0',
      vpc({ enable_dns_support: true, ipv4_netmask_length: 20 }),
      ['20'],
    ],
    [
      'are worked out in every scenario',
      'aws_vpc.v.cidr_block',
      vpc({ cidr_block: '${var.on ? "10.0.0.0/16" : "10.1.0.0/16"}' }),
      ['10.0.0.0/16 when var.on=true', '10.1.0.0/16 when var.on=false'],
    ],
    [
      'lead on to other resources',
      'aws_vpc.v.cidr_block',
      { aws_vpc: { v: { cidr_block: '${aws_vpc.w.cidr_block}' }, w: { cidr_block: '10.0.0.0/16' } } },
      ['10.0.0.0/16'],
    ],
    [
      'are known within blocks',
      'aws_launch_template.t.metadata_options[0].http_tokens',
      { aws_launch_template: { t: { metadata_options: { http_tokens: 'required' } } } },
      ['required'],
    ],
    [
      'are known within lists of blocks',
      'aws_launch_template.t.metadata_options[0].http_tokens',
      { aws_launch_template: { t: { metadata_options: [{ http_tokens: 'required' }] } } },
      ['required'],
    ],
    ['are known in maps', 'aws_vpc.v.tags["Tier"]', vpc({ tags: { Tier: 'web' } }), ['web']],
    [
      'are those of the instance that is picked',
      'aws_vpc.v["b"].cidr_block',
      vpc({ for_each: { a: '10.0.0.0/16', b: '10.1.0.0/16' }, cidr_block: '${each.value}' }),
      ['10.1.0.0/16'],
    ],
    [
      'are those of an instance that is counted',
      'aws_vpc.v[1].cidr_block',
      vpc({ count: 2, cidr_block: '10.${count.index}.0.0/16' }),
      ['10.1.0.0/16'],
    ],
    [
      'are those of the only instance',
      'aws_vpc.v[0].cidr_block',
      vpc({ count: '${var.on ? 1 : 0}', cidr_block: '10.0.0.0/16' }),
      ['10.0.0.0/16'],
    ],
    [
      'may speak of a password',
      'aws_iam_account_password_policy.p.minimum_password_length',
      { aws_iam_account_password_policy: { p: { minimum_password_length: 14 } } },
      ['14'],
    ],
    [
      'are those of the instances that a for goes through',
      'join(",", [for v in aws_vpc.v : v.cidr_block])',
      vpc({ for_each: { a: '10.0.0.0/16', b: '10.1.0.0/16' }, cidr_block: '${each.value}' }),
      ['10.0.0.0/16,10.1.0.0/16'],
    ],
    [
      'are those of an instance under its name',
      '{ for v in aws_ecr_repository.r : v.name => v.image_tag_mutability }["b"]',
      {
        aws_ecr_repository: {
          r: { for_each: { a: 'MUTABLE', b: 'IMMUTABLE' }, name: '${each.key}', image_tag_mutability: '${each.value}' },
        },
      },
      ['IMMUTABLE'],
    ],
    [
      'are found under the name of another resource',
      '{ web = "10.0.0.0/16" }[aws_ecr_repository.r.name]',
      { aws_ecr_repository: { r: { name: 'web' } } },
      ['10.0.0.0/16'],
    ],
    [
      'are without the scheme where IAM returns them so',
      'aws_iam_openid_connect_provider.p[0].url',
      { aws_iam_openid_connect_provider: { p: { count: 1, url: 'https://oidc.example.com/${var.text}' } } },
      ['oidc.example.com/a when var.text=a', 'oidc.example.com/… when var.text=another value'],
    ],
    [
      'are written under resource, too',
      'resource.aws_vpc.v.cidr_block',
      vpc({ cidr_block: '10.0.0.0/16' }),
      ['10.0.0.0/16'],
    ],
  ];
  for (const [name, expression, resources, expected] of rows)
    it(name, () => assert.deepEqual(read(expression, resources, on), expected));

  const other: readonly (readonly [name: string, expression: string, resources: Readonly<Record<string, unknown>>])[] =
    [
      ['not written', 'aws_vpc.v.cidr_block', vpc({})],
      ['null, which stands for what the provider chooses', 'aws_vpc.v.cidr_block', vpc({ cidr_block: null })],
      ['given from outside', 'aws_vpc.v.cidr_block', vpc({ cidr_block: '${var.x}' })],
      [
        'kept whatever is written',
        'aws_vpc.v.cidr_block',
        vpc({ cidr_block: '10.0.0.0/16', lifecycle: { ignore_changes: ['cidr_block'] } }),
      ],
      [
        'kept as everything is',
        'aws_vpc.v.cidr_block',
        vpc({ cidr_block: '10.0.0.0/16', lifecycle: [{ ignore_changes: 'all' }] }),
      ],
      [
        'written in small letters by the provider',
        'aws_security_group_rule.r.protocol == "tcp" ? "a" : "b"',
        { aws_security_group_rule: { r: { protocol: 'TCP' } } },
      ],
      [
        'made by a dynamic block',
        'aws_launch_template.t.metadata_options[0].http_tokens',
        {
          aws_launch_template: {
            t: { dynamic: { metadata_options: { for_each: [1], content: { http_tokens: 'required' } } } },
          },
        },
      ],
      ['a secret', 'aws_db_instance.d.password', { aws_db_instance: { d: { password: 'hunter2hunter2' } } }],
      [
        'a secret within a block',
        'aws_mq_broker.b.user[0].password',
        { aws_mq_broker: { b: { user: { username: 'a', password: 'hunter2hunter2' } } } },
      ],
      [
        'a secret in a map',
        'aws_lambda_function.f.environment[0].variables["DB_PASSWORD"]',
        { aws_lambda_function: { f: { environment: { variables: { DB_PASSWORD: 'hunter2hunter2' } } } } },
      ],
      [
        'a connection string',
        'aws_dms_endpoint.e.connection_string',
        { aws_dms_endpoint: { e: { connection_string: 'hunter2hunter2' } } },
      ],
      ['made of itself', 'aws_vpc.v.cidr_block', vpc({ cidr_block: '${aws_vpc.v.cidr_block}' })],
      ['that of all instances', 'aws_vpc.v[*].cidr_block', vpc({ cidr_block: '10.0.0.0/16' })],
      ['that of no instance', 'aws_vpc.v[3].cidr_block', vpc({ count: 2, cidr_block: '10.0.0.0/16' })],
    ];
  for (const [name, expression, resources] of other)
    it(`are not known where they are ${name}`, () => {
      for (const value of read(expression, resources, on)) assert.ok(!/10\.0|required|hunter/.test(value), value);
    });

  it('stay secret where the argument is', () => {
    const secret = {
      variable: {
        s: { sensitive: true, default: '10.0.0.0/16' },
        m: { sensitive: true, default: { Tier: 'hunter2' } },
      },
    };
    assert.deepEqual(
      read('aws_vpc.v.cidr_block', vpc({ cidr_block: '${var.s}' }), secret).map((value) =>
        value.replace(/ when.*/, ''),
      )[0],
      'a secret value',
    );
    assert.deepEqual(
      read('"x-${aws_vpc.v.tags["Tier"]}"', vpc({ tags: '${var.m}' }), secret).map((value) =>
        value.replace(/ when.*/, ''),
      )[0],
      'a secret value',
    );
  });

  it('are compared also where they name the resource', () => {
    const named = { aws_s3_bucket: { b: { bucket: 'logs' } } };
    assert.deepEqual(read('aws_s3_bucket.b.bucket == "logs" ? "a" : "b"', named), ['a']);
    assert.deepEqual(read('aws_s3_bucket.b.bucket != "logs" ? "a" : "b"', named), ['b']);
    assert.equal(read('aws_s3_bucket.b.id == "logs" ? "a" : "b"', named).length, 2);
    const files = {
      'main.tf.json': {
        resource: {
          ...named,
          aws_s3_bucket_versioning: {
            v: { bucket: '${aws_s3_bucket.b.bucket}', versioning_configuration: { status: 'Enabled' } },
          },
        },
      },
    };
    assert.deepEqual(found(files, 's3-bucket-versioning'), []);
  });

  it('make nothing certain in a scenario that never is', () => {
    const block = (condition: string): Files => ({
      'main.tf.json': {
        resource: {
          aws_s3_bucket: { b: { bucket: 'x', acl: 'private' } },
          aws_s3_bucket_public_access_block: {
            p: {
              bucket: '${aws_s3_bucket.b.id}',
              block_public_acls: `\${${condition} ? true : false}`,
              block_public_policy: true,
              ignore_public_acls: true,
              restrict_public_buckets: true,
            },
          },
        },
      },
    });
    assert.deepEqual(found(block('aws_s3_bucket.b.acl == "private"'), 's3-bucket-public-access-block'), []);
    assert.equal(found(block('aws_s3_bucket.b.acl == "public-read"'), 's3-bucket-public-access-block').length, 1);
  });

  it('count for what they are in rules', () => {
    const group = (cidr: string): Files => ({
      'main.tf.json': {
        resource: {
          aws_vpc: { v: { cidr_block: cidr } },
          aws_security_group: {
            s: { ingress: { from_port: 22, to_port: 22, protocol: 'tcp', cidr_blocks: ['${aws_vpc.v.cidr_block}'] } },
          },
        },
      },
    });
    assert.deepEqual(found(group('10.0.0.0/16'), 'sg-ingress-open-ssh'), []);
  });
});
