/** The batches of a run: large ones first, and small ones at the end, for which threads wait. */
import assert from 'node:assert/strict';
import { batchesOf, shrinkingBatches } from '../../server/src/cli/batches/batches.ts';

const KB = 1024;

/** Files of a size in kilobytes, which name no others. */
const files = (count: number, size: number) =>
  Array.from({ length: count }, (_, index) => ({ uri: `file:///t${index}.yaml`, size: size * KB, text: () => '' }));

const CASES = [
  { what: 'but not of one thread', count: 40, size: 32, threads: 1, sizes: [512, 512, 256] },
  { what: 'of two threads', count: 60, size: 8, threads: 2, sizes: [120, 88, 64, 48, 40, 24, 24, 16, 16, 16, 16, 8] },
  {
    what: 'of files of some size',
    count: 12,
    size: 200,
    threads: 2,
    sizes: [400, 400, 400, 200, 200, 200, 200, 200, 200],
  },
  { what: 'of large files', count: 3, size: 2000, threads: 2, sizes: [2000, 2000, 2000] },
  { what: 'of no files', count: 0, size: 1, threads: 2, sizes: [] },
];

describe('batches', () => {
  for (const { what, count, size, threads, sizes } of CASES)
    it(`become smaller, ${what}`, () => {
      const batches = batchesOf(files(count, size), shrinkingBatches(threads));
      assert.deepEqual(
        batches.map(({ length }) => length * size),
        sizes,
      );
      assert.deepEqual(
        batches.flat(),
        Array.from({ length: count }, (_, index) => index),
      );
    });
});
