import type { Uri } from '../base/span.ts';
import type { Configuration } from './configuration.ts';
import { matchesPatterns } from './path-patterns.ts';

/** Whether a configuration leaves a document out: it matches `exclude`, or does not match `include`. */
export function isExcluded({ include, exclude }: Pick<Configuration, 'include' | 'exclude'>, doc: Uri): boolean {
  return (
    exclude.some((patterns) => matchesPatterns(patterns, doc)) ||
    (include.length > 0 && !include.some((patterns) => matchesPatterns(patterns, doc)))
  );
}
