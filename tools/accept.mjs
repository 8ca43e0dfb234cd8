/**
 * `npm run accept -- PATTERN`: runs the tests with this text in their names, updates their expectations, and shows
 * the difference.
 */
import { spawnSync } from 'node:child_process';
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

const status = runTests(WITH_EXPECTATIONS, patterns[0], { STACKWARDEN_ACCEPT: '1' });
spawnSync('git', ['--no-pager', 'diff', '--', 'test'], { stdio: 'inherit' });
// A new file has no difference yet, so all of it is shown.
const untracked = spawnSync('git', ['ls-files', '--others', '--exclude-standard', '--', 'test'], { encoding: 'utf8' });
for (const path of untracked.stdout.split('\n').filter((line) => line !== ''))
  spawnSync('git', ['--no-pager', 'diff', '--no-index', '--', '/dev/null', path], { stdio: 'inherit' });
process.exit(status);
