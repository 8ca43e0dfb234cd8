/** The stacks of an analysis, for requests about positions of its documents, such as hovers. */
import { once } from '../base/once.ts';
import type { Snapshot } from '../base/snapshot.ts';
import type { Uri } from '../base/span.ts';
import { finished } from '../base/steps.ts';
import type { BuiltStack, Detection, LoadedStack } from '../formats/format.ts';
import type { Finding } from '../model/finding.ts';
import type { Stack } from '../model/resource.ts';
import type { Tree } from '../syntax/tree.ts';
import type { ReadingOptions } from './analysis.ts';
import { detections } from './detections.ts';
import { Documents } from './documents.ts';
import type { ParseCache } from './parse-cache.ts';
import { loadStacks } from './stacks.ts';

/** The stacks of documents. Each is built once, and keeps the values that were evaluated. */
export interface AnalyzedStacks {
  readonly documents: Documents;
  readonly detected: ReadonlyMap<Uri, Detection>;
  readonly stacks: readonly BuildableStack[];
  /** The reported findings, if the stacks were checked. */
  findingsIn?(doc: Uri): readonly Finding[];
}

/** A stack that is built on first use, and not again. */
export interface BuildableStack extends LoadedStack {
  build(): BuiltStack;
}

/** The stacks of an analysis with its findings. */
export interface FinishedStacks extends AnalyzedStacks {
  findingsIn(doc: Uri): readonly Finding[];
}

/** A document with its stack. */
export interface DocumentStack {
  readonly loaded: LoadedStack;
  readonly tree: Tree;
  readonly stack: Stack;
}

/** The stacks of a complete snapshot. */
export function stacksOf(snapshot: Snapshot, options: ReadingOptions, cache: ParseCache): AnalyzedStacks {
  const documents = new Documents(snapshot, cache);
  const detected = detections(documents, options);
  return { documents, detected, stacks: buildingOnce(loadStacks(documents, detected, options) ?? []) };
}

/** Stacks that are built on first use, and not again. */
export function buildingOnce(stacks: readonly LoadedStack[]): readonly BuildableStack[] {
  return stacks.map((stack) => {
    let known: BuiltStack | undefined;
    const build = once(() => known ?? finished(stack.building()));
    function* building(): Generator<void, BuiltStack, undefined> {
      known ??= yield* stack.building();
      return build();
    }
    return { ...stack, build, building };
  });
}

/** A document with its stack; undefined if its format is not supported. */
export function documentStack({ documents, detected, stacks }: AnalyzedStacks, doc: Uri): DocumentStack | undefined {
  const detection = detected.get(doc);
  const loaded = detection && stacks.find((stack) => stack.documents.includes(doc));
  const tree = loaded && documents.tree(doc, detection.language);
  return loaded && tree && { loaded, tree, stack: loaded.build().stack };
}
