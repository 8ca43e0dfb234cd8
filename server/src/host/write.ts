import { closeSync, fchmodSync, fsyncSync, openSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { plainReason } from './plain-reason.ts';
import { decodeText, encodeText, encodingOf, type Encoding } from './text-encoding.ts';

/**
 * Writes a changed text to its file in one step: whoever reads the file sees the old text or the new one. The encoding, the
 * byte order mark and the permissions stay, and a link stays a link. Answers why not, or undefined when it is done.
 */
export function writeText(path: string, before: string, after: string): string | undefined {
  try {
    const target = realpathSync.native(path);
    // Renaming over a file works even when the file itself is protected.
    closeSync(openSync(target, 'r+'));
    const bytes = readFileSync(target);
    const encoding = encodingOf(bytes);
    if (decodeText(bytes) !== before) return 'was changed by another program in the meantime';
    // A file with bytes that are no characters would lose them.
    if (!bytes.equals(encodeText(before, encoding))) return 'has characters that are not valid in its encoding';
    replaceFile(target, encodeText(after, encoding), statSync(target).mode);
    return undefined;
  } catch (error) {
    return plainReason(error).replace('may not be read', 'may not be written').replace('cannot be read', 'cannot be written');
  }
}

/** The encoding of a file on disk; undefined when there is none. */
export function encodingOfFile(path: string): Encoding | undefined {
  try {
    return encodingOf(readFileSync(path));
  } catch {
    return undefined;
  }
}

function replaceFile(target: string, bytes: Uint8Array, mode: number): void {
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  const file = openSync(temporary, 'wx', mode);
  try {
    try {
      for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
      // The mode of a new file is cut by the process's mask.
      fchmodSync(file, mode);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
