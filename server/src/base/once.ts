/** Lazily computed, memoized values. What the computation reads (`reads.ts`) is noted again with each use. */
import { noteAll, noting, type Reads } from './reads.ts';

export function once<T>(work: () => T): () => T {
  let done: { readonly result: T; readonly reads: Reads | undefined } | undefined;
  return () => {
    if (done) noteAll(done.reads);
    else done = noting(work);
    return done.result;
  };
}
