import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const CLI = fileURLToPath(new URL('../../server/src/cli', import.meta.url));

/**
 * A program that prints whether V8 has the flags of a short run during and after checks, and whether those of a short
 * run with a small input differ and end with a check.
 */
const PROGRAM = `
import { currentFlagHash } from '../host/v8-flags.ts';
import { withSettingsFor } from './long-check.ts';
import { prepareShortRun } from './short-run.ts';
prepareShortRun(process.version, false);
const flags = currentFlagHash();
const areShort = () => currentFlagHash() === flags;
function* check() {
  yield areShort();
  yield areShort();
}
function* hash() {
  yield currentFlagHash();
}
const hashesOf = (isSmall) => {
  prepareShortRun(process.version, isSmall);
  return [currentFlagHash(), ...withSettingsFor(20_000_000, hash()), currentFlagHash()];
};
const interrupted = withSettingsFor(20_000_000, check());
console.log(JSON.stringify({
  small: [...withSettingsFor(1_000, check())],
  large: [...withSettingsFor(20_000_000, check())],
  after: areShort(),
  interrupted: [interrupted.next().value, interrupted.return().done, areShort()],
  same: hashesOf(true).map((one, index) => one === hashesOf(false)[index]),
  unknown: [...withSettingsFor(20_000_000, check(), 'v18.0.0')],
}));
`;

/** Other versions have no flags for small inputs. */
const IS_NODE_20 = process.version.startsWith('v20.');

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
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', outputFiles[0]!.text], { encoding: 'utf8' });
    assert.equal(stderr, '');
    assert.deepEqual(JSON.parse(stdout), {
      small: [true, true],
      large: [false, false],
      after: true,
      interrupted: [false, true, true],
      same: [!IS_NODE_20, true, true],
      unknown: [true, true],
    });
  });
});
