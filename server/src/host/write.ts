import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
  type Stats,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isMissingFile, plainReason } from './plain-reason.ts';
import { decodeText, encodeText, encodingOf, type Encoding } from './text-encoding.ts';

/**
 * Writes a changed text to its file in one step: a reader of the file sees the old text or the new one. The encoding,
 * the byte order mark, the owner and the permissions stay, and a link stays a link. Returns the reason when it cannot
 * be written, undefined if it is done.
 */
export function writeText(path: string, before: string, after: string): string | undefined {
  try {
    const target = realpathSync.native(path);
    // Renaming replaces a file even if the file itself is read-only.
    closeSync(openSync(target, 'r+'));
    const bytes = readFileSync(target);
    const encoding = encodingOf(bytes);
    if (decodeText(bytes) !== before) return 'was changed by another program';
    // A file with invalid bytes would lose them.
    if (!bytes.equals(encodeText(before, encoding))) return 'contains characters that are invalid in its encoding';
    replaceFile(target, [encodeText(after, encoding)], statSync(target));
    return undefined;
  } catch (error) {
    return plainReason(error, 'written');
  }
}

/**
 * Writes a text as UTF-8 to a file, in one step: a new file, or in place of the text of an existing one. Devices and
 * pipes are written as they are. Returns the reason when it cannot be written, undefined if it is done.
 * @param pieces The text in pieces, each of which is made when the ones before are written. What making them throws is
 * thrown.
 */
export function replaceOrCreate(path: string, pieces: Iterable<string>): string | undefined {
  try {
    const bytes = encoded(typeof pieces === 'string' ? [pieces] : pieces);
    const existing = statSync(path, { throwIfNoEntry: false });
    if (existing?.isFile()) {
      const target = realpathSync.native(path);
      closeSync(openSync(target, 'r+'));
      replaceFile(target, bytes, existing);
    } else if (existing) {
      const file = openSync(path, 'w');
      try {
        writeWhole(file, bytes);
      } finally {
        closeSync(file);
      }
    } else {
      create(path, bytes);
    }
    return undefined;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return isMissingFile(error) ? 'cannot be written: its directory does not exist' : plainReason(error, 'written');
  }
}

function* encoded(pieces: Iterable<string>): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  for (const piece of pieces) yield encoder.encode(piece);
}

/** A new file. Its mode is that of other new files, which the umask decides. */
function create(path: string, bytes: Iterable<Uint8Array>): void {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}${TEMPORARY}`);
  removeAbandoned(dirname(path), basename(path));
  const file = openSync(temporary, 'wx', 0o666);
  try {
    try {
      writeWhole(file, bytes);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** The encoding of a file on disk; undefined if there is none. */
export function encodingOfFile(path: string): Encoding | undefined {
  try {
    return encodingOf(readFileSync(path));
  } catch {
    return undefined;
  }
}

function replaceFile(target: string, bytes: Iterable<Uint8Array>, { mode, uid, gid, nlink }: Stats): void {
  const folder = dirname(target);
  removeAbandoned(folder, basename(target));
  const temporary = join(folder, `.${basename(target)}.${process.pid}${TEMPORARY}`);
  // With several hard links, the others would keep the old text. A writable file can be in a read-only folder.
  const file = nlink > 1 ? undefined : created(temporary, mode);
  if (file === undefined) return overwrite(target, bytes);
  let isOwned: boolean;
  try {
    try {
      isOwned = giveTo(file, uid, gid);
      if (isOwned) {
        writeWhole(file, bytes);
        // The process's umask masks the mode of a new file, and changing the owner clears bits.
        fchmodSync(file, mode);
        fsyncSync(file);
      }
    } finally {
      closeSync(file);
    }
    if (isOwned) renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  if (isOwned) return;
  rmSync(temporary, { force: true });
  overwrite(target, bytes);
}

/** A new file; undefined if its folder cannot be written. */
function created(path: string, mode: number): number | undefined {
  try {
    return openSync(path, 'wx', mode);
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

/** The suffix of the temporary file. */
const TEMPORARY = '.stackwarden.tmp';

/** Copies owner and group to a new file. Returns false if that is not permitted. */
function giveTo(file: number, uid: number, gid: number): boolean {
  if (process.platform === 'win32' || (uid === process.geteuid?.() && gid === process.getegid?.())) return true;
  try {
    fchownSync(file, uid, gid);
    return true;
  } catch {
    return false;
  }
}

/** Writes in place, if the file cannot be replaced. */
function overwrite(target: string, bytes: Iterable<Uint8Array>): void {
  const file = openSync(target, 'r+');
  try {
    ftruncateSync(file, writeWhole(file, bytes));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Writes all pieces from the start of an open file, and returns their length. */
function writeWhole(file: number, pieces: Iterable<Uint8Array>): number {
  let length = 0;
  for (const bytes of pieces) {
    for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
    length += bytes.length;
  }
  return length;
}

/** Removes files left by a run that was killed before it finished. */
function removeAbandoned(folder: string, name: string): void {
  for (const entry of readdirSync(folder)) {
    if (!entry.startsWith(`.${name}.`) || !entry.endsWith(TEMPORARY)) continue;
    const pid = entry.slice(name.length + 2, -TEMPORARY.length);
    if (/^\d{1,10}$/.test(pid) && !isRunning(Number(pid))) rmSync(join(folder, entry), { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Defers termination signals while a function runs. */
export function uninterrupted<T>(run: () => T): T {
  const hold = (): void => undefined;
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, hold);
  try {
    return run();
  } finally {
    for (const signal of signals) process.off(signal, hold);
  }
}
