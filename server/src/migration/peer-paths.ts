/** Paths that other tools leave out, as patterns in the syntax of `.gitignore`. */

/**
 * A glob relative to the folder of the file: `./modules/**` → `modules/**`. One without a slash names a file or folder
 * there.
 */
export function globPattern(glob: string, kind: 'folder' | 'file'): string {
  const path = plain(glob);
  const isAnywhere = path.startsWith('**/');
  const rooted = path.includes('/') || isAnywhere ? path : `/${path}`;
  return kind === 'folder' && !rooted.endsWith('/') && !rooted.endsWith('*') ? `${rooted}/` : rooted;
}

/**
 * The pattern of a regular expression that only names a path, as most do: `modules/legacy`, `.*\/test/`, `^old$`.
 * Undefined for others.
 */
export function regexPattern(expression: string): string | undefined {
  const literal = expression
    .replace(/^\^/, '')
    .replace(/\$$/, '')
    .replace(/^(?:\.\*)?\//, '')
    .replace(/\/?\.?\*$/, '')
    .replaceAll(/\\([./_-])/g, '$1');
  if (!/^[\w./@ -]+$/.test(literal)) return undefined;
  const path = plain(literal);
  // A pattern without a slash would match in all folders.
  return expression.startsWith('^') && !path.includes('/') ? `/${path}` : path;
}

/** A path with slashes, without those at its ends and a dot before the first. */
function plain(path: string): string {
  const parts = path.replaceAll('\\', '/').split('/');
  while (parts.length > 1 && (parts[0] === '' || parts[0] === '.')) parts.shift();
  while (parts.length > 1 && parts.at(-1) === '') parts.pop();
  return parts.join('/');
}
