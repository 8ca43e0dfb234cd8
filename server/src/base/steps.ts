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
export function endsStep(index: number): boolean {
  return index % ITEMS_OF_STEP === ITEMS_OF_STEP - 1;
}
