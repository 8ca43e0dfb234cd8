import { setTimeout as pause } from 'node:timers/promises';

/** Long, because a machine may be busy; no test waits for longer than it has to. */
const LIMIT_MS = 45_000;

/**
 * Asks again and again until there is an answer. What is asked may fail until then; when the time is up, the last
 * failure is in the error.
 */
export async function until<T>(what: string, probe: () => Promise<T> | T): Promise<NonNullable<T>> {
  const limit = Date.now() + LIMIT_MS;
  for (;;) {
    const outcome = await attempt(probe);
    if ('answer' in outcome && outcome.answer !== undefined && outcome.answer !== null && outcome.answer !== false)
      return outcome.answer;
    if (Date.now() > limit)
      throw new Error(`${what}: it did not happen`, 'failure' in outcome ? { cause: outcome.failure } : undefined);
    await pause(50);
  }
}

/** Waits until an assertion holds; when the time is up, it fails as the assertion does, with its difference. */
export async function eventually(assertion: () => Promise<void> | void): Promise<void> {
  const limit = Date.now() + LIMIT_MS;
  for (;;) {
    const outcome = await attempt(assertion);
    if (!('failure' in outcome)) return;
    if (Date.now() > limit) throw outcome.failure;
    await pause(50);
  }
}

async function attempt<T>(
  probe: () => Promise<T> | T,
): Promise<{ readonly answer: T } | { readonly failure: unknown }> {
  try {
    return { answer: await probe() };
  } catch (failure) {
    return { failure };
  }
}
