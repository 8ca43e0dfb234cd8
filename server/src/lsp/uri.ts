/**
 * Uris as the server compares them. Clients spell one file in several ways (`file:///C:/a b`, `file:///c%3A/a%20b`); inside
 * the server each has one form, the one that VS Code and the readers of the host use.
 */
import { URI } from 'vscode-uri';
import type { Uri } from '../base/span.ts';

/** The one form of a uri. A text that is no uri is returned as it is. Folders have no slash at their end. */
export function identity(uri: string): Uri {
  try {
    const parsed = URI.parse(uri);
    const path = parsed.path.length > 1 ? parsed.path.replace(/(?<!\/)\/+$/, '') : parsed.path;
    return parsed.with({ path }).toString();
  } catch {
    return uri;
  }
}

/** Whether a document is a file, so that it has neighbours. */
export function isFile(doc: Uri): boolean {
  return doc.startsWith('file:');
}

/** Whether a uri is a folder or lies in it. */
export function isBelow(uri: Uri, folder: Uri): boolean {
  return uri === folder || uri.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
