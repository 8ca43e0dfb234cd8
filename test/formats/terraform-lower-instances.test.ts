import assert from 'node:assert/strict';
import { fixed } from './terraform-fixes.ts';
import { directory, EVERYTHING, type Files } from './terraform-stack.ts';

type Body = Readonly<Record<string, unknown>>;

const BLOCK = 's3-bucket-public-access-block';
const ENCRYPTION = 'rds-instance-encryption';
const ON = {
  block_public_acls: true,
  block_public_policy: true,
  ignore_public_acls: true,
  restrict_public_buckets: true,
};

const database = (body: Body): Body => ({ resource: { aws_db_instance: { d: body } } });
const bucket = (body: Body, more: Body = {}): Body => ({ resource: { aws_s3_bucket: { b: body }, ...more } });

describe('a fix of a resource with several instances', () => {
  const changed: readonly (readonly [what: string, before: Body, after: Body])[] = [
    [
      'writes an argument once for all',
      { for_each: { a: 1, b: 2 } },
      { for_each: { a: 1, b: 2 }, storage_encrypted: true },
    ],
    ['replaces an argument of all', { count: 2, storage_encrypted: false }, { count: 2, storage_encrypted: true }],
    [
      'replaces what one of them is made of',
      { for_each: { a: { on: true }, b: { on: false } }, storage_encrypted: '${each.value.on}' },
      { for_each: { a: { on: true }, b: { on: true } }, storage_encrypted: '${each.value.on}' },
    ],
    [
      'replaces what one of them is made of within an expression',
      { for_each: '${{ a = { on = true }, b = { on = false } }}', storage_encrypted: '${each.value.on}' },
      { for_each: '${{ a = { on = true }, b = { on = true } }}', storage_encrypted: '${each.value.on}' },
    ],
    [
      'replaces the branch that one of them takes',
      { for_each: { a: 1, b: 2 }, storage_encrypted: '${each.key == "a" ? false : true}' },
      { for_each: { a: 1, b: 2 }, storage_encrypted: '${each.key == "a" ? true : true}' },
    ],
  ];
  for (const [what, before, after] of changed)
    it(what, () =>
      assert.deepEqual(fixed({ 'main.tf.json': database(before) }, ENCRYPTION), { 'main.tf.json': database(after) }),
    );

  it('makes one companion for all', () => {
    const for_each = { a: 1, b: 2 };
    assert.deepEqual(fixed({ 'main.tf.json': bucket({ for_each }) }, BLOCK), {
      'main.tf.json': bucket(
        { for_each },
        { aws_s3_bucket_public_access_block: { b: { for_each, bucket: '${aws_s3_bucket.b[each.key].id}', ...ON } } },
      ),
    });
  });

  it('names the instance by the key of the block that it is written in', () => {
    const for_each = { a: 1, b: 2 };
    const policy = (text: string): Files => ({
      'main.tf.json': bucket(
        { for_each },
        { aws_s3_bucket_policy: { p: { for_each, bucket: '${aws_s3_bucket.b[each.key].id}', policy: text } } },
      ),
    });
    const after = fixed(policy('{"Statement": []}'), 's3-bucket-policy-secure-transport')!;
    const [statement] = (
      JSON.parse(
        (after as { 'main.tf.json': { resource: { aws_s3_bucket_policy: { p: { policy: string } } } } })['main.tf.json']
          .resource.aws_s3_bucket_policy.p.policy,
      ) as { Statement: [{ Resource: unknown }] }
    ).Statement;
    assert.deepEqual(statement.Resource, ['${aws_s3_bucket.b[each.key].arn}', '${aws_s3_bucket.b[each.key].arn}/*']);
  });

  const refused: readonly (readonly [where: string, main: Body, rule: string])[] = [
    [
      'another instance has the companion',
      bucket(
        { for_each: { a: 1, b: 2 } },
        { aws_s3_bucket_public_access_block: { p: { bucket: '${aws_s3_bucket.b["a"].id}', ...ON } } },
      ),
      BLOCK,
    ],
    [
      'another instance has the block',
      {
        resource: {
          aws_instance: {
            i: {
              for_each: { a: 1, b: 2 },
              dynamic: {
                metadata_options: { for_each: '${each.key == "a" ? [1] : []}', content: { http_tokens: 'required' } },
              },
            },
          },
        },
      },
      'ec2-imdsv2-required',
    ],
    ['the value is the key', bucket({ for_each: { 'public-read': 1 }, acl: '${each.key}' }), 's3-acl-public-read'],
    [
      'the value is a local that others go over',
      {
        locals: { all: { a: { on: false } } },
        output: { o: { value: '${local.all}' } },
        ...database({ for_each: '${local.all}', storage_encrypted: '${each.value.on}' }),
      },
      ENCRYPTION,
    ],
    [
      'it would have to name one of several',
      bucket(
        { for_each: { a: 1, b: 2 } },
        { aws_s3_bucket_policy: { p: { bucket: '${aws_s3_bucket.b["a"].id}', policy: '{"Statement": []}' } } },
      ),
      's3-bucket-policy-secure-transport',
    ],
  ];
  for (const [where, main, rule] of refused)
    it(`is refused where ${where}`, () => assert.equal(fixed({ 'main.tf.json': main }, rule), undefined));
});

describe('a fix of a resource in a module', () => {
  const called = (module: Body, calls: Body = { m: { source: './m' } }): Files => ({
    'main.tf.json': { module: calls },
    'm/main.tf.json': module,
  });

  it('is made in the file of the module', () => {
    assert.deepEqual(fixed(called(database({ storage_encrypted: false })), ENCRYPTION), {
      'm/main.tf.json': database({ storage_encrypted: true }),
    });
    assert.deepEqual(fixed(called(bucket({})), BLOCK), {
      'm/main.tf.json': bucket(
        {},
        { aws_s3_bucket_public_access_block: { b: { bucket: '${aws_s3_bucket.b.id}', ...ON } } },
      ),
    });
  });

  it('takes a name that is free in the module', () => {
    const other = { aws_s3_bucket_public_access_block: { b: { bucket: 'x', ...ON } } };
    const after = fixed(called(bucket({}, other)), BLOCK) as { 'm/main.tf.json': { resource: Record<string, Body> } };
    assert.deepEqual(Object.keys(after['m/main.tf.json'].resource['aws_s3_bucket_public_access_block']!), ['b', 'b_2']);
    const root = fixed(
      { ...called(bucket({})), 'main.tf.json': { module: { m: { source: './m' } }, resource: other } },
      BLOCK,
    ) as { 'm/main.tf.json': { resource: Record<string, Body> } };
    assert.deepEqual(Object.keys(root['m/main.tf.json'].resource['aws_s3_bucket_public_access_block']!), ['b']);
  });

  it('serves all uses of the module', () => {
    const files = called(database({ storage_encrypted: false }), {
      m: { source: './m' },
      n: { source: './m', count: 2 },
    });
    const { analysis } = directory(files, { ...EVERYTHING, rules: new Set([ENCRYPTION]) });
    const findings = analysis.documents.flatMap((document) => document.findings);
    assert.deepEqual(
      findings.map(({ subjects }) => subjects),
      [['module.m.aws_db_instance.d', 'module.n[0].aws_db_instance.d', 'module.n[1].aws_db_instance.d']],
    );
    assert.deepEqual(fixed(files, ENCRYPTION), { 'm/main.tf.json': database({ storage_encrypted: true }) });
  });

  it('is refused if the value is an argument of a module call that the module uses twice', () => {
    assert.equal(
      fixed(
        called(
          {
            variable: { on: {} },
            output: { o: { value: '${var.on}' } },
            ...database({ storage_encrypted: '${var.on}' }),
          },
          { m: { source: './m', on: false } },
        ),
        ENCRYPTION,
      ),
      undefined,
    );
  });
});
