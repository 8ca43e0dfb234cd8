import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** Writes a file if its text differs, so that watching tools do not see a change. Returns whether it does. */
export function writeChanged(path: string, text: string): boolean {
  const isChanged = !existsSync(path) || readFileSync(path, 'utf8') !== text;
  if (isChanged) writeFileSync(path, text);
  return isChanged;
}
