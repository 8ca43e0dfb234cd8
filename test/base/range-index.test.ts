import assert from 'node:assert/strict';
import fc from 'fast-check';
import { RangeIndex } from '../../server/src/base/range-index.ts';

const RANGES = fc.array(
  fc
    .tuple(fc.nat(30), fc.nat(30))
    .map(([one, other]) => ({ range: { start: Math.min(one, other), end: Math.max(one, other) } })),
);

describe('an index of ranges', () => {
  it('finds all ranges that contain one, the last start first', () => {
    fc.assert(
      fc.property(RANGES, fc.nat(30), fc.nat(5), (things, start, length) => {
        const end = start + length;
        const found = new RangeIndex(things).containing({ start, end });
        assert.deepEqual(
          new Set(found),
          new Set(things.filter(({ range }) => range.start <= start && end <= range.end)),
        );
        const starts = found.map(({ range }) => range.start);
        assert.deepEqual(
          starts,
          starts.toSorted((a, b) => b - a),
        );
      }),
    );
  });

  it('knows whether a range shares text with one, or touches it', () => {
    fc.assert(
      fc.property(RANGES, fc.nat(30), fc.nat(5), (things, start, length) => {
        const end = start + length;
        assert.equal(
          new RangeIndex(things).touches({ start, end }),
          things.some(({ range }) => range.start <= end && start <= range.end),
        );
      }),
    );
  });
});
