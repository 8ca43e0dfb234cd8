/** Steps that run side by side fail if one of them does. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { makeFolder } from '../host/workspace.ts';

const PROGRAM = fileURLToPath(new URL('../../tools/side-by-side.mjs', import.meta.url));

describe('steps side by side', () => {
  const folder = makeFolder({
    // In place of npm: `npm run --silent NAME`.
    'npm.mjs':
      "console.log(`output of ${process.argv[4]}`);\nprocess.exitCode = process.argv[4] === 'wrong' ? 2 : 0;\n",
    'tests.mjs': 'console.log(`tests ${process.argv.slice(2)}`);\nprocess.exitCode = Number(process.argv[2]);\n',
  });
  after(() => folder.remove());

  const run = (...args: readonly string[]): readonly [status: number | null, out: readonly string[], err: string] => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], {
      cwd: folder.path,
      encoding: 'utf8',
      env: { ...process.env, npm_execpath: folder.at('npm.mjs') },
    });
    return [status, stdout.split('\n').filter(Boolean).sort(), stderr];
  };

  it('show the output of all, and fail if one does', () => {
    assert.deepEqual(run('one', 'other'), [0, ['output of one', 'output of other'], '']);
    assert.deepEqual(run('one', 'wrong'), [1, ['output of one', 'output of wrong'], 'npm run wrong failed\n']);
  });

  it('run a program beside them with its arguments, and show its output and that of what fails', () => {
    assert.deepEqual(run('one', '--', 'tests.mjs', '0', '-g'), [0, ['tests 0,-g'], '']);
    assert.deepEqual(run('one', '--', 'tests.mjs', '3'), [1, ['tests 3'], '']);
    assert.deepEqual(run('wrong', '--', 'tests.mjs', '0'), [
      1,
      ['output of wrong', 'tests 0'],
      'npm run wrong failed\nnpm run wrong failed\n',
    ]);
  });
});
