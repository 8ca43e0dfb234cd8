/** Modules that a build loads with the first call of what they export, instead of with the program. */
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @param root The root of the repository.
 * @param names The names of packages, which are ES modules, with the functions of each that are called.
 * @returns Their entry points, by the names of files in `dist/`, and the plugin that replaces their imports in other
 * parts.
 */
export function loadedByCalls(root, names) {
  const entries = Object.keys(names).map((name) => [
    `parts/${name}`,
    relative(root, fileURLToPath(import.meta.resolve(name))),
  ]);
  return { entries: Object.fromEntries(entries), plugin: callingPlugin(names) };
}

function callingPlugin(names) {
  return {
    name: 'loaded by calls',
    setup({ onResolve, onLoad }) {
      const filter = new RegExp(`^(?:${Object.keys(names).join('|')})$`);
      onResolve({ filter }, ({ path }) => ({ path, namespace: 'called' }));
      onLoad({ filter: /./, namespace: 'called' }, ({ path }) => ({
        contents: [
          `let loaded; const load = () => loaded ??= require(__dirname + "/${path}.cjs");`,
          ...names[path].map((name) => `${exportOf(name)}(...given) => load().${name}(...given);`),
        ].join('\n'),
      }));
    },
  };
}

function exportOf(name) {
  return name === 'default' ? 'export default ' : `export const ${name} = `;
}

/** Keeps fdir from looking for a package that it does not need here, in all folders above the program. */
export const fdirWithoutPackages = {
  name: 'fdir without packages',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]fdir[\\/].*\.mjs$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const contents = text.replace(/^try \{\n\t__require\.resolve\("picomatch"\);\n[^}]*\} catch \{\}\n/m, '');
      if (contents === text) throw new Error(`${path} does not look for picomatch as expected`);
      return { contents };
    });
  },
};

/** Leaves it to commander to load what starts processes: it starts one only for a command in a file of its own. */
export const commanderWithoutProcesses = {
  name: 'commander without processes',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ path, importer }) =>
      /[\\/]commander[\\/]/.test(importer) ? { path, namespace: 'processes' } : undefined,
    );
    onLoad({ filter: /./, namespace: 'processes' }, ({ path }) => ({
      contents: `exports.spawn = (...given) => require("${path}").spawn(...given);`,
    }));
  },
};
