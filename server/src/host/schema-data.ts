import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMissing } from './plain-reason.ts';

const NAME = /^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*$/;

/** A process-wide cache: the data ships with the program and does not change. */
const loaded = new Map<string, unknown>();

/** Parsed JSON of the schemas folder by name without extension; null if it does not exist. */
export function schemaData(folder: string, name: string): unknown {
  const key = `${folder}/${name}`;
  if (!loaded.has(key)) {
    if (!NAME.test(name)) return null;
    loaded.set(key, read(`${join(folder, ...name.split('/'))}.json`));
  }
  return loaded.get(key);
}

function read(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (isMissing(error)) return null;
    throw new Error(`The installation is damaged: ${path} cannot be read`, { cause: error });
  }
}
