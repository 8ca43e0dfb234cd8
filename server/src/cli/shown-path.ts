import { relative, sep } from 'node:path';
import type { Uri } from '../base/span.ts';
import { isWithinFolder } from '../host/confine.ts';
import { pathOf } from '../host/uri.ts';

/** A path as displayed: with slashes, and relative to the current directory if it is inside. */
export function shownPath(path: string, cwd: string): string {
  const shown = isWithinFolder(path, cwd) ? relative(cwd, path) || '.' : path;
  return shown.split(sep).join('/');
}

/** The displayed path of a document; a document that is not a file has its URI. */
export function shownUri(uri: Uri, cwd: string): string {
  const path = pathOf(uri);
  return path === undefined ? uri : shownPath(path, cwd);
}
