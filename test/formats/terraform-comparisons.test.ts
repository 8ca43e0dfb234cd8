/** The values of variables that a configuration distinguishes. */
import assert from 'node:assert/strict';
import { stackOf, valuesAt, found } from './terraform-stack.ts';

const SIZES = { dev: 8, prod: 100 };

describe('what a configuration compares a variable with', () => {
  const cases: readonly (readonly [
    name: string,
    expression: string,
    locals: Readonly<Record<string, unknown>>,
    ...values: readonly string[],
  ])[] = [
    [
      'a text',
      '${var.env == "prod" ? 100 : 8}',
      {},
      '100 when var.env == "prod"=true',
      '8 when var.env == "prod"=false',
    ],
    [
      'a text, through a local',
      '${local.env == "prod" ? 100 : 8}',
      { env: '${var.env}' },
      '100 when local.env == "prod"=true',
      '8 when local.env == "prod"=false',
    ],
    [
      'the keys of a local',
      '${local.sizes[var.env]}',
      { sizes: SIZES },
      '8 when var.env=dev',
      '100 when var.env=prod',
      'an unknown value when var.env=another value',
    ],
    [
      'the keys of a local that is an expression',
      '${local.sizes[local.env]}',
      { sizes: '${tomap({dev = 8, prod = 100})}', env: '${(var.env)}' },
      '8 when var.env=dev',
      '100 when var.env=prod',
      'an unknown value when var.env=another value',
    ],
    [
      'the keys of an object',
      '${{dev = 8, prod = 100}[var.env]}',
      {},
      '8 when var.env=dev',
      '100 when var.env=prod',
      'an unknown value when var.env=another value',
    ],
    [
      'the keys that are looked up',
      '${lookup(local.sizes, var.env, 20)}',
      { sizes: SIZES },
      '8 when var.env=dev',
      '100 when var.env=prod',
      '20 when var.env=another value',
    ],
    [
      'the items of a list',
      '${contains(["prod", "live"], var.env) ? 100 : 8}',
      {},
      '100 when contains(["prod", "live"], var.env)=true',
      '8 when contains(["prod", "live"], var.env)=false',
    ],
    [
      'the items of a local',
      '${contains(local.large, var.env) ? 100 : 8}',
      { large: ['prod', 'live'] },
      '100 when contains(local.large, var.env)=true',
      '8 when contains(local.large, var.env)=false',
    ],
  ];
  for (const [name, size, locals, ...values] of cases)
    it(name, () => {
      const stack = stackOf({
        'main.tf.json': {
          variable: { env: { default: 'dev' } },
          locals,
          resource: { aws_ebs_volume: { v: { size } } },
        },
      });
      assert.deepEqual(valuesAt(stack, 'aws_ebs_volume.v', 'Size').toSorted(), values.toSorted());
    });

  it('is a scenario that the configuration itself leads to', () => {
    const rule = {
      variable: { env: { default: 'dev' } },
      locals: { cidrs: { dev: '10.0.0.0/8', prod: '0.0.0.0/0' } },
      resource: {
        aws_security_group_rule: {
          r: { type: 'ingress', protocol: 'tcp', from_port: 22, to_port: 22, cidr_blocks: ['${local.cidrs[var.env]}'] },
        },
      },
    };
    assert.deepEqual(found({ 'main.tf.json': rule }, 'sg-ingress-open-ssh'), [
      'sg-ingress-open-ssh aws_security_group_rule.r: "${local.cidrs[var.env]}" when var.env=prod',
    ]);
  });

  it('is found without end', () => {
    const locals = { a: '${local.b}', b: '${local.a}', c: '${c(' };
    assert.doesNotThrow(() =>
      stackOf({
        'main.tf.json': {
          locals,
          resource: {
            aws_ebs_volume: { v: { size: '${local.a[local.b] == local.c[local.a] ? 1 : contains(local.a, local.c)}' } },
          },
        },
      }),
    );
  });
});
