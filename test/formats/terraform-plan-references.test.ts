import assert from 'node:assert/strict';
import { change, configured, plan, type Body } from './terraform-plan-made.ts';
import { found, stackOf, valuesAt } from './terraform-stack.ts';

const BLOCK = 's3-bucket-public-access-block';
const B = 'aws_s3_bucket.b';
const P = 'aws_s3_bucket_public_access_block.p';
const ON = {
  block_public_acls: true,
  block_public_policy: true,
  ignore_public_acls: true,
  restrict_public_buckets: true,
};

/**
 * A bucket whose name the provider decides, so that references alone lead to it, and the settings of its public access
 * block.
 */
const bucket = (address: string): Body => change(address, { after: {}, unknown: { bucket: true, id: true } });
const block = (address: string, on = true): Body =>
  change(address, { after: { ...ON, block_public_acls: on }, unknown: { bucket: true } });
const refers = (...references: readonly string[]): Body => ({ references });
const buckets = configured(B, {});
const blocks = (...references: readonly string[]): Body => configured(P, { bucket: refers(...references) });

/** What is said of public access blocks, shorter. */
function findingsFor(changes: readonly Body[], root: Body): readonly string[] {
  return found(plan(changes, root), BLOCK).map((line) =>
    line
      .replace(`${BLOCK} `, '')
      .replaceAll(`${B.split('.')[0]}.`, '')
      .replaceAll(`${P.split('.')[0]}.`, ''),
  );
}

const isPossible = (lines: readonly string[]): void =>
  assert.ok(lines.length > 0 && lines.every((line) => line.startsWith('possible ')), lines.join('\n'));

describe('references of a plan across modules', () => {
  it('lead through a variable to what the module is given', () => {
    const root = {
      resources: [buckets],
      module_calls: {
        m: {
          expressions: { name: refers(`${B}.id`, B) },
          module: { resources: [blocks('var.name')], variables: { name: {} } },
        },
      },
    };
    assert.deepEqual(findingsFor([bucket(B), block(`module.m.${P}`)], root), []);
    assert.deepEqual(findingsFor([bucket(B), block(`module.m.${P}`, false)], root), ['b module.m.p: false']);
  });

  it('lead through the variables of modules within modules', () => {
    const inner = { resources: [blocks('var.inner')] };
    const middle = { module_calls: { n: { expressions: { inner: refers('var.outer') }, module: inner } } };
    const root = {
      resources: [buckets],
      module_calls: { m: { expressions: { outer: refers(`${B}.id`, B) }, module: middle } },
    };
    assert.deepEqual(findingsFor([bucket(B), block(`module.m.module.n.${P}`)], root), []);
    assert.deepEqual(findingsFor([bucket(B), bucket('aws_s3_bucket.other'), block(`module.m.module.n.${P}`)], root), [
      'other: "other"',
    ]);
  });

  it('lead through an output into the module that has it', () => {
    const inner = { resources: [buckets], outputs: { id: { expression: refers(`${B}.id`, B) } } };
    const root = { resources: [blocks('module.m.id', 'module.m')], module_calls: { m: { module: inner } } };
    assert.deepEqual(findingsFor([bucket(`module.m.${B}`), block(P)], root), []);
    assert.deepEqual(findingsFor([bucket(`module.m.${B}`), block(P, false)], root), ['module.m.b p: false']);
    const deep = {
      module_calls: { n: { module: inner } },
      outputs: { id: { expression: refers('module.n.id', 'module.n') } },
    };
    assert.deepEqual(
      findingsFor([bucket(`module.m.module.n.${B}`), block(P)], { ...root, module_calls: { m: { module: deep } } }),
      [],
    );
  });

  it('lead from one module to its sibling', () => {
    const root = {
      module_calls: {
        store: { module: { resources: [buckets], outputs: { name: { expression: refers(`${B}.bucket`, B) } } } },
        guard: {
          expressions: { bucket: refers('module.store.name', 'module.store') },
          module: { resources: [blocks('var.bucket')] },
        },
      },
    };
    assert.deepEqual(findingsFor([bucket(`module.store.${B}`), bucket(B), block(`module.guard.${P}`)], root), [
      'b: "b"',
    ]);
  });

  it('lead from the instance of a module to its own', () => {
    const root = {
      resources: [buckets],
      module_calls: {
        m: {
          for_each_expression: refers('local.names'),
          expressions: { name: refers(B, 'each.key') },
          module: { resources: [blocks('var.name')] },
        },
      },
    };
    const both = [bucket(`${B}["x"]`), bucket(`${B}["y"]`)];
    assert.deepEqual(findingsFor([...both, block(`module.m["x"].${P}`), block(`module.m["y"].${P}`, false)], root), [
      'b["y"] module.m["y"].p: false',
    ]);
    assert.deepEqual(findingsFor([...both, block(`module.m["x"].${P}`)], root), ['b["y"]: "b[\\"y\\"]"']);
  });

  it('lead to the instance of a module whose key is written', () => {
    const inner = { resources: [buckets], outputs: { id: { expression: refers(`${B}.id`, B) } } };
    const root = {
      resources: [blocks('module.m[0].id', 'module.m[0]', 'module.m')],
      module_calls: { m: { count_expression: {}, module: inner } },
    };
    assert.deepEqual(findingsFor([bucket(`module.m[0].${B}`), bucket(`module.m[1].${B}`), block(P)], root), [
      'module.m[1].b: "module.m[1].b"',
    ]);
  });

  it('may lead to any instance of a module whose key is not seen', () => {
    const inner = { resources: [buckets], outputs: { id: { expression: refers(`${B}.id`, B) } } };
    const root = {
      resources: [blocks('module.m', 'each.key')],
      module_calls: { m: { for_each_expression: {}, module: inner } },
    };
    isPossible(findingsFor([bucket(`module.m["x"].${B}`), bucket(`module.m["y"].${B}`), block(P)], root));
  });

  it('lead through what a resource is repeated over', () => {
    const each = configured(P, { bucket: refers('each.value.id', 'each.value') }, { for_each_expression: refers(B) });
    const both = [bucket(`${B}["x"]`), bucket(`${B}["y"]`)];
    const root = { resources: [buckets, each] };
    assert.deepEqual(findingsFor([...both, block(`${P}["x"]`), block(`${P}["y"]`, false)], root), [
      'b["y"] p["y"]: false',
    ]);
    assert.deepEqual(findingsFor([...both, block(`${P}["x"]`)], root), ['b["y"]: "b[\\"y\\"]"']);
  });

  it('end where they cannot go on: in cycles, at what is not there, along chains that never end', () => {
    const cycle = {
      module_calls: {
        m: {
          expressions: { a: refers('module.m.o') },
          module: { resources: [blocks('var.a')], outputs: { o: { expression: refers('var.a') } } },
        },
      },
    };
    assert.doesNotThrow(() => findingsFor([bucket(B), block(`module.m.${P}`)], cycle));
    for (const odd of [
      '',
      '.',
      'module',
      'module.x',
      'module.x.y',
      'var',
      'each.value',
      '[',
      'a[',
      'a["',
      'aws_s3_bucket',
      'data.x',
      'data',
      '..',
      'aws_s3_bucket.b["\\"]',
    ]) {
      assert.doesNotThrow(() => findingsFor([bucket(B), block(P)], { resources: [buckets, blocks(odd)] }), odd);
    }
    let module: Body = { resources: [blocks('var.a')] };
    for (let depth = 0; depth < 300; depth++)
      module = { module_calls: { m: { expressions: { a: refers('var.a') }, module } } };
    isPossible(
      findingsFor([bucket(B), block(`${'module.m.'.repeat(300)}${P}`)], {
        resources: [buckets],
        module_calls: { m: { expressions: { a: refers(`${B}.id`) }, module } },
      }).slice(0, 1),
    );
  });
});

describe('references of a plan that are not seen', () => {
  it('may lead anywhere through a local', () => {
    isPossible(findingsFor([bucket(B), block(P)], { resources: [buckets, blocks('local.name')] }));
    isPossible(
      findingsFor([bucket(B), bucket('aws_s3_bucket.c'), block(P)], { resources: [buckets, blocks('local.name')] }),
    );
    isPossible(
      findingsFor([bucket(B), block(`module.m.${P}`)], {
        resources: [buckets],
        module_calls: {
          m: { expressions: { name: refers('local.name') }, module: { resources: [blocks('var.name')] } },
        },
      }),
    );
  });

  it('are told by an equal value', () => {
    const named = (address: string, name: string): Body => change(address, { after: { bucket: name, id: name } });
    const both = [named(B, 'x'), named('aws_s3_bucket.c', 'y')];
    const root = { resources: [buckets, blocks('local.name')] };
    assert.deepEqual(findingsFor([...both, change(P, { after: { ...ON, bucket: 'x' } })], root), ['c: "c"']);
    assert.deepEqual(
      findingsFor([...both, change(P, { after: { ...ON, bucket: 'x' } })], {
        resources: [blocks(`${B}.id`, B, 'aws_s3_bucket.c.id', 'aws_s3_bucket.c')],
      }),
      ['c: "c"'],
    );
    // It is made of the name, and is another.
    assert.deepEqual(
      findingsFor([...both, change(P, { after: { ...ON, bucket: 'x-logs' } })], { resources: [blocks(`${B}.id`, B)] }),
      ['b: "b"', 'c: "c"'],
    );
  });

  it('may be either of two', () => {
    isPossible(
      findingsFor([bucket(B), bucket('aws_s3_bucket.c'), block(P)], {
        resources: [buckets, blocks(`${B}.id`, B, 'aws_s3_bucket.c.id', 'aws_s3_bucket.c')],
      }),
    );
  });
});

describe('references that a plan shows', () => {
  const V = 'aws_ebs_volume.v';
  const K = 'aws_kms_key.k';
  const keyOf = (
    references: readonly string[],
    changes: readonly Body[] = [change(K)],
    root: Body = {},
  ): readonly string[] =>
    valuesAt(
      stackOf(
        plan([change(V, { unknown: { kms_key_id: true } }), ...changes], {
          ...root,
          resources: [configured(V, { kms_key_id: { references } })],
        }),
      ),
      V,
      'KmsKeyId',
    );

  const cases: readonly (readonly [
    name: string,
    references: readonly string[],
    changes: readonly Body[],
    shown: string,
  ])[] = [
    ['the attribute that is read', [`${K}.arn`, K], [change(K)], `${K}.arn`],
    ['no attribute, as Terraform 0.12 lists none', [K], [change(K)], K],
    ['the instance that there is', [`${K}.arn`, K], [change(`${K}[0]`)], `${K}[0].arn`],
    [
      'the instance that is picked',
      [`${K}["a.b"].arn`, `${K}["a.b"]`, K],
      [change(`${K}["a.b"]`), change(`${K}["c"]`)],
      `${K}["a.b"].arn`,
    ],
    [
      'the resource, where it is not seen which instance',
      [K, 'var.key'],
      [change(`${K}["a"]`), change(`${K}["c"]`)],
      K,
    ],
    ['nothing, where a local may have a part in it', [`${K}.arn`, K, 'local.key'], [change(K)], 'an unknown value'],
    ['nothing, of several', [`${K}.arn`, K, 'aws_kms_key.l.arn', 'aws_kms_key.l'], [change(K)], 'an unknown value'],
    [
      'what a variable of the root cannot change',
      [`${K}.arn`, K, 'var.key', 'path.module', 'terraform.workspace', 'count.index'],
      [change(K)],
      `${K}.arn`,
    ],
  ];
  for (const [name, references, changes, shown] of cases)
    it(`have ${name}`, () => assert.deepEqual(keyOf(references, changes), [shown]));
});
