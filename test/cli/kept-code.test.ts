/** Compiled code of the program, which is kept between runs. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { cacheFolder, keepCode } from '../../server/src/cli/kept-code.ts';
import { makeFolder } from '../host/workspace.ts';

const HOST = fileURLToPath(new URL('../../server/src/host', import.meta.url));

/** The modules that the program uses, as one. */
const CODE = "export * from './code-cache.ts'; export * from './v8-flags.ts'; export * from '../cli/kept-code.ts';";

/** A program that keeps compiled code in a folder, with a module and a script, and prints which code V8 rejects. */
const PROGRAM = `
const vm = require('node:vm');
const rejected = {};
vm.Script = class extends vm.Script {
  constructor(source, options = {}) {
    super(source, options);
    if (options.cachedData) rejected[require('node:path').basename(options.filename)] = this.cachedDataRejected;
  }
};
const { compileModulesOf, compiledScript, currentFlagHash, keepCompiledCode, setFlag, useCodeFor, useCompiledCode } = require('./code.cjs');
const { join } = require('node:path');
const [folder, size, flags = ''] = process.argv.slice(2);
useCompiledCode({ folder, flagHash: currentFlagHash() });
useCodeFor(size);
compileModulesOf(join(__dirname, 'parts'));
const { named, place } = require('./parts/part.cjs');
flags.split(' ').filter(Boolean).forEach(setFlag);
const script = compiledScript('(function(text){return text.length})', 'script-1', { filename: 'script.cjs' });
const output = [named('a'), place(), script.runInThisContext()('four')];
process.stdout.write(JSON.stringify({ output, rejected }));
keepCompiledCode();
`;

/** A program that keeps the code of a script as the command line does, in the folders of an environment. */
const KEEPING = `
const { keepCode, compiledScript } = require('./code.cjs');
keepCode(process.version, process.env, require('node:url').pathToFileURL(__filename).href);
compiledScript('(function(text){return text.length})', 'script-1', { filename: 'script.cjs' });
`;

const PART = `const { basename } = require('node:path'); exports.named = (name) => name + basename(__filename) + (this === exports); exports.place = () => new Error().stack.split('\\n')[1].trim().replace(/^.*[/\\\\(]/, '');`;

/** What the program prints. */
interface Printed {
  readonly output: unknown;
  /** By the names of files for which there was code. */
  readonly rejected: Readonly<Record<string, boolean>>;
}

const OUTPUT = ['apart.cjstrue', `part.cjs:1:${String(PART.indexOf('new Error') + 1)})`, 4];
const ACCEPTED = { 'part.cjs': false, 'script.cjs': false };

async function makeProgram(): Promise<string> {
  const { path: folder } = makeFolder({ 'program.cjs': PROGRAM, 'keeping.cjs': KEEPING, 'parts/part.cjs': PART });
  await build({
    stdin: { contents: CODE, resolveDir: HOST, loader: 'ts' },
    outfile: join(folder, 'code.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  });
  return folder;
}

function run(folder: string, cache: string, size: 'small' | 'large' = 'small', flags = '', own = ''): Printed {
  const args = [...own.split(' ').filter(Boolean), join(folder, 'program.cjs'), cache, size, flags];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  assert.equal(stderr, '');
  return JSON.parse(stdout) as Printed;
}

/** The endings of the files in a folder, and how many there are of each. */
function kept(cache: string): Readonly<Record<string, number>> {
  const endings = readdirSync(cache).map((name) => name.replace(/^.*\./, ''));
  return Object.fromEntries([...new Set(endings)].map((one) => [one, endings.filter((other) => other === one).length]));
}

describe('compiled code', () => {
  it('is in the directory for caches of the user', () => {
    assert.equal(cacheFolder('linux', { XDG_CACHE_HOME: '/caches' }), '/caches');
    assert.equal(cacheFolder('linux', { XDG_CACHE_HOME: '' }), join(homedir(), '.cache'));
    assert.equal(cacheFolder('linux', { XDG_CACHE_HOME: 'caches' }), join(homedir(), '.cache'), 'not the workspace');
    assert.equal(cacheFolder('darwin', { XDG_CACHE_HOME: '/caches' }), join(homedir(), 'Library', 'Caches'));
    assert.equal(cacheFolder('win32', { LOCALAPPDATA: 'C:\\local' }), 'C:\\local');
  });

  it('is not kept in a pipeline', () => {
    const before = process.listenerCount('exit');
    for (const env of [{ CI: 'true' }, { NODE_DISABLE_COMPILE_CACHE: '1' }])
      keepCode(process.version, env, 'file:///program/cli.cjs');
    assert.equal(process.listenerCount('exit'), before);
  });

  it('does the same, and has the functions of several runs', async () => {
    const folder = await makeProgram();
    const cache = join(folder, 'cache');
    assert.deepEqual(run(folder, cache), { output: OUTPUT, rejected: {} });
    assert.deepEqual(kept(cache), { small: 2 });
    const contents = (): readonly string[] => readdirSync(cache).map((name) => readFileSync(join(cache, name), 'hex'));
    const versions = [contents()];
    for (let runs = 2; runs <= 5; runs++) {
      assert.deepEqual(run(folder, cache), { output: OUTPUT, rejected: ACCEPTED });
      versions.push(contents());
    }
    assert.notDeepEqual(versions[3], versions[2]);
    assert.deepEqual(versions[4], versions[3]);
  });

  it('of large inputs is kept separately, and begins with that of small ones', async () => {
    const folder = await makeProgram();
    const cache = join(folder, 'cache');
    assert.deepEqual(run(folder, cache, 'large').rejected, {});
    assert.deepEqual(run(folder, cache, 'small').rejected, {}, 'it has none of its own');
    assert.deepEqual(kept(cache), { small: 2, large: 2 });
    const other = join(folder, 'other');
    run(folder, other, 'small');
    assert.deepEqual(run(folder, other, 'large').rejected, ACCEPTED);
    assert.deepEqual(kept(other), { small: 2, large: 2 });
  });

  it('does not depend on flags that the program sets, but on those with which it starts', async () => {
    const folder = await makeProgram();
    const cache = join(folder, 'cache');
    const flags = '--interrupt-budget=2000000 --no-flush-bytecode';
    run(folder, cache, 'small', flags);
    for (const set of ['', flags, '']) assert.deepEqual(run(folder, cache, 'small', set).rejected, ACCEPTED);
    assert.deepEqual(run(folder, cache, 'small', '', '--no-lazy').rejected, {});
    assert.deepEqual(kept(cache), { small: 4 });
  });

  for (const isGiven of [false, true])
    it(`of other versions is removed after 30 days${isGiven ? ', from NODE_COMPILE_CACHE too' : ''}`, async () => {
      const folder = await makeProgram();
      const env = { HOME: folder, XDG_CACHE_HOME: join(folder, '.cache'), LOCALAPPDATA: join(folder, 'local') };
      const caches = join(cacheFolder(process.platform, env).replace(homedir(), folder), 'stackwarden');
      const root = isGiven ? join(folder, 'given') : caches;
      const own = `code-${process.version}-${process.arch}`;
      const files = [
        { path: join(root, 'code-v18.0.0-x64', 'a'), days: 31, isLeft: false },
        { path: join(root, 'code-v19.0.0-x64', 'a'), days: 29, isLeft: true },
        { path: join(root, own, 'a'), days: 31, isLeft: false },
        { path: join(root, own, 'b'), days: 29, isLeft: true },
        { path: join(root, 'other', 'a'), days: 31, isLeft: true },
        { path: join(caches, 'compiled', 'v22.0.0', 'a'), days: 31, isLeft: false },
        { path: join(caches, 'compiled', 'v24.0.0', 'a'), days: 29, isLeft: true },
      ];
      const now = Date.now() / 1000;
      for (const { path, days } of files) {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, '');
        utimesSync(path, now, now - days * 24 * 60 * 60);
      }
      // Those of folders do not matter.
      for (const { path } of files) for (const one of [dirname(path), dirname(dirname(path))]) utimesSync(one, 0, 0);
      const { stderr } = spawnSync(process.execPath, [join(folder, 'keeping.cjs')], {
        encoding: 'utf8',
        env: { ...env, ...(isGiven ? { NODE_COMPILE_CACHE: root } : {}) },
      });
      assert.equal(stderr, '');
      assert.deepEqual(kept(join(root, own)), { b: 1, small: 1 });
      assert.deepEqual(
        files.map((file) => ({ ...file, isLeft: existsSync(file.path) })),
        files,
      );
      assert.equal(existsSync(join(root, 'code-v18.0.0-x64')), false);
    });

  // There, the system says that a folder in an existing one has no parent, which Node.js does not expect.
  for (const home of process.platform === 'linux' ? ['/proc/nothing', '/dev/null/home'] : [])
    it(`is not kept where no folder can be created, as in ${home}`, async () => {
      const folder = await makeProgram();
      const { stderr, status } = spawnSync(process.execPath, [join(folder, 'keeping.cjs')], {
        encoding: 'utf8',
        env: { HOME: home },
        timeout: 20_000,
      });
      assert.deepEqual({ stderr, status }, { stderr: '', status: 0 });
    });

  it('is replaced if it is damaged, and does not depend on a directory', async () => {
    const folder = await makeProgram();
    const cache = join(folder, 'cache');
    run(folder, cache);
    const name = readdirSync(cache).find((one) => one.startsWith('script-1'))!;
    const code = readFileSync(join(cache, name));
    const changedAt = (places: (index: number) => boolean): Buffer =>
      Buffer.from(code.map((byte, index) => (places(index) ? byte ^ 1 : byte)));
    for (const damaged of [
      Buffer.from('no code'),
      Buffer.of(),
      code.subarray(0, code.length / 2),
      changedAt((index) => index === 0),
      // V8 does not notice these, and ends the process or runs something else.
      ...[0, 3, 6].map((place) => changedAt((index) => index > 24 && index % 8 === place)),
    ]) {
      writeFileSync(join(cache, name), damaged);
      assert.deepEqual(run(folder, cache).output, OUTPUT);
      assert.deepEqual(run(folder, cache).rejected, ACCEPTED);
    }
    // A file is no directory.
    assert.deepEqual(run(folder, join(folder, 'program.cjs')), { output: OUTPUT, rejected: {} });
  });
});
