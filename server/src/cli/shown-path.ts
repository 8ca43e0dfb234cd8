import { relative, sep } from 'node:path';
import type { Uri } from '../base/span.ts';
import { isWithin } from '../host/confine.ts';
import { pathOf } from '../host/uri.ts';

/** A path as people and scripts read it: with slashes, and relative to the current folder when it is inside. */
export function shownPath(path: string, cwd: string): string {
  const shown = isWithin(path, cwd) ? relative(cwd, path) || '.' : path;
  return shown.split(sep).join('/');
}

/** The same for a document; what is not a file of this machine is shown as its uri. */
export function shownUri(uri: Uri, cwd: string): string {
  const path = pathOf(uri);
  return path === undefined ? uri : shownPath(path, cwd);
}
