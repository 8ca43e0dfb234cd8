import assert from 'node:assert/strict';
import { RULES } from '../../server/src/rules/index.ts';
import { prepareCase } from '../kit/run-fixture.ts';

type Json = Readonly<Record<string, unknown>>;

/** What one rule finds in a configuration: how certainly, and of what. */
function foundBy(rule: string, configuration: Json, modules: Readonly<Record<string, Json>> = {}): readonly string[] {
  const files = [['main.tf.json', configuration] as const, ...Object.entries(modules)].map(([path, tree]) => ({
    path: `root/${path}`,
    text: JSON.stringify(tree, null, 2),
  }));
  const { analysis } = prepareCase(
    RULES.find(({ id }) => id === rule)!,
    files,
  );
  return analysis.documents
    .flatMap(({ findings }) =>
      findings.map(({ certainty, severity, subjects }) => `${certainty} ${severity} ${subjects.join(' ')}`),
    )
    .sort();
}

const volume = (encrypted: string): Json => ({ aws_ebs_volume: { v: { availability_zone: 'a', size: 1, encrypted } } });
const rule = (more: Json): Json => ({
  aws_security_group_rule: { r: { type: 'ingress', protocol: 'tcp', security_group_id: 'sg-1', ...more } },
});
const to = (...identifiers: readonly string[]): Json => ({
  effect: 'Allow',
  actions: ['s3:GetObject'],
  resources: ['arn:aws:s3:::b/*'],
  principals: { type: 'AWS', identifiers },
});
const bucketPolicy = (policy: string, more: Json = {}): Json => ({
  aws_s3_bucket_policy: { p: { ...more, bucket: 'b', policy } },
});
const documents = (of: Json): Json => ({ aws_iam_policy_document: of });

const UNENCRYPTED = ['certain high aws_ebs_volume.v'];
const SSH = 'sg-ingress-open-ssh';
const PUBLIC = 's3-bucket-policy-public-principal';

const IDIOMS: readonly (readonly [
  name: string,
  rule: string,
  found: readonly string[],
  configuration: Json,
  modules?: Readonly<Record<string, Json>>,
])[] = [
  [
    'try falls back',
    'ebs-volume-encryption',
    UNENCRYPTED,
    { locals: { c: { a: 1 } }, resource: volume('${try(local.c.encrypted, false)}') },
  ],
  [
    'try falls back where a condition is not converted to a boolean',
    'ebs-volume-encryption',
    [],
    {
      locals: { v: { encryption: 'On' } },
      resource: volume('${try(tobool(local.v["encryption"]) ? true : false, lower(local.v["encryption"]) == "on")}'),
    },
  ],
  [
    'coalesce skips null',
    'ebs-volume-encryption',
    UNENCRYPTED,
    { variable: { x: { type: 'bool', default: null } }, resource: volume('${coalesce(var.x, false)}') },
  ],
  [
    'merge takes the last',
    'ebs-volume-encryption',
    [],
    {
      locals: { a: { encrypted: false }, b: { encrypted: true } },
      resource: volume('${merge(local.a, local.b).encrypted}'),
    },
  ],
  [
    'lookup has a default',
    'ebs-volume-encryption',
    UNENCRYPTED,
    { locals: { m: { live: true } }, resource: volume('${lookup(local.m, "test", false)}') },
  ],
  [
    'a condition that is a local agrees with the condition that it is made of',
    'ebs-volume-encryption',
    [],
    {
      module: { this: { source: 'example/label/null' } },
      locals: { on: '${module.this.enabled}', kind: 'a', both: '${local.on && local.kind == "a"}' },
      resource: {
        aws_ebs_volume: {
          v: {
            count: '${local.on ? 1 : 0}',
            availability_zone: 'a',
            size: 1,
            encrypted: '${local.both ? true : false}',
          },
        },
      },
    },
  ],
  [
    'a condition that is a local with a part of its own',
    'ebs-volume-encryption',
    ['certain high aws_ebs_volume.v[0]'],
    {
      module: { this: { source: 'example/label/null' } },
      locals: { on: '${module.this.enabled}', both: '${local.on && module.this.encrypted}' },
      resource: {
        aws_ebs_volume: {
          v: {
            count: '${local.on ? 1 : 0}',
            availability_zone: 'a',
            size: 1,
            encrypted: '${local.both ? true : false}',
          },
        },
      },
    },
  ],
  [
    'the length of null is an error',
    'ebs-volume-encryption',
    [],
    { locals: { c: { id: null } }, resource: volume('${try(length(local.c.id), 0) > 0 ? false : true}') },
  ],
  [
    'null is not set',
    'kms-key-rotation',
    ['certain medium aws_kms_key.k'],
    { resource: { aws_kms_key: { k: { enable_key_rotation: null } } } },
  ],
  [
    'for_each over a map tells its members apart',
    'ebs-volume-encryption',
    ['certain high aws_ebs_volume.v["b"]'],
    {
      resource: {
        aws_ebs_volume: {
          v: {
            for_each: { a: { e: true }, b: { e: false } },
            availability_zone: 'a',
            size: 1,
            encrypted: '${each.value.e}',
          },
        },
      },
    },
  ],
  [
    'for_each over flattened lists',
    SSH,
    ['certain high aws_security_group_rule.r["22-0.0.0.0/0"]'],
    {
      locals: {
        all: [
          { p: 22, c: ['0.0.0.0/0'] },
          { p: 443, c: ['10.0.0.0/8'] },
        ],
      },
      resource: rule({
        for_each:
          '${{ for i in flatten([for x in local.all : [for c in x.c : { p = x.p, c = c }]]) : "${i.p}-${i.c}" => i }}',
        from_port: '${each.value.p}',
        to_port: '${each.value.p}',
        cidr_blocks: ['${each.value.c}'],
      }),
    },
  ],
  [
    'for_each over what nobody knows',
    SSH,
    [],
    {
      variable: { c: { type: 'set(string)' } },
      resource: rule({ for_each: '${var.c}', from_port: 22, to_port: 22, cidr_blocks: ['${each.value}'] }),
    },
  ],
  [
    'count picks from a list',
    SSH,
    ['certain high aws_security_group_rule.r[1]'],
    {
      locals: { c: ['10.0.0.0/8', '0.0.0.0/0'] },
      resource: rule({ count: 2, from_port: 22, to_port: 22, cidr_blocks: ['${local.c[count.index]}'] }),
    },
  ],
  [
    'one of a counted document',
    PUBLIC,
    ['certain medium aws_s3_bucket_policy.p[0]'],
    {
      variable: { on: { type: 'bool', default: true } },
      data: documents({ d: { count: '${var.on ? 1 : 0}', statement: to('*') } }),
      resource: bucketPolicy('${one(data.aws_iam_policy_document.d[*].json)}', { count: '${var.on ? 1 : 0}' }),
    },
  ],
  [
    'a count that makes none by default',
    PUBLIC,
    ['possible medium aws_s3_bucket_policy.p[0]'],
    {
      variable: { on: { type: 'bool', default: false } },
      data: documents({ d: { statement: to('*') } }),
      resource: bucketPolicy('${data.aws_iam_policy_document.d.json}', { count: '${var.on ? 1 : 0}' }),
    },
  ],
  [
    'another value than a default that is right',
    'rds-publicly-accessible',
    [],
    {
      variable: { public: { type: 'bool', default: false } },
      resource: { aws_db_instance: { d: { engine: 'mysql', publicly_accessible: '${var.public}' } } },
    },
  ],
  [
    'a default that is wrong',
    'rds-publicly-accessible',
    ['certain high aws_db_instance.d'],
    {
      variable: { public: { type: 'bool', default: true } },
      resource: { aws_db_instance: { d: { engine: 'mysql', publicly_accessible: '${var.public}' } } },
    },
  ],
  [
    'a variable without a default',
    'rds-publicly-accessible',
    ['possible high aws_db_instance.d'],
    {
      variable: { public: { type: 'bool' } },
      resource: { aws_db_instance: { d: { engine: 'mysql', publicly_accessible: '${var.public}' } } },
    },
  ],
  [
    'an output of a module that is not read',
    SSH,
    [],
    {
      module: { vpc: { source: 'terraform-aws-modules/vpc/aws' } },
      resource: rule({ from_port: 22, to_port: 22, cidr_blocks: ['${module.vpc.vpc_cidr_block}'] }),
    },
  ],
  [
    'every port beside an output of a module that is not read',
    SSH,
    ['certain high aws_security_group_rule.r'],
    {
      module: { vpc: { source: 'terraform-aws-modules/vpc/aws' } },
      resource: rule({
        from_port: 22,
        to_port: 22,
        cidr_blocks: '${concat([module.vpc.vpc_cidr_block], ["0.0.0.0/0"])}',
      }),
    },
  ],
  ...[
    '${lookup(var.rules[count.index], "cidr_blocks", var.cidr)}',
    '${element(var.rules, count.index)["cidr_blocks"]}',
  ].map(
    (cidr) =>
      [
        `what a rule of a list says that is empty: ${cidr}`,
        SSH,
        [],
        {
          variable: {
            rules: { type: 'list(map(string))', default: [] },
            cidr: { type: 'string', default: '10.0.0.0/8' },
          },
          resource: rule({ count: '${length(var.rules)}', from_port: 22, to_port: 22, cidr_blocks: [cidr] }),
        },
      ] as const,
  ),
  [
    'what a rule of a list says that is written',
    SSH,
    ['certain high aws_security_group_rule.r'],
    {
      variable: {
        rules: { type: 'list(map(string))', default: [{ from_port: 22 }] },
        cidr: { type: 'string', default: '0.0.0.0/0' },
      },
      resource: rule({
        count: '${length(var.rules)}',
        from_port: '${lookup(var.rules[count.index], "from_port", 443)}',
        to_port: '${lookup(var.rules[count.index], "to_port", 22)}',
        cidr_blocks: ['${lookup(var.rules[count.index], "cidr_blocks", var.cidr)}'],
      }),
    },
  ],
  [
    'principals in a list of names and objects',
    PUBLIC,
    ['certain medium aws_s3_bucket_policy.p'],
    {
      locals: {
        trusted: ['s3.amazonaws.com', { type: 'AWS', identifiers: ['*'] }],
        principals:
          '${[for one in local.trusted : { type = one.type, identifiers = tolist(one.identifiers) } if !can(tostring(one))]}',
      },
      data: documents({
        d: {
          statement: {
            actions: ['s3:GetObject'],
            resources: ['arn:aws:s3:::b/*'],
            dynamic: {
              principals: {
                for_each: '${local.principals}',
                content: { type: '${principals.value.type}', identifiers: '${principals.value.identifiers}' },
              },
            },
          },
        },
      }),
      resource: bucketPolicy('${data.aws_iam_policy_document.d.json}'),
    },
  ],
  ...(
    [
      [['o-abcdefghij'], []],
      [[], ['certain medium aws_s3_bucket_policy.p']],
    ] as const
  ).map(
    ([organizations, found]) =>
      [
        `a condition for each of ${organizations.length} organizations by default`,
        PUBLIC,
        found,
        {
          variable: { organizations: { type: 'list(string)', default: organizations } },
          data: documents({
            d: {
              statement: {
                ...to('*'),
                dynamic: {
                  condition: {
                    for_each: '${var.organizations}',
                    content: { test: 'StringEquals', variable: 'aws:PrincipalOrgID', values: ['${condition.value}'] },
                  },
                },
              },
            },
          }),
          resource: bucketPolicy('${data.aws_iam_policy_document.d.json}'),
        },
      ] as const,
  ),
  ...(
    [
      ['arn:aws:iam::${account}:root', []],
      ['*', ['possible critical aws_s3_bucket_policy.p']],
    ] as const
  ).map(
    ([principal, found]) =>
      [
        `${principal} for each of some accounts`,
        PUBLIC,
        found,
        {
          variable: { accounts: { type: 'list(string)' } },
          data: documents({
            d: {
              statement: {
                ...to(),
                principals: { type: 'AWS', identifiers: `\${[for account in var.accounts : "${principal}"]}` },
              },
            },
          }),
          resource: bucketPolicy('${data.aws_iam_policy_document.d.json}'),
        },
      ] as const,
  ),
  [
    'a policy for each instance of a data source',
    'iam-policy-admin-wildcard',
    ['certain critical aws_iam_policy.p["b"]'],
    {
      data: documents({
        d: {
          for_each: { a: 's3:ListAllMyBuckets', b: '*' },
          statement: { actions: ['${each.value}'], resources: ['*'] },
        },
      }),
      resource: {
        aws_iam_policy: { p: { for_each: '${data.aws_iam_policy_document.d}', policy: '${each.value.json}' } },
      },
    },
  ],
  [
    'an override with the same sid takes the place',
    PUBLIC,
    [],
    {
      data: documents({
        a: { statement: { ...to('*'), sid: 'S' } },
        b: { statement: { ...to('111122223333'), sid: 'S' } },
        d: {
          source_policy_documents: ['${data.aws_iam_policy_document.a.json}'],
          override_policy_documents: ['${data.aws_iam_policy_document.b.json}'],
        },
      }),
      resource: bucketPolicy('${data.aws_iam_policy_document.d.json}'),
    },
  ],
  [
    'an override with another sid adds',
    PUBLIC,
    ['certain medium aws_s3_bucket_policy.p'],
    {
      data: documents({
        a: { statement: { ...to('*'), sid: 'S' } },
        b: { statement: { ...to('111122223333'), sid: 'T' } },
        d: {
          source_policy_documents: ['${data.aws_iam_policy_document.a.json}'],
          override_policy_documents: ['${data.aws_iam_policy_document.b.json}'],
        },
      }),
      resource: bucketPolicy('${data.aws_iam_policy_document.d.json}'),
    },
  ],
  [
    'a list that is empty by default falls back to everyone',
    'iam-role-trust-wildcard-principal',
    ['certain critical aws_iam_role.r'],
    {
      variable: { arns: { type: 'list(string)', default: [] } },
      data: documents({
        t: {
          statement: {
            actions: ['sts:AssumeRole'],
            principals: { type: 'AWS', identifiers: '${length(var.arns) > 0 ? var.arns : ["*"]}' },
          },
        },
      }),
      resource: { aws_iam_role: { r: { assume_role_policy: '${data.aws_iam_policy_document.t.json}' } } },
    },
  ],
  [
    'a module is given a policy and a map of objects',
    'sqs-queue-encryption',
    ['certain medium module.q.aws_sqs_queue.q["a"]'],
    { module: { q: { source: './m', queues: { a: { sse: false }, b: {} } } } },
    {
      'm/main.tf.json': {
        variable: { queues: { type: 'map(object({ sse = optional(bool, true) }))', default: {} } },
        resource: {
          aws_sqs_queue: {
            q: { for_each: '${var.queues}', name: '${each.key}', sqs_managed_sse_enabled: '${each.value.sse}' },
          },
        },
      },
    },
  ],
  [
    'a module makes statements that one caller asks for',
    'iam-policy-admin-wildcard',
    ['certain critical module.some.aws_iam_policy.p'],
    { module: { none: { source: './m' }, some: { source: './m', extra: [{ actions: ['*'], resources: ['*'] }] } } },
    {
      'm/main.tf.json': {
        variable: { extra: { type: 'list(any)', default: [] } },
        data: documents({
          d: {
            statement: { actions: ['s3:GetObject'], resources: ['arn:aws:s3:::b/*'] },
            dynamic: {
              statement: {
                for_each: '${var.extra}',
                content: { actions: '${statement.value.actions}', resources: '${statement.value.resources}' },
              },
            },
          },
        }),
        resource: { aws_iam_policy: { p: { policy: '${data.aws_iam_policy_document.d.json}' } } },
      },
    },
  ],
  ...(
    [
      ['!var.plain', { plain: { type: 'bool', default: false } }, []],
      ['!var.plain', { plain: { default: false } }, []],
      ['!var.plain', { plain: { type: 'bool', default: true } }, UNENCRYPTED],
      ['!var.plain', { plain: { type: 'bool' } }, ['possible high aws_ebs_volume.v']],
      ['var.on && var.kind == "data"', { on: { type: 'bool', default: true }, kind: { default: 'data' } }, UNENCRYPTED],
      [
        'var.on && var.kind == "data"',
        { on: { type: 'bool', default: false }, kind: { default: 'data' } },
        UNENCRYPTED,
      ],
      ['var.on && var.more', { on: { type: 'bool', default: true }, more: { type: 'bool', default: true } }, []],
      ['var.on || var.more', { on: { type: 'bool', default: false }, more: { type: 'bool', default: true } }, []],
      [
        'var.on || var.more',
        { on: { type: 'bool', default: false }, more: { type: 'bool', default: false } },
        UNENCRYPTED,
      ],
    ] as const
  ).map(
    ([expression, variable, found]) =>
      [
        `${expression} with ${JSON.stringify(variable)}`,
        'ebs-volume-encryption',
        found,
        { variable, resource: volume(`\${${expression}}`) },
      ] as const,
  ),
];

describe('idioms of Terraform modules', () => {
  for (const [name, id, found, configuration, modules] of IDIOMS)
    it(name, () => assert.deepEqual(foundBy(id, configuration, modules), found));
});
