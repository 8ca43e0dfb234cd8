import assert from 'node:assert/strict';
import fc from 'fast-check';
import { flatMap } from '../../server/src/base/flat-map.ts';

describe('flatMap', () => {
  it('does the same as that of arrays', () => {
    const result = fc.oneof(fc.integer(), fc.array(fc.oneof(fc.integer(), fc.array(fc.integer()))));
    fc.assert(
      fc.property(fc.array(result), (results) => {
        assert.deepEqual(
          flatMap(results, (one) => one),
          results.flatMap((one) => one),
        );
      }),
    );
  });

  it('passes the index and the list', () => {
    const items = ['a', 'b'];
    assert.deepEqual(
      flatMap(items, (item, index, all) => [item, index, all]),
      ['a', 0, items, 'b', 1, items],
    );
  });
});
