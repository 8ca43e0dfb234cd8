import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  bothTruths,
  eitherTruth,
  FALSE,
  Guard,
  MAX_CUBES,
  MAYBE,
  notTruth,
  OTHER,
  TRUE,
  type Truth,
  type ScenarioVariable,
} from '../../server/src/base/guard.ts';
import {
  expressions,
  scenariosOf,
  truly,
  truthOf,
  variable,
  wideExpressions,
  within,
  type Expression,
} from './scenarios.ts';
import { lookups } from '../kit/lookups.ts';

/** Few enough scenarios that nothing comes near a budget. */
const SMALL = [variable('a', 2, 0), variable('b', 3), variable('c', 2, 1)];
const SMALL_SCENARIOS = scenariosOf(SMALL);

/** Enough of them that wide expressions pass the budget. */
const LARGE = Array.from({ length: 9 }, (_, i) => variable(`v${i}`, 2, 0));
const LARGE_SCENARIOS = scenariosOf(LARGE);

const SIX = [...Array.from({ length: 4 }, (_, i) => variable(`u${i}`, 3)), variable('t0', 2), variable('t1', 2)];
const SIX_SCENARIOS = scenariosOf(SIX);

const BITS = Array.from({ length: 8 }, (_, i) => variable(`x${i}`, 2, 0));
const BIT_SCENARIOS = scenariosOf(BITS);

/** The side of an expression that is true, without the work for the other side. */
function yesOf(expression: Expression): Guard {
  if (expression.kind === 'all') return expression.of.map(yesOf).reduce((a, b) => a.and(b));
  if (expression.kind === 'any') return expression.of.map(yesOf).reduce((a, b) => a.or(b));
  return truthOf(expression).yes;
}

/** Whether an odd number of the variables has its second value: 128 cubes of which no two can be joined. */
function parity(variables: readonly ScenarioVariable[]): Truth {
  return variables.reduce<Truth>((odd, v) => {
    const one: Truth = { yes: Guard.of(v, [1]), no: Guard.of(v, [0]) };
    return eitherTruth(bothTruths(odd, notTruth(one)), bothTruths(notTruth(odd), one));
  }, FALSE);
}

describe('a guard', () => {
  it('of a variable that stands for a condition has a key for its definition', () => {
    const keyOf = (odd: Truth): string => Guard.condensed(odd, 'odd', 'odd').yes.key();
    const fresh = (count: number): ScenarioVariable[] =>
      Array.from({ length: count }, (_, i) => variable(`x${i}`, 2, 0));
    const key = keyOf(parity(fresh(6)));
    assert.equal(keyOf(parity(fresh(6))), key);
    assert.notEqual(keyOf(parity(fresh(7))), key);
    assert.notEqual(keyOf(notTruth(parity(fresh(6)))), key);
  });

  it('has exactly the scenarios of its expression', () => {
    fc.assert(
      fc.property(expressions(SMALL), (expression) => {
        const { yes } = truthOf(expression);
        assert.ok(yes.exact);
        assert.deepEqual(within(yes, SMALL_SCENARIOS), truly(expression, SMALL_SCENARIOS));
        assert.equal(yes.satisfiable(), truly(expression, SMALL_SCENARIOS).length > 0);
      }),
      { numRuns: 500 },
    );
  });

  it('is always only where it holds in every scenario', () => {
    fc.assert(
      fc.property(expressions(SMALL), (expression) => {
        if (truthOf(expression).yes.isAlways())
          assert.equal(truly(expression, SMALL_SCENARIOS).length, SMALL_SCENARIOS.length);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps the default scenario where it cannot keep all', () => {
    const many = (name: string, count: number): Guard => {
      const elsewhere = Array.from({ length: count }, (_, i) => Guard.of(variable(`${name}${i}`, 2, 0), [1]));
      return [...elsewhere, Guard.of(variable(name, 2, 0), [0])].reduce((sum, one) => sum.or(one));
    };
    for (const guard of [many('w', 2 * MAX_CUBES), many('w', 20).and(many('z', 20))])
      assert.deepEqual([guard.exact, guard.holdsByDefault()], [false, true]);
  });

  it('holds by default where the default scenario does', () => {
    const [a, b, c] = SMALL as [ScenarioVariable, ScenarioVariable, ScenarioVariable];
    fc.assert(
      fc.property(expressions([a, c]), (expression) => {
        assert.equal(
          truthOf(expression).yes.holdsByDefault(),
          truly(expression, [
            new Map([
              [a, 0],
              [c, 1],
            ]),
          ]).length === 1,
        );
      }),
    );
    assert.equal(Guard.of(b, [0, 1]).holdsByDefault(), false, 'a parameter without default has no value there');
    assert.equal(
      Guard.of(b, [0])
        .or(Guard.of(b, [1, 2]))
        .holdsByDefault(),
      true,
      'but what holds for all its values does',
    );
  });

  it('of no value is never, of all values is always, and of values that do not exist is never', () => {
    const b = SMALL[1]!;
    assert.equal(Guard.of(b, []), Guard.never);
    assert.equal(Guard.of(b, [2, 0, 1, 1]), Guard.always);
    assert.equal(Guard.of(b, [3, -1]), Guard.never);
    assert.deepEqual(within(Guard.of(b, [7, 1]), scenariosOf([b])), [1]);
    assert.equal(Guard.of({ ...b, domain: [] }, [0]), Guard.never);
  });

  it('keeps always and never as they are', () => {
    const g = Guard.of(SMALL[1]!, [1]);
    assert.equal(Guard.always.and(g), g);
    assert.equal(g.and(Guard.always), g);
    assert.equal(g.or(Guard.never), g);
    assert.equal(Guard.never.or(g), g);
    assert.equal(Guard.never.and(g), Guard.never);
    assert.ok(g.or(Guard.always).isAlways());
    assert.equal(Guard.always.named({ kind: 'condition', name: 'C', value: true }), Guard.always);
  });

  it('has no scenario that leaves one of its variables open', () => {
    assert.equal(Guard.of(SMALL[1]!, [1]).contains(new Map([[SMALL[0]!, 1]])), false);
    assert.equal(Guard.always.contains(new Map()), true);
  });

  it('has the same scenarios whatever the order of its parts', () => {
    const shuffled = fc
      .array(expressions(SMALL, { depth: 2 }), { minLength: 2, maxLength: 6 })
      .chain((parts) => fc.tuple(fc.constant(parts), fc.shuffledSubarray(parts, { minLength: parts.length })));
    fc.assert(
      fc.property(shuffled, fc.constantFrom('all' as const, 'any' as const), ([parts, again], kind) => {
        const [one, other] = [parts, again].map((of) => truthOf({ kind, of }));
        assert.deepEqual(within(other!.yes, SMALL_SCENARIOS), within(one!.yes, SMALL_SCENARIOS));
        assert.deepEqual(within(other!.no, SMALL_SCENARIOS), within(one!.no, SMALL_SCENARIOS));
      }),
      { numRuns: 300 },
    );
  });

  it('is the same every time', () => {
    fc.assert(
      fc.property(wideExpressions(LARGE), (expression) => {
        const [one, other] = [yesOf(expression), yesOf(expression)];
        assert.deepEqual(other.describe(), one.describe());
        assert.equal(other.exact, one.exact);
        assert.deepEqual(within(other, LARGE_SCENARIOS), within(one, LARGE_SCENARIOS));
      }),
      { numRuns: 20 },
    );
  });
});

describe('a truth', () => {
  const atoms: readonly [string, Truth, readonly number[], readonly number[]][] = [
    ['TRUE', TRUE, [0], []],
    ['FALSE', FALSE, [], [0]],
    ['MAYBE', MAYBE, [], []],
  ];
  for (const [name, truth, yes, no] of atoms) {
    it(`is ${name}`, () =>
      assert.deepEqual([within(truth.yes, [new Map()]), within(truth.no, [new Map()])], [yes, no]));
  }

  it('has both sides right and never both at once', () => {
    fc.assert(
      fc.property(expressions(SMALL, { not: true }), (expression) => {
        const { yes, no } = truthOf(expression);
        const holding = truly(expression, SMALL_SCENARIOS);
        assert.deepEqual(within(yes, SMALL_SCENARIOS), holding);
        assert.deepEqual(
          within(no, SMALL_SCENARIOS),
          SMALL_SCENARIOS.map((_, i) => i).filter((i) => !holding.includes(i)),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('past the budget says too little on both sides, and says that it does', () => {
    let passed = 0;
    fc.assert(
      fc.property(wideExpressions(SIX), (expression) => {
        const { yes, no } = truthOf(expression);
        if (!yes.exact || !no.exact) passed++;
        const holding = new Set(truly(expression, SIX_SCENARIOS));
        const [included, denied] = [within(yes, SIX_SCENARIOS), within(no, SIX_SCENARIOS)];
        assert.ok(included.every((i) => holding.has(i)));
        assert.ok(denied.every((i) => !holding.has(i)));
        if (yes.exact) assert.equal(included.length, holding.size);
        if (no.exact) assert.equal(denied.length, SIX_SCENARIOS.length - holding.size);
      }),
      { numRuns: 12 },
    );
    assert.ok(passed > 2, `${passed} of the expressions passed the budget`);
  });
});

describe('a guard past its budget', () => {
  const odd = parity(BITS);
  const isOdd = (scenario: ReadonlyMap<ScenarioVariable, number>) =>
    [...scenario.values()].reduce((sum, i) => sum + i, 0) % 2 === 1;

  it('keeps as many cubes as it may and is marked', () => {
    const included = within(odd.yes, BIT_SCENARIOS);
    assert.equal(odd.yes.exact, false);
    assert.equal(included.length, MAX_CUBES, 'each cube of a parity is one scenario');
    assert.ok(included.every((i) => isOdd(BIT_SCENARIOS[i]!)));
    assert.ok(within(odd.no, BIT_SCENARIOS).every((i) => !isOdd(BIT_SCENARIOS[i]!)));
  });

  it('is exact up to there', () => {
    const seven = parity(BITS.slice(1));
    assert.deepEqual([seven.yes.exact, within(seven.yes, scenariosOf(BITS.slice(1))).length], [true, MAX_CUBES]);
  });

  it('stays marked in whatever is made of it', () => {
    const g = Guard.of(BITS[0]!, [0]);
    const made = [
      odd.yes.and(g),
      g.and(odd.yes),
      odd.yes.or(g),
      g.or(odd.yes),
      odd.yes.and(Guard.always),
      Guard.always.and(odd.yes),
      odd.yes.or(Guard.never),
      Guard.never.or(odd.yes),
      odd.yes.named({ kind: 'condition', name: 'C', value: true }),
      odd.yes.assumed(),
      odd.yes.assumed().selected(),
      odd.yes.assumed().reached(),
    ];
    assert.deepEqual(
      made.map((guard) => guard.exact),
      made.map(() => false),
    );
  });

  it('drops products beyond a fixed number, and says so', () => {
    // 32 cubes on each side that meet everywhere: 1024 products, of which 512 are looked at.
    const [left, right] = [0, 1].map(
      (side) => parity(Array.from({ length: 6 }, (_, i) => variable(`${side}.${i}`, 2))).yes,
    );
    const both = left!.and(right!);
    assert.deepEqual([left!.exact, right!.exact, both.exact], [true, true, false]);
  });

  it('joins products that contain each other, however many there are', () => {
    // Every scenario of seven bits has two equal ones, most have many: the products are few different cubes, often.
    const bits = BITS.slice(1);
    const equal = bits.flatMap((one, i) =>
      bits.slice(i + 1).flatMap((other) => [0, 1].map((value) => Guard.of(one, [value]).and(Guard.of(other, [value])))),
    );
    const twice = equal.reduce((a, b) => a.or(b));
    const both = parity(bits).yes.and(twice);
    assert.deepEqual([twice.exact, both.exact], [true, true]);
    assert.equal(within(both, scenariosOf(bits)).length, MAX_CUBES);
  });

  it('holds with itself where it holds, with as many parts as it can have', () => {
    const variables = Array.from({ length: 16 }, (_, i) => variable(`y${i}`, 2));
    const [one, other] = [0, 1].map(() =>
      variables.map((each) => Guard.of(each, [1])).reduce((sum, guard) => sum.or(guard)),
    ) as [Guard, Guard];
    const both = one.and(other);
    assert.equal(both.exact, true);
    assert.equal(both.coveredBy(one) && one.coveredBy(both), true);
  });

  it('does not say that it is covered: what was dropped may not be', () => {
    assert.equal(odd.yes.coveredBy(odd.yes), false);
    assert.equal(odd.yes.coveredBy(Guard.always), true, 'always covers whatever was dropped');
    assert.equal(
      Guard.of(BITS[0]!, [0])
        .and(Guard.of(BITS[1]!, [0]))
        .coveredBy(odd.yes),
      false,
    );
  });
});

describe('covering', () => {
  it('is decided as by looking at every scenario', () => {
    fc.assert(
      fc.property(
        expressions(SMALL),
        fc.array(expressions(SMALL, { depth: 2 }), { maxLength: 4 }),
        (expression, parts) => {
          const union = new Set(parts.flatMap((part) => truly(part, SMALL_SCENARIOS)));
          const expected = truly(expression, SMALL_SCENARIOS).every((i) => union.has(i));
          assert.equal(truthOf(expression).yes.coveredBy(...parts.map((part) => truthOf(part).yes)), expected);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('sees a union that does not join into one cube', () => {
    const [a, b, c] = SMALL as [ScenarioVariable, ScenarioVariable, ScenarioVariable];
    const [same, different] = [truthOf(xor(a, c)).no, truthOf(xor(a, c)).yes];
    assert.equal(Guard.always.coveredBy(same, different), true);
    assert.equal(Guard.always.coveredBy(same, different.and(Guard.of(b, [0, 1]))), false);
  });

  it('errs to no alone', () => {
    fc.assert(
      fc.property(
        wideExpressions(LARGE),
        fc.array(wideExpressions(LARGE), { minLength: 1, maxLength: 3 }),
        (expression, others) => {
          const parts = [expression, ...others];
          const union = new Set(parts.flatMap((part) => truly(part, LARGE_SCENARIOS)));
          if (yesOf(expression).coveredBy(...parts.map(yesOf))) {
            assert.ok(truly(expression, LARGE_SCENARIOS).every((i) => union.has(i)));
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  it('of nothing is by nothing', () => {
    assert.equal(Guard.never.coveredBy(), true);
    assert.equal(Guard.always.coveredBy(), false);
    assert.equal(Guard.of(SMALL[0]!, [0]).coveredBy(Guard.never), false);
  });

  function xor(a: ScenarioVariable, b: ScenarioVariable): Expression {
    const is = (v: ScenarioVariable, value: number): Expression => ({ kind: 'is', variable: v, values: [value] });
    return {
      kind: 'any',
      of: [
        { kind: 'all', of: [is(a, 0), is(b, 1)] },
        { kind: 'all', of: [is(a, 1), is(b, 0)] },
      ],
    };
  }
});

describe('an assumed guard', () => {
  const p = variable('p', 3, 0);
  const q = variable('q', 2);
  const other = Guard.of(p, [1]);

  it('has the same scenarios, but is not reached', () => {
    assert.deepEqual(within(other.assumed(), scenariosOf([p])), [1]);
    assert.equal(other.reached().satisfiable(), true);
    assert.equal(other.assumed().reached().satisfiable(), false);
  });

  it('is reached where it holds by default', () => {
    assert.deepEqual(
      within(
        Guard.of(p, [0])
          .or(Guard.of(p, [1, 2]).assumed())
          .reached(),
        scenariosOf([p]),
      ),
      [0],
    );
    assert.equal(Guard.always.assumed().reached().isAlways(), true);
  });

  it('is reached when the assumed values are all that there are', () => {
    const each = q.domain.map((_, i) => Guard.of(q, [i]).assumed());
    assert.equal(each[0]!.reached().satisfiable(), false);
    assert.equal(each[0]!.or(each[1]!).reached().isAlways(), true);
  });

  it('makes what it is combined with assumed', () => {
    assert.equal(
      other
        .assumed()
        .and(Guard.of(q, [0]))
        .reached()
        .satisfiable(),
      false,
    );
    assert.equal(Guard.of(q, [0]).and(Guard.always.assumed()).reached().satisfiable(), false);
    assert.deepEqual(
      within(
        other
          .assumed()
          .or(Guard.of(p, [2]))
          .reached(),
        scenariosOf([p]),
      ),
      [2],
    );
  });

  it('gives way to the same scenario when that is not assumed, in either order', () => {
    for (const union of [
      other.or(other.assumed()),
      other.assumed().or(other),
      other.assumed().or(Guard.of(p, [0, 1])),
    ]) {
      assert.equal(union.reached().and(other).satisfiable(), true);
    }
  });

  it('is selected by what compares it', () => {
    assert.deepEqual(within(other.assumed().selected().reached(), scenariosOf([p])), [1]);
    assert.equal(other.selected(), other);
    assert.equal(
      Guard.of(p, [0])
        .or(Guard.of(p, [1, 2]).assumed())
        .selected()
        .isAlways(),
      true,
    );
  });
});

describe('the description of a guard', () => {
  const p: ScenarioVariable = { id: 'p', kind: 'parameter', name: 'Env', domain: ['dev', 'prod', OTHER], preferred: 0 };
  const condition: ScenarioVariable = { id: 'c', kind: 'condition', name: 'IsProd', domain: ['true', 'false'] };
  const exists: ScenarioVariable = {
    id: 'e',
    kind: 'exists',
    name: 'aws_s3_bucket.b',
    domain: ['true', 'false'],
    preferred: 0,
  };
  const named = (value: boolean) => ({ kind: 'condition', name: 'IsProd', value }) as const;
  const term = (value: string) => ({ kind: 'parameter', name: 'Env', value }) as const;

  const cases: Readonly<Record<string, readonly [Guard, readonly unknown[]]>> = {
    always: [Guard.always, []],
    never: [Guard.never, []],
    'one value': [Guard.of(p, [1]), [term('prod')]],
    'the default, when it is one of the values': [Guard.of(p, [2, 0]), [term('dev')]],
    'the default, wherever it is in the domain': [Guard.of({ ...p, preferred: 1 }, [0, 1]), [term('prod')]],
    'the first value, when the default is not there': [Guard.of(p, [2, 1]), [term('prod')]],
    'a value that nobody named': [Guard.of(p, [2]), [term('another value')]],
    'a condition that is true': [Guard.of(condition, [0]), [named(true)]],
    'a condition that is false': [Guard.of(condition, [1]), [named(false)]],
    'a resource that is not there': [
      Guard.of(exists, [1]),
      [{ kind: 'exists', name: 'aws_s3_bucket.b', value: false }],
    ],
    'the name that it was given': [Guard.of(p, [1]).named(named(true)), [named(true)]],
    'a name once': [Guard.of(p, [1]).named(named(true)).named(named(true)), [named(true)]],
    'the names of all that was combined': [
      Guard.of(p, [1])
        .named(named(true))
        .and(Guard.of(condition, [0]).named(term('x'))),
      [named(true), term('x')],
    ],
    'no name for what has become always': [
      Guard.of(p, [0])
        .named(named(true))
        .or(Guard.of(p, [1, 2]).named(named(true))),
      [],
    ],
    'no name for always': [Guard.always.named(named(true)), []],
    'the default scenario before others': [
      Guard.of(p, [1])
        .named(named(true))
        .or(
          Guard.of(p, [0])
            .named(named(false))
            .and(Guard.of(exists, [0])),
        ),
      [named(false)],
    ],
    'what is reached before what is assumed': [
      Guard.of(p, [2])
        .assumed()
        .or(
          Guard.of(p, [1])
            .and(Guard.of(exists, [1]))
            .named(named(true)),
        ),
      [named(true)],
    ],
    'the name that joined scenarios share': [
      Guard.of(p, [1])
        .named(named(true))
        .named(term('prod'))
        .or(Guard.of(p, [2]).named(named(true)).named(term('another value'))),
      [named(true)],
    ],
  };
  for (const [what, [guard, expected]] of Object.entries(cases))
    it(`is ${what}`, () => assert.deepEqual(guard.describe(), expected));
});

describe('the work of one operation', () => {
  // 64 cubes of 16 variables each, of which no two can be joined and all of which meet those of the other side.
  const many = (side: string) => Array.from({ length: 7 }, (_, i) => variable(`${side}${i}`, 2));
  const ballast = Array.from({ length: 9 }, (_, i) => Guard.of(variable(`w${i}`, 3), [0, 1])).reduce((a, b) =>
    a.and(b),
  );
  const [left, right] = ['l', 'r'].map((side) => parity(many(side)).yes.and(ballast)) as [Guard, Guard];
  const deny = Array.from({ length: 12 }, (_, i) => Guard.of(variable(`d${i}`, 2), [0])).reduce((a, b) => a.and(b));

  /** Counted once; a bound that is passed means that an operation has become quadratic in something that it was not. */
  const bounds: Readonly<Record<string, readonly [number, () => unknown]>> = {
    and: [4_000_000, () => left.and(right)],
    or: [200_000, () => left.or(right)],
    'coveredBy, when it is not': [200_000, () => left.coveredBy(right)],
    'coveredBy, when every piece splits': [200_000, () => Guard.always.coveredBy(left, right, deny)],
    reached: [2_000, () => left.assumed().reached()],
  };
  for (const [what, [bound, work]] of Object.entries(bounds)) {
    it(`is bounded: ${what}`, () => {
      const count = lookups(work);
      assert.ok(count <= bound, `${count} look-ups`);
    });
  }

  it('has guards of full size to work on', () =>
    assert.deepEqual(
      [left, right].map((g) => [g.exact, g.describe().length]),
      [
        [true, 16],
        [true, 16],
      ],
    ));

  it('does not grow with the number of guards that are joined', () => {
    const chain = (length: number) => {
      let sum: Guard = Guard.never;
      for (let i = 0; i < length; i++)
        sum = sum.or(Guard.of(variable(`a${i}`, 2), [0]).and(Guard.of(variable(`b${i}`, 2), [1])));
      return sum;
    };
    const [short, long] = [lookups(() => chain(200)), lookups(() => chain(400))];
    assert.ok(long < 2.5 * short, `${short} look-ups for 200, ${long} for 400`);
  });
});
