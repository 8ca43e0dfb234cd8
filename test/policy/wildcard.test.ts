/** Patterns of IAM that share a text, against all short texts. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fits, isDisjoint } from '../../server/src/policy/text/wildcard.ts';

const pattern = fc.array(fc.constantFrom('a', 'b', '*', '?'), { maxLength: 4 }).map((parts) => parts.join(''));
const TEXTS = [
  '',
  ...['a', 'b'].flatMap((one) => [
    one,
    ...['a', 'b'].flatMap((two) => [
      one + two,
      ...['a', 'b'].flatMap((three) => [one + two + three, `${one}${two}${three}a`, `${one}${two}${three}b`]),
    ]),
  ]),
];

describe('disjoint patterns', () => {
  for (const [one, other, disjoint] of [
    ['user/*', 'role/*', true],
    ['user/a', 'user/*', false],
    ['*-admin', '*-dev', true],
    ['a*', '*b', false],
    ['a', 'b', true],
    ['?', '*', false],
    ['s3', 's?', false],
  ] as const)
    it(`${one} and ${other} ${disjoint ? 'are disjoint' : 'may overlap'}`, () =>
      assert.equal(isDisjoint(one, other), disjoint));

  it('are only reported if they are certainly disjoint', () => {
    fc.assert(
      fc.property(pattern, pattern, (one, other) => {
        if (isDisjoint(one, other))
          assert.deepEqual(
            TEXTS.filter((text) => fits(text, one) && fits(text, other)),
            [],
          );
        assert.equal(isDisjoint(one, other), isDisjoint(other, one));
      }),
      { numRuns: 1000 },
    );
  });
});
