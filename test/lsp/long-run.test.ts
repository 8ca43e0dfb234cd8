import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { SERVER_OPTIONS, v8Threads } from '../../client/src/node-options.ts';
import { adaptingHeap, heapGrowth, prepareLongRun } from '../../server/src/lsp/long-run.ts';

/** Loads TypeScript. */
const LOADED = ['--import', new URL('../kit/loader/register.mjs', import.meta.url).href];

describe('a long run', () => {
  it('is prepared in every version of Node.js, and never fails', () => {
    // Flags for another version would be printed.
    for (const version of ['v18.0.0', '']) {
      prepareLongRun(version);
      adaptingHeap(version)(1_000_000);
    }
  });

  it('lets the heap grow more with a large document', () => {
    assert.ok(heapGrowth(60_000) < heapGrowth(1_000_000));
    assert.equal(heapGrowth(60_000), heapGrowth(0));
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
