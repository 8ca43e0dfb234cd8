import ignore, { type Ignore } from 'ignore';
import { memoize } from '../base/memoize.ts';
import type { Uri } from '../base/span.ts';
import { decoded } from '../base/uri.ts';
import type { PathPatterns } from './configuration.ts';

/**
 * Whether a document matches patterns in the syntax of `.gitignore`, or is in a directory that matches. Documents
 * outside the folder of the patterns do not match.
 */
export function matchesPatterns(paths: PathPatterns, doc: Uri): boolean {
  if (!doc.startsWith(`${paths.folder}/`)) return false;
  const path = decoded(doc.slice(paths.folder.length + 1));
  return ignore.isPathValid(path) && matcherOf(paths).ignores(path);
}

const matcherOf = memoize(({ patterns }: PathPatterns): Ignore => ignore({ ignorecase: false }).add([...patterns]));
