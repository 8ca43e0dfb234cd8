/** Runs the command line on the examples. Findings are expected, so exit code 1 is a success. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../dist/cli.cjs', import.meta.url));
const examples = fileURLToPath(new URL('../examples', import.meta.url));
const { status } = spawnSync(process.execPath, [cli, 'lint', examples, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exitCode = status === 1 ? 0 : (status ?? 2);
