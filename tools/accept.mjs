/**
 * `npm run accept -- PATTERN`: runs the tests with this text in their names, updates their expectations, and shows
 * the difference.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { runTests } from './mocha.mjs';

const patterns = process.argv.slice(2);
if (process.env.CI === 'true') {
  console.error('Expectations are not accepted in CI.');
  process.exit(2);
}
if (patterns.length !== 1) {
  console.error('Usage: npm run accept -- PATTERN, such as npm run accept -- kms-key-rotation');
  process.exit(2);
}
/** The tests whose expectations are in files. Others may fail until these are written. */
const WITH_EXPECTATIONS = [
  'test/rules/rules.test.ts',
  'test/forms/forms.test.ts',
  'test/hover/*.test.ts',
  'test/linear-patterns.test.ts',
  'test/cli/report-formats.test.ts',
  'test/migration/migrate.test.ts',
  'test/bench/work.test.ts',
];

const began = Date.now();
const status = runTests(WITH_EXPECTATIONS, patterns[0], { STACKWARDEN_ACCEPT: '1' });

/** The files that git lists and that this run has written. Other changes are not its own to show. */
const written = (...listed) =>
  spawnSync('git', [...listed, '--', 'test', 'docs'], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter((path) => path !== '' && existsSync(path) && statSync(path).mtimeMs >= began);

const changed = written('diff', '--name-only', '--relative');
if (changed.length > 0) spawnSync('git', ['--no-pager', 'diff', '--', ...changed], { stdio: 'inherit' });
// A new file has no difference yet, so all of it is shown.
const added = written('ls-files', '--others', '--exclude-standard');
for (const path of added)
  spawnSync('git', ['--no-pager', 'diff', '--no-index', '--', '/dev/null', path], { stdio: 'inherit' });
if (status === 0 && changed.length + added.length === 0) console.log('All expectations are as they were.');
process.exit(status);
