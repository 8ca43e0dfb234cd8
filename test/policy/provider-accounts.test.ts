/**
 * The account of a resource of Terraform by its provider: whether the account in a policy is another one, for a
 * resource.
 */
import assert from 'node:assert/strict';
import { isForeign } from '../../server/src/policy/principal/own-account.ts';
import { stackOf } from '../kit/stack-of.ts';

const ONE = '111122223333';
const OTHER = '444455556666';
const THIRD = '777788889999';

const provider = (account: string | undefined, alias = ''): string =>
  `provider "aws" {\n${alias && `  alias = "${alias}"\n`}${
    account === undefined ? '' : `  assume_role {\n    role_arn = "arn:aws:iam::${account}:role/deploy"\n  }\n`
  }}\n`;

const BUCKET = 'resource "aws_s3_bucket" "b" {}\n';
const call = (providers = ''): string => `module "m" {\n  source = "./m"\n${providers}}\n`;

type Row = readonly [
  what: string,
  files: Readonly<Record<string, string>>,
  address: string,
  foreign: Readonly<Record<string, boolean | undefined>>,
];

const ROWS: readonly Row[] = [
  [
    'the account of the only provider',
    { 'main.tf': provider(ONE) + BUCKET },
    'aws_s3_bucket.b',
    { [ONE]: false, [OTHER]: true },
  ],
  [
    'a provider without an account',
    { 'main.tf': provider(undefined) + BUCKET },
    'aws_s3_bucket.b',
    { [ONE]: undefined },
  ],
  [
    'the account of the default provider beside another',
    { 'main.tf': provider(ONE) + provider(OTHER, 'other') + BUCKET },
    'aws_s3_bucket.b',
    { [ONE]: false, [OTHER]: undefined, [THIRD]: true },
  ],
  [
    'the account of a chosen provider',
    {
      'main.tf': `${provider(ONE)}${provider(OTHER, 'other')}resource "aws_s3_bucket" "b" {\n  provider = aws.other\n}\n`,
    },
    'aws_s3_bucket.b',
    { [ONE]: undefined, [OTHER]: false, [THIRD]: true },
  ],
  [
    'the account of the inherited provider',
    { 'main.tf': provider(ONE) + call(), 'm/main.tf': BUCKET },
    'module.m.aws_s3_bucket.b',
    { [ONE]: false, [OTHER]: true },
  ],
  [
    'the account of a passed provider',
    {
      'main.tf': provider(ONE) + provider(OTHER, 'other') + call('  providers = { aws = aws.other }\n'),
      'm/main.tf': BUCKET,
    },
    'module.m.aws_s3_bucket.b',
    { [ONE]: undefined, [OTHER]: false, [THIRD]: true },
  ],
  [
    'the account of a provider that is passed to a block for it',
    {
      'main.tf': provider(ONE) + provider(OTHER, 'other') + call('  providers = { aws = aws.other }\n'),
      'm/main.tf': `provider "aws" {}\n${BUCKET}`,
    },
    'module.m.aws_s3_bucket.b',
    { [ONE]: undefined, [OTHER]: false },
  ],
  [
    'the account of a passed provider with an alias',
    {
      'main.tf': provider(ONE) + provider(OTHER, 'other') + call('  providers = { aws.x = aws.other }\n'),
      'm/main.tf': 'resource "aws_s3_bucket" "b" {\n  provider = aws.x\n}\n',
    },
    'module.m.aws_s3_bucket.b',
    { [ONE]: undefined, [OTHER]: false },
  ],
  [
    'the account of a provider of the module',
    { 'main.tf': provider(ONE) + call(), 'm/main.tf': provider(OTHER) + BUCKET },
    'module.m.aws_s3_bucket.b',
    { [ONE]: undefined, [OTHER]: false, [THIRD]: true },
  ],
  [
    'the account of a provider of a module, outside of it',
    { 'main.tf': provider(ONE) + call() + BUCKET, 'm/main.tf': provider(OTHER) + BUCKET },
    'aws_s3_bucket.b',
    { [ONE]: false, [OTHER]: undefined },
  ],
  [
    'a provider of a module without an account',
    {
      'main.tf': provider(ONE) + call() + BUCKET,
      'm/main.tf': 'provider "aws" {\n  region = "eu-west-1"\n}\n' + BUCKET,
    },
    'module.m.aws_s3_bucket.b',
    { [ONE]: undefined, [OTHER]: undefined },
  ],
  [
    'the account of a provider through two modules',
    {
      'main.tf': provider(ONE) + provider(OTHER, 'other') + call('  providers = { aws = aws.other }\n'),
      'm/main.tf': 'module "n" {\n  source = "../n"\n}\n',
      'n/main.tf': BUCKET,
    },
    'module.m.module.n.aws_s3_bucket.b',
    { [ONE]: undefined, [OTHER]: false },
  ],
];

describe('the account of a provider', () => {
  for (const [what, files, address, foreign] of ROWS)
    it(what, () => {
      const stack = stackOf(files);
      const resource = stack.byAddress(address) ?? assert.fail(`no resource ${address}`);
      assert.deepEqual(
        Object.fromEntries(
          Object.keys(foreign).map((account) => [account, isForeign(account, stack, undefined, resource)]),
        ),
        foreign,
      );
    });
});
