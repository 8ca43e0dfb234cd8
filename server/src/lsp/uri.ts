/**
 * Normalization of URIs. Clients spell one file in several ways (`file:///C:/a b`, `file:///c%3A/a%20b`); the server
 * uses the form of VS Code and of the host's readers.
 */
import { URI } from 'vscode-uri';
import type { Uri } from '../base/span.ts';

/** The normal form of a URI. An invalid URI is returned unchanged. Folders have no trailing slash. */
export function identity(uri: string): Uri {
  try {
    const parsed = URI.parse(uri);
    const path = parsed.path.length > 1 ? parsed.path.replace(/(?<!\/)\/+$/, '') : parsed.path;
    return parsed.with({ path }).toString();
  } catch {
    return uri;
  }
}

/** Whether a document is a file, so that it has neighbors. */
export function isFile(doc: Uri): boolean {
  return doc.startsWith('file:');
}

/** Whether a URI is a folder or is inside it. */
export function isBelow(uri: Uri, folder: Uri): boolean {
  return uri === folder || uri.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
