/** Splats over the instances of resources. */
import assert from 'node:assert/strict';
import { found, stackOf, valuesAt } from './terraform-stack.ts';

/** The values of an expression beside buckets with some arguments. */
function read(expression: string, bucket: string): readonly string[] {
  const text = [
    'variable "on" {\n  type = bool\n}\nvariable "n" {}\n',
    `resource "aws_s3_bucket" "b" {\n${bucket}\n}\n`,
    `resource "aws_ebs_volume" "v" {\n  availability_zone = "a"\n  snapshot_id = ${expression}\n}\n`,
  ].join('');
  return valuesAt(stackOf({ 'main.tf': text }), 'aws_ebs_volume.v', 'SnapshotId');
}

describe('a splat over a resource', () => {
  const cases: readonly (readonly [what: string, expression: string, bucket: string, expected: readonly string[]])[] = [
    ['has one item', 'length(aws_s3_bucket.b[*].arn)', '', ['1']],
    ['has an item per instance', 'length(aws_s3_bucket.b[*].arn)', 'count = 3', ['3']],
    [
      'has the items that exist',
      'length(aws_s3_bucket.b[*].arn)',
      'count = var.on ? 1 : 0',
      ['1 when var.on=true', '0 when var.on=false'],
    ],
    ['is formatted per instance', 'join(",", formatlist("%s/*", aws_s3_bucket.b[*].arn))', 'count = 2', ['…/*,…/*']],
    [
      'is formatted with the argument of each instance',
      'join(",", formatlist("%s/*", aws_s3_bucket.b[*].acl))',
      'count = 2\n  acl = "acl-${count.index}"',
      ['acl-0/*,acl-1/*'],
    ],
    [
      'is formatted for the instance that may exist',
      'join(",", formatlist("%s/*", aws_s3_bucket.b[*].arn))',
      'count = var.on ? 1 : 0',
      ['…/* when var.on=true', ' when var.on=false'],
    ],
    [
      'can be iterated',
      'join(",", [for acl in aws_s3_bucket.b[*].acl : "${acl}/x"])',
      'count = 2\n  acl = "acl-${count.index}"',
      ['acl-0/x,acl-1/x'],
    ],
    [
      'has the arguments of each instance',
      'join(",", aws_s3_bucket.b[*].acl)',
      'count = 2\n  acl = "acl-${count.index}"',
      ['acl-0,acl-1'],
    ],
    ['of the legacy form is the same', 'join(",", aws_s3_bucket.b.*.acl)', 'count = 2\n  acl = "p"', ['p,p']],
    ['with an index is an item', 'aws_s3_bucket.b.*.acl[1]', 'count = 2\n  acl = "p${count.index}"', ['p1']],
    ['is unknown for an unknown number', 'join(",", aws_s3_bucket.b[*].acl)', 'count = var.n', ['an unknown value']],
    [
      'is unknown for keys, of which it has no items',
      'join(",", aws_s3_bucket.b[*].acl)',
      'for_each = { a = 1 }',
      ['an unknown value'],
    ],
  ];
  for (const [what, expression, bucket, expected] of cases)
    it(what, () => assert.deepEqual(read(expression, bucket), expected));
});

describe('the instances of a resource that are not distinguished', () => {
  const policy = (resource: string): readonly string[] =>
    found(
      {
        'main.tf': `variable "names" {
  type = list(string)
}
resource "aws_secretsmanager_secret" "s" {
  for_each = toset(var.names)
  name     = each.value
}
resource "aws_iam_policy" "p" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = ${resource} }]
  })
}
`,
      },
      'iam-identity-data-exfiltration',
    );

  const own = [
    '[for s in aws_secretsmanager_secret.s : s.arn]',
    '[for name, s in aws_secretsmanager_secret.s : s.arn if name != "a"]',
    'values(aws_secretsmanager_secret.s)[*].arn',
  ];
  for (const resource of own) it(`are no other resources: ${resource}`, () => assert.deepEqual(policy(resource), []));

  it('are followed by what else is written', () =>
    assert.deepEqual(policy('concat([for s in aws_secretsmanager_secret.s : s.arn], ["*"])'), [
      'iam-identity-data-exfiltration aws_iam_policy.p: secretsmanager:GetSecretValue',
    ]));

  it('are not known where a function takes them together', () =>
    assert.deepEqual(policy('jsondecode(jsonencode(aws_secretsmanager_secret.s)).a.description'), [
      'iam-identity-data-exfiltration possible aws_iam_policy.p: secretsmanager:GetSecretValue',
    ]));
});
