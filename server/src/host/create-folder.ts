import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Creates a folder that only the user can read, with those around it, if it does not exist. Throws if it cannot. The
 * recursive `mkdir` of Node.js never ends where the system says that a folder in an existing one has no parent, as for
 * homes that are mounted on demand.
 */
export function createFolder(path: string): void {
  if (existsSync(path)) return;
  const around = dirname(path);
  if (around !== path) createFolder(around);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process can have created it.
    if (!existsSync(path)) throw error;
  }
}
