/**
 * `npm run test:editor`: installs the editors that are missing, then runs the tests in them. Arguments go to mocha,
 * such as `--grep hover`. `npm run screenshots` only takes the screenshots of the documentation.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { installEditors } from './install/editors.ts';
import { CLI, IMAGES, OUTPUT, ROOT, SCREENSHOTS, VSIX } from './paths.ts';

const MOCHA = join(ROOT, 'node_modules/mocha/bin/mocha.js');
/** A test waits in many places, and each place has a limit of its own. */
const TIMEOUT_MS = 240_000;

for (const file of [VSIX, CLI]) if (!existsSync(file)) throw new Error(`${file} is missing; npm run package makes it`);
await installEditors();

const [first, ...others] = process.argv.slice(2);
const takesScreenshots = first === '--screenshots';
const tests = takesScreenshots ? 'test/e2e/vscode/screenshots*.e2e.ts' : 'test/e2e/**/*.e2e.ts';
const { status } = spawnSync(
  process.execPath,
  [
    MOCHA,
    '--no-config',
    '--node-option',
    'import=tsx',
    '--timeout',
    String(TIMEOUT_MS),
    '--reporter',
    process.env.STACKWARDEN_TEST_REPORTER ?? 'spec',
    ...(takesScreenshots ? others : process.argv.slice(2)),
    tests,
  ],
  { cwd: ROOT, stdio: 'inherit' },
);
if (status !== 0) process.stderr.write(`What the windows looked like when tests failed is in ${OUTPUT}\n`);
else if (takesScreenshots) cpSync(SCREENSHOTS, IMAGES, { recursive: true });
process.exitCode = status ?? 1;
