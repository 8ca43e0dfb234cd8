import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { SERVER_OPTIONS, v8Threads } from '../../client/src/node-options.ts';
import { adaptingHeap, heapGrowth, prepareLongRun } from '../../server/src/lsp/long-run.ts';

/** Loads TypeScript. */
const LOADED = ['--import', new URL('../kit/loader/register.mjs', import.meta.url).href];

const MEGABYTE = 1024 * 1024;

function growth(largest: number, first = 0, used = 0): number {
  return heapGrowth({ largest, first }, used);
}

describe('a long run', () => {
  it('is prepared in every version of Node.js, and never fails', () => {
    // Flags for another version would be printed.
    for (const version of ['v18.0.0', '']) {
      prepareLongRun(version);
      adaptingHeap(version)({ largest: 1_000_000, first: 1_000_000 });
    }
  });

  it('lets the heap grow more with a large document', () => {
    assert.ok(growth(60_000) < growth(1_000_000));
    assert.equal(growth(60_000), growth(0));
  });

  it('lets the heap grow by what a first analysis needs', () => {
    const [empty, full] = [16 * MEGABYTE, 1000 * MEGABYTE];
    for (const length of [1, 60_000, 1_000_000]) {
      assert.ok(growth(length) < growth(length, length, empty), String(length));
      assert.equal(growth(length), growth(length, length, full), String(length));
    }
    // The need is that of the document that is analyzed, not of the largest one.
    assert.ok(growth(1_000_000, 60_000, empty) < growth(1_000_000, 1_000_000, empty));
    // A process that has not loaded the engine will load it.
    assert.equal(growth(60_000, 60_000, MEGABYTE), growth(60_000, 60_000, empty));
  });

  it('has flags that this version of Node.js knows', () => {
    const module = JSON.stringify(new URL('../../server/src/lsp/long-run.ts', import.meta.url));
    const prepare = `import(${module}).then(({ prepareLongRun }) => prepareLongRun(process.version))`;
    const { status, stderr } = spawnSync(process.execPath, [...LOADED, ...SERVER_OPTIONS, '-e', prepare], {
      encoding: 'utf8',
    });
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
  });

  it('leaves a processor to the main thread', () => {
    const threads = [1, 2, 3, 4, 5, 64].map(v8Threads);
    assert.deepEqual(threads, [1, 1, 2, 3, 4, 4]);
  });
});
