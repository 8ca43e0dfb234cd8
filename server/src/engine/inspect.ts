import type { Snapshot } from '../base/snapshot.ts';
import type { Uri } from '../base/span.ts';
import type { ReadingOptions } from './analysis.ts';
import { documentStack, stacksOf, type DocumentStack } from './analyzed-stacks.ts';
import type { ParseCache } from './parse-cache.ts';

/** The stack of a document in a complete snapshot; undefined if its format is not supported. */
export function inspect(
  snapshot: Snapshot,
  doc: Uri,
  options: ReadingOptions,
  cache: ParseCache,
): DocumentStack | undefined {
  return documentStack(stacksOf(snapshot, options, cache), doc);
}
