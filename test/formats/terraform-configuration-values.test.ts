import assert from 'node:assert/strict';
import { directory, found, stackOf, valuesAt, type Files } from './terraform-stack.ts';

const VOLUME = 'ebs-volume-encryption';

/** The values of the encryption of a volume, where `var.e` is what a block says. */
function variable(block: unknown, values: Files = {}): readonly string[] {
  return encrypted('${var.e}', { variable: { e: block } }, values);
}

function encrypted(value: unknown, more: Readonly<Record<string, unknown>> = {}, files: Files = {}): readonly string[] {
  const main = { ...more, resource: { aws_ebs_volume: { v: { encrypted: value } } } };
  return valuesAt(stackOf({ 'main.tf.json': main, ...files }), 'aws_ebs_volume.v', 'Encrypted');
}

const UNKNOWN = 'an unknown value';

describe('Terraform variables', () => {
  const cases: readonly (readonly [block: unknown, values: readonly string[]])[] = [
    [{}, [UNKNOWN]],
    [{ type: 'bool' }, ['true when var.e=true', 'false when var.e=false']],
    [{ default: false }, ['false when var.e=false', `${UNKNOWN} when var.e=another value`]],
    [{ type: 'bool', default: false }, ['false when var.e=false', 'true when var.e=true']],
    [{ type: 'number', default: 5 }, ['5 when var.e=5', `${UNKNOWN} when var.e=another value`]],
    [[{ default: 'x' }], ['x when var.e=x', `${UNKNOWN} when var.e=another value`]],
    [{ default: '${x}' }, ['${x} when var.e=${x}', `${UNKNOWN} when var.e=another value`]],
  ];
  for (const [block, values] of cases)
    it(`come to ${values.join(', ')} from ${JSON.stringify(block)}`, () => {
      assert.deepEqual(variable(block), values);
    });

  it('have members', () => {
    assert.deepEqual(encrypted('${var.o.a[1]}', { variable: { o: { default: { a: [true, false] } } } }), [
      'false when var.o=its default',
      `${UNKNOWN} when var.o=another value`,
    ]);
  });

  it('are unknown where they are not declared here', () => {
    assert.deepEqual(encrypted('${var.nowhere}'), [UNKNOWN]);
  });

  it('take the values of files, the later ones first', () => {
    const values = (files: Readonly<Record<string, unknown>>): readonly string[] =>
      variable({ default: 'default' }, files);
    assert.deepEqual(values({ 'terraform.tfvars.json': { e: 'plain' } }), ['plain']);
    assert.deepEqual(values({ 'terraform.tfvars.json': { e: 'plain' }, 'a.auto.tfvars.json': { e: 'a' } }), ['a']);
    assert.deepEqual(values({ 'b.auto.tfvars.json': { e: 'b' }, 'a.auto.tfvars.json': { e: 'a' } }), ['b']);
    assert.deepEqual(values({ 'z.auto.tfvars.json': { f: 1 }, 'a.auto.tfvars.json': { e: 'a' } }), ['a']);
    assert.deepEqual(values({ 'prod.tfvars.json': { e: 'prod' } }), [
      'default when var.e=default',
      `${UNKNOWN} when var.e=another value`,
    ]);
  });

  it('are not templates', () => {
    assert.deepEqual(variable({}, { 'terraform.tfvars.json': { e: '${local.x}' } }), ['${local.x}']);
  });

  it('never show what is sensitive', () => {
    const { analysis } = directory({
      'main.tf.json': {
        variable: {
          p: { type: 'string', sensitive: true, default: 'hunter2' },
          q: { sensitive: 'true', default: 'hunter3' },
        },
        resource: {
          aws_ebs_volume: {
            v: { encrypted: '${var.p}' },
            w: { encrypted: '${var.p == "x" ? false : var.q}' },
            x: { count: '${var.q}', encrypted: false },
          },
          aws_db_instance: { d: { storage_encrypted: '${var.q}', password: '${var.p}' } },
        },
      },
      'terraform.tfvars.json': { q: 'hunter4' },
    });
    const text = JSON.stringify(analysis.documents);
    assert.ok(analysis.documents[0]!.findings.length >= 3);
    assert.doesNotMatch(text, /hunter/);
  });

  it('do not show the default of what is sensitive as a scenario', () => {
    assert.deepEqual(variable({ sensitive: true, default: 'hunter2' }), [
      'a secret value when var.e=a secret value',
      'a secret value when var.e=another value',
    ]);
  });
});

describe('Terraform locals and functions', () => {
  it('are unknown in a cycle', () => {
    assert.deepEqual(encrypted('${local.a}', { locals: { a: '${local.b}', b: '${local.a}' } }), [UNKNOWN]);
    assert.deepEqual(encrypted('${local.a}', { locals: { a: '${local.a}' } }), [UNKNOWN]);
    assert.deepEqual(encrypted('${local.nowhere}'), [UNKNOWN]);
    const cycle = {
      locals: { a: '${local.b}', b: '${local.a}' },
      resource: { aws_ebs_volume: { v: { encrypted: '${local.a}' } } },
    };
    assert.deepEqual(directory({ 'main.tf.json': cycle }).analysis.incomplete, []);
  });

  it('leave what is not known open', () => {
    assert.deepEqual(encrypted('${mystery(1)}'), [UNKNOWN]);
    assert.deepEqual(encrypted('${'), [UNKNOWN]);
    assert.deepEqual(
      found({ 'main.tf.json': { resource: { aws_ebs_volume: { v: { encrypted: '${mystery(1)}' } } } } }, VOLUME),
      [`${VOLUME} possible aws_ebs_volume.v: "\${mystery(1)}"`],
    );
  });
});

describe('conditions of instances', () => {
  /** Whether two resources can have different sides of the same text. */
  function together(
    one: Readonly<Record<string, unknown>>,
    other: Readonly<Record<string, unknown>>,
    condition: string,
  ): boolean {
    const value = `\${${condition} ? "yes" : "no"}`;
    const stack = stackOf({
      'main.tf.json': {
        variable: { n: {} },
        resource: { aws_s3_bucket: { a: { ...one, bucket: value }, b: { ...other, bucket: value } } },
      },
    });
    const [a, b] = ['aws_s3_bucket.a', 'aws_s3_bucket.b'].map((address) => stack.byAddress(address)!.get('BucketName'));
    assert.ok(a?.state === 'choice' && b?.state === 'choice');
    return !a.branches[0]!.guard.and(b.branches[1]!.guard).satisfiable();
  }

  it('are one where the text means one thing', () => {
    assert.equal(together({}, {}, 'data.x.y.z == "a"'), true);
    assert.equal(together({ count: 2 }, { count: 3 }, 'data.x.y.z'), true);
  });

  it('are one for each block where the text means an instance', () => {
    assert.equal(together({ for_each: '${data.a.b.x}' }, { for_each: '${data.a.b.y}' }, 'each.key == "x"'), false);
    assert.equal(together({ for_each: '${data.a.b.x}' }, { for_each: '${data.a.b.y}' }, 'each.value'), false);
    assert.equal(together({ count: '${data.a.b.x}' }, { count: '${data.a.b.y}' }, 'count.index == 0'), false);
    assert.equal(together({}, {}, 'self.id == "x"'), false);
  });

  it('are one for blocks with the same instances', () => {
    assert.equal(together({ for_each: '${data.a.b.x}' }, { for_each: '${data.a.b.x}' }, 'each.key == "x"'), true);
    assert.equal(
      together({ for_each: { a: '${data.a.b.x}' } }, { for_each: { a: '${data.a.b.x}' } }, 'each.value == "x"'),
      true,
    );
    assert.equal(together({ count: '${var.n}' }, { count: '${var.n}' }, 'count.index == 0'), true);
  });
});

describe('count and for_each', () => {
  const there = (repeated: Readonly<Record<string, unknown>>, more: Readonly<Record<string, unknown>> = {}): string => {
    const stack = stackOf({
      'main.tf.json': {
        ...more,
        resource: { aws_s3_bucket: { other: { count: 0 } }, aws_ebs_volume: { v: repeated } },
      },
    });
    const { yes, no } = stack.byAddress('aws_ebs_volume.v')!.when;
    const words = (guard: typeof yes): string =>
      guard.isAlways()
        ? 'always'
        : guard.satisfiable()
          ? guard
              .describe()
              .map((term) => `${term.name}=${String(term.value)}`)
              .join()
          : 'never';
    return `${words(yes)} / ${words(no)}`;
  };
  const on = { variable: { on: { type: 'bool' }, n: {} } };
  const cases: readonly (readonly [repeated: Readonly<Record<string, unknown>>, when: string])[] = [
    [{}, 'always / never'],
    [{ count: 0 }, 'never / always'],
    [{ count: '0' }, 'never / always'],
    [{ count: '${1 - 1}' }, 'never / always'],
    [{ count: 1 }, 'always / never'],
    [{ count: '${length([1, 2])}' }, 'always / never'],
    [{ count: '${length([])}' }, 'never / always'],
    [{ count: '${var.on ? 1 : 0}' }, 'var.on=true / var.on=false'],
    [{ count: '${var.on ? 0 : 2}' }, 'var.on=false / var.on=true'],
    [{ count: '${var.n}' }, 'var.n > 0=true / var.n > 0=false'],
    [{ count: '${length(var.n)}' }, 'length(var.n) > 0=true / length(var.n) > 0=false'],
    [{ count: '${length(aws_s3_bucket.other)}' }, 'never / always'],
    [{ for_each: {} }, 'never / always'],
    [{ for_each: { a: 1 } }, 'always / never'],
    [{ for_each: '${toset([])}' }, 'never / always'],
    [{ for_each: '${toset(["a"])}' }, 'always / never'],
    [{ for_each: '${var.on ? {a = 1} : {}}' }, 'var.on=true / var.on=false'],
    [{ for_each: '${var.n}' }, 'length(var.n) > 0=true / length(var.n) > 0=false'],
    [{ for_each: '${aws_s3_bucket.other}' }, 'never / always'],
    [{ for_each: '${aws_ebs_volume.v}' }, 'length(aws_ebs_volume.v) > 0=true / length(aws_ebs_volume.v) > 0=false'],
  ];
  for (const [repeated, when] of cases)
    it(`${JSON.stringify(repeated)}: ${when}`, () => assert.equal(there(repeated, on), when));

  const defaults: readonly (readonly [
    repeated: Readonly<Record<string, unknown>>,
    variable: unknown,
    reached: boolean,
  ])[] = [
    [{ count: '${var.n}' }, {}, true],
    [{ count: '${var.n}' }, { default: 0 }, false],
    [{ count: '${var.n}' }, { default: 1 }, true],
    [{ count: '${length(var.n)}' }, { default: [] }, false],
    [{ count: '${length(var.n)}' }, { default: ['a'] }, true],
    [{ count: '${var.n == 0 ? 1 : 0}' }, { default: 1 }, false],
    [{ count: '${var.n == 0 ? 1 : 0}' }, {}, true],
    [{ count: '${var.n == 0 ? 1 : 0}' }, { default: 0 }, true],
    [{ for_each: '${toset(var.n == "on" ? ["a"] : [])}' }, { default: 'off' }, false],
    [{ for_each: '${toset(var.n)}' }, { default: [] }, false],
    [{ for_each: '${var.n}' }, { default: {} }, false],
  ];
  for (const [repeated, variable, reached] of defaults)
    it(`${JSON.stringify(repeated)} over ${JSON.stringify(variable)} ${reached ? 'makes something' : 'makes something only for a value that nothing selects'}`, () => {
      const stack = stackOf({
        'main.tf.json': { variable: { n: variable }, resource: { aws_ebs_volume: { v: repeated } } },
      });
      assert.equal(
        stack.resources.some(({ when }) => when.yes.reached().satisfiable()),
        reached,
      );
      assert.ok(stack.resources.every(({ when }) => when.yes.satisfiable()));
    });

  it('that form a cycle are not known', () => {
    const stack = stackOf({
      'main.tf.json': {
        resource: { aws_s3_bucket: { a: { for_each: '${aws_s3_bucket.b}' }, b: { for_each: '${aws_s3_bucket.a}' } } },
      },
    });
    const { yes, no } = stack.byAddress('aws_s3_bucket.a')!.when;
    assert.deepEqual([yes.satisfiable(), no.satisfiable()], [false, false]);
  });
});
