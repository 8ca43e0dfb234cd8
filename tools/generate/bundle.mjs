/** Bundles of TypeScript tools: one file starts several times as fast as hundreds of modules that are compiled one by one. */
import { readFile, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Tools and tests find other files from their own places, so these are written into the bundle. */
const ownPlaces = {
  name: 'own places',
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/](?:tools|test)[\\/].*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      if (!text.includes('import.meta')) return undefined;
      const contents = text
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
        .replaceAll('import.meta.filename', JSON.stringify(path));
      return { contents, loader: 'ts' };
    }),
};

const OPTIONS = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  plugins: [ownPlaces],
  metafile: true,
  logLevel: 'warning',
};

/**
 * Bundles a module without its packages.
 * @param entry The module, by its path below `root`.
 * @param to The bundle, also below `root`, so that it finds the packages.
 * @returns The URL of the bundle, and the bundled modules with their imports, as absolute paths. Imports of types only are not among them.
 */
export async function bundle(entry, to, root = ROOT) {
  const { metafile } = await build({ ...OPTIONS, absWorkingDir: root, entryPoints: [entry], outfile: to });
  return { url: pathToFileURL(join(root, to)).href, modules: modulesOf(metafile, root) };
}

/**
 * Bundles modules that run one after another. What they share is in files of its own, so that it is loaded once.
 * @param entries The modules by name, by their paths below `root`.
 * @param folder The folder of the bundles. Shared files of earlier calls are removed from it.
 * @returns The URL of each bundle, and the bundled modules with their imports.
 */
export async function bundleTogether(entries, folder, root = ROOT) {
  const { metafile } = await build({
    ...OPTIONS,
    absWorkingDir: root,
    entryPoints: Object.entries(entries).map(([out, path]) => ({ in: path, out })),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'shared-[hash]',
    splitting: true,
  });
  const written = new Set(Object.keys(metafile.outputs).map((path) => basename(path)));
  const names = await readdir(join(root, folder));
  const unused = names.filter((name) => name.startsWith('shared-') && !written.has(name));
  await Promise.all(unused.map((name) => rm(join(root, folder, name), { force: true })));
  const urlOf = (name) => pathToFileURL(join(root, folder, `${name}.mjs`)).href;
  return {
    urls: Object.fromEntries(Object.keys(entries).map((name) => [name, urlOf(name)])),
    modules: modulesOf(metafile, root),
  };
}

function modulesOf({ inputs }, root) {
  return new Map(
    Object.entries(inputs).map(([path, { imports }]) => [
      join(root, path),
      imports.filter(({ external }) => !external).map((it) => join(root, it.path)),
    ]),
  );
}
