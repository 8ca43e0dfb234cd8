/**
 * Policies that a configuration assembles: their unknown parts, and the facts that hold for all interpolated values.
 */
import assert from 'node:assert/strict';
import { found } from './terraform-stack.ts';

const ADMIN = { actions: ['*'], resources: ['*'] };
const POLICY =
  '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}, {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::${var.env}-b/*"}]}';
const RULES = [
  'iam-policy-admin-wildcard',
  'iam-policy-not-principal',
  'iam-policy-principal-format',
  'iam-role-trust-wildcard-principal',
  'iam-policy-wildcard-resource',
  'iam-policy-missing-element',
  'iam-policy-malformed',
  'iam-identity-privilege-escalation',
  's3-bucket-policy-public-principal',
  's3-bucket-policy-secure-transport',
  'sqs-queue-policy-public',
];

const variables = {
  text: { type: 'string' },
  texts: { type: 'list(string)' },
  nothing: { type: 'string', default: null },
  any: { type: 'any' },
  on: { type: 'bool', default: true },
  off: { type: 'bool', default: false },
};
const sources = {
  given: { source_policy_documents: '${var.texts}', override_policy_documents: ['${coalesce(var.nothing, "{}")}'] },
};

function inRole(expression: string): readonly string[] {
  return found(
    {
      'main.tf.json': {
        variable: variables,
        data: { aws_iam_policy_document: sources },
        resource: { aws_iam_role: { r: { name: 'r', assume_role_policy: expression } } },
      },
    },
    ...RULES,
  );
}

describe('a policy that is computed as a whole', () => {
  const expressions: readonly string[] = [
    '${var.text}',
    '${var.nothing}',
    '${join("", var.texts)}',
    '${base64gzip("x")}',
    '${data.http.h.response_body}',
    '${module.registry.json}',
    '${lookup(var.any, "policy", null)}',
    '${coalesce(var.nothing, var.text)}',
    '${try(var.any.policy, var.text)}',
    '${templatefile("none.tpl", {x = 1})}',
    '${file("none.json")}',
    '${var.any["policy"]}',
    '${jsonencode(var.any)}',
    '${jsonencode({Version = "2012-10-17", Statement = var.any})}',
    '${jsonencode({Version = "2012-10-17", Statement = [var.any]})}',
    '${jsonencode({Version = "2012-10-17", Statement = [for s in var.any : {Effect = "Allow", Action = s.actions, Principal = s.principals}]})}',
    '${jsonencode({Version = "2012-10-17", Statement = [{Effect = try(var.any.effect, "Allow"), Action = var.any.actions, Principal = {AWS = var.any.trusted}}]})}',
    '{"Version": "2012-10-17", "Statement": ${jsonencode(var.any)}}',
    '${data.aws_iam_policy_document.given.json}',
    '${replace(data.aws_iam_policy_document.given.json, "a", "b")}',
    '${var.on ? var.text : data.aws_iam_policy_document.given.json}',
  ];
  for (const expression of expressions)
    it(`has nothing said of it: ${expression}`, () => assert.deepEqual(inRole(expression), []));

  it('has nothing said of what it lacks', () => {
    const policies = Object.fromEntries(
      expressions.map((policy, index) => [`p${index}`, { bucket: `b${index}`, policy }]),
    );
    const lines = found(
      {
        'main.tf.json': {
          variable: variables,
          data: { aws_iam_policy_document: sources },
          resource: { aws_s3_bucket_policy: policies },
        },
      },
      's3-bucket-policy-secure-transport',
      's3-bucket-policy-public-principal',
    );
    assert.deepEqual(lines, []);
  });
});

describe('a policy of a data source that is counted', () => {
  const forms: readonly string[] = [
    '${data.aws_iam_policy_document.admin[0].json}',
    '${join("", data.aws_iam_policy_document.admin[*].json)}',
    '${join("", data.aws_iam_policy_document.admin.*.json)}',
    '${one(data.aws_iam_policy_document.admin[*].json)}',
    '${try(data.aws_iam_policy_document.admin[0].json, "")}',
    '${element(concat(data.aws_iam_policy_document.admin.*.json, [""]), 0)}',
  ];
  for (const policy of forms)
    it(`is seen through ${policy}`, () => {
      const files = {
        'main.tf.json': {
          variable: variables,
          data: { aws_iam_policy_document: { admin: { count: '${var.on ? 1 : 0}', statement: [ADMIN] } } },
          resource: { aws_iam_policy: { p: { count: '${var.on ? 1 : 0}', policy } } },
        },
      };
      assert.deepEqual(found(files, 'iam-policy-admin-wildcard'), [
        'iam-policy-admin-wildcard aws_iam_policy.p[0]: "*" when var.on=true',
      ]);
    });

  it('is kept among documents of which the empty ones are left out', () => {
    const data = {
      aws_iam_policy_document: {
        tls: {
          statement: [
            {
              effect: 'Deny',
              actions: ['s3:*'],
              resources: ['*'],
              principals: [{ type: '*', identifiers: ['*'] }],
              condition: [{ test: 'Bool', variable: 'aws:SecureTransport', values: ['false'] }],
            },
          ],
        },
        all: { source_policy_documents: '${compact([data.aws_iam_policy_document.tls.json, ""])}' },
      },
    };
    assert.deepEqual(
      found(
        {
          'main.tf.json': {
            data,
            resource: {
              aws_s3_bucket_policy: { p: { bucket: 'b', policy: '${data.aws_iam_policy_document.all.json}' } },
            },
          },
        },
        's3-bucket-policy-secure-transport',
      ),
      [],
    );
  });
});

describe('a text that a variable is put into', () => {
  const compared = {
    aws_sqs_queue: { q: { name: 'q', visibility_timeout_seconds: '${var.env == "prod" ? 60 : 30}' } },
  };
  const validated = {
    type: 'string',
    validation: [{ condition: '${contains(["dev", "prod"], var.env)}', error_message: 'x' }],
  };
  const rows: readonly (readonly [what: string, env: object, policy: string, more?: object])[] = [
    ['has no default', { type: 'string' }, POLICY],
    ['has no default and is compared', { type: 'string' }, POLICY, compared],
    ['has a default', { type: 'string', default: 'dev' }, POLICY],
    ['has a default and is compared', { type: 'string', default: 'dev' }, POLICY, compared],
    ['has its default compared', { type: 'string', default: 'prod' }, POLICY, compared],
    ['is compared with what is allowed', validated, POLICY],
    [
      'is put into the statement itself',
      { type: 'string' },
      '{"Statement": [{"Sid": "A${var.env}", "Effect": "Allow", "Action": "*", "Resource": "*"}]}',
      compared,
    ],
    [
      'is put into a heredoc',
      { type: 'string' },
      '${<<EOT\n{"Statement": [{"Sid": "A${var.env}", "Effect": "Allow", "Action": "*", "Resource": "*"}]}\nEOT\n}',
      compared,
    ],
    [
      'is put in by format',
      { type: 'string' },
      '${format("{\\"Statement\\": [{\\"Sid\\": \\"%s\\", \\"Effect\\": \\"Allow\\", \\"Action\\": \\"*\\", \\"Resource\\": \\"*\\"}]}", var.env)}',
      compared,
    ],
    ['is put in by a local', { type: 'string' }, '${local.policy}', compared],
    [
      'decides on other statements',
      { type: 'string' },
      '${jsonencode({Statement = concat([{Effect = "Allow", Action = "*", Resource = "*"}], var.env == "prod" ? [{Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::b/*"}] : [])})}',
    ],
  ];
  for (const [what, env, policy, more] of rows)
    it(`takes nothing from what is certain where the variable ${what}`, () => {
      const found_ = found(
        {
          'main.tf.json': {
            variable: { env },
            locals: { policy: POLICY },
            resource: { aws_iam_policy: { p: { policy } }, ...more },
          },
        },
        'iam-policy-admin-wildcard',
      );
      assert.equal(found_.length, 1);
      assert.doesNotMatch(found_[0]!, /possible| when /);
    });

  it('still says which value makes a difference', () => {
    const policy =
      '{"Statement": [{"Effect": "Allow", "Action": "${var.env == "prod" ? "*" : "s3:GetObject"}", "Resource": "*", "Sid": "${var.env}"}]}';
    const [only, ...others] = found(
      {
        'main.tf.json': {
          variable: { env: { type: 'string', default: 'dev' } },
          resource: { aws_iam_policy: { p: { policy } } },
        },
      },
      'iam-policy-admin-wildcard',
    );
    assert.match(only!, /^iam-policy-admin-wildcard aws_iam_policy\.p: .* when var\.env == "prod"=true/);
    assert.deepEqual(others, []);
  });
});

describe('what is made by a count that is nothing by default', () => {
  const resources = (count: string): object => ({
    aws_iam_policy: { p: { count, policy: '{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}' } },
  });
  const rows: readonly (readonly [count: string, said: string])[] = [
    ['${var.off ? 1 : 0}', ' possible aws_iam_policy.p[0]: * when var.off=true'],
    ['${var.on ? 1 : 0}', ' aws_iam_policy.p[0]: * when var.on=true'],
    ['${var.on && var.off ? 1 : 0}', ' possible aws_iam_policy.p[0]: * when var.on && var.off=true'],
    ['${var.required ? 1 : 0}', ' aws_iam_policy.p[0]: * when var.required=true'],
    ['${var.none}', ' possible aws_iam_policy.p: * when var.none > 0=true'],
    ['${1}', ' aws_iam_policy.p[0]: *'],
  ];
  const flags = {
    on: { type: 'bool', default: true },
    off: { type: 'bool', default: false },
    required: { type: 'bool' },
    none: { type: 'number', default: 0 },
  };
  for (const [count, expected] of rows)
    it(`is told with its scenario: ${count}`, () => {
      assert.deepEqual(
        found({ 'main.tf.json': { variable: flags, resource: resources(count) } }, 'iam-policy-admin-wildcard'),
        [`iam-policy-admin-wildcard${expected}`],
      );
    });

  it('is certain where a call makes it', () => {
    const files = {
      'main.tf.json': { module: { m: { source: './m', off: true } } },
      'm/main.tf.json': { variable: flags, resource: resources('${var.off ? 1 : 0}') },
    };
    assert.deepEqual(found(files, 'iam-policy-admin-wildcard'), [
      'iam-policy-admin-wildcard module.m.aws_iam_policy.p[0]: *',
    ]);
  });

  it('is nothing where a call leaves it out', () => {
    const files = {
      'main.tf.json': { module: { m: { source: './m' } } },
      'm/main.tf.json': { variable: flags, resource: resources('${var.off ? 1 : 0}') },
    };
    assert.deepEqual(found(files, 'iam-policy-admin-wildcard'), []);
  });
});
