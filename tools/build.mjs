/**
 * Bundles the program and the extension into `dist/`, with the licenses of bundled packages. Missing entry points are
 * skipped, so that each can be built alone.
 *
 * The command line and the server share their code: esbuild splits it into the entry points, which are small and start
 * quickly, and parts in `dist/parts/`, which they load when they need them. esbuild splits ES modules only, but a part
 * is loaded with `require`, because `import()` of a large file is slow in Node.js 20: so each file is converted to
 * CommonJS after it is split.
 */
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import { withoutLiveBindings, withShortLocals } from './build/link.mjs';
import { commanderWithoutProcesses, fdirWithoutPackages, loadedByCalls } from './build/loaded-by-calls.mjs';
import { buildRules } from './build/rules.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DIST = `${ROOT}dist`;

const PROGRAM = {
  cli: 'server/src/main-compiled.ts',
  server: 'server/src/main-lsp.ts',
  'parts/worker': 'server/src/main-worker.ts',
};
/**
 * Packages that are loaded when the program first calls these functions. The tables of emoji that `string-width` makes
 * take a sixth of the time of a small template, and most texts are ASCII. `tinyglobby` searches folders.
 */
const LOADED_BY_CALLS = { 'string-width': ['default'], tinyglobby: ['globSync', 'isDynamicPattern'] };
const CLIENT = { client: 'client/src/extension.ts' };
/**
 * What the extension imports on demand, so that it starts quickly. Such a part has its own copies of what it imports.
 */
const CLIENT_PARTS = { 'path-page': 'client/src/path/path-page.ts' };

const OPTIONS = {
  absWorkingDir: ROOT,
  outdir: DIST,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  target: 'node20',
  // With `main` first, esbuild takes jsonc-parser's UMD entry, whose requires it cannot see: the bundle would not
  // start.
  mainFields: ['module', 'main'],
  // Names are shortened after files are linked (`withShortLocals`).
  minifySyntax: true,
  minifyWhitespace: true,
  // The entries read where they lie from `import.meta.url`, which CommonJS does not have.
  define: { 'import.meta.url': '__entryUrl' },
  legalComments: 'none',
  // V8 keeps a text of other characters in two bytes each.
  charset: 'ascii',
  metafile: true,
  write: false,
  logLevel: 'warning',
};
const ENTRY_URL = `const __entryUrl=require("node:url").pathToFileURL(__filename).href;`;

await mkdir(DIST, { recursive: true });
await rm(`${DIST}/parts`, { recursive: true, force: true });

const entries = Object.values(PROGRAM).filter((from) => existsSync(ROOT + from));
const rules = await buildRules(ROOT, OPTIONS, entries);
const packages = loadedByCalls(ROOT, LOADED_BY_CALLS);
const program = await bundled(
  { ...PROGRAM, ...packages.entries },
  {
    format: 'esm',
    splitting: true,
    chunkNames: 'parts/[name]-[hash]',
    plugins: [rules.plugin, packages.plugin, commanderWithoutProcesses, fdirWithoutPackages],
  },
);
for (const { path, text } of program.files) {
  const { code: linked } = await transform(withoutLiveBindings(path, text), {
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minifyWhitespace: true,
    charset: 'ascii',
  });
  const code = withShortLocals(linked);
  const isCommand = basename(path) === 'cli.cjs';
  await write(
    path,
    `${isCommand ? '#!/usr/bin/env node\n' : ''}${code.includes('__entryUrl') ? ENTRY_URL : ''}${code}`,
  );
  if (isCommand) await chmod(path, 0o755);
}
for (const [name, content] of rules.files) await write(`${DIST}/parts/${name}`, content);
// The editor provides vscode.
const client = await bundled(
  { ...CLIENT, ...CLIENT_PARTS },
  {
    format: 'cjs',
    external: ['vscode'],
    supported: { 'dynamic-import': false },
    plugins: [importedParts(CLIENT_PARTS)],
  },
);
for (const { path, text } of client.files) await write(path, withShortLocals(text));
await writeLicences([...program.inputs, ...rules.inputs, ...client.inputs]);

/** The output files of entry points, and the paths of what is in them. */
async function bundled(entries, options) {
  const existing = Object.entries(entries).filter(([, from]) => existsSync(ROOT + from));
  if (existing.length === 0) return { files: [], inputs: [] };
  const { outputFiles, metafile } = await build({ ...OPTIONS, ...options, entryPoints: Object.fromEntries(existing) });
  return { files: outputFiles, inputs: Object.keys(metafile.inputs) };
}

/** Leaves parts that are imported on demand out of a bundle. */
function importedParts(parts) {
  return {
    name: 'parts',
    setup({ onResolve }) {
      onResolve({ filter: /^\./ }, ({ kind, path }) => {
        const name = basename(path, '.ts');
        return kind === 'dynamic-import' && name in parts ? { path: `./${name}.cjs`, external: true } : undefined;
      });
    },
  };
}

async function write(path, text) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

async function writeLicences(inputs) {
  const folders = inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []);
  const licences = await Promise.all([...new Set(folders)].sort().map(licence));
  if (licences.length > 0)
    await writeFile(`${DIST}/THIRD-PARTY-LICENSES.txt`, licences.join(`\n${'-'.repeat(80)}\n\n`));
}

/** The name, version and license of a package, and the license text. */
async function licence(folder) {
  const { name, version, license } = JSON.parse(await readFile(`${ROOT}${folder}/package.json`, 'utf8'));
  const file = (await readdir(ROOT + folder)).find((entry) => /^licen[cs]e/i.test(entry));
  return `${name} ${version} (${license})\n\n${file ? await readFile(`${ROOT}${folder}/${file}`, 'utf8') : ''}`;
}
