import { flatMap } from '../base/flat-map.ts';
import type { Uri } from '../base/span.ts';
import type { DocumentReader, Incomplete } from './format.ts';

/** The files that cannot be read, with the reason. */
export function refusals(documents: DocumentReader, files: readonly Uri[]): readonly Incomplete[] {
  return flatMap(files, (doc) => {
    const answer = documents.snapshot.file(doc);
    return answer?.kind === 'refused' ? [{ doc, reason: answer.reason }] : [];
  });
}
