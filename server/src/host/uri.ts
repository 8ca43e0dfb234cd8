/**
 * Paths and URIs. A file has one URI, in the form that VS Code sends, so that an open buffer, a listing and a
 * command-line path name the same document.
 */
import { isAbsolute, resolve } from 'node:path';
import { URI } from 'vscode-uri';
import type { Uri } from '../base/span.ts';

/** The URI of a file or folder; relative paths are resolved against the current folder. */
export function uriOf(path: string): Uri {
  return URI.file(resolve(path)).toString();
}

/** The absolute path of a local `file:` URI, else undefined. */
export function pathOf(uri: Uri): string | undefined {
  const parsed = parse(uri);
  // A URI with a host is on another machine, and reading it would be a network access.
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
