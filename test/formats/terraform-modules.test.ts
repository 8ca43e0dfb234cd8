import assert from 'node:assert/strict';
import type { Uri } from '../../server/src/base/span.ts';
import { Documents } from '../../server/src/engine/documents.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { collect } from '../../server/src/engine/run.ts';
import type { DirectoryFiles } from '../../server/src/formats/terraform/module-source.ts';
import { readVariables } from '../../server/src/formats/terraform/variables.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import type { Tree } from '../../server/src/syntax/tree.ts';
import { directory, EVERYTHING, FOLDER, found, stackOf, valuesAt, type Files } from './terraform-stack.ts';

const VOLUME = 'ebs-volume-encryption';
const UNKNOWN = 'an unknown value';

/** A directory that calls a module `m` beside it with some arguments. */
function called(
  call: object,
  module: Readonly<Record<string, unknown>>,
  more: Readonly<Record<string, unknown>> = {},
): Files {
  return { 'main.tf.json': { module: { m: { source: './m', ...call } }, ...more }, 'm/main.tf.json': module };
}

const volume = (encrypted: unknown, more: object = {}): Readonly<Record<string, unknown>> => ({
  resource: { aws_ebs_volume: { v: { encrypted, ...more } } },
});

describe('the arguments of a Terraform module', () => {
  const cases: readonly (readonly [name: string, call: object, variable: object, values: readonly string[]])[] = [
    ['are the values of its variables', { e: false }, {}, ['false']],
    ['come before the default', { e: false }, { default: true }, ['false']],
    ['leave the default alone', {}, { default: true }, ['true']],
    ['are nothing where there is neither', {}, {}, [UNKNOWN]],
    ['can be null', { e: null }, { default: true }, ['not set']],
    ['can be null, which stands for the default', { e: null }, { default: true, nullable: false }, ['true']],
    [
      'are expressions of the module that calls',
      { e: '${var.outer}' },
      {},
      ['false when var.outer=false', `${UNKNOWN} when var.outer=another value`],
    ],
    ['are worked out for each scenario', { e: '${var.on ? true : false}' }, {}, ['true when var.on == true', 'false']],
    ['are not shown where they are sensitive', { e: 'hunter2' }, { sensitive: true }, ['a secret value']],
  ];
  for (const [name, call, block, values] of cases)
    it(name, () => {
      const files = called(
        call,
        { variable: { e: block }, ...volume('${var.e}') },
        { variable: { outer: { default: false }, on: { type: 'bool' } } },
      );
      const read = valuesAt(stackOf(files), 'module.m.aws_ebs_volume.v', 'Encrypted');
      assert.deepEqual(
        read.map((value, i) => (values[i]?.includes('==') ? values[i] : value.replace(/ when var\.on.*$/, ''))),
        values,
      );
    });

  it('are read once for all calls of a directory, and their types once for all versions', () => {
    const tree = (text: string): Tree => parse('file:///w/m/variables.tf', text, 'hcl');
    const filesOf = (text: string): DirectoryFiles => ({
      folder: 'file:///w/m',
      configuration: [tree(text)],
      values: [],
      open: false,
    });
    const text = 'variable "o" {\n  type = object({ encrypted = optional(bool, true) })\n}\n';
    const files = filesOf(text);
    assert.equal(readVariables(files), readVariables(files));
    const [before, after] = [text, `# changed\n${text}`].map((one) => readVariables(filesOf(one)).get('o')!);
    assert.ok(before!.type);
    assert.equal(before!.type, after!.type);
  });

  it('are completed by the defaults of their type', () => {
    const type =
      'object({name = string, encrypted = optional(bool, true), disks = optional(list(object({encrypted = optional(bool, false)})), [])})';
    const of = (value: unknown, path: string): readonly string[] =>
      valuesAt(
        stackOf(called({ o: value }, { variable: { o: { type } }, ...volume(`\${${path}}`) })),
        'module.m.aws_ebs_volume.v',
        'Encrypted',
      );
    assert.deepEqual(of({ name: 'a' }, 'var.o.encrypted'), ['true']);
    assert.deepEqual(of({ name: 'a', encrypted: false }, 'var.o.encrypted'), ['false']);
    assert.deepEqual(of({ name: 'a', encrypted: null }, 'var.o.encrypted'), ['true']);
    assert.deepEqual(of({ name: 'a', disks: [{}] }, 'var.o.disks[0].encrypted'), ['false']);
    assert.deepEqual(of('${data.a.b.c}', 'var.o.encrypted'), [UNKNOWN]);
  });

  it('are completed by the defaults of their type, however that is written', () => {
    const lines = 'object({\n  name = string # the first\n  encrypted = optional(bool, false)\n})';
    const nested = 'map(object({ o = optional(object({ encrypted = optional(bool, false) }), {}) }))';
    const cases: readonly (readonly [type: string, value: unknown, path: string])[] = [
      [lines.replaceAll(/\n| #.*/g, ' ').replace('string ', 'string,'), { name: 'a' }, 'var.o.encrypted'],
      [lines, { name: 'a' }, 'var.o.encrypted'],
      ['  list( object({ encrypted = optional(bool, false) }) )', [{}], 'var.o[0].encrypted'],
      ['tuple([string, object({ encrypted = optional(bool, false) })])', ['a', {}], 'var.o[1].encrypted'],
      [nested, { a: {} }, 'var.o.a.o.encrypted'],
      ['list(any)', [false], 'var.o[0]'],
      ['set(string)', ['false'], 'tolist(var.o)[0]'],
    ];
    for (const [type, value, path] of cases)
      for (const written of [type, `\${${type}}`, ` \${ ${type} } `]) {
        assert.deepEqual(
          valuesAt(
            stackOf(called({ o: value }, { variable: { o: { type: written } }, ...volume(`\${${path}}`) })),
            'module.m.aws_ebs_volume.v',
            'Encrypted',
          ),
          ['false'],
          written,
        );
      }
    for (const written of ['bool', '${bool}']) {
      assert.deepEqual(
        valuesAt(
          stackOf({ 'main.tf.json': { variable: { e: { type: written } }, ...volume('${var.e}') } }),
          'aws_ebs_volume.v',
          'Encrypted',
        ),
        ['true when var.e=true', 'false when var.e=false'],
      );
    }
  });

  it('do not come from files with values, which are those of the root', () => {
    const files = called({}, { variable: { e: { default: true } }, ...volume('${var.e}') });
    assert.deepEqual(
      valuesAt(
        stackOf({ ...files, 'm/terraform.tfvars.json': { e: false }, 'terraform.tfvars.json': { e: false } }),
        'module.m.aws_ebs_volume.v',
        'Encrypted',
      ),
      ['true'],
    );
  });

  it('lead to the place where they are written', () => {
    const { analysis, texts } = directory(called({ e: false }, { variable: { e: {} }, ...volume('${var.e}') }));
    const finding = analysis.documents.flatMap(({ findings }) => findings).find(({ rule }) => rule === VOLUME)!;
    assert.equal(finding.at.doc, `${FOLDER}m/main.tf.json`);
    assert.deepEqual(finding.subjects, ['module.m.aws_ebs_volume.v']);
    assert.deepEqual(
      finding.related.map(({ at, message }) => [at.doc, texts.get(at.doc)!.slice(at.start, at.end), message]),
      [[`${FOLDER}main.tf.json`, 'false', 'The value comes from var.e.']],
    );
  });
});

describe('what several callers of a module have', () => {
  const module = { variable: { e: { default: false } }, ...volume('${var.e}') };
  const callers = (files: Files): readonly string[] => {
    const { analysis, texts } = directory(files);
    return analysis.documents
      .flatMap(({ findings }) => findings)
      .filter(({ rule }) => rule === VOLUME)
      .flatMap(({ at, related }) => [
        at.doc,
        ...related
          .filter(({ message }) => message.startsWith('The module'))
          .map(
            ({ at: there, message }) =>
              `${there.doc} ${texts.get(there.doc)!.slice(there.start, there.end)} ${message}`,
          ),
      ])
      .map((line) => line.replace(FOLDER, ''));
  };

  it('is one finding that leads to each call', () => {
    const files = {
      'main.tf.json': {
        module: {
          a: { source: './m' },
          good: { source: './m', e: true },
          n: { source: './n' },
          many: { source: './m', count: 2 },
        },
      },
      'm/main.tf.json': module,
      'n/main.tf.json': { module: { inner: { source: '../m' } } },
    };
    assert.deepEqual(callers(files), [
      'm/main.tf.json',
      'main.tf.json "a" The module is called here as module.a.',
      'n/main.tf.json "inner" The module is called here as module.n.module.inner.',
      'main.tf.json "many" The module is called here as module.many.',
    ]);
  });

  it('is told of callers in different directories', () => {
    const files = {
      'a/main.tf.json': { module: { x: { source: '../m' } } },
      'b/main.tf.json': { module: { y: { source: '../m' } } },
      'm/main.tf.json': module,
    };
    assert.deepEqual(callers(files), [
      'm/main.tf.json',
      'a/main.tf.json "x" The module is called here as module.x.',
      'b/main.tf.json "y" The module is called here as module.y.',
    ]);
  });

  it('leads nowhere where one call makes it', () => {
    assert.deepEqual(
      callers({
        'main.tf.json': { module: { a: { source: './m' }, b: { source: './m', e: true } } },
        'm/main.tf.json': module,
      }),
      ['m/main.tf.json'],
    );
  });
});

describe('a value that a condition chooses', () => {
  it('comes from what holds it, and not from the condition', () => {
    const main = {
      variable: { on: { default: false }, e: { default: false } },
      locals: { on: '${var.on}' },
      ...volume('${local.on ? true : var.e}'),
    };
    const { analysis } = directory({ 'main.tf.json': main });
    const finding = analysis.documents.flatMap(({ findings }) => findings).find(({ rule }) => rule === VOLUME)!;
    assert.deepEqual(
      finding.related.map(({ message }) => message),
      ['The value comes from var.e.'],
    );
  });
});

describe('the outputs of a Terraform module', () => {
  const output = (value: unknown, read = '${module.m.out}', call: object = {}): readonly string[] =>
    valuesAt(
      stackOf(called(call, { variable: { e: { default: 'x' } }, output: { out: { value } } }, volume(read))),
      'aws_ebs_volume.v',
      'Encrypted',
    );

  it('are values of the module', () => {
    assert.deepEqual(output(true), ['true']);
    assert.deepEqual(output('${var.e}', '${module.m.out}', { e: 'given' }), ['given']);
    assert.deepEqual(output({ a: [false] }, '${module.m.out.a[0]}'), ['false']);
    assert.deepEqual(output('x', '${module.m.other}'), [UNKNOWN]);
    assert.deepEqual(output('${module.m.out}'), [UNKNOWN]);
  });

  it('of several instances are told apart', () => {
    const read = (key: string): readonly string[] =>
      output('${var.e}', `\${module.m[${key}].out}`, { for_each: { a: 'first', b: 'second' }, e: '${each.value}' });
    assert.deepEqual(read('"a"'), ['first']);
    assert.deepEqual(read('"b"'), ['second']);
    assert.deepEqual(read('"c"'), [UNKNOWN]);
    assert.deepEqual(output('${var.e}', '${module.m[1].out}', { count: 2, e: '${count.index}' }), ['1']);
  });

  it('name the resources of the module', () => {
    const files = called(
      {},
      { resource: { aws_s3_bucket: { b: {} } }, output: { id: { value: '${aws_s3_bucket.b.id}' } } },
      {
        resource: {
          aws_s3_bucket_versioning: {
            v: { bucket: '${module.m.id}', versioning_configuration: { status: 'Enabled' } },
          },
        },
      },
    );
    assert.deepEqual(found(files, 's3-bucket-versioning'), []);
  });
});

describe('the resources of a Terraform module', () => {
  const bucket = {
    resource: { aws_s3_bucket: { b: { bucket: '${var.name}' } } },
    variable: { name: {}, keep: { default: false } },
  };

  it('have addresses of their own', () => {
    const stack = stackOf(
      called(
        { for_each: { a: 1, b: 1 }, name: '${each.key}' },
        { ...bucket, module: { inner: { source: './inner' } } },
        {},
      ),
    );
    assert.deepEqual(
      stack.resources.map(({ address }) => address),
      ['module.m["a"].aws_s3_bucket.b', 'module.m["b"].aws_s3_bucket.b'],
    );
    assert.deepEqual(
      stack.resources.map(({ family }) => family),
      ['module.m.aws_s3_bucket.b', 'module.m.aws_s3_bucket.b'],
    );
    assert.deepEqual(valuesAt(stack, 'module.m["b"].aws_s3_bucket.b', 'BucketName'), ['b']);
  });

  it('are there when the module is', () => {
    const exists = (count: unknown): boolean =>
      stackOf(called({ count, name: 'x' }, bucket)).resources[0]!.when.yes.satisfiable();
    assert.equal(exists(0), false);
    assert.equal(exists(1), true);
  });

  it('are one finding where several instances have it, and those alone that have it', () => {
    const module = {
      ...bucket,
      resource: {
        ...bucket.resource,
        aws_s3_bucket_versioning: {
          v: {
            count: '${var.keep ? 1 : 0}',
            bucket: '${aws_s3_bucket.b.id}',
            versioning_configuration: { status: 'Enabled' },
          },
        },
      },
    };
    const files = {
      'main.tf.json': {
        module: {
          x: { source: './m', name: 'x' },
          y: { source: './m', name: 'y', keep: true },
          z: { source: './m', name: 'z' },
        },
      },
      'm/main.tf.json': module,
    };
    assert.deepEqual(found(files, 's3-bucket-versioning'), [
      's3-bucket-versioning module.x.aws_s3_bucket.b module.z.aws_s3_bucket.b: "b"',
    ]);
  });

  it('are completed from anywhere', () => {
    const files = called(
      { bucket: '${aws_s3_bucket.b.id}' },
      {
        variable: { bucket: {} },
        resource: {
          aws_s3_bucket_versioning: { v: { bucket: '${var.bucket}', versioning_configuration: { status: 'Enabled' } } },
        },
      },
      { resource: { aws_s3_bucket: { b: {} } } },
    );
    assert.deepEqual(found(files, 's3-bucket-versioning'), []);
  });
});

describe('instances', () => {
  it('each have what belongs to their key', () => {
    const status = { x: { v: 'Enabled' }, y: { v: 'Suspended' } };
    const files = {
      'main.tf.json': {
        resource: {
          aws_s3_bucket: { b: { for_each: status } },
          aws_s3_bucket_versioning: {
            v: {
              for_each: status,
              bucket: '${aws_s3_bucket.b[each.key].id}',
              versioning_configuration: { status: '${each.value.v}' },
            },
          },
        },
      },
    };
    assert.deepEqual(found(files, 's3-bucket-versioning'), [
      's3-bucket-versioning aws_s3_bucket.b["y"] aws_s3_bucket_versioning.v["y"]: "${each.value.v}"',
    ]);
  });

  it('of a set have its values as their keys', () => {
    const stack = stackOf({
      'main.tf.json': {
        resource: { aws_s3_bucket: { b: { for_each: '${toset(["p", "q"])}', bucket: '${each.value}-${each.key}' } } },
      },
    });
    assert.deepEqual(
      stack.resources.map(({ address }) => [address, ...valuesAt(stack, address, 'BucketName')]),
      [
        ['aws_s3_bucket.b["p"]', 'p-p'],
        ['aws_s3_bucket.b["q"]', 'q-q'],
      ],
    );
  });

  it('are there in the scenarios in which their key is', () => {
    const stack = stackOf({
      'main.tf.json': {
        variable: { on: { type: 'bool' } },
        resource: {
          aws_s3_bucket: { b: { for_each: '${var.on ? {a = 1, b = 2} : {b = 3}}', bucket: '${each.value}' } },
        },
      },
    });
    const there = (key: string): readonly string[] =>
      [true, false].map((yes) =>
        (yes
          ? stack.byAddress(`aws_s3_bucket.b["${key}"]`)!.when.yes
          : stack.byAddress(`aws_s3_bucket.b["${key}"]`)!.when.no
        )
          .describe()
          .map(({ value }) => String(value))
          .join(),
      );
    assert.deepEqual(
      [there('a'), there('b')],
      [
        ['true', 'false'],
        ['', ''],
      ],
    );
    assert.deepEqual(
      valuesAt(stack, 'aws_s3_bucket.b["b"]', 'BucketName').map((value) => value.slice(0, 1)),
      ['2', '3'],
    );
  });

  it('made along with those of another resource have its keys', () => {
    const files = (one: string): Files => ({
      'main.tf.json': {
        resource: {
          aws_s3_bucket: { b: { for_each: { x: 1, y: 1 } } },
          aws_s3_bucket_versioning: {
            v: { for_each: '${aws_s3_bucket.b}', bucket: one, versioning_configuration: { status: 'Enabled' } },
          },
        },
      },
    });
    for (const one of ['${each.value.id}', '${aws_s3_bucket.b[each.key].id}', '${each.value.bucket}'])
      assert.deepEqual(found(files(one), 's3-bucket-versioning'), [], one);
    assert.deepEqual(found(files('${aws_s3_bucket.b["x"].id}'), 's3-bucket-versioning'), [
      's3-bucket-versioning aws_s3_bucket.b["y"]: "b"',
    ]);
  });

  it('are one where there are too many, or their number is not known', () => {
    const addresses = (repeated: object): number =>
      stackOf({ 'main.tf.json': { resource: { aws_s3_bucket: { b: repeated } } } }).resources.length;
    assert.equal(addresses({ count: 16 }), 16);
    assert.equal(addresses({ count: 17 }), 1);
    assert.equal(addresses({ count: 1 }), 1);
    assert.equal(addresses({ count: '${data.a.b.c}' }), 1);
    assert.equal(addresses({ for_each: Object.fromEntries(Array.from({ length: 64 }, (_, i) => [`k${i}`, i])) }), 64);
    assert.equal(addresses({ for_each: Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`k${i}`, i])) }), 1);
    assert.equal(addresses({ for_each: '${toset([data.a.b.c])}' }), 1);
  });
});

describe('modules that are not read', () => {
  const given = { resource: { aws_s3_bucket: { b: {}, other: {} } } };
  const versioning = (files: Files): readonly string[] => found(files, 's3-bucket-versioning');

  it('may complete what they are given', () => {
    for (const source of [
      'terraform-aws-modules/s3-bucket/aws',
      'git::https://example.com/m.git',
      './gone',
      '../above/the/root/../../../../x',
    ]) {
      assert.deepEqual(
        versioning({ 'main.tf.json': { module: { m: { source, bucket: '${aws_s3_bucket.b.id}' } }, ...given } }),
        ['s3-bucket-versioning possible aws_s3_bucket.b: "b"', 's3-bucket-versioning aws_s3_bucket.other: "other"'],
        source,
      );
    }
  });

  it('may complete what they are given through locals and variables', () => {
    assert.deepEqual(
      versioning({
        'main.tf.json': {
          locals: { l: ['${aws_s3_bucket.b.id}'] },
          module: { m: { source: 'x/y/z', bucket: '${local.l[0]}' } },
          ...given,
        },
      })[0],
      's3-bucket-versioning possible aws_s3_bucket.b: "b"',
    );
  });

  it('hand on what they decide themselves', () => {
    const files = { 'main.tf.json': { module: { m: { source: 'x/y/z' } }, ...volume('${module.m.encrypted}') } };
    assert.deepEqual(found(files, VOLUME), []);
  });

  it('are said to be left out where they should be here', () => {
    const reasons = (files: Files): readonly string[] =>
      directory(files).analysis.incomplete.map(({ doc, reason }) => `${doc.slice(FOLDER.length)} ${reason}`);
    assert.deepEqual(reasons(called({}, {})), []);
    assert.deepEqual(reasons({ 'main.tf.json': { module: { m: { source: './m' } } } }), [
      'main.tf.json calls a module that does not exist: ./m',
    ]);
    assert.deepEqual(reasons({ 'main.tf.json': { module: { m: { source: 'a/b/c' } } } }), []);
    assert.deepEqual(reasons({ 'main.tf.json': { module: { m: { source: './m' } } }, 'm/main.tf': '' }), []);
  });
});

describe('modules that include each other', () => {
  const problems = (files: Files): readonly string[] =>
    directory(files).analysis.documents.flatMap(({ doc, problems: own }) =>
      own.map(({ message }) => `${doc.slice(FOLDER.length)}: ${message.split(',')[0]}`),
    );

  it('are a problem where the cycle closes', () => {
    const there = volume(false);
    assert.deepEqual(problems({ 'main.tf.json': { module: { m: { source: './' } }, ...there } }), [
      'main.tf.json: The module m is part of a cycle of module calls. Remove the cycle.',
    ]);
    const files = {
      'main.tf.json': { module: { m: { source: './m' } } },
      'm/main.tf.json': { module: { n: { source: '../n' } }, ...there },
      'n/main.tf.json': { module: { m: { source: '../m' } } },
    };
    assert.deepEqual(problems(files), [
      'n/main.tf.json: The module m is part of a cycle of module calls. Remove the cycle.',
    ]);
    assert.deepEqual(found(files, VOLUME), [`${VOLUME} module.m.aws_ebs_volume.v: false`]);
  });

  it('do not make more than are read', () => {
    const twice = (next: string): object => ({
      module: { a: { source: next, count: 3 }, b: { source: next, count: 3 } },
    });
    const files = {
      'main.tf.json': twice('./1'),
      '1/main.tf.json': twice('../2'),
      '2/main.tf.json': twice('../3'),
      '3/main.tf.json': twice('../4'),
      '4/main.tf.json': volume(false),
    };
    const { analysis } = directory(files);
    assert.ok(analysis.incomplete.some(({ reason }) => reason.includes('findings may be missing')));
    assert.ok(analysis.documents.some(({ findings }) => findings.some(({ rule }) => rule === VOLUME)));
  });
});

describe('a directory that is a module of another one', () => {
  const findings = (files: Files, ...named: readonly Uri[]): readonly string[] => {
    const { analysis } = directory(files);
    assert.ok(named.every((doc) => analysis.documents.some((one) => one.doc === doc)));
    return analysis.documents.flatMap(({ findings: all }) =>
      all.filter(({ rule }) => rule === VOLUME).flatMap(({ subjects }) => subjects),
    );
  };

  it('is judged there', () => {
    assert.deepEqual(findings(called({ e: true }, { variable: { e: { default: false } }, ...volume('${var.e}') })), []);
  });

  it('is judged by itself, too, where an example within it calls it', () => {
    const files = {
      'main.tf.json': { variable: { e: { default: false } }, ...volume('${var.e}') },
      'examples/x/main.tf.json': { module: { m: { source: '../..', e: true } } },
    };
    assert.deepEqual(findings(files), ['aws_ebs_volume.v']);
  });

  it('is named by the documents that lead to it', () => {
    const { texts, reader } = directory(called({}, volume(true)));
    const cache = new ParseCache();
    const snapshot = collect(reader, [...texts.keys()], EVERYTHING, cache);
    assert.equal(new Documents(snapshot, cache).detection(`${FOLDER}m/main.tf.json`)?.format, 'terraform');
    const { analysis } = directory(called({}, volume(true)));
    assert.deepEqual(
      analysis.documents.map(({ nested }) => nested),
      [[`${FOLDER}m/main.tf.json`], undefined],
    );
  });
});

describe('a resource that is there twice', () => {
  it('is a problem at the second one', () => {
    const { analysis, texts } = directory({
      'a.tf.json': volume(true),
      'b.tf.json': volume(true),
      'b_override.tf.json': volume(true),
    });
    assert.deepEqual(
      analysis.documents.flatMap(({ problems }) =>
        problems.map(
          ({ at, message }) =>
            `${at.doc.slice(FOLDER.length)} ${texts.get(at.doc)!.slice(at.start, at.end)}: ${message}`,
        ),
      ),
      [
        'b.tf.json "v": The resource aws_ebs_volume.v is defined twice. Terraform rejects this; rename one or merge them.',
      ],
    );
  });
});

describe('the Region of a provider', () => {
  const region = (provider: unknown, data: object = {}, more: object = {}): readonly string[] =>
    valuesAt(
      stackOf({
        'main.tf.json': {
          provider: { aws: provider },
          data: { aws_region: { r: data } },
          resource: { aws_s3_bucket: { b: { bucket: '${data.aws_region.r.name}' } } },
          ...more,
        },
      }),
      'aws_s3_bucket.b',
      'BucketName',
    );
  const both = [{ region: 'eu-west-1' }, { alias: 'east', region: 'us-east-1' }];

  it('is that of the data source', () => {
    assert.deepEqual(region(both), ['eu-west-1']);
    assert.deepEqual(region(both, { provider: 'aws.east' }), ['us-east-1']);
    assert.deepEqual(region(both, { provider: '${aws.east}' }), ['us-east-1']);
    assert.deepEqual(region(both, { provider: 'aws.nowhere' }), ['data.aws_region.r.name']);
    assert.deepEqual(region(both, { provider: 'aws.east', region: 'eu-north-1' }), ['eu-north-1']);
    assert.deepEqual(region({}), ['data.aws_region.r.name']);
    assert.deepEqual(region({ region: '${var.r}' }, {}, { variable: { r: {} } }), ['data.aws_region.r.name']);
  });

  it('is handed to modules', () => {
    const inner = { data: { aws_region: { r: {} } }, output: { name: { value: '${data.aws_region.r.name}' } } };
    const read = (call: object, module: object = inner): readonly string[] =>
      valuesAt(
        stackOf(called(call, { ...module }, { provider: { aws: both }, ...volume('${module.m.name}') })),
        'aws_ebs_volume.v',
        'Encrypted',
      );
    assert.deepEqual(read({}), ['eu-west-1']);
    assert.deepEqual(read({ providers: { aws: 'aws.east' } }), ['us-east-1']);
    assert.deepEqual(
      read(
        { providers: { 'aws.other': 'aws.east' } },
        { ...inner, data: { aws_region: { r: { provider: 'aws.other' } } } },
      ),
      ['us-east-1'],
    );
    assert.deepEqual(read({}, { ...inner, data: { aws_region: { r: { provider: 'aws.other' } } } }), [
      'module.m.data.aws_region.r.name',
    ]);
  });
});
