/**
 * Budgets: limits on the work of a request or an analysis. Long-running work counts its steps with `spend`. A request
 * has a time limit: the core has no clock, so the edge provides a function that returns true once the time is over,
 * which is called periodically. An analysis has a limit on steps, so that the same content gives the same result on
 * every machine. When a budget is exhausted, the work ends with the results so far. The core is synchronous, so the
 * current budgets are kept in module state instead of being passed through every function.
 */

/** Ends what is under way because its outcome is of no use any more. What isolates failures (`isolation.ts`) passes it on. */
export class Interrupted extends Error {}

/** A budget is spent before the work is done. */
export class OutOfBudget extends Interrupted {
  constructor() {
    super('The time budget is exhausted.');
  }
}

/** Whether the time is over. */
export type Expired = () => boolean;

/** The number of steps between two questions whether the time is over. */
const STEPS_BETWEEN = 512;

/** A budget in force, and the one around it, which is spent as well. */
interface Budget {
  left: number;
  /** Undefined for a number of steps. */
  readonly expired: Expired | undefined;
  readonly around: Budget | undefined;
}

let budget: Budget | undefined;

/**
 * Carries out work within a time, and gives what `otherwise` says when it is over. Without a time it is applied whole.
 */
export function withinBudget<T>(expired: Expired | undefined, work: () => T, otherwise: () => T): T {
  return expired ? within({ left: STEPS_BETWEEN, expired, around: budget }, work, otherwise) : work();
}

/** Carries out work within a number of steps, and gives what `otherwise` says when they are spent. */
export function withinSteps<T>(steps: number, work: () => T, otherwise: () => T): T {
  return within({ left: steps, expired: undefined, around: budget }, work, otherwise);
}

function within<T>(own: Budget, work: () => T, otherwise: () => T): T {
  budget = own;
  try {
    return work();
  } catch (error) {
    // What is spent around this work ends more than this work.
    if (!(error instanceof OutOfBudget) || isSpent(own.around)) throw error;
    return otherwise();
  } finally {
    budget = own.around;
  }
}

function isSpent(one: Budget | undefined): boolean {
  for (let each = one; each; each = each.around) if (each.expired ? each.expired() : each.left <= 0) return true;
  return false;
}

/** Counts steps of work. Throws `OutOfBudget` when a budget is in force and spent. */
export function spend(steps = 1): void {
  for (let each = budget; each; each = each.around) {
    if ((each.left -= steps) > 0) continue;
    if (!each.expired || each.expired()) throw new OutOfBudget();
    each.left = STEPS_BETWEEN;
  }
}
