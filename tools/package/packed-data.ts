/** The data of the program, as packages have it: in an archive. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ARCHIVE } from '../../server/src/host/data-archive.ts';
import { cached, dataArchive } from './data-archive.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The path of the archive of the data in a package. */
export const DATA_ARCHIVE = `schemas/${ARCHIVE}`;

/**
 * Whether a file of the repository is in the archive of the data. The schema of the configuration is for editors, which
 * read it themselves.
 */
export function isArchived(path: string): boolean {
  return /^schemas\/.*\.json$/.test(path) && !path.endsWith('.schema.json');
}

/**
 * The archive of data, by the paths of its files, as small as possible. With another quality it is made in less time.
 */
export function packedData(paths: readonly string[], quality?: number): Buffer {
  const texts = new Map(
    paths.map((path) => {
      const name = /^schemas\/(.*)\.json$/.exec(path)![1]!;
      return [name, /^(?:ownership\/|resource-state$)/.test(name) ? withoutQuotes(textOf(path)) : textOf(path)];
    }),
  );
  if (quality !== undefined) return dataArchive(texts, { quality });
  return cached([...texts].flat(), () => dataArchive(texts));
}

/** Data of hovers without the sentences that support their claims, which the program does not show. */
function withoutQuotes(json: string): string {
  return JSON.stringify(JSON.parse(json, (key, value: unknown) => (key === 'quote' ? undefined : value)));
}

function textOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}
