/**
 * Which policies can have values from a place (`§`) of a configuration: those of its block and of the blocks that
 * depend on it.
 */
import assert from 'node:assert/strict';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { FOLDER, stackOf, type Files } from './terraform-stack.ts';

const policyOf = (name: string, statements: string): string =>
  `resource "aws_iam_policy" "${name}" {\n  policy = ${statements}\n}\n`;
const documentOf = (name: string, action: string): string =>
  `data "aws_iam_policy_document" "${name}" {\n  statement {\n    actions   = [${action}]\n    resources = ["*"]\n  }\n}\n`;
const written = (action: string): string =>
  `jsonencode({ Statement = [{ Effect = "Allow", Action = ${action}, Resource = "*" }] })`;
const OTHERS = policyOf('other', written('"sqs:SendMessage"')) + documentOf('alone', '"sns:Publish"');

const CASES: readonly (readonly [place: string, files: Files, policies: readonly string[] | undefined])[] = [
  ['a policy', { 'main.tf': OTHERS + policyOf('own', written('"s3:Get§Object"')) }, ['aws_iam_policy.own']],
  [
    'a document that is read',
    {
      'main.tf':
        OTHERS + documentOf('read', '"s3:Get§Object"') + policyOf('own', 'data.aws_iam_policy_document.read.json'),
    },
    ['aws_iam_policy.own'],
  ],
  [
    'a document that nothing reads',
    { 'main.tf': OTHERS + documentOf('unread', '"s3:Get§Object"') },
    ['data.aws_iam_policy_document.unread'],
  ],
  [
    'a local behind another one',
    {
      'main.tf': OTHERS + policyOf('own', written('local.all')),
      'locals.tf': 'locals {\n  all = [local.one]\n  one = "s3:Get§Object"\n  two = "s3:PutObject"\n}\n',
    },
    ['aws_iam_policy.own'],
  ],
  [
    'a default',
    { 'main.tf': `${OTHERS}variable "v" {\n  default = "s3:Get§Object"\n}\n${policyOf('own', written('var.v'))}` },
    ['aws_iam_policy.own'],
  ],
  [
    'an argument of a module',
    {
      'main.tf': `${OTHERS}module "m" {\n  source = "./m"\n  action = "s3:Get§Object"\n}\n`,
      'm/main.tf': `variable "action" {}\n${policyOf('inner', written('var.action'))}`,
    },
    ['module.m.aws_iam_policy.inner'],
  ],
  [
    'a companion',
    {
      'main.tf': `${OTHERS}resource "aws_ecr_repository" "r" {\n  name = "r"\n}\nresource "aws_ecr_repository_policy" "p" {\n  repository = aws_ecr_repository.r.name\n  policy = ${written('"ecr:Get§LifecyclePolicy"')}\n}\n`,
    },
    ['aws_ecr_repository.r'],
  ],
  ['a provider', { 'main.tf': `${OTHERS}provider "aws" {\n  region = "eu-§west-1"\n}\n` }, undefined],
  ['no block', { 'main.tf': `${OTHERS}§\n` }, undefined],
];

describe('the policies with values from', () => {
  for (const [title, files, policies] of CASES)
    it(`${title} are ${policies ? `those of ${policies.join(', ')}` : 'not known'}`, () => {
      const texts = Object.entries(files as Readonly<Record<string, string>>);
      const [name, marked] = texts.find(([, text]) => text.includes('§'))!;
      const unmarked = Object.fromEntries(texts.map(([file, text]) => [file, text.replace('§', '')]));
      // The blocks of a document that is not edited are not compared.
      const stack = stackOf(unmarked, new ParseCache({ edits: true }));
      const start = marked.indexOf('§');
      const found = stack.policiesFrom!(FOLDER + name, { start, end: start });
      assert.deepEqual(
        found?.map(({ host }) => host.address),
        policies,
      );
    });

  it('one place and then another are those of each', () => {
    const text = policyOf('one', written('"s3:GetObject"')) + policyOf('two', written('"sqs:SendMessage"'));
    const stack = stackOf({ 'main.tf': text }, new ParseCache({ edits: true }));
    const foundAt = (what: string): readonly string[] | undefined => {
      const start = text.indexOf(what);
      return stack.policiesFrom!(`${FOLDER}main.tf`, { start, end: start })?.map(({ host }) => host.address);
    };
    for (const [what, address] of [
      ['s3:Get', 'aws_iam_policy.one'],
      ['GetObject', 'aws_iam_policy.one'],
      ['sqs:Send', 'aws_iam_policy.two'],
      ['s3:Get', 'aws_iam_policy.one'],
    ] as const)
      assert.deepEqual(foundAt(what), [address], what);
  });
});
