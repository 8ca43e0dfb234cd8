/** Packages that a build loads with the first call of what they export by default, instead of with the program. */
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
