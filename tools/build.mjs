/**
 * Bundles the entry points into `dist/`, with the licenses of bundled packages. Missing entry points are skipped, so
 * that each can be built alone.
 */
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const ENTRIES = [
  { from: 'server/src/main-cli.ts', to: 'dist/cli.cjs', banner: '#!/usr/bin/env node' },
  { from: 'server/src/main-lsp.ts', to: 'dist/server.cjs', banner: '' },
  { from: 'client/src/extension.ts', to: 'dist/client.cjs', banner: '' },
];

/** The command line starts the server from its own bundle, so that its other commands need not load it. */
const serverApart = {
  name: 'server apart',
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/main-lsp\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './server.cjs', external: true } : undefined,
    ),
};

const bundled = new Set();

await mkdir(`${ROOT}dist`, { recursive: true });
for (const { from, to, banner } of ENTRIES) {
  if (!existsSync(ROOT + from)) continue;
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [from],
    outfile: to,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    // The editor provides it.
    external: ['vscode'],
    target: 'node20',
    // With `main` first, esbuild takes jsonc-parser's UMD entry, whose requires it cannot see: the bundle would not start.
    mainFields: ['module', 'main'],
    // Names are kept, so that a stack trace in a report can be read.
    minifySyntax: true,
    // The entries read where they lie from `import.meta.url`, which CommonJS does not have.
    define: { 'import.meta.url': '__entryUrl' },
    banner: { js: `${banner && banner + '\n'}const __entryUrl=require('node:url').pathToFileURL(__filename).href;` },
    legalComments: 'none',
    plugins: [serverApart],
    metafile: true,
    logLevel: 'warning',
  });
  await chmod(ROOT + to, 0o755);
  for (const input of Object.keys(metafile.inputs)) {
    const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
    if (folder) bundled.add(folder);
  }
}

/** The name, version and license of a package, and the license text. */
async function licence(folder) {
  const { name, version, license } = JSON.parse(await readFile(`${ROOT}${folder}/package.json`, 'utf8'));
  const file = (await readdir(ROOT + folder)).find((entry) => /^licen[cs]e/i.test(entry));
  return `${name} ${version} (${license})\n\n${file ? await readFile(`${ROOT}${folder}/${file}`, 'utf8') : ''}`;
}

const licences = await Promise.all([...bundled].sort().map(licence));
if (bundled.size > 0) await writeFile(`${ROOT}dist/THIRD-PARTY-LICENSES.txt`, licences.join(`\n${'-'.repeat(80)}\n\n`));
