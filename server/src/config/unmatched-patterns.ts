import { flatMap } from '../base/flat-map.ts';
import type { Uri } from '../base/span.ts';
import type { Configuration, PathPatterns } from './configuration.ts';
import { matchesPatterns } from './path-patterns.ts';

/** A pattern that matches no document, and its setting. */
export interface UnmatchedPattern {
  readonly setting: 'include' | 'overrides';
  readonly pattern: string;
}

/**
 * The patterns of `include` and `overrides` that match none of the documents, which are probably misspelled. Patterns
 * of `exclude` can be about files that are not checked anyway.
 */
export function unmatchedPatterns(
  { include, overrides }: Pick<Configuration, 'include' | 'overrides'>,
  docs: readonly Uri[],
): readonly UnmatchedPattern[] {
  const unmatched = (setting: UnmatchedPattern['setting'], { folder, patterns }: PathPatterns): UnmatchedPattern[] =>
    patterns
      // A negated pattern is about what the patterns before it match.
      .filter((pattern) => !pattern.startsWith('!') && !pattern.startsWith('#'))
      .map((pattern) => ({ pattern, paths: { folder, patterns: [pattern] } }))
      .filter(({ paths }) => !docs.some((doc) => matchesPatterns(paths, doc)))
      .map(({ pattern }) => ({ setting, pattern }));
  return [
    ...flatMap(include, (paths) => unmatched('include', paths)),
    ...flatMap(overrides, ({ paths }) => unmatched('overrides', paths)),
  ];
}
