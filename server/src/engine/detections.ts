import { isolated } from '../base/isolation.ts';
import type { Uri } from '../base/span.ts';
import { endsStep, finished, type Progress, type Steps } from '../base/steps.ts';
import type { Detection } from '../formats/format.ts';
import { traitsOf } from '../model/format.ts';
import type { ReadingOptions } from './analysis.ts';
import type { Documents } from './documents.ts';
import { stepping } from './stepping.ts';

/** The formats of the named documents and of documents that include them, as far as their beginnings were read. */
export function detections(documents: Documents, options: ReadingOptions): ReadonlyMap<Uri, Detection> {
  return finished(detecting(documents, options));
}

/** Does `detections` in steps. */
export function* detecting(documents: Documents, { leading = [] }: ReadingOptions): Steps<ReadonlyMap<Uri, Detection>> {
  const found = new Map<Uri, Detection>();
  const { named } = documents.snapshot;
  for (const [index, doc] of named.entries()) {
    // The beginnings of all files are requested together, so either none or all are read.
    const progress: Progress = { stage: 'reading', done: found.size === 0 ? 0 : named.length, total: named.length };
    yield* stepping({ documents: [doc] }, documents.detecting(doc), () => progress);
    const detection = detectionOf(documents, doc);
    if (detection) found.set(doc, detection);
    if (endsStep(index)) yield progress;
  }
  for (const doc of leading) {
    const detection = found.has(doc) ? undefined : detectionOf(documents, doc);
    if (detection && traitsOf(detection.format)?.includes) found.set(doc, detection);
  }
  return found;
}

/** The format of a document. If detection throws, the document is not supported, and others are not affected. */
function detectionOf(documents: Documents, doc: Uri): Detection | undefined {
  return isolated(
    () => ({ doc, start: 0, end: 0 }),
    () => documents.detection(doc),
    () => ({ format: 'none', reason: 'evaluating it failed', language: 'json' }),
  );
}
