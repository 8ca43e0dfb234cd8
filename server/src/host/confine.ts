import { realpathSync } from 'node:fs';
import { relative, isAbsolute, resolve, sep } from 'node:path';
import { isMissingFile, plainReason } from './plain-reason.ts';

export type Confined =
  | { readonly kind: 'inside'; /** With symbolic links resolved. */ readonly path: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'refused'; readonly reason: string; readonly outside?: true };

/**
 * Resolves symbolic links of a path and checks that the result is inside a root. A path that is outside by its spelling
 * is not accessed.
 */
export function confine(root: string): (path: string) => Confined {
  const spelled = resolve(root);
  const real = realOr(spelled);
  const outside: Confined = { kind: 'refused', reason: `is outside the root folder ${spelled}`, outside: true };
  return (path) => {
    if (!isWithinFolder(path, spelled) && !isWithinFolder(path, real)) return outside;
    try {
      const target = realpathSync.native(path);
      return isWithinFolder(target, real)
        ? { kind: 'inside', path: target }
        : { kind: 'refused', reason: `is a symbolic link that leads out of the root folder ${spelled}`, outside: true };
    } catch (error) {
      return isMissingFile(error) ? { kind: 'missing' } : { kind: 'refused', reason: plainReason(error) };
    }
  };
}

/** Whether a path is a folder or inside it. */
export function isWithinFolder(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

function realOr(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}
