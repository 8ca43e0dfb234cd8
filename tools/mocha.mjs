/** Runs some test files in one process, which loads nothing else. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MOCHA = fileURLToPath(new URL('../node_modules/mocha/bin/mocha.js', import.meta.url));

const CONFIG = [
  '--no-config',
  '--node-option',
  'import=./test/kit/loader/register.mjs',
  '--require',
  'test/kit/seed.ts',
  '--timeout',
  '120000',
  '--reporter',
  'dot',
];

/**
 * Runs the tests with a pattern in their names, and returns the exit code.
 * @param files The test files, with `*` for any characters.
 */
export function runTests(files, pattern, env = {}) {
  const specs = files.flatMap((file) => ['--spec', file]);
  const { status } = spawnSync(process.execPath, [MOCHA, ...CONFIG, ...specs, '--grep', pattern], {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  return status ?? 1;
}
