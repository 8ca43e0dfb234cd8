import assert from 'node:assert/strict';
import { sameSpan, within } from '../../server/src/base/span.ts';

describe('spans', () => {
  it('are the same when document, start and end are', () => {
    const span = { doc: 'file:///a', start: 1, end: 3 };
    const others = [{ ...span }, { ...span, doc: 'file:///b' }, { ...span, start: 0 }, { ...span, end: 4 }];
    assert.deepEqual(
      others.map((other) => sameSpan(span, other)),
      [true, false, false, false],
    );
  });

  it('lie within each other up to their ends', () => {
    const outer = { start: 2, end: 5 };
    const inner = [
      [2, 5],
      [3, 4],
      [2, 2],
      [5, 5],
      [1, 3],
      [4, 6],
      [0, 9],
    ] as const;
    assert.deepEqual(
      inner.map(([start, end]) => within({ start, end }, outer)),
      [true, true, true, true, false, false, false],
    );
  });
});
