import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMissing } from './plain-reason.ts';

const NAME = /^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*$/;

/** A process-wide cache: the data ships with the program and does not change. */
const loaded = new Map<string, unknown>();

/** Parsed JSON of the schemas folder by name without extension; null if it does not exist. */
export function schemaData(folder: string, name: string): unknown {
  if (!NAME.test(name)) return null;
  const path = `${join(folder, ...name.split('/'))}.json`;
  if (!loaded.has(path)) loaded.set(path, read(path));
  return loaded.get(path);
}

function read(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (isMissing(error)) return null;
    throw new Error(`The installation is damaged: ${path} cannot be read`, { cause: error });
  }
}
