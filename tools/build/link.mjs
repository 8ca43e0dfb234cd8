/** Links files that esbuild bundles, as CommonJS without getters for exports. */
import { transformSync } from 'esbuild';

/**
 * A script with short names of what functions declare, which saves a tenth of a package. The names of functions and
 * classes at its top, and of methods, are kept, so that a stack trace in a report can be read.
 */
export function withShortLocals(code) {
  return transformSync(code, {
    minifyIdentifiers: true,
    minifyWhitespace: true,
    platform: 'node',
    target: 'node20',
    charset: 'ascii',
    legalComments: 'none',
    // Makes `require` of `import()`.
    supported: { 'dynamic-import': false },
  }).code;
}

/**
 * The text of a file whose imports from other parts are constants, and whose exports are plain properties. esbuild
 * makes getters of them, which hot code calls millions of times. That is the same as long as parts do not import each
 * other in a cycle and exports are not assigned later, which is checked.
 */
export function withoutLiveBindings(path, text) {
  const [imports] = /^(?:import(?:\{[^}]*\}from)?"\.[^"]+";)*/.exec(text);
  const { body, exports } = exportsOf(path, text.slice(imports.length));
  const required = imports.replaceAll(/import(?:\{([^}]*)\}from)?("[^"]+");/g, (_, list, from) =>
    list === undefined ? `require(${from});` : `var{${properties(list)}}=require(${from});`,
  );
  return `${required}${body}${exports.length > 0 ? `module.exports={${exported(exports)}};` : ''}`;
}

/** The addresses of modules that a file is given when it is loaded. */
const GIVEN = 'given:';
const IMPORT = /import(?:\{([^}]*)\}from)?"given:([^"]+)";/g;

/** The address of a module that a file is given, by its path. */
export function givenModule(path) {
  return `${GIVEN}${path}`;
}

/** The paths of the modules that a file is given, with the names that it uses. */
export function givenNames(text) {
  return [...text.matchAll(IMPORT)].map(([, list, path]) => ({
    path,
    names: list === undefined ? [] : renamed(list).map(({ from }) => from),
  }));
}

/**
 * The text of a script whose value is a function from what the file is given, the exports of modules by the paths of
 * these, to its exports. The parentheses make V8 compile the function at once instead of twice.
 */
export function withGivenModules(path, text) {
  const { body, exports } = exportsOf(path, text);
  const taken = [];
  // They stand where the modules stood that import them.
  const code = body.replaceAll(IMPORT, (_, list, from) => {
    if (list !== undefined) taken.push(`var{${properties(list)}}=given[${JSON.stringify(from)}];`);
    return '';
  });
  if (code.includes(`"${GIVEN}`)) throw new Error(`${path} imports a module as a whole`);
  return `(function(given){${withShortLocals(taken.join('') + code)}return{${exported(exports)}}})`;
}

/** Takes the exports of an ES module off, which esbuild writes at its end. */
function exportsOf(path, text) {
  const [exports = ''] = /export\{[^}]*\};\s*$/.exec(text) ?? [];
  const body = text.slice(0, text.length - exports.length);
  // `__esm` makes an ES module that a CommonJS package requires, whose variables are assigned on demand.
  if (exports !== '' && /\b__esm\(/.test(body)) throw new Error(`${path} has exports that are assigned later`);
  return { body, exports: exports === '' ? [] : renamed(exports.slice('export{'.length, exports.lastIndexOf('}'))) };
}

function properties(list) {
  return renamed(list)
    .map((one) => `${one.from}:${one.to}`)
    .join();
}

function exported(exports) {
  return exports.map((one) => `${one.to}:${one.from}`).join();
}

/** The names in the braces of an import or export: `a as b,c`. */
function renamed(list) {
  return list.split(',').map((one) => {
    const [from, to = from] = one.trim().split(/\s+as\s+/);
    return { from, to };
  });
}
