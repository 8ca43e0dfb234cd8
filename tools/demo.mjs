/** Shows what the command line says of the examples. Findings are the point of it, so they are no failure. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../dist/cli.cjs', import.meta.url));
const examples = fileURLToPath(new URL('../examples', import.meta.url));
const { status } = spawnSync(process.execPath, [cli, 'lint', examples, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exitCode = status === 1 ? 0 : (status ?? 2);
