/**
 * The engine's two entry points. `gather` says what else has to be read; `analyze` judges what was read. Both are pure and
 * synchronous: everything they look at is in the snapshot.
 */
import type { Snapshot, Wanted } from '../base/snapshot.ts';
import type { Analysis, AnalysisOptions } from './analysis.ts';
import type { ParseCache } from './parse-cache.ts';

/** What the snapshot lacks so that its named documents can be judged. Call again until nothing is wanted. */
export function gather(snapshot: Snapshot, cache: ParseCache): readonly Wanted[] {
  throw new Error(`not built: ${snapshot.named.length} ${cache.size}`);
}

export function analyze(snapshot: Snapshot, options: AnalysisOptions, cache: ParseCache): Analysis {
  throw new Error(`not built: ${snapshot.named.length} ${options.profile} ${cache.size}`);
}
