import assert from 'node:assert/strict';
import { lowerFix } from '../../server/src/engine/fix.ts';
import type { LoweredFix } from '../../server/src/model/finding.ts';
import { leaves } from '../../server/src/model/navigate.ts';
import { fixed, lowered } from './terraform-fixes.ts';
import { stackOf, type Files } from './terraform-stack.ts';
import { UNREADABLE } from '../kit/memory-reader.ts';

type Body = Readonly<Record<string, unknown>>;

const BLOCK = 's3-bucket-public-access-block';
const ENCRYPTION = 'rds-instance-encryption';
const ON = {
  block_public_acls: true,
  block_public_policy: true,
  ignore_public_acls: true,
  restrict_public_buckets: true,
};

function fixedMain(main: unknown, rule = BLOCK, more: Files = {}): unknown {
  return fixed({ 'main.tf.json': main, ...more }, rule)?.['main.tf.json'];
}

/** The companion that a fix makes for a bucket. */
function made(bucket: Body, more: Body = {}): unknown {
  const after = fixedMain({ ...more, resource: { aws_s3_bucket: { b: bucket } } }) as {
    readonly resource: { readonly aws_s3_bucket_public_access_block: { readonly b: unknown } };
  };
  return after.resource.aws_s3_bucket_public_access_block.b;
}

const BUCKET = { aws_s3_bucket: { b: {} } };
const COMPANION = { b: { bucket: '${aws_s3_bucket.b.id}', ...ON } };

describe('a new companion', () => {
  const other = { aws_s3_bucket_public_access_block: { other: { bucket: 'x', ...ON } } };
  const placed: readonly (readonly [name: string, before: unknown, after: unknown])[] = [
    ['an object', { resource: BUCKET }, { resource: { ...BUCKET, aws_s3_bucket_public_access_block: COMPANION } }],
    [
      'an object that has the type',
      { resource: { ...BUCKET, ...other } },
      {
        resource: {
          ...BUCKET,
          aws_s3_bucket_public_access_block: { ...other.aws_s3_bucket_public_access_block, ...COMPANION },
        },
      },
    ],
    [
      'an array of types',
      { resource: [BUCKET] },
      { resource: [{ ...BUCKET, aws_s3_bucket_public_access_block: COMPANION }] },
    ],
    [
      'the last of an array of types',
      { resource: [{ aws_iam_user: { u: {} } }, BUCKET] },
      { resource: [{ aws_iam_user: { u: {} } }, { ...BUCKET, aws_s3_bucket_public_access_block: COMPANION }] },
    ],
    [
      'the object of its owner in an array of types',
      { resource: [BUCKET, { aws_iam_user: { u: {} } }] },
      { resource: [{ ...BUCKET, aws_s3_bucket_public_access_block: COMPANION }, { aws_iam_user: { u: {} } }] },
    ],
    [
      'an array of which another object has the type',
      { resource: [other, BUCKET] },
      {
        resource: [
          { aws_s3_bucket_public_access_block: { ...other.aws_s3_bucket_public_access_block, ...COMPANION } },
          BUCKET,
        ],
      },
    ],
    [
      'arrays at every level',
      [{ terraform: {} }, { resource: [{ aws_s3_bucket: [{ b: [{}] }] }] }],
      [
        { terraform: {} },
        { resource: [{ aws_s3_bucket: [{ b: [{}] }], aws_s3_bucket_public_access_block: COMPANION }] },
      ],
    ],
    [
      'an array of names',
      { resource: { ...BUCKET, aws_s3_bucket_public_access_block: [other.aws_s3_bucket_public_access_block] } },
      {
        resource: {
          ...BUCKET,
          aws_s3_bucket_public_access_block: [{ ...other.aws_s3_bucket_public_access_block, ...COMPANION }],
        },
      },
    ],
    [
      'a file whose name is taken',
      { resource: { ...BUCKET, aws_s3_bucket_public_access_block: { b: { bucket: 'x', ...ON } } } },
      { resource: { ...BUCKET, aws_s3_bucket_public_access_block: { b: { bucket: 'x', ...ON }, b_2: COMPANION.b } } },
    ],
  ];
  for (const [name, before, after] of placed) it(`goes into ${name}`, () => assert.deepEqual(fixedMain(before), after));

  it('goes into a file of one line', () => {
    assert.deepEqual(fixed({ 'main.tf.json': JSON.stringify({ resource: BUCKET }) }, BLOCK), {
      'main.tf.json': { resource: { ...BUCKET, aws_s3_bucket_public_access_block: COMPANION } },
    });
  });

  it('goes into the file of its owner', () => {
    assert.deepEqual(
      Object.keys(
        fixed(
          {
            'a.tf.json': { resource: { aws_iam_user: { u: {} } } },
            'b.tf.json': { resource: BUCKET },
            'c.tf.json': {},
          },
          BLOCK,
        )!,
      ),
      ['b.tf.json'],
    );
  });

  it('is repeated as its owner is, by the same provider', () => {
    assert.deepEqual(made({ count: '${var.n}', provider: 'aws.west' }, { variable: { n: {} } }), {
      count: '${var.n}',
      provider: 'aws.west',
      bucket: '${aws_s3_bucket.b[count.index].id}',
      ...ON,
    });
    assert.deepEqual(made({ count: 2 }), { count: 2, bucket: '${aws_s3_bucket.b[count.index].id}', ...ON });
    const names = { one: { size: 1, on: true }, two: null };
    assert.deepEqual(made({ for_each: names }), { for_each: names, bucket: '${aws_s3_bucket.b[each.key].id}', ...ON });
    assert.deepEqual(made({ for_each: '${toset(["a", "b"])}' }), {
      for_each: '${toset(["a", "b"])}',
      bucket: '${aws_s3_bucket.b[each.key].id}',
      ...ON,
    });
  });
});

describe('a fix that writes into what is there', () => {
  it('sets several arguments of one companion, in its file', () => {
    const block = {
      bucket: '${aws_s3_bucket.b.id}',
      block_public_acls: false,
      block_public_policy: true,
      ignore_public_acls: null,
    };
    assert.deepEqual(
      fixed(
        {
          'a.tf.json': { resource: BUCKET },
          'b.tf.json': { resource: { aws_s3_bucket_public_access_block: { p: [block] } } },
        },
        BLOCK,
      ),
      { 'b.tf.json': { resource: { aws_s3_bucket_public_access_block: { p: [{ ...block, ...ON }] } } } },
    );
  });

  it('goes into blocks that are written as an object or as an array', () => {
    for (const wrap of [(block: Body): unknown => block, (block: Body): unknown => [block]]) {
      const { edits } = lowered(
        {
          'main.tf.json': {
            resource: { aws_instance: { i: { metadata_options: wrap({ http_endpoint: 'enabled' }) } } },
          },
        },
        'aws_instance.i',
        'MetadataOptions.HttpTokens',
        'required',
      ) as LoweredFix;
      assert.deepEqual(
        edits.map((edit) => edit.newText.replaceAll(/\s/g, '')),
        [',"http_tokens":"required"'],
      );
    }
  });

  it('takes the place of a value that means the same as nothing, and writes into a text of JSON', () => {
    const written = (resource: unknown, address: string, path: string, value: string | boolean): readonly string[] => {
      const text = JSON.stringify({ resource }, null, 2);
      const { edits } = lowered({ 'main.tf.json': { resource } }, address, path, value) as LoweredFix;
      return edits.map(({ range, newText }) => `${text.slice(range.start, range.end)} -> ${newText}`);
    };
    const stream = { aws_kinesis_stream: { s: { encryption_type: 'NONE' } } };
    assert.deepEqual(written(stream, 'aws_kinesis_stream.s', 'StreamEncryption.EncryptionType', 'KMS'), [
      '"NONE" -> "KMS"',
    ]);
    const job = { aws_batch_job_definition: { j: { container_properties: '{"privileged": true}' } } };
    assert.deepEqual(written(job, 'aws_batch_job_definition.j', 'ContainerProperties.Privileged', false), [
      'true -> false',
    ]);
  });

  it('replaces what is written under a name of its own', () => {
    assert.deepEqual(fixedMain({ resource: { aws_db_instance: { d: { storage_encrypted: 'false' } } } }, ENCRYPTION), {
      resource: { aws_db_instance: { d: { storage_encrypted: true } } },
    });
  });
});

describe('a fix is refused', () => {
  const ACLS = 'PublicAccessBlockConfiguration.BlockPublicAcls';
  const block = (more: Body): Body => ({ bucket: '${aws_s3_bucket.b.id}', ...ON, ...more });
  const on = { on: { type: 'bool', default: true } };
  const database = (value: unknown, more: Body = {}): Body => ({
    ...more,
    resource: { aws_db_instance: { d: { storage_encrypted: value } } },
  });
  const instance = (options: unknown): Body => ({ resource: { aws_instance: { i: { metadata_options: options } } } });
  const TOKENS = 'MetadataOptions.HttpTokens';

  const cases: readonly (readonly [
    when: string,
    main: unknown,
    address: string,
    path: string,
    reason: RegExp,
    more?: Files,
  ])[] = [
    [
      'files are not read',
      { resource: BUCKET },
      'aws_s3_bucket.b',
      ACLS,
      /files that are not read/,
      { 'x.tf': UNREADABLE },
    ],
    [
      'a JSON string would have to be written',
      { resource: { aws_batch_job_definition: { j: { name: 'j' } } } },
      'aws_batch_job_definition.j',
      'ContainerProperties.Privileged',
      /belongs in a JSON string/,
    ],
    [
      'a companion is there in other scenarios',
      {
        variable: on,
        resource: { ...BUCKET, aws_s3_bucket_public_access_block: { p: block({ count: '${var.on ? 1 : 0}' }) } },
      },
      'aws_s3_bucket.b',
      ACLS,
      /contains it in other scenarios/,
    ],
    [
      'a companion may belong to it',
      {
        variable: { n: {} },
        resource: { ...BUCKET, aws_s3_bucket_public_access_block: { p: block({ bucket: '${var.n}' }) } },
      },
      'aws_s3_bucket.b',
      ACLS,
      /its parent has another value/,
    ],
    [
      'a value comes from a local with other uses',
      database('${local.e}', { locals: { e: false }, output: { o: { value: '${local.e}' } } }),
      'aws_db_instance.d',
      'StorageEncrypted',
      /^local\.e is used in 2 places$/,
    ],
    [
      'a value comes from a variable with other uses',
      database('${var.on}', { variable: { on: { default: false } }, output: { o: { value: '${var.on}' } } }),
      'aws_db_instance.d',
      'StorageEncrypted',
      /^var\.on is used in 2 places$/,
    ],
    ['a value is computed', database('${!true}'), 'aws_db_instance.d', 'StorageEncrypted', /computed/],
    [
      'there are several blocks for one',
      instance([{ http_endpoint: 'enabled' }, {}]),
      'aws_instance.i',
      TOKENS,
      /another value is there/,
    ],
    [
      'another file overrides the block',
      instance({ http_endpoint: 'enabled' }),
      'aws_instance.i',
      TOKENS,
      /another file overrides it/,
      { 'override.tf.json': instance({ http_endpoint: 'enabled' }) },
    ],
    [
      'another file makes the block by a dynamic one',
      instance({ http_endpoint: 'enabled' }),
      'aws_instance.i',
      TOKENS,
      /another file overrides it/,
      {
        'override.tf.json': {
          resource: { aws_instance: { i: { dynamic: { metadata_options: { for_each: [], content: {} } } } } },
        },
      },
    ],
    [
      'another file says how often the owner is there',
      { resource: BUCKET },
      'aws_s3_bucket.b',
      ACLS,
      /another file sets count/,
      { 'override.tf.json': { resource: { aws_s3_bucket: { b: { count: 2 } } } } },
    ],
    [
      'count of the resource cannot be read',
      { resource: { aws_s3_bucket: { b: { count: '${1 +' } } } },
      'aws_s3_bucket.b',
      ACLS,
      /count of the resource cannot be read/,
    ],
  ];
  for (const [when, main, address, path, reason, more] of cases)
    it(`where ${when}`, () => {
      const result = lowered({ 'main.tf.json': main, ...more }, address, path, path === TOKENS ? 'required' : true);
      assert.ok('refused' in result, JSON.stringify(result));
      assert.match(result.refused, reason);
    });

  it('in what a tool makes', () => {
    const construct = { '//': { metadata: { path: 'shop/orders', uniqueId: 'orders' } } };
    const body = (more: Body): Body => ({
      resource: { aws_db_instance: { d: { ...more, storage_encrypted: false } } },
    });
    const made = {
      '//': { metadata: { backend: 'local', stackName: 'shop', version: '0.20.8' }, outputs: {} },
      ...body(construct),
    };
    for (const [files, reason] of [
      [{ 'main.tf.json': made }, 'CDK for Terraform generated the file; change shop/orders in its source'],
      [{ 'main.tf.json': { ...made, ...body({}) } }, 'CDK for Terraform generated the file; change its source'],
      [{ 'cdktf.out/stacks/shop/cdk.tf.json': body(construct) }, 'the file is generated; change its source'],
      [{ '.terragrunt-cache/a/main.tf.json': body({}) }, 'the file is generated; change its source'],
    ] as const)
      assert.deepEqual(lowered(files, 'aws_db_instance.d', 'StorageEncrypted', true), { refused: reason });
  });

  it('in a plan', () => {
    for (const after of [{ storage_encrypted: false }, {}]) {
      const plan = {
        format_version: '1.2',
        resource_changes: [
          {
            address: 'aws_db_instance.d',
            mode: 'managed',
            type: 'aws_db_instance',
            name: 'd',
            change: { actions: ['create'], after },
          },
        ],
      };
      const resource = stackOf({ 'plan.json': plan }).byAddress('aws_db_instance.d')!;
      const [leaf] = leaves(resource.get('StorageEncrypted'));
      assert.deepEqual(
        lowerFix(
          { title: 'Set it', safe: true, edits: [{ op: 'set', resource, path: 'StorageEncrypted', value: true }] },
          leaf!.value,
        ),
        { refused: 'the document is generated; change its source' },
      );
    }
  });
});
