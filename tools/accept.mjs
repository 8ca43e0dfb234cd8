/**
 * `npm run accept -- PATTERN`: runs the tests with this text in their names, updates their expectations, and shows
 * the difference.
 */
import { spawnSync } from 'node:child_process';

const patterns = process.argv.slice(2);
if (process.env.CI === 'true') {
  console.error('Expectations are not accepted in CI.');
  process.exit(2);
}
if (patterns.length !== 1) {
  console.error('Usage: npm run accept -- PATTERN, such as npm run accept -- kms-key-rotation');
  process.exit(2);
}
const tests = spawnSync('npx', ['mocha', '--grep', patterns[0]], {
  stdio: 'inherit',
  env: { ...process.env, STACKWARDEN_ACCEPT: '1' },
});
spawnSync('git', ['--no-pager', 'diff', '--', 'test'], { stdio: 'inherit' });
process.exit(tests.status ?? 1);
