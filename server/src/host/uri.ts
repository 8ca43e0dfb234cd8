/**
 * Paths and uris. A file has one uri, in the form that VS Code sends, so that an open buffer, a listing and a path on the
 * command line mean the same document.
 */
import { isAbsolute, resolve } from 'node:path';
import { URI } from 'vscode-uri';
import type { Uri } from '../base/span.ts';

/** The uri of a file or folder; a relative path counts from the current folder. */
export function uriOf(path: string): Uri {
  return URI.file(resolve(path)).toString();
}

/** The absolute path of a `file:` uri of this machine, else undefined. */
export function pathOf(uri: Uri): string | undefined {
  const parsed = parse(uri);
  // A host in the uri is another machine: looking at it would be a network access.
  if (parsed?.scheme !== 'file' || parsed.authority !== '') return undefined;
  const path = parsed.fsPath;
  return isAbsolute(path) && !path.includes('\0') ? resolve(path) : undefined;
}

/** The normalized form of a URI. */
export function normalUri(uri: Uri): Uri {
  const path = pathOf(uri);
  return path === undefined ? uri : uriOf(path);
}

function parse(uri: Uri): URI | undefined {
  try {
    return URI.parse(uri, true);
  } catch {
    return undefined;
  }
}
