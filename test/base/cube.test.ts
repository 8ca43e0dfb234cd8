import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  cubeOf,
  FREE,
  intersect,
  reduce,
  subtract,
  withTerm,
  type Cube,
  type Term,
} from '../../server/src/base/cube.ts';
import { allValues } from '../../server/src/base/slot.ts';
import { scenariosOf, variable, type Scenario } from './scenarios.ts';

const VARIABLES = [variable('a', 2, 0), variable('b', 3, 2), variable('c', 4)];
const SCENARIOS = scenariosOf(VARIABLES);

const terms: readonly Term[] = [
  { kind: 'condition', name: 'A', value: true },
  { kind: 'condition', name: 'A', value: false },
  { kind: 'parameter', name: 'A', value: 'x' },
];

const cubes = fc
  .record({
    limits: fc.tuple(...VARIABLES.map((v) => fc.option(fc.bigInt(1n, allValues(v) - 1n)))),
    terms: fc.subarray([...terms]),
    assumed: fc.boolean(),
  })
  .map(({ limits, terms, assumed }): Cube =>
    cubeOf(
      limits.flatMap((bits, i) => (bits === null ? [] : [[VARIABLES[i]!, bits] as const])),
      terms,
      assumed,
    ),
  );

function has(cube: Cube, scenario: Scenario): boolean {
  return cube.slots.every(({ variable: v }, i) => ((BigInt(cube.allowed[i]!) >> BigInt(scenario.get(v)!)) & 1n) === 1n);
}

/** The scenarios of some cubes, by their place in the list. */
function scenarios(...several: readonly Cube[]): readonly number[] {
  return SCENARIOS.flatMap((scenario, i) => (several.some((cube) => has(cube, scenario)) ? [i] : []));
}

describe('cubes', () => {
  it('meet in the scenarios of both, with the names of both', () => {
    fc.assert(
      fc.property(cubes, cubes, (a, b) => {
        const both = intersect(a, b);
        const expected = scenarios(a).filter((i) => scenarios(b).includes(i));
        assert.deepEqual(both ? scenarios(both) : [], expected);
        assert.equal(both !== undefined, expected.length > 0);
        if (!both) return;
        assert.equal(both.assumed, a.assumed || b.assumed);
        assert.deepEqual(new Set(both.terms), new Set([...a.terms, ...b.terms]));
        assert.equal(both.terms.length, new Set(both.terms).size);
      }),
    );
  });

  it('leave what is outside the other, in pieces that do not meet', () => {
    fc.assert(
      fc.property(cubes, cubes, (a, b) => {
        const pieces = subtract(a, b);
        assert.deepEqual(
          scenarios(...pieces),
          scenarios(a).filter((i) => !scenarios(b).includes(i)),
        );
        assert.ok(pieces.every((piece, i) => pieces.every((other, j) => i === j || !intersect(piece, other))));
        assert.ok(pieces.every((piece) => piece.assumed === a.assumed && scenarios(piece).length > 0));
      }),
    );
  });

  it('keep their scenarios, and what is assumed of them, when they are joined', () => {
    fc.assert(
      fc.property(fc.array(cubes, { maxLength: 12 }), (several) => {
        const kept = reduce(several);
        assert.ok(kept.length <= several.length);
        assert.deepEqual(scenarios(...kept), scenarios(...several));
        assert.deepEqual(scenarios(...kept.filter((c) => !c.assumed)), scenarios(...several.filter((c) => !c.assumed)));
      }),
      { numRuns: 500 },
    );
  });

  it('are joined as far as two of them make one', () => {
    fc.assert(
      fc.property(fc.array(cubes, { maxLength: 8 }), (several) => {
        const kept = reduce(several);
        assert.equal(reduce(kept).length, kept.length);
        kept.forEach((cube, i) =>
          kept.forEach((other, j) => {
            if (i === j || (cube.assumed && !other.assumed)) return;
            assert.ok(!scenarios(other).every((s) => scenarios(cube).includes(s)), 'no cube is in another one');
          }),
        );
      }),
    );
  });

  it('that differ in one variable are one', () => {
    const [a, b] = VARIABLES as [(typeof VARIABLES)[0], (typeof VARIABLES)[0]];
    const at = (bits: bigint): Cube =>
      cubeOf([
        [a, 1n],
        [b, bits],
      ]);
    assert.deepEqual(reduce([at(1n), at(4n)]), [at(5n)]);
    assert.deepEqual(
      reduce([at(1n), at(4n), at(2n)]),
      [cubeOf([[a, 1n]])],
      'a variable that is free again is not named',
    );
    const later: Cube = cubeOf([
      [a, 2n],
      [b, 2n],
    ]);
    const earlier: Cube = cubeOf([
      [a, 2n],
      [b, 1n],
    ]);
    assert.deepEqual(
      reduce([at(3n), earlier, later]),
      [cubeOf([[b, 3n]])],
      'what has been joined is joined with what was passed',
    );
  });

  it('hold by default where the default scenario is one of theirs', () => {
    const [a, b, c] = VARIABLES as [(typeof VARIABLES)[0], (typeof VARIABLES)[0], (typeof VARIABLES)[0]];
    const at = (v: NonNullable<typeof a>, bits: bigint): boolean => cubeOf([[v, bits]]).byDefault;
    assert.deepEqual(
      [at(a, 1n), at(a, 2n), at(b, 5n), at(b, 3n), at(c, 1n), FREE.byDefault],
      [true, false, true, false, false, true],
    );
  });

  it('remember a name once', () => {
    assert.deepEqual(terms.reduce(withTerm, [] as readonly Term[]), terms);
    assert.equal(withTerm(terms, { ...terms[1]! }), terms);
  });
});
