/**
 * The time that a request may take. The core has no clock: an edge gives it a question that is true once the time is over. Work that can be long counts its steps by
 * `spend`, which asks that question now and then and ends the work when there is no time left. The core is synchronous, so the budget in force can be kept here and need
 * not be handed through every function that a document can make slow.
 */

/** Ends what is under way because its outcome is of no use any more. What isolates failures (`isolation.ts`) passes it on. */
export class Interrupted extends Error {}

/** The time of a request is over before its work is done. */
export class OutOfBudget extends Interrupted {
  constructor() {
    super('The time for this request is over.');
  }
}

/** Whether the time is over. */
export type Expired = () => boolean;

/** The number of steps between two questions whether the time is over. */
const STEPS_BETWEEN = 512;

let expired: Expired | undefined;
let left = STEPS_BETWEEN;

/** Carries out work within a budget, and gives what `otherwise` says when the budget is spent. Without a budget it is carried out whole. */
export function withinBudget<T>(budget: Expired | undefined, work: () => T, otherwise: () => T): T {
  if (!budget) return work();
  const around = expired;
  expired = around ? () => around() || budget() : budget;
  try {
    return work();
  } catch (error) {
    if (error instanceof OutOfBudget) return otherwise();
    throw error;
  } finally {
    expired = around;
  }
}

/** Counts steps of work. Throws `OutOfBudget` when a budget is in force and spent. */
export function spend(steps = 1): void {
  if (!expired || (left -= steps) > 0) return;
  left = STEPS_BETWEEN;
  if (expired()) throw new OutOfBudget();
}

/** A budget of so many steps, for what is made of an outcome once the time is over. */
export function steps(most: number): Expired {
  let asked = 0;
  return () => ++asked * STEPS_BETWEEN > most;
}
