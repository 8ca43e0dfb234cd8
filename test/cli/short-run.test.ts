import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { cacheFolder, prepareShortRun } from '../../server/src/cli/short-run.ts';
import { makeFolder } from '../host/workspace.ts';

const CODE_CACHE = fileURLToPath(new URL('../../server/src/host/code-cache.ts', import.meta.url));

/** A program that keeps compiled code in a folder, with a module and a script. Its clock does not depend on load. */
const PROGRAM = `
process.uptime = () => Number(process.argv[3]) / 1000;
const { compileModulesOf, compiledScript, keepCompiledCode, useCompiledCode } = require('./code-cache.cjs');
const { join } = require('node:path');
useCompiledCode(process.argv[2]);
compileModulesOf(join(__dirname, 'parts'));
const { named, place } = require('./parts/part.cjs');
const script = compiledScript('(function(text){return text.length})', 'script-1', { filename: 'script.cjs' });
process.stdout.write(JSON.stringify([named('a'), place(), script.runInThisContext()('four')]));
keepCompiledCode();
`;

const PART = `const { basename } = require('node:path'); exports.named = (name) => name + basename(__filename) + (this === exports); exports.place = () => new Error().stack.split('\\n')[1].trim().replace(/^.*[/\\\\(]/, '');`;

async function makeProgram(): Promise<string> {
  const { path: folder } = makeFolder({ 'program.cjs': PROGRAM, 'parts/part.cjs': PART });
  await build({
    entryPoints: [CODE_CACHE],
    outfile: join(folder, 'code-cache.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  });
  return folder;
}

function run(folder: string, cache: string, milliseconds = 100): unknown {
  const args = [join(folder, 'program.cjs'), cache, String(milliseconds)];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  assert.equal(stderr, '');
  return JSON.parse(stdout);
}

describe('a short run', () => {
  it('keeps compiled code in the directory for caches of the user', () => {
    assert.equal(cacheFolder('linux', { XDG_CACHE_HOME: '/caches' }), '/caches');
    assert.equal(cacheFolder('linux', { XDG_CACHE_HOME: '' }), join(homedir(), '.cache'));
    assert.equal(cacheFolder('linux', { XDG_CACHE_HOME: 'caches' }), join(homedir(), '.cache'), 'not the workspace');
    assert.equal(cacheFolder('darwin', { XDG_CACHE_HOME: '/caches' }), join(homedir(), 'Library', 'Caches'));
    assert.equal(cacheFolder('win32', { LOCALAPPDATA: 'C:\\local' }), 'C:\\local');
  });

  it('is prepared in every version of Node.js, and never fails', () => {
    // Flags for another version would end the run, or be printed.
    for (const version of ['v18.0.0', 'v22.8.0', 'v24.0.0', ''])
      prepareShortRun(version, { CI: 'true' }, 'file:///program/cli.cjs');
    prepareShortRun('v24.0.0', {}, 'file:///program/main-cli.ts');
  });

  it('does the same with kept code, which is not written again', async () => {
    const folder = await makeProgram();
    const cache = join(folder, 'cache');
    const first = run(folder, cache);
    assert.deepEqual(first, ['apart.cjstrue', `part.cjs:1:${String(PART.indexOf('new Error') + 1)})`, 4]);
    const names = readdirSync(cache).sort();
    assert.deepEqual(
      names.map((name) => name.replace(/-\d{5,}/, '-time')),
      [`part.cjs-${String(PART.length)}-time.short`, 'script-1.short'],
    );
    const kept = names.map((name) => readFileSync(join(cache, name), 'hex'));
    assert.deepEqual(run(folder, cache), first);
    assert.deepEqual(readdirSync(cache).sort(), names);
    assert.deepEqual(
      names.map((name) => readFileSync(join(cache, name), 'hex')),
      kept,
    );
  });

  it('keeps the code of a long run too, which is used instead', async () => {
    const folder = await makeProgram();
    const cache = join(folder, 'cache');
    const first = run(folder, cache);
    assert.deepEqual(run(folder, cache, 5000), first);
    const names = readdirSync(cache).sort();
    assert.deepEqual(
      names.map((name) => name.replace(/.*\./, '')),
      ['long', 'short', 'long', 'short'],
    );
    assert.deepEqual(run(folder, cache, 5000), first);
    assert.deepEqual(readdirSync(cache).sort(), names);
  });

  it('replaces kept code that V8 rejects, and does not depend on a directory', async () => {
    const folder = await makeProgram();
    const cache = join(folder, 'cache');
    mkdirSync(cache);
    writeFileSync(join(cache, 'script-1.short'), 'no code');
    const result = run(folder, cache);
    assert.notEqual(readFileSync(join(cache, 'script-1.short'), 'utf8'), 'no code');
    // A file is no directory.
    assert.deepEqual(run(folder, join(folder, 'program.cjs')), result);
  });
});
