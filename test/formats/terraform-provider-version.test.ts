import assert from 'node:assert/strict';
import { awsProviderOf } from '../../server/src/formats/terraform/provider-version.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { set } from './terraform-fixes.ts';

const read = (...files: readonly unknown[]): unknown =>
  awsProviderOf(files.map((file, i) => parse(`file:///${i}.tf.json`, JSON.stringify(file))));
const required = (version: string): unknown => ({
  terraform: { required_providers: { aws: { source: 'hashicorp/aws', version } } },
});

describe('the versions of the AWS provider that a configuration admits', () => {
  const versions: readonly (readonly [constraint: string, expected: object])[] = [
    ['~> 3.0', { lowest: 3, highest: 3 }],
    ['~> 3.27.1', { lowest: 3, highest: 3 }],
    ['~> 3', { lowest: 3 }],
    ['>= 4.9, < 6', { lowest: 4, highest: 5 }],
    ['>= 3.75.0,<4.0.0', { lowest: 3, highest: 3 }],
    ['> 2.70, <= 4', { lowest: 2, highest: 4 }],
    ['< 4.5', { highest: 4 }],
    ['= 3.76.1', { lowest: 3, highest: 3 }],
    ['5.1.0', { lowest: 5, highest: 5 }],
    ['v4.0.0-beta1', { lowest: 4, highest: 4 }],
    ['!= 4.0', {}],
    ['', {}],
    ['latest', {}],
    ['>= 5, < 4', {}],
    ['>= 99999999999999999999', {}],
  ];
  for (const [constraint, expected] of versions)
    it(`for "${constraint}"`, () => assert.deepEqual(read(required(constraint)), expected));

  const places: readonly (readonly [where: string, files: readonly unknown[], expected: object])[] = [
    ['as a text', [{ terraform: { required_providers: { aws: '~> 3.0' } } }], { lowest: 3, highest: 3 }],
    [
      'in arrays',
      [[{ terraform: [{ required_providers: [{ aws: [{ version: '~> 3.0' }] }] }] }]],
      { lowest: 3, highest: 3 },
    ],
    [
      'of a provider block',
      [{ provider: { aws: [{ region: 'eu-west-1', version: '~> 2.0' }, { alias: 'other' }] } }],
      { lowest: 2, highest: 2 },
    ],
    [
      'of a provider under another name',
      [
        {
          terraform: {
            required_providers: { amazon: { source: 'registry.terraform.io/hashicorp/aws', version: '< 4' } },
          },
        },
      ],
      { highest: 3 },
    ],
    [
      'of another provider under its name',
      [{ terraform: { required_providers: { aws: { source: 'someone/aws', version: '1.0' } } } }],
      {},
    ],
    ['in several files', [required('>= 3'), required('< 5'), {}], { lowest: 3, highest: 4 }],
    [
      'that say nothing',
      [{ terraform: { required_providers: { aws: { source: 'hashicorp/aws' } } } }, { provider: { aws: {} } }, 'x'],
      {},
    ],
  ];
  for (const [where, files, expected] of places) it(where, () => assert.deepEqual(read(...files), expected));
});

describe('a fix for a version of the AWS provider', () => {
  const bucket = (body: object, more: object = {}, version?: string): Record<string, unknown> => ({
    ...(version === undefined ? {} : (required(version) as object)),
    resource: { aws_s3_bucket: { b: body }, ...more },
  });
  const by = { bucket: '${aws_s3_bucket.b.id}' };
  const AES = [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }];
  const rule = [{ apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } }];
  const settings: readonly (readonly [
    path: string,
    value: Parameters<typeof set>[3],
    inline: object,
    split: object,
  ])[] = [
    [
      'VersioningConfiguration.Status',
      'Enabled',
      { versioning: { enabled: true } },
      { aws_s3_bucket_versioning: { b: { ...by, versioning_configuration: { status: 'Enabled' } } } },
    ],
    [
      'BucketEncryption.ServerSideEncryptionConfiguration',
      AES,
      { server_side_encryption_configuration: { rule } },
      { aws_s3_bucket_server_side_encryption_configuration: { b: { ...by, rule } } },
    ],
    [
      'LoggingConfiguration.DestinationBucketName',
      'logs',
      { logging: { target_bucket: 'logs' } },
      { aws_s3_bucket_logging: { b: { ...by, target_prefix: '', target_bucket: 'logs' } } },
    ],
  ];
  for (const [path, value, inline, split] of settings) {
    for (const version of ['~> 3.0', '= 3.76.1', '>= 2.0, < 4.0'])
      it(`writes ${path} into the bucket for ${version}`, () => {
        assert.deepEqual(
          set({ 'main.tf.json': bucket({}, {}, version) }, 'aws_s3_bucket.b', path, value),
          bucket(inline, {}, version),
        );
      });
    for (const version of [undefined, '>= 3.0', '>= 3.0, < 6.0', '~> 5.0'])
      it(`writes ${path} as a resource of its own for ${version ?? 'any version'}`, () => {
        assert.deepEqual(
          set({ 'main.tf.json': bucket({}, {}, version) }, 'aws_s3_bucket.b', path, value),
          bucket({}, split, version),
        );
      });
  }

  it('writes what had a resource of its own always as one', () => {
    assert.deepEqual(
      set(
        { 'main.tf.json': bucket({}, {}, '~> 2.0') },
        'aws_s3_bucket.b',
        'PublicAccessBlockConfiguration.BlockPublicAcls',
        true,
      ),
      bucket({}, { aws_s3_bucket_public_access_block: { b: { ...by, block_public_acls: true } } }, '~> 2.0'),
    );
  });

  it('changes what is written in the bucket where it stands', () => {
    for (const version of ['~> 3.0', '~> 5.0']) {
      assert.deepEqual(
        set(
          { 'main.tf.json': bucket({ versioning: [{ enabled: false }] }, {}, version) },
          'aws_s3_bucket.b',
          'VersioningConfiguration.Status',
          'Enabled',
        ),
        bucket({ versioning: [{ enabled: true }] }, {}, version),
      );
    }
  });

  it('adds to a block of the bucket that is there, whatever the version', () => {
    assert.deepEqual(
      set(
        { 'main.tf.json': bucket({ versioning: { mfa_delete: false } }, {}, '~> 5.0') },
        'aws_s3_bucket.b',
        'VersioningConfiguration.Status',
        'Enabled',
      ),
      bucket({ versioning: { mfa_delete: false, enabled: true } }, {}, '~> 5.0'),
    );
  });

  it('writes into the resource of its own that is there, whatever the version', () => {
    const held = { aws_s3_bucket_versioning: { v: { ...by, versioning_configuration: { mfa_delete: 'Disabled' } } } };
    assert.deepEqual(
      set(
        { 'main.tf.json': bucket({}, held, '~> 3.0') },
        'aws_s3_bucket.b',
        'VersioningConfiguration.Status',
        'Enabled',
      ),
      bucket(
        {},
        {
          aws_s3_bucket_versioning: {
            v: { ...by, versioning_configuration: { mfa_delete: 'Disabled', status: 'Enabled' } },
          },
        },
        '~> 3.0',
      ),
    );
  });
});
