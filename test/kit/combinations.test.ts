import assert from 'node:assert/strict';
import { pairwise, product } from './combinations.ts';

const LISTS = [['a', 'b', 'c', 'd', 'e'], ['f', 'g', 'h', 'i', 'j'], ['k', 'l', 'm'], ['n', 'o'], ['p']];

describe('combinations', () => {
  it('are all of a product', () => {
    assert.equal(new Set(product(LISTS).map(String)).size, 150);
    assert.deepEqual(product([]), [[]]);
  });

  it('of pairs have each two choices together, in few combinations that begin with the first choices', () => {
    const some = pairwise(LISTS);
    for (const [i, list] of LISTS.entries())
      for (const other of LISTS.slice(i + 1))
        for (const [one, two] of product([list, other]))
          assert.ok(
            some.some((each) => each.includes(one!) && each.includes(two!)),
            `${one} with ${two}`,
          );
    assert.ok(some.length <= 30, `${some.length}`);
    assert.equal(some[0]!.join(''), 'afknp');
  });
});
