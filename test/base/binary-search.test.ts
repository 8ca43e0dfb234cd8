import assert from 'node:assert/strict';
import fc from 'fast-check';
import { partitionPoint } from '../../server/src/base/binary-search.ts';

const ascending = fc.array(fc.integer({ min: -20, max: 20 })).map((items) => items.toSorted((a, b) => a - b));
const value = fc.integer({ min: -25, max: 25 });

describe('the partition point', () => {
  it('is the number of smaller items, also with duplicates', () => {
    fc.assert(
      fc.property(ascending, value, (items, limit) => {
        assert.equal(
          partitionPoint(items, (item) => item < limit),
          items.filter((item) => item < limit).length,
        );
        assert.equal(
          partitionPoint(items, (item) => item <= limit),
          items.filter((item) => item <= limit).length,
        );
      }),
    );
  });

  it('takes logarithmic time', () => {
    const items = Array.from({ length: 1_000_000 }, (_, index) => index);
    for (const limit of [-1, 0, 345_678, 999_999, 1_000_001]) {
      let comparisons = 0;
      partitionPoint(items, (item) => {
        comparisons++;
        return item < limit;
      });
      assert.ok(comparisons <= 20, `${comparisons} items`);
    }
  });
});
