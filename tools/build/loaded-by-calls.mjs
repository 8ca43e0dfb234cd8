/** Modules that a build loads with the first call of what they export, instead of with the program. */
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @param root The root of the repository.
 * @param names The names of packages, which are ES modules.
 * @returns Their entry points, by the names of files in `dist/`, and the plugin that replaces their imports in other
 * parts.
 */
export function loadedByCalls(root, names) {
  const entries = names.map((name) => [`parts/${name}`, relative(root, fileURLToPath(import.meta.resolve(name)))]);
  return { entries: Object.fromEntries(entries), plugin: callingPlugin(names) };
}

function callingPlugin(names) {
  return {
    name: 'loaded by calls',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: new RegExp(`^(?:${names.join('|')})$`) }, ({ path }) => ({ path, namespace: 'called' }));
      onLoad({ filter: /./, namespace: 'called' }, ({ path }) => ({
        contents: `let loaded; export default (...given) => (loaded ??= require(__dirname + "/${path}.cjs").default)(...given);`,
      }));
    },
  };
}

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
