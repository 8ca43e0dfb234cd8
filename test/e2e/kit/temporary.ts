import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** A new folder for one test. */
export function temporaryFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'stackwarden-editor-')));
}

/** Removes a folder; an editor that was just ended may still write its last file, so it is tried again. */
export async function removeFolder(folder: string): Promise<void> {
  for (let tries = 0; tries < 20 && existsSync(folder); tries++) {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      await pause(200);
    }
  }
}
