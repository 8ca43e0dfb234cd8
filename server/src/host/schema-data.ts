import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { memoizeName } from '../base/memoize.ts';
import { ARCHIVE, DataArchive } from './data-archive.ts';
import { isMissingFile } from './plain-reason.ts';

const NAME = /^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*$/;

/** The data of a folder by name, kept in the process: the data ships with the program and does not change. */
const dataOf = memoizeName((folder: string) => memoizeName((name: string): unknown => read(folder, name)));

/** Parsed JSON of the schemas folder by name without extension; null if it does not exist. */
export function schemaData(folder: string, name: string): unknown {
  return NAME.test(name) ? dataOf(folder)(name) : null;
}

/** The names of the data directly below a part of the schemas folder: `rds` for `ownership/rds`, below `ownership`. */
export function schemaNames(folder: string, below: string): readonly string[] {
  const archive = archiveOf(folder);
  const names = archive
    ? archive.names.filter((name) => name.startsWith(`${below}/`)).map((name) => name.slice(below.length + 1))
    : readdirSync(join(folder, below)).map((file) => file.replace(/\.json$/, ''));
  return names.filter((name) => NAME.test(name) && !name.includes('/')).sort();
}

function read(folder: string, name: string): unknown {
  try {
    const archive = archiveOf(folder);
    const json = archive ? archive.textOf(name) : readFileSync(`${join(folder, ...name.split('/'))}.json`, 'utf8');
    return json === undefined ? null : JSON.parse(json);
  } catch (error) {
    if (isMissingFile(error)) return null;
    throw new Error(`The installation is damaged: ${name} in ${folder} cannot be read`, { cause: error });
  }
}

/** The archive of a folder; undefined for a folder with files, as the repository has it. */
const archiveOf = memoizeName((folder: string): DataArchive | undefined => {
  const path = join(folder, ARCHIVE);
  return existsSync(path) ? new DataArchive(path) : undefined;
});
