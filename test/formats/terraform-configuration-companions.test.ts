import assert from 'node:assert/strict';
import { directory, found, type Files } from './terraform-stack.ts';
import { UNREADABLE } from '../kit/memory-reader.ts';

const BLOCK = 's3-bucket-public-access-block';
const ON = {
  block_public_acls: true,
  block_public_policy: true,
  ignore_public_acls: true,
  restrict_public_buckets: true,
};

type Body = Readonly<Record<string, unknown>>;

const MORE = { variable: { on: { type: 'bool', default: true }, name: {}, names: {} } };

/** What is found of a bucket `b` with a public access block `p`. */
function bucket(own: Body, block: Body, more: Body = {}): readonly string[] {
  return short(
    found(
      {
        'main.tf.json': {
          ...MORE,
          resource: { aws_s3_bucket: { b: own }, aws_s3_bucket_public_access_block: { p: { ...ON, ...block } } },
          ...more,
        },
      },
      BLOCK,
    ),
  );
}

function short(lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.replace(`${BLOCK} `, '').replaceAll(/aws_s3_bucket(?:_public_access_block)?\./g, ''));
}

/** The bucket is said to have no block. */
const NONE = ['b: "b"'];
/** It may be another bucket that has the block. */
const PERHAPS = ['possible b p: "p"'];

describe('companions', () => {
  const cases: readonly (readonly [name: string, own: Body, block: Body, findings: readonly string[], more?: Body])[] =
    [
      ['by its id', {}, { bucket: '${aws_s3_bucket.b.id}' }, []],
      ['by its name', {}, { bucket: '${aws_s3_bucket.b.bucket}' }, []],
      ['by its ARN', {}, { bucket: '${aws_s3_bucket.b.arn}' }, []],
      ['by the name that both write', { bucket: 'x' }, { bucket: 'x' }, []],
      ['by the number of its instance', { count: 2 }, { count: 2, bucket: '${aws_s3_bucket.b[count.index].id}' }, []],
      [
        'by the key of its instance',
        { for_each: { a: 1 } },
        { for_each: { a: 1 }, bucket: '${aws_s3_bucket.b[each.key].id}' },
        [],
      ],
      [
        'by going over it',
        { for_each: '${var.names}' },
        { for_each: '${aws_s3_bucket.b}', bucket: '${each.value.id}' },
        [],
      ],
      [
        'by a loop over it',
        { for_each: { a: 1 } },
        { for_each: '${{ for k, v in aws_s3_bucket.b : k => v.id }}', bucket: '${each.value}' },
        [],
      ],
      [
        'by its keys',
        { for_each: { a: 1 } },
        { for_each: '${toset(keys(aws_s3_bucket.b))}', bucket: '${aws_s3_bucket.b[each.key].id}' },
        [],
      ],
      [
        'by one of its values',
        { count: 2 },
        { count: 2, bucket: '${[for b in aws_s3_bucket.b : b.id][count.index]}' },
        [],
      ],
      [
        'not, by a loop that leaves it out',
        { for_each: { a: 1 } },
        { for_each: '${{ for k, v in aws_s3_bucket.b : k => v.id if k != "a" }}', bucket: '${each.value}' },
        ['b["a"]: "b"'],
      ],
      [
        'as often as it is there',
        { count: '${var.on ? 1 : 0}' },
        { count: '${length(aws_s3_bucket.b)}', bucket: '${aws_s3_bucket.b[count.index].id}' },
        [],
      ],
      [
        'under the same condition',
        { count: '${var.on ? 1 : 0}' },
        { count: '${var.on ? 1 : 0}', bucket: '${aws_s3_bucket.b[0].id}' },
        [],
      ],
      [
        'with the same number that is not known',
        { count: '${var.name}' },
        { count: '${var.name}', bucket: '${aws_s3_bucket.b[0].id}' },
        [],
      ],
      ['by a splat', {}, { bucket: '${join("", aws_s3_bucket.b[*].id)}' }, []],
      ['perhaps, by a name that is not known', { bucket: 'x' }, { bucket: '${var.name}' }, PERHAPS],
      ['perhaps, by a name where its own is not known', { bucket: '${var.name}' }, { bucket: 'x' }, PERHAPS],
      ['perhaps, through a module that may pass it on', {}, { bucket: '${module.m.bucket}' }, PERHAPS],
      [
        'in some scenarios',
        {},
        { count: '${var.on ? 1 : 0}', bucket: '${aws_s3_bucket.b.id}' },
        ['possible b: "b" when var.on=false'],
      ],
      [
        'in scenarios that are not known',
        { count: '${var.on ? 1 : 0}' },
        { count: '${var.name}', bucket: '${aws_s3_bucket.b[0].id}' },
        ['b[0]: "b" when var.on=true when var.name > 0=false'],
      ],
      ['not, by another name', { bucket: 'x' }, { bucket: 'y' }, NONE],
      ['not, by another resource', {}, { bucket: '${aws_s3_bucket.c.id}' }, NONE],
      ['not, as it is never there', {}, { count: 0, bucket: '${aws_s3_bucket.b.id}' }, NONE],
    ];
  for (const [name, own, block, findings, more] of cases)
    it(`name their owner ${name}`, () => assert.deepEqual(bucket(own, block, more), findings));

  it('count wherever they are in the directory', () => {
    const files: Files = {
      'a.tf.json': {
        resource: { aws_s3_bucket_public_access_block: { p: { bucket: '${aws_s3_bucket.b.id}', ...ON } } },
      },
      'b.tf.json': { resource: { aws_s3_bucket: { b: {} } } },
    };
    assert.deepEqual(found(files, BLOCK), []);
    const { 'b.tf.json': alone } = files;
    assert.deepEqual(short(found({ 'b.tf.json': alone }, BLOCK)), NONE);
  });

  it('are named by way of each other', () => {
    const through = (own: Body, block: Body, others: Body): readonly string[] =>
      short(
        found(
          {
            'main.tf.json': {
              ...MORE,
              resource: {
                aws_s3_bucket: { b: own },
                aws_s3_bucket_public_access_block: { p: { ...ON, ...block } },
                ...others,
              },
            },
          },
          BLOCK,
        ),
      );
    const policy = (more: Body): Body => ({ aws_s3_bucket_policy: { q: { policy: '{}', ...more } } });
    assert.deepEqual(
      through({}, { bucket: '${aws_s3_bucket_policy.q.id}' }, policy({ bucket: '${aws_s3_bucket.b.id}' })),
      [],
    );
    assert.deepEqual(
      through(
        {},
        { bucket: '${var.on ? aws_s3_bucket_policy.q[0].id : aws_s3_bucket.b.id}' },
        policy({ bucket: '${aws_s3_bucket.b.id}', count: '${var.on ? 1 : 0}' }),
      ),
      [],
    );
    const versioning = {
      aws_s3_bucket_versioning: { v: { for_each: { a: 1 }, bucket: '${aws_s3_bucket.b[each.key].id}' } },
    };
    assert.deepEqual(
      through(
        { for_each: { a: 1 } },
        { for_each: { a: 1 }, bucket: '${aws_s3_bucket_versioning.v[each.key].bucket}' },
        versioning,
      ),
      [],
    );
    assert.deepEqual(
      through(
        {},
        { bucket: '${aws_s3_bucket_policy.q.id}' },
        policy({ bucket: '${aws_s3_bucket_public_access_block.p.bucket}' }),
      ),
      NONE,
    );
  });

  it('may be in files that are not read', () => {
    const files: Files = { 'main.tf.json': { resource: { aws_s3_bucket: { b: {} } } } };
    assert.deepEqual(short(found({ ...files, 'x.tf': UNREADABLE }, BLOCK)), ['possible b: "b"']);
    assert.deepEqual(short(found({ ...files, 'x.tofu': UNREADABLE }, BLOCK)), ['possible b: "b"']);
    assert.deepEqual(short(found({ ...files, 'x.tfvars': 'x' }, BLOCK)), NONE);
  });

  it('say nothing for certain of what their owner may have elsewhere', () => {
    const lifecycle = {
      resource: {
        aws_s3_bucket_lifecycle_configuration: { l: { bucket: 'b', rule: [{ id: 'x', status: 'Enabled' }] } },
      },
    };
    for (const rule of ['s3-bucket-policy-secure-transport', 's3-bucket-versioning', 's3-bucket-access-logging']) {
      assert.deepEqual(
        found({ 'main.tf.json': lifecycle }, rule).filter((line) => !line.startsWith(`${rule} possible`)),
        [],
        rule,
      );
    }
  });

  it('count where their owner is elsewhere', () => {
    const files: Files = {
      'main.tf.json': {
        resource: {
          aws_s3_bucket_public_access_block: { p: { bucket: 'elsewhere', ...ON, block_public_acls: false } },
        },
      },
    };
    assert.deepEqual(short(found(files, BLOCK)), ['p: false']);
  });

  it('are all read where there are several', () => {
    const block = (acls: boolean): Body => ({ bucket: '${aws_s3_bucket.b.id}', ...ON, block_public_acls: acls });
    const both = (first: boolean, second: boolean): readonly string[] =>
      short(
        found(
          {
            'main.tf.json': {
              resource: {
                aws_s3_bucket: { b: {} },
                aws_s3_bucket_public_access_block: { p: block(first), q: block(second) },
              },
            },
          },
          BLOCK,
        ),
      );
    assert.deepEqual(both(true, true), []);
    assert.deepEqual(both(true, false), ['b q: false']);
  });
});

describe('an inline block and its companion', () => {
  /** Rule, certainty, severity and what is marked of every finding. */
  function findingsFor(resource: unknown, more: Body = {}): readonly string[] {
    const { texts, analysis } = directory({ 'main.tf.json': { resource, ...more } });
    return analysis.documents
      .flatMap(({ doc, findings }) =>
        findings.map(
          ({ rule, certainty, severity, at }) =>
            `${rule} ${certainty} ${severity} ${texts.get(doc)!.slice(at.start, at.end)}`,
        ),
      )
      .sort();
  }

  const group = '${aws_security_group.s.id}';
  const ports: readonly Body[] = [
    { from_port: 22, to_port: 22 },
    { from_port: 0, to_port: 65535 },
    { from_port: '20', to_port: '${var.port}' },
    { from_port: 80, to_port: 443 },
  ];
  for (const range of ports)
    it(`say the same of a rule of a security group for ${JSON.stringify(range)}`, () => {
      const more = { variable: { port: { type: 'number', default: 30 } } };
      const many = { ...range, protocol: 'tcp', cidr_blocks: ['0.0.0.0/0', '10.0.0.0/8'], ipv6_cidr_blocks: ['::/0'] };
      const inline = findingsFor({ aws_security_group: { s: { ingress: [many] } } }, more);
      const old = findingsFor(
        {
          aws_security_group: { s: {} },
          aws_security_group_rule: { r: { type: 'ingress', security_group_id: group, ...many } },
        },
        more,
      );
      const one = (cidr: Body): Body => ({ security_group_id: group, ip_protocol: 'tcp', ...range, ...cidr });
      const each = findingsFor(
        {
          aws_security_group: { s: {} },
          aws_vpc_security_group_ingress_rule: {
            r: one({ cidr_ipv4: '0.0.0.0/0' }),
            s: one({ cidr_ipv4: '10.0.0.0/8' }),
            t: one({ cidr_ipv6: '::/0' }),
          },
        },
        more,
      );
      assert.equal(inline.filter((line) => line.includes(' certain ')).length, 2);
      assert.deepEqual(old, inline);
      assert.deepEqual(each, inline);
    });

  it('say the same of a bucket policy', () => {
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
    });
    const inline = findingsFor({ aws_s3_bucket: { b: { policy } } });
    assert.ok(inline.some((line) => line.includes('Statement')));
    assert.deepEqual(
      findingsFor({
        aws_s3_bucket: { b: {} },
        aws_s3_bucket_policy: { p: { bucket: '${aws_s3_bucket.b.id}', policy } },
      }),
      inline,
    );
  });

  it('say the same of a policy as text and as an expression', () => {
    const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
    const text = findingsFor({ aws_iam_policy: { p: { policy: JSON.stringify(policy) } } });
    assert.match(text.join(), /^iam-policy-admin-wildcard certain \w+ \*$/);
    assert.deepEqual(
      findingsFor({ aws_iam_policy: { p: { policy: `\${jsonencode(${JSON.stringify(policy)})}` } } }),
      text,
    );
  });
});
