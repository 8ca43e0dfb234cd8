import assert from 'node:assert/strict';
import { bodyValue } from '../../server/src/formats/terraform/body-value.ts';
import { plainValue } from '../../server/src/formats/plain.ts';
import { itemsOf, leaves, member, memberAt } from '../../server/src/model/navigate.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import type { MapNode } from '../../server/src/syntax/tree.ts';
import { stepsOf } from '../kit/steps.ts';
import { directory, found, stackOf, valuesAt, valuesOf, type Files } from './terraform-stack.ts';

const VOLUME = 'ebs-volume-encryption';
const SSH = 'sg-ingress-open-ssh';

const OFF = { size: 1, encrypted: false };
const ON = { size: 1, encrypted: true };

/** What is found of volumes in one file, by name. */
function volumes(main: unknown, more: Files = {}): readonly string[] {
  return found({ 'main.tf.json': main, ...more }, VOLUME).map((line) =>
    line.replace(`${VOLUME} `, '').replaceAll('aws_ebs_volume.', ''),
  );
}

const RULE = { from_port: 22, to_port: 22, protocol: 'tcp', cidr_blocks: ['0.0.0.0/0'] };

function groups(group: unknown, more: Readonly<Record<string, unknown>> = {}): readonly string[] {
  return found({ 'main.tf.json': { resource: { aws_security_group: { s: group } }, ...more } }, SSH).map((line) =>
    line.replace(`${SSH} `, ''),
  );
}

describe('shapes of Terraform JSON', () => {
  const shapes: Readonly<Record<string, unknown>> = {
    'objects at every level': { resource: { aws_ebs_volume: { v: OFF } } },
    'an array of bodies': { resource: { aws_ebs_volume: { v: [OFF] } } },
    'an array of names': { resource: { aws_ebs_volume: [{ v: OFF }] } },
    'an array of types': { resource: [{ aws_s3_bucket: { b: {} } }, { aws_ebs_volume: { v: OFF } }] },
    'arrays at every level': [{ terraform: {} }, { resource: [{ aws_ebs_volume: [{ v: [OFF] }] }] }],
    'comments at every level': {
      '//': 'root',
      resource: {
        '//': { aws_ebs_volume: { no: OFF } },
        aws_ebs_volume: { '//': OFF, v: { '//': { encrypted: true }, ...OFF } },
      },
    },
  };
  for (const [name, shape] of Object.entries(shapes))
    it(`reads ${name}`, () => {
      assert.deepEqual(volumes(shape), ['v: false']);
    });

  it('counts the name of a block to it, whatever its body is in', () => {
    const acl = { bucket: '${aws_s3_bucket.b.id}' };
    for (const one of [acl, [acl]]) {
      const files = {
        'main.tf.json': { resource: { aws_s3_bucket: { b: {} }, aws_s3_bucket_public_access_block: { p: one } } },
      };
      assert.deepEqual(found(files, 's3-bucket-public-access-block'), [
        's3-bucket-public-access-block aws_s3_bucket.b aws_s3_bucket_public_access_block.p: "p"',
      ]);
    }
  });

  it('names what is in a body by the same path, whatever the body is in', () => {
    const paths = (one: unknown): readonly string[] =>
      directory({ 'main.tf.json': { resource: { aws_ebs_volume: { v: one } } } }).analysis.documents.flatMap(
        ({ findings }) => findings.map(({ path }) => path),
      );
    assert.deepEqual(paths(OFF), ['encrypted']);
    for (const list of [[OFF], [OFF, ON]]) assert.deepEqual(paths(list), ['encrypted']);
  });

  it('keeps everything that stands under a repeated key', () => {
    const off = '{"encrypted": false}';
    assert.deepEqual(
      volumes(
        `{"resource": {"aws_ebs_volume": {"a": ${off}, "a": ${off}}, "aws_ebs_volume": {"b": ${off}}}, "resource": {"aws_ebs_volume": {"c": ${off}}}}`,
      ),
      ['a: false', 'a: false', 'b: false', 'c: false'],
    );
  });

  it('takes two bodies under one name for two blocks', () => {
    assert.deepEqual(volumes({ resource: { aws_ebs_volume: { v: [OFF, ON, OFF] } } }), ['v: false', 'v: false']);
  });

  it('reads what is written as text', () => {
    assert.deepEqual(
      volumes({ resource: { aws_ebs_volume: { v: { encrypted: 'false' }, w: { encrypted: 'true' } } } }),
      ['v: "false"'],
    );
    assert.deepEqual(groups({ ingress: { ...RULE, from_port: '20', to_port: '23' } }), [
      'aws_security_group.s: "0.0.0.0/0"',
    ]);
    assert.deepEqual(groups({ ingress: { ...RULE, from_port: '80', to_port: '90' } }), []);
  });

  it('does not know what is neither true nor false in Terraform', () => {
    for (const encrypted of [0, 1, 'no', 'off', '']) {
      assert.deepEqual(volumes({ resource: { aws_ebs_volume: { v: { encrypted } } } }), [
        `possible v: ${JSON.stringify(encrypted)}`,
      ]);
    }
  });

  it('does not choose between arguments of one name, which Terraform refuses', () => {
    for (const other of [true, false]) {
      assert.deepEqual(
        volumes(`{"resource": {"aws_ebs_volume": {"v": {"encrypted": false, "encrypted": ${other}}}}}`),
        ['possible v: "encrypted"'],
      );
    }
  });

  it('reads nested blocks as an object, an array and under repeated keys', () => {
    const text = JSON.stringify(RULE);
    const other = JSON.stringify({ ...RULE, cidr_blocks: ['0.0.0.0/1', '128.0.0.0/1'], from_port: 1, to_port: 2 });
    const one = groups({ ingress: RULE });
    assert.deepEqual(one, ['aws_security_group.s: "0.0.0.0/0"']);
    assert.deepEqual(groups({ ingress: [RULE] }), one);
    assert.deepEqual(groups({ ingress: { '//': RULE, ...RULE } }), one);
    assert.deepEqual(groups({ ingress: [{ '//': 'c', ...RULE }] }), one);
    for (const written of [`"ingress": ${text}, "ingress": ${other}`, `"ingress": ${other}, "ingress": [${text}]`]) {
      assert.deepEqual(found({ 'main.tf.json': `{"resource": {"aws_security_group": {"s": {${written}}}}}` }, SSH), [
        `${SSH} ${one[0]}`,
      ]);
    }
  });

  it('takes null and an empty array for no blocks', () => {
    for (const ingress of [null, [], undefined]) {
      const group = stackOf({ 'main.tf.json': { resource: { aws_security_group: { s: { ingress } } } } }).byAddress(
        'aws_security_group.s',
      )!;
      const { items, complete } = itemsOf(group.get('SecurityGroupIngress'));
      assert.deepEqual([items.length, complete.yes.isAlways()], [0, true], String(ingress));
    }
  });

  it('reads around comments that JSON does not have, and says that they are there', () => {
    const text = '# one\n{/* two */ "resource": {"aws_ebs_volume": {"v": {"encrypted": false // three\n}}}}';
    assert.deepEqual(volumes(text), ['v: false']);
    assert.ok(directory({ 'main.tf.json': text }).analysis.documents[0]!.problems.length > 0);
  });

  it('takes a comment within a value for a key', () => {
    const main = {
      locals: { o: { '//': false } },
      resource: { aws_ebs_volume: { v: { encrypted: '${local.o["//"]}' } } },
    };
    assert.deepEqual(volumes(main), ['v: "${local.o[\\"//\\"]}"']);
  });

  it('says the same of one file and of several', () => {
    const resource = { aws_security_group: { s: {} }, aws_ebs_volume: { v: { encrypted: '${local.e}' } } };
    const split: Files = {
      'a.tf.json': { resource: { aws_ebs_volume: resource.aws_ebs_volume } },
      'b.tf.json': { locals: [{ e: '${local.f}' }] },
      'c.tf.json': { locals: { f: false } },
    };
    assert.deepEqual(
      found(split, VOLUME),
      found({ 'main.tf.json': { resource, locals: { e: '${local.f}', f: false } } }, VOLUME),
    );
    assert.deepEqual(found(split, VOLUME), [`${VOLUME} aws_ebs_volume.v: "\${local.e}"`]);
  });
});

describe('shapes of blocks with labels that make no resources', () => {
  /**
   * The ways to write what is below a key with one label: objects, arrays at each level, comments, and keys that are
   * there again.
   */
  const written = (keyword: string, label: string, body: object): Readonly<Record<string, string>> => {
    const text = JSON.stringify;
    return {
      objects: text({ [keyword]: { [label]: body } }),
      'an array of bodies': text({ [keyword]: { [label]: [body] } }),
      'an array of names': text({ [keyword]: [{ other: [] }, { [label]: body }] }),
      'arrays at both levels': text({ [keyword]: [{ [label]: [body] }] }),
      'comments at every level': text({
        '//': 'c',
        [keyword]: { '//': { [label]: {} }, [label]: { '//': 'c', ...body } },
      }),
      'keys that are there again': `{${text(keyword)}: {"other": null}, ${text(keyword)}: {${text(label)}: ${text(body)}}}`,
    };
  };
  const volume = (encrypted: string): object => ({ resource: { aws_ebs_volume: { v: { encrypted } } } });
  const beside = (text: string, more: object = {}): string => `[${text}, ${JSON.stringify(more)}]`;
  const policy = { resource: { aws_iam_policy: { p: { policy: '${data.aws_iam_policy_document.d.json}' } } } };
  const everything = { statement: { '//': 'c', actions: ['*'], resources: ['*'] } };

  const cases: readonly (readonly [
    keyword: string,
    label: string,
    body: object,
    files: (text: string) => Files,
    found: string,
  ])[] = [
    [
      'variable',
      'e',
      { type: 'bool', default: false },
      (text) => ({ 'main.tf.json': beside(text, volume('${var.e}')) }),
      `${VOLUME} aws_ebs_volume.v: "\${var.e}" when var.e=false`,
    ],
    [
      'module',
      'm',
      { source: './m', e: false },
      (text) => ({ 'main.tf.json': beside(text), 'm/main.tf.json': { variable: { e: {} }, ...volume('${var.e}') } }),
      `${VOLUME} module.m.aws_ebs_volume.v: "\${var.e}"`,
    ],
    [
      'output',
      'o',
      { value: false },
      (text) => ({
        'main.tf.json': { module: { m: { source: './m' } }, ...volume('${module.m.o}') },
        'm/main.tf.json': beside(text),
      }),
      `${VOLUME} aws_ebs_volume.v: "\${module.m.o}"`,
    ],
    [
      'data',
      'aws_iam_policy_document',
      { d: everything },
      (text) => ({ 'main.tf.json': beside(text, policy) }),
      'iam-policy-admin-wildcard aws_iam_policy.p: "*"',
    ],
    [
      'data',
      'aws_iam_policy_document',
      { d: [everything] },
      (text) => ({ 'main.tf.json': beside(text, policy) }),
      'iam-policy-admin-wildcard aws_iam_policy.p: "*"',
    ],
  ];
  for (const [keyword, label, body, files, expected] of cases) {
    for (const [shape, text] of Object.entries(written(keyword, label, body)))
      it(`reads ${keyword} ${JSON.stringify(body)}, ${shape}`, () => {
        assert.deepEqual(found(files(text), VOLUME, 'iam-policy-admin-wildcard'), [expected]);
      });
  }

  it('reads locals as an object, an array, under keys that are there again, and beside a comment', () => {
    const off = '{"e": false}';
    for (const locals of [
      `"locals": ${off}`,
      `"locals": [${off}]`,
      `"locals": [{"o": 1}, ${off}]`,
      `"locals": {"o": 1}, "locals": ${off}`,
      '"locals": {"//": {"e": true}, "e": false}',
    ]) {
      assert.deepEqual(volumes(beside(`{${locals}}`, volume('${local.e}'))), ['v: "${local.e}"'], locals);
    }
  });
});

describe('what is no body', () => {
  for (const body of ['null', '[]', '[null]', '"text"', '1', '[[{"encrypted": false}]]'])
    it(`${body} is no block`, () => {
      const main = `{"resource": {"aws_ebs_volume": {"v": ${body}, "w": {"encrypted": false}}}}`;
      assert.deepEqual(
        stackOf({ 'main.tf.json': main }).resources.map(({ address }) => address),
        ['aws_ebs_volume.w'],
      );
      assert.deepEqual(volumes(main), ['w: false']);
    });

  for (const main of [
    'null',
    '[]',
    '[[]]',
    '1',
    '"text"',
    '{"resource": null}',
    '{"resource": "text"}',
    '{"resource": {"aws_ebs_volume": 1}}',
  ])
    it(`${main} has no resources`, () => {
      assert.deepEqual(stackOf({ 'main.tf.json': main }).resources, []);
    });
});

describe('dynamic blocks', () => {
  const made = (for_each: unknown, content: unknown = RULE, more: Readonly<Record<string, unknown>> = {}): unknown => ({
    dynamic: { ingress: { for_each, content, ...more } },
  });
  const open = 'aws_security_group.s: "0.0.0.0/0"';
  const byPort = { ...RULE, from_port: '${ingress.value}', to_port: '${ingress.value}' };

  it('are as many as what they go over', () => {
    assert.deepEqual(groups(made([1])), [open]);
    assert.deepEqual(groups(made([])), []);
    assert.deepEqual(groups(made({})), []);
    assert.deepEqual(groups({ dynamic: [{ ingress: { for_each: [1], content: RULE } }] }), [open]);
  });

  it('know what their iterator stands for', () => {
    assert.deepEqual(groups(made([80, 443], byPort)), []);
    assert.deepEqual(groups(made([80, 22], byPort)), [open]);
    assert.deepEqual(groups(made({ ssh: 22 }, byPort)), [open]);
    assert.deepEqual(
      groups(
        made(
          [{ port: 22 }],
          { ...RULE, from_port: '${it.value.port}', to_port: '${it.value.port}' },
          { iterator: 'it' },
        ),
      ),
      [open],
    );
    assert.deepEqual(
      groups(
        made(
          [{ port: 22 }],
          { ...RULE, from_port: '${it.value.port}', to_port: '${it.value.port}' },
          { iterator: '${it}' },
        ),
      ),
      [open],
    );
    assert.deepEqual(groups(made({ 22: 'x' }, { ...RULE, from_port: '${ingress.key}', to_port: '${ingress.key}' })), [
      open,
    ]);
  });

  it('have keys: the index in a list, the value in a set', () => {
    const byKey = { ...RULE, from_port: '${ingress.key + 21}', to_port: '${ingress.key + 21}' };
    assert.deepEqual(groups(made(['a', 'b'], byKey)), [open]);
    assert.deepEqual(groups(made(['a'], byKey)), []);
    assert.deepEqual(groups(made('${toset(["1"])}', byKey)), [open]);
    assert.deepEqual(groups(made('${toset(["2"])}', byKey)), []);
  });

  it('count inside of each other, however deep', () => {
    const mappings = (dynamic: unknown, more: object = {}): readonly string[] => {
      const stack = stackOf({ 'main.tf.json': { ...more, resource: { aws_launch_template: { t: { dynamic } } } } });
      return itemsOf(
        stack.byAddress('aws_launch_template.t')!.get('LaunchTemplateData.BlockDeviceMappings'),
      ).items.flatMap(({ value }) => valuesOf(memberAt(value, ['Ebs', 'Encrypted'])));
    };
    const device = (over: unknown, inner: unknown, encrypted: unknown): unknown => ({
      block_device_mappings: {
        for_each: over,
        content: { dynamic: { ebs: { for_each: inner, content: { encrypted } } } },
      },
    });
    assert.deepEqual(mappings(device([1], [1], false)), ['false']);
    assert.deepEqual(mappings(device([1], [], false)), ['not set']);
    assert.deepEqual(
      mappings(device([{ e: true }, { e: false }], '${[block_device_mappings.value.e]}', '${ebs.value}')),
      ['true', 'false'],
    );
    assert.deepEqual(mappings(device([{ e: true }], '${[false]}', '${ebs.value && block_device_mappings.value.e}')), [
      'false',
    ]);
    assert.deepEqual(mappings(device([1], '${var.on ? [1] : []}', false), { variable: { on: { type: 'bool' } } }), [
      'false when var.on=true',
      'not set when var.on=false',
    ]);
    assert.deepEqual(mappings(device([1], '${var.x}', false), { variable: { x: {} } }), ['an unknown value']);
  });

  it('of one type are there in their own scenarios', () => {
    const of = (over: string, content: unknown): unknown => ({ for_each: over, content });
    const main = {
      variable: { on: { type: 'bool' } },
      resource: {
        aws_launch_template: {
          t: {
            dynamic: {
              metadata_options: [
                of('${var.on ? [1] : []}', { http_tokens: 'required' }),
                of('${var.on ? [] : [1]}', { http_tokens: 'optional' }),
              ],
            },
          },
        },
      },
    };
    assert.deepEqual(
      valuesAt(
        stackOf({ 'main.tf.json': main }),
        'aws_launch_template.t',
        'LaunchTemplateData.MetadataOptions.HttpTokens',
      ),
      ['required when var.on=true', 'optional when var.on=false'],
    );
  });

  it('have conditions of their own in each round', () => {
    const content = {
      ...RULE,
      from_port: '${ingress.value == var.x ? 22 : 80}',
      to_port: '${ingress.value == var.y ? 22 : 80}',
    };
    const ports = (over: unknown): number =>
      new Set(
        itemsOf(
          stackOf({
            'main.tf.json': {
              variable: { x: {}, y: {} },
              resource: { aws_security_group: { s: made(over, content), other: made(over, content) } },
            },
          })
            .byAddress('aws_security_group.s')!
            .get('SecurityGroupIngress'),
        ).items.flatMap(({ value }) =>
          leaves(member(value, 'FromPort')).flatMap(({ guard }) => [...guard.variables()].map(({ id }) => id)),
        ),
      ).size;
    assert.equal(ports('${[data.a.b.one, data.a.b.two]}'), 2);
  });

  it('are not written out without end', () => {
    const many = Array.from({ length: 64 }, (_, index) => index);
    const deep = (depth: number): object =>
      depth === 0 ? {} : { dynamic: { [`b${depth}`]: { for_each: many, content: deep(depth - 1) } } };
    const { lookups, visits } = stepsOf(() =>
      assert.equal(
        stackOf({ 'main.tf.json': { resource: { aws_security_group: { s: deep(30) } } } }).resources.length,
        1,
      ),
    );
    assert.ok(lookups + visits < 20_000, `${lookups} lookups, ${visits} visits`);
    const wide = Object.fromEntries(
      Array.from({ length: 400 }, (_, index) => [`x${index}`, { for_each: many, content: { encrypted: false } }]),
    );
    const body = {
      resource: {
        aws_launch_template: {
          t: {
            dynamic: {
              block_device_mappings: {
                for_each: many,
                content: { dynamic: { ...wide, ebs: { for_each: many, content: { encrypted: false } } } },
              },
            },
          },
        },
      },
    };
    assert.ok(
      itemsOf(
        stackOf({ 'main.tf.json': body })
          .byAddress('aws_launch_template.t')!
          .get('LaunchTemplateData.BlockDeviceMappings'),
      ).items.every(({ value }) => valuesOf(memberAt(value, ['Ebs', 'Encrypted'])).length === 1),
    );
    const stack = stackOf({
      'main.tf.json': {
        resource: {
          aws_launch_template: {
            t: {
              dynamic: {
                block_device_mappings: {
                  for_each: many,
                  content: { dynamic: { ebs: { for_each: many, content: { encrypted: false } } } },
                },
              },
            },
          },
        },
      },
    });
    const { items, complete } = itemsOf(
      stack.byAddress('aws_launch_template.t')!.get('LaunchTemplateData.BlockDeviceMappings'),
    );
    assert.equal(items.length, 64);
    assert.ok(complete.yes.isAlways());
  });

  it('evaluate no more elements than are written out', () => {
    const main = (count: number): object => ({
      resource: {
        aws_launch_template: {
          t: {
            dynamic: {
              block_device_mappings: {
                for_each: Array.from({ length: count }, (_, index) => `/dev/xvd${index}`),
                content: { device_name: '${block_device_mappings.value}' },
              },
            },
          },
        },
      },
    });
    const visitsOf = (count: number): number =>
      stepsOf(() =>
        assert.equal(
          itemsOf(
            stackOf({ 'main.tf.json': main(count) })
              .byAddress('aws_launch_template.t')!
              .get('LaunchTemplateData.BlockDeviceMappings'),
          ).items.length,
          65,
        ),
      ).visits;
    const [once, twice] = [visitsOf(1000), visitsOf(2000)];
    assert.ok(twice < 2.1 * once, `${once} visits, then ${twice}`);
  });

  it('keep what has the name of an argument of resources', () => {
    const tree = parse(
      'file:///main.tf.json',
      JSON.stringify({
        count: 1,
        dynamic: { action: { for_each: [1], content: { name: 'r', count: { x: 1 }, '//': 'a comment' } } },
      }),
      'json',
    );
    const body = bodyValue(tree, tree.roots[0] as MapNode, undefined, (t, node, key) => plainValue(t, node, key));
    const [action] = itemsOf(member(body, 'action')).items;
    assert.deepEqual(
      [body, action!.value].map((value) => value.state === 'object' && value.entries.map(({ key }) => key)),
      [['action'], ['name', 'count']],
    );
  });

  it('are secret where what they go over is', () => {
    const main = {
      variable: { s: { sensitive: true, default: { k: 'hunter2' } } },
      resource: {
        aws_security_group: { s: made('${var.s}', { ...RULE, description: '${ingress.key} ${ingress.value}' }) },
      },
    };
    const [first] = itemsOf(
      stackOf({ 'main.tf.json': main }).byAddress('aws_security_group.s')!.get('SecurityGroupIngress'),
    ).items;
    assert.deepEqual(
      valuesOf(member(first!.value, 'Description')).map((value) => value.replace(/ when.*/, '')),
      ['a secret value'],
    );
  });

  it('count inside of a block that is not dynamic', () => {
    const days = (rule: object): readonly string[] => {
      const stack = stackOf({
        'main.tf.json': {
          resource: {
            aws_s3_bucket: { b: {} },
            aws_s3_bucket_lifecycle_configuration: { l: { bucket: '${aws_s3_bucket.b.id}', rule } },
          },
        },
      });
      const [first] = itemsOf(member(stack.byAddress('aws_s3_bucket.b')!.get('LifecycleConfiguration'), 'Rules')).items;
      return valuesOf(member(first!.value, 'ExpirationInDays'));
    };
    const dynamic = {
      id: 'a',
      status: 'Enabled',
      dynamic: { expiration: { for_each: [7], content: { days: '${expiration.value}' } } },
    };
    assert.deepEqual(days({ id: 'a', status: 'Enabled', expiration: { days: 7 } }), ['7']);
    assert.deepEqual(days(dynamic), ['7']);
    assert.deepEqual(days([dynamic]), ['7']);
  });

  it('follow variables and locals', () => {
    assert.deepEqual(groups(made('${local.ports}', byPort), { locals: { ports: [22] } }), [open]);
    assert.deepEqual(groups(made('${var.ports}', byPort), { variable: { ports: { default: [22] } } }), [
      `${open} when var.ports=its default`,
    ]);
    assert.deepEqual(groups(made('${var.on ? [1] : []}'), { variable: { on: { type: 'bool' } } }), [
      `${open} when var.on=true`,
    ]);
  });

  it('are not there where what they go over is empty', () => {
    const stack = stackOf({
      'main.tf.json': {
        variable: { on: { type: 'bool' } },
        resource: { aws_security_group: { s: made('${var.on ? [1] : []}') } },
      },
    });
    const { items } = itemsOf(stack.byAddress('aws_security_group.s')!.get('SecurityGroupIngress'));
    assert.deepEqual(
      items.map(({ when }) => [when.yes.describe(), when.no.describe()]),
      [[[{ kind: 'condition', name: 'var.on', value: true }], [{ kind: 'condition', name: 'var.on', value: false }]]],
    );
  });

  it('may be there where what they go over is not known', () => {
    const possible = `possible ${open}`;
    assert.deepEqual(groups(made('${var.ports}', byPort), { variable: { ports: {} } }), [possible]);
    assert.deepEqual(groups({ ...(made([1], { ...RULE, from_port: 80, to_port: 80 }) as object), ingress: RULE }), [
      open,
    ]);
    assert.deepEqual(
      groups(
        made(
          Array.from({ length: 65 }, (_, i) => i + 100),
          byPort,
        ),
      ),
      [possible],
    );
  });
});

describe('override files', () => {
  const base = (encrypted: unknown): unknown => ({ resource: { aws_ebs_volume: { v: { encrypted } } } });

  it('say what an argument is', () => {
    assert.deepEqual(volumes(base(false), { 'override.tf.json': base(true) }), []);
    assert.deepEqual(volumes(base(true), { 'a_override.tf.json': base(false) }), ['v: false']);
    assert.deepEqual(volumes(base(false), { 'a_override.tf.json': base(false), 'b_override.tf.json': base(true) }), []);
    assert.deepEqual(volumes(base(false), { 'my-override.tf.json': base(true) }), ['v: false']);
  });

  it('leave other arguments as they are', () => {
    assert.deepEqual(
      volumes(base(false), { 'override.tf.json': { resource: { aws_ebs_volume: { v: { size: 2 } } } } }),
      ['v: false'],
    );
  });

  it('replace all blocks of a type, dynamic ones too', () => {
    const safe = { ...RULE, from_port: 80, to_port: 80 };
    const group = (body: unknown): unknown => ({ resource: { aws_security_group: { s: body } } });
    const cases: readonly (readonly [base: unknown, override: unknown, found: number])[] = [
      [{ ingress: [RULE, RULE] }, { ingress: safe }, 0],
      [{ ingress: safe }, { ingress: RULE }, 1],
      [{ dynamic: { ingress: { for_each: [1], content: RULE } } }, { ingress: safe }, 0],
      [{ ingress: RULE }, { dynamic: { ingress: { for_each: [1], content: safe } } }, 0],
      [{ ingress: RULE }, { egress: safe }, 1],
    ];
    for (const [one, other, count] of cases) {
      assert.equal(
        found({ 'main.tf.json': group(one), 'override.tf.json': group(other) }, SSH).length,
        count,
        JSON.stringify([one, other]),
      );
    }
  });

  it('change how often a block is there', () => {
    const counted = (encrypted: boolean, count: number): unknown => ({
      resource: { aws_ebs_volume: { v: { encrypted, count } } },
    });
    assert.deepEqual(volumes(base(false), { 'override.tf.json': counted(false, 0) }), []);
    assert.deepEqual(volumes(counted(false, 1), { 'override.tf.json': counted(false, 0) }), []);
    assert.deepEqual(volumes(counted(false, 0), { 'override.tf.json': counted(false, 1) }), ['v[0]: false']);
  });

  it('merge variables argument by argument, and locals name by name', () => {
    const main = {
      variable: { e: { type: 'bool', default: true } },
      locals: { a: true, b: true },
      resource: { aws_ebs_volume: { v: { encrypted: '${var.e}' }, w: { encrypted: '${local.a}' } } },
    };
    assert.deepEqual(
      volumes(main, { 'override.tf.json': { variable: { e: { default: false } }, locals: { a: false } } }),
      ['v: "${var.e}" when var.e=false', 'w: "${local.a}"'],
    );
  });

  it('are not complete where there is nothing to override', () => {
    const of = (files: Files): readonly string[] => valuesAt(stackOf(files), 'aws_ebs_volume.v', 'Encrypted');
    assert.deepEqual(of({ 'override.tf.json': { resource: { aws_ebs_volume: { v: { size: 1 } } } } }), [
      'open not set',
    ]);
    assert.deepEqual(of({ 'main.tf.json': { resource: { aws_ebs_volume: { v: { size: 1 } } } } }), ['not set']);
  });
});

describe('files of a directory', () => {
  it('reads a file of OpenTofu in place of the one of Terraform with its name', () => {
    const off = { resource: { aws_ebs_volume: { v: OFF } } };
    assert.deepEqual(volumes(off, { 'main.tofu.json': { resource: { aws_ebs_volume: { v: ON } } } }), []);
    assert.deepEqual(volumes(off, { 'other.tofu.json': { resource: { aws_ebs_volume: { w: OFF } } } }), [
      'v: false',
      'w: false',
    ]);
  });

  it('does not read what Terraform ignores', () => {
    const off = { resource: { aws_ebs_volume: { w: OFF } } };
    assert.deepEqual(
      volumes({ resource: {} }, { '.x.tf.json': off, 'x.tf.json~': off, 'x.tftest.json': off, 'x.tfvars.json': off }),
      [],
    );
  });
});

describe('blocks that make no resources', () => {
  it('change nothing of those that do', () => {
    const off = { aws_ebs_volume: { v: OFF } };
    const beside = {
      '//': { metadata: {} },
      terraform: { required_providers: { aws: { source: 'hashicorp/aws', version: '~> 6.0' } } },
      provider: {
        aws: [{ region: 'eu-west-1' }, { alias: 'east', region: 'us-east-1', default_tags: { tags: { team: 'x' } } }],
      },
      moved: [{ from: 'aws_ebs_volume.old', to: 'aws_ebs_volume.v' }],
      removed: { from: 'aws_ebs_volume.gone', lifecycle: { destroy: false } },
      import: { to: 'aws_ebs_volume.v', id: 'vol-1' },
      check: { c: { assert: { condition: '${true}', error_message: 'x' } } },
      ephemeral: { aws_ebs_volume: { e: OFF } },
      action: { aws_ebs_volume: { a: OFF } },
      data: { aws_ebs_volume: { d: OFF } },
      output: { o: { value: '${aws_ebs_volume.v.id}' } },
    };
    assert.deepEqual(volumes({ ...beside, resource: off }), ['v: false']);
    assert.deepEqual(
      volumes({
        ...beside,
        resource: {
          aws_ebs_volume: {
            v: {
              ...OFF,
              provider: 'aws.east',
              lifecycle: { ignore_changes: ['encrypted'] },
              depends_on: ['data.aws_ebs_volume.d'],
              '//': 'why',
            },
          },
        },
      }),
      ['v: false'],
    );
  });
});
