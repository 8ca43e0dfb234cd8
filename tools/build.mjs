/**
 * Bundles the entry points into `dist/`. Entries that do not exist are left out, so that one can be built without the other.
 */
import { existsSync } from 'node:fs';
import { chmod, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const ENTRIES = [
  { from: 'server/src/main-cli.ts', to: 'dist/cli.cjs', banner: '#!/usr/bin/env node' },
  { from: 'server/src/main-lsp.ts', to: 'dist/server.cjs', banner: '' },
];

await rm(`${ROOT}dist`, { recursive: true, force: true });
for (const { from, to, banner } of ENTRIES) {
  if (!existsSync(ROOT + from)) continue;
  await build({
    absWorkingDir: ROOT,
    entryPoints: [from],
    outfile: to,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // With `main` first, esbuild takes jsonc-parser's UMD entry, whose requires it cannot see: the bundle would not start.
    mainFields: ['module', 'main'],
    // Names are kept, so that a stack trace in a report can be read.
    minifySyntax: true,
    // The entries read where they lie from `import.meta.url`, which CommonJS does not have.
    define: { 'import.meta.url': '__entryUrl' },
    banner: { js: `${banner && banner + '\n'}const __entryUrl=require('node:url').pathToFileURL(__filename).href;` },
    legalComments: 'none',
    logLevel: 'warning',
  });
  await chmod(ROOT + to, 0o755);
}
