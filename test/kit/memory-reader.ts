import { fileURLToPath } from 'node:url';
import { HEAD_SIZE } from '../../server/src/base/file-head.ts';
import type { FileAnswer, Reader } from '../../server/src/base/snapshot.ts';
import type { Uri } from '../../server/src/base/span.ts';
import { schemaData } from '../../server/src/host/schema-data.ts';

export const SCHEMAS: string = fileURLToPath(new URL('../../schemas', import.meta.url));

/** The text of a file that exists and cannot be read. */
export const UNREADABLE = '\u0000 unreadable';

/**
 * A reader of documents that are in memory, with the program's data from disk. `below` answers for what is not in
 * memory.
 */
export function memoryReader(texts: ReadonlyMap<Uri, string>, below?: Reader): Reader {
  const folderOf = (uri: Uri): Uri => uri.slice(0, uri.lastIndexOf('/'));
  return {
    file: (uri) => answer(texts.get(uri)) ?? below?.file(uri) ?? { kind: 'missing' },
    head: (uri) => answer(texts.get(uri)?.slice(0, HEAD_SIZE)) ?? below?.head(uri) ?? { kind: 'missing' },
    folder: (uri) => {
      const name = uri.replace(/\/$/, '');
      const listed = below?.folder(uri) ?? 'missing';
      const own = [...texts.keys()].filter((doc) => folderOf(doc) === name);
      if (own.length === 0) return listed;
      return [...new Set([...(typeof listed === 'string' ? [] : listed), ...own])].sort();
    },
    data: (name) => schemaData(SCHEMAS, name),
  };
}

/** The text itself is its version: it changes with the content, and never back to that of another one. */
function answer(text: string | undefined): FileAnswer | undefined {
  if (text === UNREADABLE) return { kind: 'refused', reason: 'cannot be read' };
  return text === undefined ? undefined : { kind: 'text', text, version: text };
}
