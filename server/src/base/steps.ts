/**
 * Long work in steps. The core is synchronous, so a host that wants to show progress, or to react to a signal, needs
 * places between which it can do so: work yields its progress, and the host continues it when it likes.
 */

/** How far a work is. */
export interface Progress {
  readonly stage: 'reading' | 'checking' | 'reporting';
  /** The number of files that are done. */
  readonly done: number;
  readonly total: number;
}

/** Work that yields between its steps and returns a result. */
export type Steps<Result> = Generator<Progress, Result, undefined>;

/** Does all steps at once. */
export function finished<Result>(steps: Generator<unknown, Result, undefined>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Short work as steps. */
// oxlint-disable-next-line require-yield
export function* oneStep<Result>(work: () => Result): Generator<void, Result, undefined> {
  return work();
}

/** A memoized function of an object, and its work in steps, after which the result is known. */
export interface InSteps<Key, Result> {
  (key: Key): Result;
  steps(key: Key): Generator<void, Result, undefined>;
}

/** Memoizes work that depends only on its key and asks no questions (`reads.ts`). */
export function memoizeSteps<Key extends object, Result>(
  work: (key: Key) => Generator<void, Result, undefined>,
): InSteps<Key, Result> {
  const known = new WeakMap<Key, { readonly result: Result }>();
  function* steps(key: Key): Generator<void, Result, undefined> {
    const before = known.get(key);
    if (before) return before.result;
    const result = yield* work(key);
    known.set(key, { result });
    return result;
  }
  return Object.assign((key: Key) => known.get(key)?.result ?? finished(steps(key)), { steps });
}

/** Work that yields nothing, as steps of a work with progress. */
export function* withProgress<Result>(
  work: Generator<void, Result, undefined>,
  progress: () => Progress,
): Steps<Result> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    yield progress();
  }
}

/** The number of small items, such as files to read, of one step. */
const ITEMS_OF_STEP = 16;

/** Whether a step ends after the item with an index. */
export function endsStep(index: number, itemsOfStep = ITEMS_OF_STEP): boolean {
  return index % itemsOfStep === itemsOfStep - 1;
}
