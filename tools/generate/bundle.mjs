/**
 * Bundles of TypeScript tools: one file starts several times as fast as hundreds of modules that are compiled one by
 * one.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
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
 * @returns The URL of the bundle, and the bundled modules with their imports, as absolute paths. Imports of types only
 * are not among them.
 */
export async function bundle(entry, to, root = ROOT) {
  const { metafile } = await build({ ...OPTIONS, absWorkingDir: root, entryPoints: [entry], outfile: to });
  const modules = new Map(
    Object.entries(metafile.inputs).map(([path, { imports }]) => [
      join(root, path),
      imports.filter(({ external }) => !external).map((it) => join(root, it.path)),
    ]),
  );
  return { url: pathToFileURL(join(root, to)).href, modules };
}
