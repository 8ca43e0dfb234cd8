/** The file reader for Node. It reads only within a root, and open buffers take precedence over files on disk. */
import { closeSync, fstatSync, openSync, readdirSync, readSync, statSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import { HEAD_SIZE } from '../base/file-head.ts';
import { byText } from '../base/order.ts';
import type { FileAnswer, Reader } from '../base/snapshot.ts';
import type { Uri } from '../base/span.ts';
import { confine, type Confined } from './confine.ts';
import { isMissingFile, plainReason } from './plain-reason.ts';
import { schemaData } from './schema-data.ts';
import { decodeText } from './text-encoding.ts';
import { MAX_FILE_BYTES, tooLarge } from './too-large.ts';
import { pathOf, normalUri, uriOf } from './uri.ts';

export interface NodeReaderOptions {
  /** The folder outside of which nothing is read. */
  readonly root: string;
  /** The folder of the program's data. */
  readonly schemas: string;
  /** The text of documents that are open in an editor or read from standard input. */
  readonly overlays?: ReadonlyMap<Uri, string>;
  /** The maximum size of a file in bytes, if less than `MAX_FILE_BYTES`. */
  readonly largest?: number;
  /**
   * The version of a text, which is the text itself by default. A process that keeps versions of many documents needs
   * shorter ones.
   */
  readonly versionOf?: (text: string) => string;
}

/** Why a binary file is refused. */
export const NOT_TEXT = 'is not a text file';

/** A reader for the files below a folder. It caches only the program's own data, so every answer is current. */
export function nodeReader({
  root,
  schemas,
  overlays = new Map(),
  largest = MAX_FILE_BYTES,
  versionOf = (text) => text,
}: NodeReaderOptions): Reader {
  const confined = confine(root);
  const open = new Map([...overlays].map(([uri, text]) => [normalUri(uri), text]));

  const place = (uri: Uri): Confined => {
    const path = pathOf(uri);
    return path === undefined ? { kind: 'refused', reason: 'is not a local file' } : confined(path);
  };

  /** The content of a file with a version that depends on it only, so that saving a buffer changes nothing. */
  const answer = (text: string): FileAnswer => ({ kind: 'text', text, version: versionOf(text) });

  const read = (uri: Uri, head: boolean): FileAnswer => {
    const text = open.size > 0 ? open.get(normalUri(uri)) : undefined;
    if (text !== undefined) return answer(head ? text.slice(0, HEAD_SIZE) : text);
    const found = place(uri);
    if (found.kind === 'inside') {
      const content = readText(found.path, head, largest);
      return typeof content === 'string' ? answer(content) : content;
    }
    return found.kind === 'refused' ? { kind: 'refused', reason: found.reason } : found;
  };

  return {
    file: (uri) => read(uri, false),
    head: (uri) => read(uri, true),
    folder: (uri) => {
      const path = pathOf(uri);
      const unsaved = path === undefined ? [] : [...open.keys()].filter((doc) => parentOf(doc) === path);
      const found = place(uri);
      const listed =
        found.kind === 'inside'
          ? listFiles(found.path)
          : found.kind === 'refused' && found.outside
            ? 'outside'
            : found.kind;
      if (typeof listed === 'string') return listed === 'missing' && unsaved.length > 0 ? unsaved.sort(byText) : listed;
      const saved = urisIn(path!, listed);
      // Without a function, strings are compared by code units too, and faster.
      return unsaved.length === 0 ? saved.sort() : [...new Set([...saved, ...unsaved])].sort();
    },
    data: (name) => schemaData(schemas, name),
  };
}

/** The text of a file, or why there is none. */
function readText(path: string, head: boolean, largest: number): string | FileAnswer {
  try {
    // Opening a pipe would block, so special files are refused first.
    const unfit = unfitness(statSync(path), head ? Infinity : largest);
    if (unfit) return { kind: 'refused', reason: unfit };
    const { bytes, partial } = readBytes(path, head ? HEAD_SIZE : largest);
    const text = decodeText(bytes, partial);
    return text ?? { kind: 'refused', reason: NOT_TEXT };
  } catch (error) {
    return isMissingFile(error) ? { kind: 'missing' } : { kind: 'refused', reason: plainReason(error) };
  }
}

/** Why a path cannot be read as a file; undefined if it can. */
function unfitness(stats: Stats, largest: number): string | undefined {
  if (stats.isDirectory()) return 'is a directory';
  if (!stats.isFile()) return 'is not a regular file';
  if (stats.size > largest) return tooLarge(stats.size, largest);
  return undefined;
}

function readBytes(path: string, limit: number): { bytes: Uint8Array; partial: boolean } {
  const file = openSync(path, 'r');
  try {
    const size = fstatSync(file).size;
    const bytes = Buffer.alloc(Math.min(size, limit));
    let filled = 0;
    while (filled < bytes.length) {
      const count = readSync(file, bytes, filled, bytes.length - filled, filled);
      if (count === 0) break;
      filled += count;
    }
    return { bytes: bytes.subarray(0, filled), partial: filled < size };
  } finally {
    closeSync(file);
  }
}

function listFiles(path: string): readonly string[] | 'missing' | 'refused' {
  try {
    const entries = readdirSync(path, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() || (entry.isSymbolicLink() && isFile(join(path, entry.name))))
      .map((entry) => entry.name);
  } catch (error) {
    return isMissingFile(error) ? 'missing' : 'refused';
  }
}

/** The URIs of files of a folder. Most names are the same in a URI, and a folder can have thousands. */
function urisIn(folder: string, names: readonly string[]): Uri[] {
  const base = uriOf(folder).replace(/\/$/, '');
  return names.map((name) => (/^[\w.-]+$/.test(name) ? `${base}/${name}` : uriOf(join(folder, name))));
}

/** Whether a path is a regular file, following symbolic links. */
function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function parentOf(uri: Uri): string | undefined {
  const path = pathOf(uri);
  return path === undefined ? undefined : dirname(path);
}
