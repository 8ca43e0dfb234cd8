import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const HOST = fileURLToPath(new URL('../../server/src/host', import.meta.url));

/** A program that prints whether large garbage is gone, and what it leaves behind. */
const PROGRAM = `
import { collectRequested, requestCollection } from './garbage.ts';
const made = () => Array.from({ length: 400_000 }, (_, index) => ({ index }));
const kept = made();
/** Whether garbage is collected once the heap has grown. */
const isCollected = (growth) => {
  const grown = Array.from({ length: growth }, made);
  kept.push(grown);
  for (let made = 0; made < 1_000_000; made++) grown[0] = { made };
  const { heapUsed } = process.memoryUsage();
  collectRequested();
  return process.memoryUsage().heapUsed < heapUsed - 1_000_000;
};
let released = made();
const reference = new WeakRef(released);
// A weak reference is not cleared in the job that makes it.
setImmediate(() => {
  requestCollection();
  released = undefined;
  const more = made();
  collectRequested();
  const { heapUsed } = process.memoryUsage();
  const garbage = made().length;
  collectRequested();
  console.log(JSON.stringify({
    isGone: reference.deref() === undefined,
    isKept: kept.length === more.length && garbage > 0,
    isOnce: process.memoryUsage().heapUsed > heapUsed,
    isLater: isCollected(5),
    isLast: !isCollected(16),
    global: typeof gc,
  }));
});
`;

describe('garbage', () => {
  it('is collected once the heap has grown after a request, and again after it has grown a lot', async () => {
    const { outputFiles } = await build({
      stdin: { contents: PROGRAM, resolveDir: HOST, loader: 'ts' },
      bundle: true,
      write: false,
      platform: 'node',
      format: 'cjs',
      logLevel: 'error',
    });
    const run = (...flags: string[]): unknown => {
      const { stdout, stderr } = spawnSync(process.execPath, [...flags, '-'], {
        input: outputFiles[0]!.text,
        encoding: 'utf8',
      });
      return stdout ? JSON.parse(stdout) : stderr;
    };
    assert.deepEqual(run(), {
      isGone: true,
      isKept: true,
      isOnce: true,
      isLater: true,
      isLast: true,
      global: 'undefined',
    });
    // Without the function, V8 decides whether it is gone.
    assert.match(JSON.stringify(run('--expose-gc-as=ownName')), /"isKept":true/);
  });
});
