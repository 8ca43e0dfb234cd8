/** Documents with many independent parameters, all of whose scenarios are considered. */
import assert from 'node:assert/strict';
import { directory, type Files } from './terraform-stack.ts';

/** What is incomplete, and the findings of some rules: `RULE CERTAINTY RESOURCE [when NAME=VALUE…]`. */
function reported(files: Files, ...rules: readonly string[]): readonly string[] {
  const { analysis } = directory(files);
  return [
    ...analysis.incomplete.map(({ reason }) => reason),
    ...analysis.documents.flatMap(({ findings }) =>
      findings
        .filter(({ rule }) => rules.includes(rule))
        .map(({ rule, certainty, resource, when }) =>
          [
            `${rule} ${certainty} ${resource}`,
            ...(when.length > 0 ? ['when', ...when.map(({ name, value }) => `${name}=${String(value)}`)] : []),
          ].join(' '),
        ),
    ),
  ];
}

function numbered<T>(count: number, make: (n: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, n) => make(n));
}

describe('many scenarios of Terraform', () => {
  const NAMES = numbered(14, (n) => `attach_${n}`);

  const optional = (name: string, n: number): string => `
variable "${name}" { default = false }
data "aws_iam_policy_document" "${name}" {
  count = var.${name} ? 1 : 0
  statement {
    actions   = ["s3:GetObject"]
    resources = ["_ARN_/${n}/*"]
    principals {
      type        = "AWS"
      identifiers = ["${n === 5 ? '*' : `arn:aws:iam::${String(111122223300 + n)}:root`}"]
    }
    condition {
      test     = "ForAnyValue:StringEquals"
      variable = "aws:SourceAccount"
      values   = compact(["_OWNER_", var.account])
    }
  }
}`;

  const ANY = NAMES.map((name) => `var.${name}`).join(' || ');

  /** The shape of terraform-aws-modules/s3-bucket: a policy of optional documents, which exists if one of them does. */
  const optionalDocuments = (any: string): Files => ({
    'main.tf': `
variable "create" { default = true }
variable "second" { default = false }
variable "account" { default = null }
variable "owner" { default = null }
variable "zone" { default = null }
${NAMES.map(optional).join('')}
resource "aws_s3_bucket" "first" {
  count = var.create && !var.second ? 1 : 0
}
resource "aws_s3_bucket" "second" {
  count = var.create && var.second ? 1 : 0
}
data "aws_iam_policy_document" "all" {
  count                   = var.create && ${any} ? 1 : 0
  source_policy_documents = compact([
${NAMES.map((name) => `    var.${name} ? data.aws_iam_policy_document.${name}[0].json : "",`).join('\n')}
  ])
}
locals {
  attach = ${ANY}
  arn    = try(var.second ? aws_s3_bucket.second[0].arn : aws_s3_bucket.first[0].arn, null)
  owner  = var.owner != null ? var.owner : var.zone == null ? "111122223333" : "444455556666"
  policy = var.create && ${any} ? replace(
    replace(data.aws_iam_policy_document.all[0].json, "_ARN_", local.arn), "_OWNER_", local.owner
  ) : ""
}
resource "aws_s3_bucket_policy" "policy" {
  count  = var.create && ${any} ? 1 : 0
  bucket = var.second ? aws_s3_bucket.second[0].id : aws_s3_bucket.first[0].id
  policy = local.policy
}
`,
  });

  const RULE = 's3-bucket-policy-secure-transport';

  it('are those of optional policy documents that a local turns on', () =>
    assert.deepEqual(reported(optionalDocuments('local.attach'), RULE), [
      `${RULE} certain aws_s3_bucket.first[0] when var.create && !var.second=true var.create && local.attach=false`,
      `${RULE} possible aws_s3_bucket.second[0] when var.create && var.second=true var.create && local.attach=false`,
      `${RULE} possible data.aws_iam_policy_document.all when var.create && local.attach=true`,
    ]));

  it('are the same where each condition names all variables', () =>
    assert.deepEqual(reported(optionalDocuments(`(${ANY})`), RULE), [
      `${RULE} certain aws_s3_bucket.first[0] when var.create && !var.second=true var.create && (${ANY})=false`,
      `${RULE} possible aws_s3_bucket.second[0] when var.create && var.second=true var.create && (${ANY})=false`,
      `${RULE} possible data.aws_iam_policy_document.all when var.create && (${ANY})=true`,
    ]));
});

describe('many scenarios of two locals', () => {
  // Their product has 81 cubes.
  it('are those of a resource that both turn on', () => {
    const names = (local: string): readonly string[] => numbered(9, (n) => `${local}_${n}`);
    const all = [...names('first'), ...names('second')];
    const any = (local: string): string =>
      names(local)
        .map((name) => `var.${name}`)
        .join(' || ');
    const files = {
      'main.tf': `
${all.map((name) => `variable "${name}" { default = true }`).join('\n')}
locals {
  first  = ${any('first')}
  second = ${any('second')}
}
resource "aws_ebs_volume" "disk" {
  count             = local.first && local.second ? 1 : 0
  availability_zone = "eu-west-1a"
  size              = 1
  encrypted         = false
}
`,
    };
    assert.deepEqual(reported(files, 'ebs-volume-encryption'), [
      'ebs-volume-encryption certain aws_ebs_volume.disk[0] when local.first && local.second=true',
    ]);
  });
});

describe('many scenarios of CloudFormation', () => {
  const SIZES = numbered(9, (n) => `t3.${n}`);

  // Its 81 combinations would exceed the limit, and nine of them exist.
  it('of a text are those of its parameter, not of each mention of it', () =>
    assert.deepEqual(
      reported(
        {
          'a.yaml': `
Parameters:
  Size: {Type: String, Default: t3.0}
Mappings:
  Options:
${SIZES.map((size, n) => `    ${size}: {User: u${n}, Password: hunter${n}abc}`).join('\n')}
Resources:
  Topic: {Type: AWS::SNS::Topic}
Outputs:
  Options:
    Value: !Sub
      - -user \${user} -password \${password}
      - user: !FindInMap [Options, !Ref Size, User]
        password: !FindInMap [Options, !Ref Size, Password]
`,
        },
        'output-secret',
      ),
      [],
    ));

  it('of assertions about different parameters are those of each', () =>
    assert.deepEqual(
      reported(
        {
          'a.yaml': `
Parameters:
${numbered(8, (n) => `  On${n}: {Type: String, Default: 'No', AllowedValues: ['Yes', 'No']}\n  Name${n}: {Type: String, Default: ''}\n  Mail${n}: {Type: String, Default: ''}`).join('\n')}
Rules:
${numbered(8, (n) => `  R${n}:\n    RuleCondition: !Equals [!Ref On${n}, 'Yes']\n    Assertions:\n      - Assert: !Or [!Not [!Equals [!Ref Name${n}, '']], !Not [!Equals [!Ref Mail${n}, '']]]`).join('\n')}
Conditions:
  Is3: !And [!Equals [!Ref On3, 'Yes'], !Equals [!Ref Name3, ''], !Equals [!Ref Mail3, '']]
  Is4: !And [!Equals [!Ref On4, 'Yes'], !Equals [!Ref Name4, '']]
Resources:
  Open:
    Type: AWS::EC2::Volume
    Properties: {AvailabilityZone: a, Size: 1, Encrypted: false}
  Excluded:
    Type: AWS::EC2::Volume
    Condition: Is3
    Properties: {AvailabilityZone: a, Size: 1, Encrypted: false}
  Possible:
    Type: AWS::EC2::Volume
    Condition: Is4
    Properties: {AvailabilityZone: a, Size: 1, Encrypted: false}
`,
        },
        'ebs-volume-encryption',
      ),
      ['ebs-volume-encryption certain Open', 'ebs-volume-encryption certain Possible'],
    ));
});
