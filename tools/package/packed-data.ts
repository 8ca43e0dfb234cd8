/** The data and the documentation of the program, as packages have them: in archives. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ARCHIVE } from '../../server/src/host/data-archive.ts';
import { compressed, dataArchive } from './data-archive.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CACHE = join(ROOT, '.cache/archives');

/** The path of the archive of the data in a package. */
export const DATA_ARCHIVE = `schemas/${ARCHIVE}`;

/** Whether a file of the repository is in the archive of the data. The schema of the configuration is for editors, which read it themselves. */
export function isArchived(path: string): boolean {
  return /^schemas\/.*\.json$/.test(path) && !path.endsWith('.schema.json');
}

/** The archive of data, by the paths of its files. */
export function packedData(paths: readonly string[]): Buffer {
  const texts = new Map(paths.map((path) => [/^schemas\/(.*)\.json$/.exec(path)![1]!, textOf(path)]));
  return cached([...texts].flat(), () => dataArchive(texts));
}

/** The archive of pages, by their paths: compressed JSON of their texts. `client/src/pages.ts` reads it. */
export function packedPages(paths: readonly string[], edit: (text: string) => string): Buffer {
  const json = JSON.stringify(Object.fromEntries(paths.map((path) => [path, edit(textOf(path))])));
  return cached([json], () => compressed(json));
}

function textOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** What is made of texts. It is kept between runs, because compression takes ten seconds. */
function cached(texts: readonly string[], make: () => Buffer): Buffer {
  const own = readFileSync(fileURLToPath(new URL('data-archive.ts', import.meta.url)), 'utf8');
  const hash = createHash('sha256')
    .update(JSON.stringify([own, ...texts]))
    .digest('hex');
  const path = join(CACHE, hash);
  if (existsSync(path)) return readFileSync(path);
  const bytes = make();
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(path, bytes);
  return bytes;
}
