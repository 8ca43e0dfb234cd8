import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { makeFolder } from '../host/workspace.ts';

const CLI = fileURLToPath(new URL('../../server/src/cli', import.meta.url));

/**
 * A program that prints whether V8 accepts the code of a short run during and after checks: in a script of its own, and
 * in one that is kept in a folder.
 */
const PROGRAM = `
import { writeFileSync } from 'node:fs';
import { Script } from 'node:vm';
import { compiledScript, useCompiledCode } from '../host/code-cache.ts';
import { withSettingsFor } from './long-check.ts';
import { prepareShortRun } from './short-run.ts';
prepareShortRun(process.version, {}, 'file:///program.ts');
const cachedData = new Script('1').createCachedData();
let files = 0;
// V8 has compiled a file with the same name and text already.
const isAccepted = () => !new Script('1', { cachedData, filename: String(files++) }).cachedDataRejected;
useCompiledCode(process.argv[1]);
writeFileSync(process.argv[1] + '/one.short', cachedData);
const isKept = () => !compiledScript('1', 'one', { filename: String(files++) }).cachedDataRejected;
function* check() {
  yield { own: isAccepted(), kept: isKept() };
  yield { own: isAccepted() };
}
const interrupted = withSettingsFor(20_000_000, check());
console.log(JSON.stringify({
  small: [...withSettingsFor(1_000, check())],
  large: [...withSettingsFor(20_000_000, check())],
  after: isAccepted(),
  interrupted: [interrupted.next().value.own, interrupted.return().done, isAccepted()],
  unknown: [...withSettingsFor(20_000_000, check(), 'v18.0.0')],
}));
`;

describe('a check of many seconds', () => {
  it('has settings of its own, which end with it', async () => {
    const { outputFiles } = await build({
      stdin: { contents: PROGRAM, resolveDir: CLI, loader: 'ts' },
      bundle: true,
      write: false,
      platform: 'node',
      format: 'cjs',
      logLevel: 'error',
      define: { 'import.meta.url': '""' },
    });
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', outputFiles[0]!.text, makeFolder({}).path], {
      encoding: 'utf8',
    });
    assert.equal(stderr, '');
    assert.deepEqual(JSON.parse(stdout), {
      small: [{ own: true, kept: true }, { own: true }],
      large: [{ own: false, kept: true }, { own: false }],
      after: true,
      interrupted: [false, true, true],
      unknown: [{ own: true, kept: true }, { own: true }],
    });
  });
});
