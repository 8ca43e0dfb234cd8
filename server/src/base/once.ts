/** Lazily computed, memoized values. What the computation reads (`reads.ts`) is noted again with each use. */
import { noteAll, noting, type Reads } from './reads.ts';

/**
 * A function that calls `work` on its first call and returns that result from then on. If `work` throws, the next call
 * tries again.
 */
export function once<T>(work: () => T): () => T {
  // Released when it is done, with all that it needed.
  let todo: (() => T) | undefined = work;
  let result: T;
  let reads: Reads | undefined;
  return () => {
    if (todo) {
      ({ result, reads } = noting(todo));
      todo = undefined;
    } else noteAll(reads);
    return result;
  };
}
