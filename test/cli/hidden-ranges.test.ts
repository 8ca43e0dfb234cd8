import { strict as assert } from 'node:assert';
import { HiddenRanges } from '../../server/src/cli/hidden-ranges.ts';

const [A, B] = ['file:///a.yaml', 'file:///b.yaml'];

describe('hidden ranges', () => {
  const spans = [
    { doc: A, start: 40, end: 50 },
    { doc: A, start: 0, end: 100 },
    { doc: A, start: 60, end: 70 },
    { doc: B, start: 0, end: 10 },
  ];
  for (const [range, expected] of [
    [{ start: 45, end: 46 }, ['0-100', '40-50']],
    [{ start: 50, end: 60 }, ['0-100', '40-50', '60-70']],
    [{ start: 80, end: 200 }, ['0-100']],
    [{ start: 101, end: 200 }, []],
  ] as const)
    it(`are found at ${String(range.start)}-${String(range.end)}`, () => {
      const found = new HiddenRanges(() => spans)
        .at(A, range)
        .map(({ start, end }) => `${String(start)}-${String(end)}`);
      assert.deepEqual(found.sort(), expected);
    });

  it('are computed once, on first use', () => {
    let calls = 0;
    const hidden = new HiddenRanges(() => {
      calls++;
      return spans;
    });
    assert.equal(calls, 0);
    for (let i = 0; i < 3; i++) hidden.at(B, { start: 0, end: 1 });
    assert.equal(calls, 1);
  });
});
