/** Compiles TypeScript for the tests. The results are kept in `.cache/tests/`, one file for each module. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transform, version } from 'esbuild';

const CACHE = fileURLToPath(new URL('../../../.cache/tests/', import.meta.url));

mkdirSync(CACHE, { recursive: true });

/** A hook of Node.js that loads a module. */
export async function load(url, context, nextLoad) {
  if (!/^file:.*\.ts(?:\?|$)/.test(url)) return nextLoad(url, context);
  return { format: 'module', source: await compiled(fileURLToPath(url)), shortCircuit: true };
}

/** The JavaScript of a module. Its first line is a hash of what it was made from. */
async function compiled(path) {
  const text = readFileSync(path, 'utf8');
  const file = CACHE + hashOf(path);
  const head = `/*${hashOf(`${version} ${path} ${text}`)}*/`;
  const kept = read(file);
  if (kept?.startsWith(head)) return kept;
  const { code } = await transform(text, {
    loader: 'ts',
    format: 'esm',
    target: 'node20',
    sourcefile: path,
    sourcemap: 'inline',
    sourcesContent: false,
    banner: head,
  });
  // Another process may write or read the same file.
  const own = `${file}.${process.pid}`;
  writeFileSync(own, code);
  renameSync(own, file);
  return code;
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function hashOf(text) {
  return createHash('sha1').update(text).digest('hex');
}
