import type { Reader } from '../base/snapshot.ts';
import type { Uri } from '../base/span.ts';
import type { AnalysisOptions } from './analysis.ts';

/** The number of times that documents are fixed and looked at again. */
export const MAX_PASSES = 10;

export interface FixedDocuments {
  /** The new text of each document that changed. */
  readonly texts: ReadonlyMap<Uri, string>;
  readonly passes: number;
  /** How many findings were fixed, by document. */
  readonly fixed: ReadonlyMap<Uri, number>;
}

/** Carries out every safe fix of the named documents, looking at the result again until nothing is left to fix. */
export function fixAll(reader: Reader, named: readonly Uri[], options: AnalysisOptions): FixedDocuments {
  throw new Error(`not built: ${named.length} ${options.profile} ${typeof reader}`);
}
