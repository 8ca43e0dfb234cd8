/** The stacks of an analysis, for requests about positions of its documents, such as hovers. */
import type { Snapshot } from '../base/snapshot.ts';
import type { Uri } from '../base/span.ts';
import { Guard } from '../base/guard.ts';
import { finished, withProgress, type Progress, type Steps } from '../base/steps.ts';
import type { BuiltStack, Detection, LoadedStack } from '../formats/format.ts';
import type { Finding } from '../model/finding.ts';
import type { Stack } from '../model/resource.ts';
import type { Tree } from '../syntax/tree.ts';
import type { AnalysisOptions, ReadingOptions } from './analysis.ts';
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

/** A stack that is built on first use, and not again unless it is released. */
export interface BuildableStack extends LoadedStack {
  build(): BuiltStack;
  /** Builds another stack, which is not kept, for values with which the kept one would exceed a limit of evaluation. */
  buildAnew(): BuiltStack;
  /** Forgets the built stack with its values. The next use builds it again. */
  release(): void;
  /** The number of evaluated nodes and expressions, of all that were built. */
  evaluations(): number;
  /** Whether the evaluation of one that was built exceeded a limit. */
  exhausted(): boolean;
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

/** Stacks that are built on first use. */
export function buildingOnce(stacks: readonly LoadedStack[]): readonly BuildableStack[] {
  return stacks.map((stack) => {
    let known: BuiltStack | undefined;
    let evaluations = 0;
    let exhausted = false;
    const build = (): BuiltStack => (known ??= finished(stack.building()));
    function* building(): Generator<void, BuiltStack, undefined> {
      const built = known ?? (yield* stack.building());
      // Another caller can have built it meanwhile, and there must be only one.
      return (known ??= built);
    }
    return {
      ...stack,
      build,
      building,
      buildAnew: () => finished(stack.building()),
      evaluations: () => evaluations + (known?.evaluations() ?? 0),
      exhausted: () => exhausted || (known?.exhausted() ?? false),
      release: () => {
        evaluations += known?.evaluations() ?? 0;
        exhausted ||= known?.exhausted() ?? false;
        known = undefined;
      },
    };
  });
}

/** A document with its stack; undefined if its format is not supported. */
export function documentStack({ documents, detected, stacks }: AnalyzedStacks, doc: Uri): DocumentStack | undefined {
  const detection = detected.get(doc);
  const loaded = detection && stacks.find((stack) => stack.documents.includes(doc));
  const tree = loaded && documents.tree(doc, detection.language);
  return loaded && tree && { loaded, tree, stack: loaded.build().stack };
}

/*
 * An analysis has stacks only in variables of these functions, not in its own, which would keep them after they are
 * released.
 */

/** Builds stacks, and returns whether the analysis was not stopped before. */
export function* buildingAll(
  stacks: readonly BuildableStack[],
  { stopped }: Pick<AnalysisOptions, 'stopped'>,
  progress: () => Progress,
): Steps<boolean> {
  for (const stack of stacks) {
    if (stopped?.()) return false;
    yield* withProgress(stack.building(), progress);
    yield progress();
  }
  return true;
}

/** Whether the chosen scenario contradicts the template or its inputs. */
export function isImpossible({ inputs, build }: BuildableStack): boolean {
  const { within } = build().stack;
  return (
    [...(inputs?.values() ?? [])].some(({ scenario }) => scenario.length > 0) &&
    within !== undefined &&
    Guard.always.coveredBy(within.no)
  );
}

/** The tools that generated the documents of a stack, where known. */
export function generatorsIn({ documents, build }: BuildableStack): readonly (readonly [Uri, string | undefined])[] {
  const { stack } = build();
  return documents.map((doc) => [doc, stack.generatorOf?.(doc)]);
}
