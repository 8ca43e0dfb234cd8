/**
 * An edit of a configuration changes the content of the resources that depend on the edited text, directly or through
 * others, and of no other.
 */
import assert from 'node:assert/strict';
import { finished } from '../../server/src/base/steps.ts';
import { sameContent, type StackContent } from '../../server/src/model/content.ts';
import { stackOf } from './terraform-stack.ts';

const FILES: Readonly<Record<string, string>> = {
  'main.tf': `terraform {
  required_version = ">= 1.5"
}
provider "aws" {
  region = var.place
}
variable "place" {
  default = "eu-west-1"
}
variable "stage" {
  type        = string
  default     = "test"
  description = "The stage of all."
}
variable "given" {
  type    = string
  default = "here"
}
variable "unused" {}
locals {
  name  = "app-\${var.stage}"
  outer = local.name
  all   = { logs = "logs", data = "data" }
  ports = [22]
}
data "aws_iam_policy_document" "read" {
  statement {
    actions   = ["s3:GetObject"]
    resources = [aws_s3_bucket.each["logs"].arn]
  }
}
data "aws_iam_policy_document" "spare" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = ["*"]
  }
}
resource "aws_sns_topic" "plain" {
  name = "plain"
}
resource "aws_sns_topic" "named" {
  name = local.outer
}
resource "aws_sns_topic" "given" {
  name = var.given
}
resource "aws_sns_topic" "missing" {
  name = aws_sqs_queue.later.name
}
resource "aws_sns_topic" "computed" {
  name = local["name"]
}
resource "aws_sns_topic" "attribute" {
  name              = aws_kms_key.own.description
  kms_master_key_id = aws_kms_key.own.arn
}
resource "aws_sns_topic" "key" {
  kms_master_key_id = aws_kms_key.own.arn
}
resource "aws_sns_topic" "spaced" {
  name = aws_kms_key /* the key */ .own.arn
}
resource "aws_sns_topic" "escaped" {
  name = "a\\u0062-\${var.unused}"
}
resource "aws_s3_bucket" "each" {
  for_each = local.all
  bucket   = each.value
}
resource "aws_s3_bucket_versioning" "each" {
  for_each = local.all
  bucket   = aws_s3_bucket.each[each.key].id
  versioning_configuration {
    status = "Enabled"
  }
}
resource "aws_iam_policy" "read" {
  policy = data.aws_iam_policy_document.read.json
}
resource "aws_iam_policy" "file" {
  policy = file("policy.txt")
}
resource "aws_kms_key" "own" {
  description = "own"
}
module "part" {
  source = "./part"
  name   = var.given
  other  = 1
}
resource "aws_sqs_queue" "keyed" {
  kms_master_key_id = module.part.key
}
`,
  'second.tf': 'resource "aws_sqs_queue" "second" {\n  name = "second"\n}\n',
  'terraform.tfvars': 'given = "there"\n',
  'policy.txt': '{"a": 1}',
  'part/main.tf': `variable "name" {}
variable "other" {}
locals {
  inner = var.name
}
resource "aws_kms_key" "key" {
  description = "key"
}
resource "aws_sns_topic" "part" {
  name = local.inner
}
output "key" {
  value = aws_kms_key.key.arn
}
output "spare" {
  value = "spare"
}
`,
};

/** The names of what differs, without the types of resources. */
function changed(from: StackContent, to: StackContent): string {
  if (from.shared !== to.shared) return 'everything';
  const names = [...to.resources].flatMap(([name, one]) =>
    sameContent(one, from.resources.get(name)) ? [] : name.replace(/aws_(?:s3_)?/, ''),
  );
  const sections = [...to.sections!].flatMap(([name, one]) => (sameContent(one, from.sections!.get(name)) ? [] : name));
  return [...names.sort(), ...sections].join(', ');
}

const PART = 'module.part.kms_key.key, module.part.sns_topic.part';
/** Its text can name anything. */
const ESCAPED = 'sns_topic.escaped';
const OF_KEY = 'sns_topic.attribute, sns_topic.key, sns_topic.spaced';

const EDITS: readonly (readonly [file: string, edited: string, as: string, changed: string])[] = [
  // A resource depends on its block.
  ['main.tf', '"plain"\n', '"other"\n', `${ESCAPED}, sns_topic.plain`],
  ['second.tf', '"second"\n', '"other"\n', `${ESCAPED}, sqs_queue.second`],
  // On variables and locals, also through others.
  ['main.tf', '"test"', '"live"', `${ESCAPED}, sns_topic.computed, sns_topic.named, parameters`],
  ['main.tf', 'app-', 'api-', `${ESCAPED}, sns_topic.computed, sns_topic.named`],
  ['main.tf', 'outer = local.name', 'outer = "outer"', `${ESCAPED}, sns_topic.computed, sns_topic.named`],
  ['main.tf', 'ports = [22]', 'ports = [80]', `${ESCAPED}, sns_topic.computed`],
  ['main.tf', 'The stage of all.', 'The stage.', 'parameters'],
  ['main.tf', 'variable "unused" {}', 'variable "unused" { default = 1 }', `${ESCAPED}, parameters`],
  // On what variables are given and compared with.
  ['terraform.tfvars', '"there"', '"far"', `${ESCAPED}, ${PART}, sns_topic.given, sqs_queue.keyed`],
  ['terraform.tfvars', 'given', 'unused', `${ESCAPED}, ${PART}, sns_topic.given, sqs_queue.keyed`],
  [
    'main.tf',
    'ports = [22]',
    'ports = var.stage == "live" ? [] : [22]',
    `${ESCAPED}, sns_topic.computed, sns_topic.named`,
  ],
  // On data sources, and on the resources that these name.
  ['main.tf', 's3:GetObject', 's3:PutObject', `data.iam_policy_document.read, ${ESCAPED}, iam_policy.read`],
  ['main.tf', 'sqs:SendMessage', 'sqs:*', `data.iam_policy_document.spare, ${ESCAPED}`],
  [
    'main.tf',
    'logs = "logs"',
    'logs = "log"',
    `bucket.each["data"], bucket.each["logs"], data.iam_policy_document.read, ${ESCAPED}, iam_policy.read, sns_topic.computed`,
  ],
  // On companions.
  ['main.tf', '"Enabled"', '"Suspended"', `bucket.each["data"], bucket.each["logs"], ${ESCAPED}`],
  // On whether there is a resource with a name.
  ['second.tf', '"second" {', '"later" {', `${ESCAPED}, sns_topic.missing, sqs_queue.later`],
  // On arguments of resources, but not where it has only what AWS makes of them.
  ['main.tf', '"own"\n', '"new"\n', `${ESCAPED}, kms_key.own, sns_topic.attribute, sns_topic.spaced`],
  ['main.tf', 'description = "own"', 'arn = "own"', `${ESCAPED}, kms_key.own, ${OF_KEY}`],
  ['main.tf', 'description = "own"', 'count = 1', `${ESCAPED}, kms_key.own[0], ${OF_KEY}`],
  ['main.tf', '"aws_kms_key" "own"', '"aws_kms_key" "other"', `${ESCAPED}, kms_key.other, ${OF_KEY}`],
  ['part/main.tf', 'description = "key"', 'arn = "key"', `${ESCAPED}, module.part.kms_key.key, sqs_queue.keyed`],
  // On files.
  ['policy.txt', '1', '2', `${ESCAPED}, iam_policy.file`],
  // On the calls of modules, and what they return.
  ['main.tf', 'other  = 1', 'other  = 2', `${ESCAPED}, ${PART}, sqs_queue.keyed`],
  ['part/main.tf', '"key"\n', '"new"\n', 'module.part.kms_key.key'],
  ['part/main.tf', 'inner = var.name', 'inner = "a"', 'module.part.sns_topic.part'],
  ['part/main.tf', '"spare"\n', '"other"\n', `${ESCAPED}, sqs_queue.keyed`],
  // Everything depends on providers and settings.
  ['main.tf', '"eu-west-1"', '"eu-west-2"', 'everything'],
  ['main.tf', '>= 1.5', '>= 1.6', 'everything'],
];

describe('the content of a configuration', () => {
  for (const [file, edited, as, expected] of EDITS)
    it(`changes for ${expected} where ${edited} becomes ${as}`, () => {
      const before = finished(stackOf(FILES).content!())!;
      assert.equal(FILES[file]!.split(edited).length, 2, `${edited} is not there once`);
      const after = finished(stackOf({ ...FILES, [file]: FILES[file]!.replace(edited, as) }).content!(before))!;
      const sorted = (names: string): string => names.split(', ').sort().join(', ');
      assert.equal(sorted(changed(before, after)), sorted(expected));
    });

  it('is the same for each resource where an edit moves it', () => {
    const before = finished(stackOf(FILES).content!())!;
    const after = finished(stackOf({ ...FILES, 'main.tf': `# moved\n\n${FILES['main.tf']!}` }).content!(before))!;
    assert.equal(changed(before, after), '');
  });

  it('differs in two versions that follow the same one', () => {
    const [first, second] = [undefined, finished(stackOf(FILES).content!())!].map((before) =>
      ['"one"\n', '"other"\n'].map((name) => {
        const files = { ...FILES, 'second.tf': FILES['second.tf']!.replace('"second"\n', name) };
        return finished(stackOf(files).content!(before))!;
      }),
    );
    assert.match(changed(second![0]!, second![1]!), /sqs_queue\.second/);
    assert.match(changed(first![0]!, first![1]!), /sqs_queue\.second|everything/);
  });
});
