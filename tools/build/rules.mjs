/**
 * Makes of the rules what a build has of them (`server/src/host/built-rules.ts`): an index of their facts, which
 * replaces the list of all rules, parts with their code, and their texts. A part has what only its own rules use. It is
 * given what others also use, because there must be one instance of everything that keeps something.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { cached, compressed, dataArchive } from '../package/data-archive.mjs';
import { givenModule, givenNames, withGivenModules } from './link.mjs';
import { TEXTS, withoutTexts } from './rule-source.mjs';

const SOURCES = 'server/src/';
const LIST = `${SOURCES}rules/index.ts`;
/** What the program has of the table of controls, from which texts were made. */
const NO_CLAIMS = 'export const CONTROL_CLAIMS = new Map();';

/** The home of modules that are loaded with the engine. */
const ENGINE = 'engine';
/** The part with the modules that several parts with rules about policies share. It has no rules. */
const POLICIES = 'policies/shared';

/** The names of the files with the index, the code and the texts begin so. */
const FILES = 'rules-';

/**
 * The size of the code of services that is compressed together, in characters. A document has few services; with larger
 * chunks, decompressing takes longer the more rules there are.
 */
const SERVICES_CHUNK = 64 * 1024;

/**
 * @param root The root of the repository.
 * @param options The options of esbuild.
 * @param entries The entry points of the program.
 * @returns The plugin that replaces the list of rules, the other files by their names, and the paths of the modules in
 * them.
 */
export async function buildRules(root, options, entries) {
  const { rules, modules } = await allRules(root, options);
  const homes = homesOf(rules, modules, await engineModules(root, options, entries));
  const given = new GivenNames();
  const code = new Map();
  const add = (parts) => {
    for (const [name, text] of parts) {
      given.add(text);
      code.set(name, JSON.stringify(withGivenModules(name, text)));
    }
  };
  const names = [...new Set(rules.map(({ part }) => part))].sort();
  const sourceOf = (name) => partSource(rules.filter(({ part }) => part === name));
  const parts = await bundledParts(root, options, homes, new Map(names.map((name) => [name, sourceOf(name)])));
  add(parts);
  const shared = `${given.source(root, (path) => homes.get(path) === POLICIES)}export { given };`;
  add(await bundledParts(root, options, homes, new Map([[POLICIES, shared]])));
  const asksPolicies = (text) => givenNames(text).some(({ path }) => homes.get(path) === POLICIES);
  const list = listSource(
    root,
    names.filter((name) => asksPolicies(parts.get(name))),
    createHash('sha256')
      .update([...code].flat().join('\n'))
      .digest('hex')
      .slice(0, 16),
  );
  const texts = JSON.stringify(textsOf(rules));
  return {
    plugin: listReplacedBy(`${given.source(root, (path) => homes.get(path) === ENGINE)}${list}`),
    files: new Map([
      [`${FILES}index.jsonl`, indexOf(rules)],
      [
        `${FILES}code.pack`,
        cached([String(SERVICES_CHUNK), ...code].flat(), () => dataArchive(code, { sizeOf: chunkOf })),
      ],
      [`${FILES}texts.pack`, cached([texts], () => compressed(texts))],
    ]),
    inputs: [...modules.keys()],
  };
}

/**
 * All rules with the paths of their modules and the names of their parts, and the imports of each module by its path.
 */
async function allRules(root, options) {
  const bundle = join(root, '.cache/build/rules.mjs');
  const { metafile } = await build({
    ...options,
    absWorkingDir: root,
    entryPoints: [LIST],
    outdir: undefined,
    outfile: bundle,
    outExtension: undefined,
    format: 'esm',
    metafile: true,
    write: true,
  });
  const { RULES } = await import(pathToFileURL(bundle).href);
  const modules = new Map(
    Object.entries(metafile.inputs).map(([path, { imports }]) => [
      path,
      imports.filter(({ external }) => !external).map((one) => one.path),
    ]),
  );
  const paths = new Map(modules.get(LIST).map((path) => [basename(path, '.ts'), path]));
  return {
    rules: RULES.map((rule) => ({ rule, path: paths.get(rule.id), part: partOf(rule, paths.get(rule.id)) })),
    modules,
  };
}

/**
 * The part of a rule: those that every analysis calls, those about the permissions of identities, and others by their
 * service or what they are about. They are called where it occurs. Parts with the same folder are compressed together.
 */
function partOf({ on }, path) {
  if (on === 'document' || on === 'stack') return 'everywhere';
  if (on === 'identity') return 'policies/identity';
  const folder = path.slice(`${SOURCES}rules/`.length, -basename(path).length - 1);
  return folder.startsWith('iam/') ? folder.replace('iam/', 'policies/') : `services/${folder.replaceAll('/', '-')}`;
}

/** The modules of the program without any rules. */
async function engineModules(root, options, entryPoints) {
  const { metafile } = await build({
    ...options,
    absWorkingDir: root,
    entryPoints,
    format: 'esm',
    metafile: true,
    write: false,
    outdir: 'dist',
    splitting: true,
    plugins: [listReplacedBy('export const RULES = [];')],
  });
  return new Set(Object.keys(metafile.inputs));
}

/** The home of each module by its path: a part, the part that parts with rules about policies share, or the engine. */
function homesOf(rules, modules, engine) {
  const users = new Map();
  const reach = (path, part) => {
    const of = users.get(path) ?? new Set();
    if (of.has(part)) return;
    users.set(path, of.add(part));
    for (const next of modules.get(path)) reach(next, part);
  };
  for (const { path, part } of rules) reach(path, part);
  const isShared = (path) => !engine.has(path) && users.get(path).size > 1;
  const isAboutPolicies = (path) =>
    isShared(path) &&
    (/\/(?:policy|rules\/iam)\//.test(path) || modules.get(path).some((next) => isAboutPolicies(next)));
  return new Map(
    [...users].map(([path, parts]) => [
      path,
      engine.has(path) ? ENGINE : parts.size === 1 ? [...parts][0] : isAboutPolicies(path) ? POLICIES : ENGINE,
    ]),
  );
}

/** Parts about policies are small enough for one chunk: most documents with a policy need all of them. */
function chunkOf(name) {
  return name.startsWith('services/') ? SERVICES_CHUNK : Infinity;
}

/** Bundles parts, each by its name from its source. */
async function bundledParts(root, options, homes, sources) {
  const { outputFiles } = await build({
    ...options,
    absWorkingDir: root,
    entryPoints: Object.fromEntries([...sources.keys()].map((name) => [name, `part:${name}`])),
    outdir: 'dist',
    format: 'esm',
    write: false,
    plugins: [partModules(root, homes, sources)],
  });
  const nameOf = (path) =>
    relative(join(root, 'dist'), path)
      .replaceAll('\\', '/')
      .replace(/\.cjs$/, '');
  return new Map(outputFiles.map(({ path, text }) => [nameOf(path), text]));
}

/** Leaves the imports of modules with another home for the program to resolve. */
function partModules(root, homes, sources) {
  const pathOf = (path) => relative(root, path).replaceAll('\\', '/');
  return {
    name: 'part modules',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^part:/ }, ({ path }) => ({ path: path.slice('part:'.length), namespace: 'part' }));
      onResolve({ filter: /^[./]|^[A-Z]:/i }, ({ path, importer, resolveDir, namespace }) => {
        const to = resolve(resolveDir, path);
        const home = namespace === 'part' ? importer : homes.get(pathOf(importer));
        return homes.get(pathOf(to)) === home
          ? { path: to }
          : { path: givenModule(pathOf(to)), external: true, sideEffects: false };
      });
      onLoad({ filter: /./, namespace: 'part' }, ({ path }) => ({
        contents: sources.get(path),
        resolveDir: root,
        loader: 'js',
      }));
      onLoad({ filter: /[\\/]rules[\\/].*\.ts$/ }, async ({ path }) => {
        const source = await readFile(path, 'utf8');
        return /^export default\b/m.test(source) ? { contents: withoutTexts(path, source), loader: 'ts' } : undefined;
      });
    },
  };
}

/** The module of a part: the rules by their ids. */
function partSource(rules) {
  const imports = rules.map(({ path }, index) => `import r${index} from ${JSON.stringify(`./${path}`)};`);
  const entries = rules.map(({ rule }, index) => `${JSON.stringify(rule.id)}: r${index},`);
  return `${imports.join('\n')}\nexport const rules = {${entries.join('\n')}};`;
}

/** The names that parts are given, by the paths of their modules. */
class GivenNames {
  #names = new Map();

  /** Adds what a part is given. */
  add(text) {
    for (const { path, names } of givenNames(text))
      this.#names.set(path, new Set([...(this.#names.get(path) ?? []), ...names]));
  }

  /** Source that imports the names of some modules and declares `given`. */
  source(root, isGiven) {
    const modules = [...this.#names].filter(([path]) => isGiven(path));
    const pairs = (names, index, separator) =>
      [...names].map((name) => `${name}${separator}${name === 'default' ? '' : name}_${index}`).join();
    const imports = modules.map(
      ([path, names], index) => `import {${pairs(names, index, ' as ')}} from ${address(root, path)};`,
    );
    const entries = modules.map(([path, names], index) => `${JSON.stringify(path)}: {${pairs(names, index, ': ')}},`);
    return `${imports.join('\n')}\nconst given = {${entries.join('\n')}};\n`;
  }
}

/** The absolute path of a module, as source imports it. */
function address(root, path) {
  return JSON.stringify(join(root, path).replaceAll('\\', '/'));
}

/** The list of the rules of the index. It follows a declaration of `given`. */
function listSource(root, askingPolicies, digest) {
  return `import {builtRules} from ${address(root, `${SOURCES}host/built-rules.ts`)};
export const RULES = builtRules({
  files: __dirname + "/${FILES}",
  digest: ${JSON.stringify(digest)},
  given,
  shared: {name: ${JSON.stringify(POLICIES)}, askedBy: new Set(${JSON.stringify(askingPolicies)})},
});
`;
}

/** The facts in the first line of the index (`IndexedRule` in `server/src/host/built-rules.ts`). */
const FIRST = ['id', 'on', 'profile', 'topic', 'formats', 'subsumes', 'judgesElsewhere'];

/** The index: a line for the start, and a line for each rule with its other facts. Values must be JSON. */
function indexOf(rules) {
  const others = rules.map(({ rule }) =>
    Object.entries(rule).filter(
      ([name, value]) => typeof value !== 'function' && !FIRST.includes(name) && !TEXTS.includes(name),
    ),
  );
  const names = new Set(others.flat().map(([name]) => name));
  const lines = [
    { rules: rules.map(indexed), others: [...names] },
    ...others.map((facts) => Object.fromEntries(facts)),
  ];
  return lines.map((line) => JSON.stringify(line)).join('\n');
}

/** What the index has of a rule in its first line. */
function indexed({ rule, part }) {
  const { id, on, profile, topic, formats, subsumes, judgesElsewhere, checkEach, checkRest, preparing } = rule;
  const rare = {
    formats,
    subsumes,
    judgesElsewhere,
    each: checkEach ? true : undefined,
    rest: checkRest ? true : undefined,
    prepares: preparing ? true : undefined,
  };
  const hasRare = Object.values(rare).some((value) => value !== undefined);
  const types = on === 'resource' ? Object.keys(rule.reads) : undefined;
  return [id, part, on, profile, topic, ...(hasRare ? [types, rare] : types ? [types] : [])];
}

function textsOf(rules) {
  return Object.fromEntries(
    rules.map(({ rule }) => [rule.id, Object.fromEntries(TEXTS.map((name) => [name, rule[name]]))]),
  );
}

function listReplacedBy(contents) {
  return {
    name: 'list of rules',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]rules[\\/]index\.ts$/ }, () => ({ contents, loader: 'js' }));
      onLoad({ filter: /[\\/]rules[\\/]control-claims\.ts$/ }, () => ({ contents: NO_CLAIMS, loader: 'js' }));
    },
  };
}
