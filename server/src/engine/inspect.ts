import type { Snapshot } from '../base/snapshot.ts';
import type { Uri } from '../base/span.ts';
import type { Stack } from '../model/resource.ts';
import type { Tree } from '../syntax/tree.ts';
import type { ReadingOptions } from './analysis.ts';
import { detections } from './detections.ts';
import { Documents } from './documents.ts';
import type { ParseCache } from './parse-cache.ts';
import { loadStacks } from './stacks.ts';

/** A document with its stack. */
export interface Inspected {
  readonly stack: Stack;
  readonly tree: Tree;
}

/** The stack of a document in a complete snapshot; undefined if its format is not supported. */
export function inspect(
  snapshot: Snapshot,
  doc: Uri,
  options: ReadingOptions,
  cache: ParseCache,
): Inspected | undefined {
  const documents = new Documents(snapshot, cache);
  const detection = documents.detection(doc);
  const loaded =
    detection &&
    loadStacks(documents, detections(documents, options), options)?.find((stack) => stack.documents.includes(doc));
  const tree = loaded && documents.tree(doc, detection.language);
  return loaded && tree && { stack: loaded.build().stack, tree };
}
