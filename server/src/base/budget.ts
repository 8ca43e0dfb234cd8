/**
 * Budgets: limits on the work of a request or an analysis. Long-running work counts its steps with `spend`. A request
 * has a time limit: the core has no clock, so the edge provides a function that returns true once the time is over,
 * which is called periodically. An analysis has a limit on steps, so that the same content gives the same result on
 * every machine. When a budget is exhausted, the work ends with the results so far. The core is synchronous, so the
 * current budgets are kept in module state instead of being passed through every function.
 */

/**
 * Aborts the current work because its result is no longer needed. Isolation of failures (`isolation.ts`) rethrows it.
 */
export class Interrupted extends Error {}

/** Thrown when a budget is exhausted before the work is done. */
export class OutOfBudget extends Interrupted {
  constructor() {
    super('The time budget is exhausted.');
  }
}

/** Returns true once the time is over. */
export type Expired = () => boolean;

/** The number of steps between two time checks. */
const STEPS_BETWEEN = 512;

/** A current budget, and the outer one, which is charged too. */
interface Budget {
  left: number;
  /** Undefined for a step budget. */
  readonly expired: Expired | undefined;
  /** Set while it is current. */
  around: Budget | undefined;
}

let budget: Budget | undefined;

/** Runs work with a time limit, and returns `otherwise` when it expires. Without a limit it runs to completion. */
export function withinBudget<T>(expired: Expired | undefined, work: () => T, otherwise: () => T): T {
  return expired ? within(timeLimit(expired), work, otherwise) : work();
}

/** Runs work with a step limit, and returns `otherwise` when it is exhausted. */
export function withinSteps<T>(steps: number, work: () => T, otherwise: () => T): T {
  return within(stepLimit(steps), work, otherwise);
}

/** A step limit and a time limit of work that is done in several parts. Between the parts, no budget is current. */
export class StepAllowance {
  readonly #steps: Budget;
  readonly #time: Budget | undefined;

  constructor(steps: number, expired: Expired | undefined) {
    this.#steps = stepLimit(steps);
    this.#time = expired && timeLimit(expired);
  }

  /** Does a part of the work. Once a limit is exceeded, returns the result of `otherwise`, which receives which one. */
  part<T>(work: () => T, otherwise: (exceeded: 'steps' | 'time') => T): T {
    const steps = this.#steps;
    return this.#time
      ? within(this.#time, () => within(steps, work, otherwise), otherwise)
      : within(steps, work, otherwise);
  }
}

function stepLimit(steps: number): Budget {
  return { left: steps, expired: undefined, around: undefined };
}

function timeLimit(expired: Expired): Budget {
  return { left: STEPS_BETWEEN, expired, around: undefined };
}

function within<T>(own: Budget, work: () => T, otherwise: (exceeded: 'steps' | 'time') => T): T {
  own.around = budget;
  budget = own;
  try {
    return work();
  } catch (error) {
    // An exhausted outer budget ends more than this work.
    if (!(error instanceof OutOfBudget) || isSpent(own.around)) throw error;
    return otherwise(own.expired ? 'time' : 'steps');
  } finally {
    budget = own.around;
  }
}

function isSpent(one: Budget | undefined): boolean {
  for (let each = one; each; each = each.around) if (each.expired ? each.expired() : each.left <= 0) return true;
  return false;
}

/** Counts steps of work. Throws `OutOfBudget` if a current budget is exhausted. */
export function spend(steps = 1): void {
  for (let each = budget; each; each = each.around) {
    if ((each.left -= steps) > 0) continue;
    if (!each.expired || each.expired()) throw new OutOfBudget();
    each.left = STEPS_BETWEEN;
  }
}
