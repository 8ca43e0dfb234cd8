import type { Uri } from '../base/span.ts';
import type { Incomplete } from './analysis.ts';
import type { Documents } from './documents.ts';

/** The files that cannot be read, with the reason. */
export function refusals(documents: Documents, files: readonly Uri[]): readonly Incomplete[] {
  return files.flatMap((doc) => {
    const answer = documents.snapshot.file(doc);
    return answer?.kind === 'refused' ? [{ doc, reason: answer.reason }] : [];
  });
}
