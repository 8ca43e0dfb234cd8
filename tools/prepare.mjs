/**
 * Builds `dist/` after `npm ci`, and before the program is packed from a Git repository: `npm install git+https://…`,
 * or a hook of pre-commit.
 *
 * `npm install --global` of a Git repository runs this script without the development tools, because npm passes
 * `global` on to the installation that should bring them. Then they are installed here.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

if (!existsSync(`${ROOT}node_modules/esbuild`))
  execFileSync(
    'npm',
    ['ci', '--global=false', '--include=dev', '--include=optional', '--ignore-scripts', '--no-audit', '--no-fund'],
    // Output would end up in what npm pack prints.
    { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' },
  );

await import('./build.mjs');
