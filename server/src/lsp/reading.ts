/** Readers that the server composes. */
import { HEAD_SIZE } from '../base/file-head.ts';
import type { FileAnswer, Reader } from '../base/snapshot.ts';
import type { Uri } from '../base/span.ts';
import { folderOf } from '../base/uri.ts';
import { tooLarge } from '../host/too-large.ts';
import type { OpenDocument, OpenDocuments } from './documents.ts';
import { identity, isBelow, isFile } from './uri.ts';

/**
 * The maximum size of a document in editors, in bytes, or in characters of a buffer. Users do not edit larger plans,
 * and their analysis would block the server for seconds.
 */
export const MAX_EDITOR_BYTES = 16 * 1024 * 1024;

/** Reads open buffers below a root, then files on disk. */
export function buffersFirst(disk: Reader, documents: OpenDocuments, root: Uri): Reader {
  const buffer = (uri: Uri): FileAnswer | undefined => {
    const doc = identity(uri);
    const open = isBelow(doc, root) ? documents.get(doc) : undefined;
    return open && answerOf(open);
  };
  return {
    file: (uri) => {
      const answer = buffer(uri);
      return answer ? withinBounds(answer) : disk.file(uri);
    },
    head: (uri) => {
      const answer = buffer(uri);
      return answer ? headOf(answer) : disk.head(uri);
    },
    folder: (uri) => {
      const folder = identity(uri);
      const listed = disk.folder(uri);
      const unsaved = isBelow(folder, root)
        ? documents.all().filter((doc) => isFile(doc) && folderOf(doc) === folder)
        : [];
      if (typeof listed === 'string') return unsaved.length > 0 ? [...unsaved].sort() : listed;
      return [...new Set([...listed.map(identity), ...unsaved])].sort();
    },
    data: (name) => disk.data(name),
  };
}

/** A reader for a document without neighbors: an unsaved document, or one of a virtual file system. */
export function withoutNeighbors(doc: Uri, documents: OpenDocuments, data: Reader['data']): Reader {
  const file = (uri: Uri): FileAnswer => {
    const open = identity(uri) === doc ? documents.get(doc) : undefined;
    return open ? answerOf(open) : { kind: 'missing' };
  };
  return { file: (uri) => withinBounds(file(uri)), head: (uri) => headOf(file(uri)), folder: () => 'missing', data };
}

function answerOf({ text, stamp }: OpenDocument): FileAnswer {
  return { kind: 'text', text, version: stamp };
}

function withinBounds(answer: FileAnswer): FileAnswer {
  return answer.kind === 'text' && answer.text.length > MAX_EDITOR_BYTES
    ? { kind: 'refused', reason: tooLarge(answer.text.length, MAX_EDITOR_BYTES) }
    : answer;
}

function headOf(answer: FileAnswer): FileAnswer {
  if (answer.kind !== 'text' || answer.text.length <= HEAD_SIZE) return answer;
  return { kind: 'text', text: answer.text.slice(0, HEAD_SIZE), version: `${answer.version} head` };
}

/** A reader that records all requested files and folders. */
export function recordingReader(reader: Reader, recorded: Set<Uri>): Reader {
  const note = (uri: Uri): Uri => {
    recorded.add(identity(uri));
    return uri;
  };
  return {
    file: (uri) => reader.file(note(uri)),
    head: (uri) => reader.head(note(uri)),
    folder: (uri) => reader.folder(note(uri)),
    data: (name) => reader.data(name),
  };
}
