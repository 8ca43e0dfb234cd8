/** Conditions of which a part is unknown: resources that exist under the same one exist together. */
import assert from 'node:assert/strict';
import { directory, found, type Files } from './terraform-stack.ts';

const TRUST =
  'jsonencode({Statement = [{Effect = "Allow", Action = "sts:AssumeRole", Principal = {Service = "lambda.amazonaws.com"}}]})';
const LOGS =
  'jsonencode({Statement = [{Effect = "Allow", Action = ["logs:CreateLogStream", "logs:PutLogEvents"], Resource = "*"}]})';

/** A function with its role, and the policy of the role, each under a condition; names end in `n`. */
function functionOf(on: string, policyOn = on, n = ''): string {
  return `
resource "aws_iam_role" "r${n}" {
  count              = ${on} ? 1 : 0
  assume_role_policy = ${TRUST}
}
resource "aws_iam_policy" "p${n}" {
  count  = ${policyOn} ? 1 : 0
  policy = ${LOGS}
}
resource "aws_iam_role_policy_attachment" "a${n}" {
  count      = ${policyOn} ? 1 : 0
  role       = aws_iam_role.r${n}[0].name
  policy_arn = aws_iam_policy.p${n}[0].arn
}
resource "aws_lambda_function" "f${n}" {
  count         = ${on} ? 1 : 0
  function_name = "f${n}"
  role          = aws_iam_role.r${n}[0].arn
}
`;
}

const VARIABLES = 'variable "names" {}\nvariable "on" { default = false }\nvariable "other" { default = false }\n';

function lacking(files: Files): readonly string[] {
  const { analysis } = directory(files);
  return [
    ...analysis.incomplete.map(({ reason }) => reason),
    ...analysis.documents.flatMap(({ findings }) =>
      findings
        .filter(({ rule }) => rule === 'iam-role-permission-missing')
        .map(({ certainty, subjects }) => `${certainty} ${subjects[0]!}`),
    ),
  ];
}

describe('conditions of which a part is unknown', () => {
  const LOCAL = `${VARIABLES}locals { on = length(var.names) > 0 || var.on }\n`;

  it('agree where a local has them', () =>
    assert.deepEqual(lacking({ 'main.tf': LOCAL + functionOf('local.on') }), []));

  it('differ from others', () =>
    assert.deepEqual(lacking({ 'main.tf': LOCAL + functionOf('local.on', 'var.other') }), [
      'certain aws_iam_role.r[0]',
    ]));

  it('agree where a module is given them', () =>
    assert.deepEqual(
      lacking({
        'main.tf': `${VARIABLES}module "m" {\n  source = "./m"\n  on     = length(var.names) > 0 || var.on\n}\n`,
        'm/main.tf': `variable "on" {}\n${functionOf('var.on')}`,
      }),
      [],
    ));

  it('differ from others in a module', () =>
    assert.deepEqual(
      lacking({
        'main.tf': `${VARIABLES}module "m" {\n  source = "./m"\n  on     = length(var.names) > 0 || var.on\n}\n`,
        'm/main.tf': `variable "on" {}\nvariable "b" { default = false }\n${functionOf('var.on', 'var.b')}`,
      }),
      ['certain module.m.aws_iam_role.r[0]'],
    ));

  it('of many resources remain within the limits', () => {
    const numbers = Array.from({ length: 8 }, (_, n) => String(n));
    const variables = numbers.map((n) => `variable "names${n}" {}\nvariable "on${n}" { default = false }\n`).join('');
    const locals = `locals {\n${numbers.map((n) => `  on${n} = length(var.names${n}) > 0 || var.on${n}\n`).join('')}}\n`;
    const functions = numbers.map((n) => functionOf(`local.on${n}`, undefined, n)).join('');
    assert.deepEqual(lacking({ 'main.tf': variables + locals + functions }), []);
  });
});

describe('conditions on the items of dynamic blocks', () => {
  /** A document with a statement for each item of a list, which allows everything or denies it. */
  const statements = (name: string, items: string, effect: string, more = ''): string =>
    `data "aws_iam_policy_document" "${name}" {${more}
  dynamic "statement" {
    for_each = ${items}
    content {
      effect    = statement.value.on ? ${effect}
      actions   = ["*"]
      resources = ["*"]
    }
  }
}
`;
  const policy = `variable "one" {}
variable "two" {}
data "aws_iam_policy_document" "all" {
  source_policy_documents = [data.aws_iam_policy_document.one.json, data.aws_iam_policy_document.two.json]
}
resource "aws_iam_policy" "p" {
  policy = data.aws_iam_policy_document.all.json
}
`;
  const [allow, deny] = ['"Allow" : "Deny"', '"Deny" : "Allow"'];

  for (const [name, more] of [
    ['at the same place of two blocks', ''],
    ['at other places of two blocks', '\n  version = "2012-10-17"'],
  ])
    it(`are others ${name}`, () =>
      assert.equal(
        found(
          { 'main.tf': policy + statements('one', '[var.one]', allow, more) + statements('two', '[var.two]', deny) },
          'iam-policy-admin-wildcard',
        ).length,
        2,
      ));

  it('are one in two statements of an iteration', () =>
    assert.equal(
      found(
        {
          'main.tf':
            policy +
            statements('one', '[var.one]', allow).replace(
              'actions   = ["*"]',
              'actions   = statement.value.on ? ["*"] : ["s3:GetObject"]',
            ) +
            statements('two', '[var.two]', '"Deny" : "Deny"').replace(
              'actions   = ["*"]',
              'actions   = ["s3:GetObject"]',
            ),
        },
        'iam-policy-admin-wildcard',
      ).length,
      1,
    ));
});
