import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ARCHIVE, DataArchive } from './data-archive.ts';
import { isMissingFile } from './plain-reason.ts';

const NAME = /^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*$/;

/** A process-wide cache: the data ships with the program and does not change. */
const loaded = new Map<string, unknown>();

/** The archives by their folders; undefined for a folder with files, as the repository has it. */
const archives = new Map<string, DataArchive | undefined>();

/** Parsed JSON of the schemas folder by name without extension; null if it does not exist. */
export function schemaData(folder: string, name: string): unknown {
  const key = `${folder}/${name}`;
  if (!loaded.has(key)) {
    if (!NAME.test(name)) return null;
    loaded.set(key, read(folder, name));
  }
  return loaded.get(key);
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
    const json = archive ? archive.take(name) : readFileSync(`${join(folder, ...name.split('/'))}.json`, 'utf8');
    return json === undefined ? null : JSON.parse(json);
  } catch (error) {
    if (isMissingFile(error)) return null;
    throw new Error(`The installation is damaged: ${name} in ${folder} cannot be read`, { cause: error });
  }
}

function archiveOf(folder: string): DataArchive | undefined {
  if (!archives.has(folder)) {
    const path = join(folder, ARCHIVE);
    archives.set(folder, existsSync(path) ? new DataArchive(path) : undefined);
  }
  return archives.get(folder);
}
