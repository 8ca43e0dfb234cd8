/** The parts of uris. */
import type { Uri } from './span.ts';

/** The folder that holds a file or folder, without a slash at its end. */
export function folderOf(uri: Uri): Uri {
  return uri.slice(0, Math.max(uri.lastIndexOf('/'), 0));
}

/** The name of a document in its folder, as people write it. */
export function nameOf(doc: Uri): string {
  return decoded(doc.slice(doc.lastIndexOf('/') + 1));
}

/** A path of a uri, or a part of one, as people write it. One that is not well encoded is taken as it is. */
export function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
