import type { Uri } from '../base/span.ts';

/** The problem of a path that is not relative. */
export const NOT_A_PATH = 'Expected a path relative to the directory of this configuration file, with forward slashes.';

/**
 * The URI of a file by its path relative to a folder; undefined for other paths. The reader rejects paths outside the
 * root.
 */
export function fileBelow(folder: Uri, path: string): Uri | undefined {
  if (/^\/|^[A-Za-z]:|\\/.test(path)) return undefined;
  const segments = folder.split('/');
  for (const segment of path.split('/')) {
    if (segment === '..' && segments.length > 3) segments.pop();
    else if (segment !== '.' && segment !== '') segments.push(encoded(segment));
  }
  return segments.join('/');
}

/** A name in the encoding of the host's URIs. */
function encoded(segment: string): string {
  return encodeURIComponent(segment.replaceAll(/[\ud800-\udfff]/gu, '\ufffd')).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
