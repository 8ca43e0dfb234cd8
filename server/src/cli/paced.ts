/** Does work in steps and lets the process react to signals in between. */
import type { Progress, Steps } from '../base/steps.ts';

/** The time between two pauses, in milliseconds. Ctrl+C takes effect within it, and pauses cost nothing. */
const BETWEEN_PAUSES = 50;

export interface Pace {
  /** The time in milliseconds. */
  readonly now: () => number;
  readonly pause: () => Promise<void>;
  /** Called once, if the work has steps. */
  readonly begin: () => void;
  readonly show: (progress: Progress) => void;
  /** Waits until the reader has taken the text, between parts of a report; undefined if it has. */
  readonly drained?: () => Promise<void> | undefined;
  /** Called when only the report remains to be written, and also after an error. */
  readonly end: () => void;
}

/** The result of work in steps. Work without steps is done before the first pause. */
export async function paced<Result>(
  steps: Steps<Result>,
  { now, pause, begin, show, drained, end }: Pace,
): Promise<Result> {
  let step = steps.next();
  if (step.done) return step.value;
  begin();
  try {
    let last = now();
    let isReporting = false;
    while (!step.done) {
      // Parts of a report are not mixed with the progress of writing it.
      if (!isReporting) show(step.value);
      if (step.value.stage === 'reporting') {
        if (!isReporting) end();
        isReporting = true;
        await drained?.();
      } else if (now() - last >= BETWEEN_PAUSES) {
        await pause();
        last = now();
      }
      step = steps.next();
    }
    return step.value;
  } finally {
    end();
  }
}
