/** Evaluation for all scenarios at once equals evaluation in each scenario alone. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Truth, ScenarioVariable } from '../../server/src/base/guard.ts';
import { evaluate } from '../../server/src/formats/terraform/evaluate.ts';
import { orderOf } from '../../server/src/formats/terraform/expression/order.ts';
import { parseExpression } from '../../server/src/formats/terraform/expression/parser.ts';
import type { Value } from '../../server/src/model/value.ts';
import { Configuration, show } from './terraform-expression.ts';
import { runs } from '../kit/runs.ts';

/** A value in one scenario: plain data, with `undefined` for what is not known. */
type Plain =
  | undefined
  | null
  | string
  | number
  | boolean
  | readonly Plain[]
  | { readonly [key: string]: Plain }
  | Error;

type Scenario = ReadonlyMap<ScenarioVariable, number>;

/** Unknown items and entries make the whole unknown, for a simple comparison. */
function plainAt(value: Value, scenario: Scenario): Plain {
  switch (value.state) {
    case 'known':
      return value.value;
    case 'choice': {
      const branch = value.branches.filter(({ guard }) => guard.contains(scenario));
      assert.ok(branch.length <= 1, `${branch.length} branches in one scenario`);
      return branch[0] && plainAt(branch[0].value, scenario);
    }
    case 'list': {
      const there = value.items.map(({ value: item, when }) => ({ item, there: isThere(when, scenario) }));
      if (value.open || orderOf(value) === 'unsettled' || there.some((one) => one.there === undefined))
        return undefined;
      return there.filter((one) => one.there).map(({ item }) => plainAt(item, scenario));
    }
    case 'object': {
      const there = value.entries.map((entry) => ({ entry, there: isThere(entry.when, scenario) }));
      if (value.open || there.some((one) => one.there === undefined)) return undefined;
      return Object.fromEntries(
        there.filter((one) => one.there).map(({ entry }) => [entry.key, plainAt(entry.value, scenario)]),
      );
    }
    case 'unknown':
      return value.why === 'syntax' ? new Error('refused') : undefined;
    default:
      return undefined;
  }
}

function isThere({ yes, no }: Truth, scenario: Scenario): boolean | undefined {
  assert.ok(!(yes.contains(scenario) && no.contains(scenario)), 'there and not there');
  return yes.contains(scenario) ? true : no.contains(scenario) ? false : undefined;
}

/** Whether what is known for all scenarios together is so in one of them. What is less known is so, too. */
function fits(general: Plain, alone: Plain): boolean {
  if (general === undefined || general instanceof Error || alone instanceof Error) return true;
  if (Array.isArray(general))
    return (
      Array.isArray(alone) &&
      general.length === alone.length &&
      general.every((item, index) => fits(item as Plain, alone[index] as Plain))
    );
  if (typeof general === 'object' && general !== null) {
    if (typeof alone !== 'object' || alone === null || Array.isArray(alone)) return false;
    const [mine, other] = [general as Readonly<Record<string, Plain>>, alone as Readonly<Record<string, Plain>>];
    return (
      Object.keys(mine).toSorted().join() === Object.keys(other).toSorted().join() &&
      Object.keys(mine).every((key) => fits(mine[key], other[key]))
    );
  }
  return general === alone;
}

const { text, number, boolean, list, map } = fc.letrec<{
  text: string;
  number: string;
  boolean: string;
  list: string;
  map: string;
}>((tie) => {
  const [t, n, b, l, m] = [tie('text'), tie('number'), tie('boolean'), tie('list'), tie('map')];
  const call = (f: string, ...args: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
    fc.tuple(...args).map((all) => `${f}(${all.join(', ')})`);
  const conditional = (one: fc.Arbitrary<string>): fc.Arbitrary<string> =>
    fc.tuple(b, one, one).map(([c, x, y]) => `(${c} ? ${x} : ${y})`);
  const binary = (
    one: fc.Arbitrary<string>,
    other: fc.Arbitrary<string>,
    ...operators: readonly string[]
  ): fc.Arbitrary<string> => fc.tuple(one, fc.constantFrom(...operators), other).map(([x, o, y]) => `(${x} ${o} ${y})`);
  return {
    text: fc.oneof(
      { maxDepth: 2 },
      fc.constantFrom('"a"', '"b,a"', '"arn:aws:x"', '""', 'var.env'),
      conditional(t),
      call('upper', t),
      call('replace', t, fc.constantFrom('"a"', '"/[ab]/"', '","'), t),
      call('join', fc.constant('","'), l),
      call('trimprefix', t, t),
      call('coalesce', t, t),
      call('element', l, n),
      call('format', fc.constant('"%s-%s"'), t, t),
      call('lookup', m, t, t),
      fc.tuple(t, t).map(([x, y]) => `"${'${'}${x}}-${'${'}${y}}"`),
      call('substr', t, fc.constant('0'), fc.constant('1')),
      call('one', call('slice', l, fc.constant('0'), fc.constant('1'))),
      fc.tuple(l, n).map(([x, y]) => `try(${x}[${y}], "none")`),
      call('title', t),
      call('base64encode', t),
      fc.tuple(l, b).map(([x, c]) => `"%{ for x in ${x} }%{ if ${c} }${'${'}x}%{ endif }%{ endfor }"`),
    ),
    number: fc.oneof(
      { maxDepth: 2 },
      fc.constantFrom('0', '1', '2'),
      conditional(n),
      call('length', fc.oneof(l, m, t)),
      binary(n, n, '+', '-', '*'),
      call('max', n, n),
      call(
        'sum',
        fc.tuple(n, n).map(([x, y]) => `[${x}, ${y}]`),
      ),
    ),
    boolean: fc.oneof(
      { maxDepth: 2 },
      fc.constantFrom('true', 'false', 'var.on', 'var.on'),
      binary(t, t, '==', '!='),
      binary(n, n, '<', '>='),
      binary(b, b, '&&', '||'),
      b.map((x) => `!${x}`),
      call('contains', l, t),
      call('startswith', t, t),
      call('can', t),
      call(
        'anytrue',
        fc.tuple(b, b).map(([x, y]) => `[${x}, ${y}]`),
      ),
      call(
        'alltrue',
        fc.tuple(b, b).map(([x, y]) => `[${x}, ${y}]`),
      ),
    ),
    list: fc.oneof(
      { maxDepth: 2 },
      fc.array(t, { maxLength: 3 }).map((all) => `[${all.join(', ')}]`),
      conditional(l),
      call('concat', l, l),
      call('compact', l),
      call('distinct', l),
      call('sort', l),
      call('reverse', l),
      call('tolist', call('toset', l)),
      call('keys', m),
      call('values', m),
      call('split', fc.constant('","'), t),
      call(
        'flatten',
        fc.tuple(l, l).map(([x, y]) => `[${x}, ${y}]`),
      ),
      fc.tuple(l, b).map(([x, c]) => `[for x in ${x} : x if ${c}]`),
      fc.tuple(l, t).map(([x, y]) => `[for i, x in ${x} : "${'${'}i}${'${'}x}" if x != ${y}]`),
      call('setunion', l, l).map((x) => `tolist(${x})`),
      call('setsubtract', l, l).map((x) => `tolist(${x})`),
      call('formatlist', fc.constant('"%s!"'), l),
      m.map((x) => `[for k, v in ${x} : "${'${'}k}=${'${'}v}"]`),
    ),
    map: fc.oneof(
      { maxDepth: 2 },
      fc.tuple(t, t).map(([x, y]) => `{ a = ${x}, b = ${y} }`),
      conditional(m),
      call('merge', m, m),
      fc.tuple(l, b).map(([x, c]) => `{ for x in ${x} : "k${'${'}x}" => x if ${c} }`),
      fc.tuple(t, t).map(([x, y]) => `{ (${x}) = ${y} }`),
    ),
  };
});

describe('Terraform expressions in scenarios', () => {
  it('are in each what they are in it alone', () => {
    fc.assert(
      fc.property(fc.oneof(text, number, boolean, list, map), (source) => {
        const { expression, problems } = parseExpression(source);
        assert.deepEqual(problems, []);
        const all = new Configuration();
        const general = evaluate(expression, all.scope(source));
        for (const on of [true, false])
          for (const env of ['dev', 'prod']) {
            const alone = evaluate(expression, new Configuration(undefined, { on, env }).scope(source));
            const [one, other] = [plainAt(general, all.scenario({ on, env })), plainAt(alone, new Map())];
            assert.ok(
              fits(one, other),
              `${source} with ${String(on)} and ${env}: ${JSON.stringify(one)} and not ${JSON.stringify(other)}, of ${show(general)}`,
            );
          }
      }),
      { numRuns: runs(1000) },
    );
  });
});
