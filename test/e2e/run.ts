/**
 * `npm run test:editor`: installs the editors that are missing, then runs the tests in them. Arguments go to mocha, such as
 * `--grep hover`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { installEditors, editors } from './install/editors.ts';
import { CLI, OUTPUT, VSIX } from './paths.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const MOCHA = join(ROOT, 'node_modules/mocha/bin/mocha.js');
/** A test waits in many places, and each place has a limit of its own. */
const TIMEOUT_MS = 240_000;

for (const file of [VSIX, CLI]) if (!existsSync(file)) throw new Error(`${file} is missing; npm run package makes it`);
await installEditors();
editors();

const { status } = spawnSync(process.execPath, [
  MOCHA, '--no-config', '--node-option', 'import=tsx', '--timeout', String(TIMEOUT_MS), '--reporter', process.env.STACKWARDEN_TEST_REPORTER ?? 'spec',
  ...process.argv.slice(2), join(ROOT, 'test/e2e/**/*.e2e.ts'),
], { cwd: ROOT, stdio: 'inherit' });
if (status !== 0) process.stderr.write(`What the windows looked like when tests failed is in ${OUTPUT}\n`);
process.exitCode = status ?? 1;
