/** Parts of URIs. */
import type { Uri } from './span.ts';

/** The folder of a file or folder, without a trailing slash. */
export function folderOf(uri: Uri): Uri {
  return uri.slice(0, Math.max(uri.lastIndexOf('/'), 0));
}

/** The decoded file name of a document. */
export function nameOf(doc: Uri): string {
  return decoded(doc.slice(doc.lastIndexOf('/') + 1));
}

/** A decoded path of a URI, or a part of one. Invalid encodings are kept as they are. */
export function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
