import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** Writes a file if its text differs, so that watching tools do not see a change. */
export function writeChanged(path: string, text: string): void {
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text);
}
