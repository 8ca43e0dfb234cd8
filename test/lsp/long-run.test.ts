import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { SERVER_OPTIONS } from '../../client/src/node-options.ts';
import { adaptingHeap, heapGrowth, prepareLongRun } from '../../server/src/lsp/long-run.ts';

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
    const flags = `require('node:v8').setFlagsFromString('--heap-growing-percent=20')`;
    const { status, stderr } = spawnSync(process.execPath, [...SERVER_OPTIONS, '-e', flags], { encoding: 'utf8' });
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
  });
});
