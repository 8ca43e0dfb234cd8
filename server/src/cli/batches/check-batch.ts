/** Checks a batch of files of a group, on any thread. */
import { collectRequested, requestCollection } from '../../host/garbage.ts';
import { flatMap } from '../../base/flat-map.ts';
import { unrecorded } from '../../base/reads.ts';
import type { Reader } from '../../base/snapshot.ts';
import type { Uri } from '../../base/span.ts';
import type { Steps } from '../../base/steps.ts';
import type { Analysis, DocumentAnalysis } from '../../engine/analysis.ts';
import type { ParseCache } from '../../engine/parse-cache.ts';
import { running } from '../../engine/run.ts';
import type { EntryUse } from '../../engine/suppressing.ts';
import type { Incomplete } from '../../formats/format.ts';
import type { Group } from '../lint.ts';
import type { World } from '../world.ts';
import type { Batch } from './batches.ts';
import { plainDocument } from './plain-analysis.ts';

/** The result of a batch. It is plain data. */
export interface BatchResult {
  /** One for each file of the batch. */
  readonly files: readonly CheckedFile[];
  readonly incomplete: readonly Incomplete[];
  readonly entryUse: EntryUse;
  /** Pairs of files of the group; the first of each pair depends on the second. */
  readonly links: readonly (readonly [from: number, to: number])[];
}

export interface CheckedFile {
  readonly document: DocumentAnalysis;
  /** Why the file was refused, or why a named file has no content. */
  readonly reason?: string;
  /** Set if the run was interrupted before it was checked. */
  readonly isUnchecked?: true;
}

/** The result of a batch; undefined if it is interrupted before anything is checked. */
export function* checkingBatch(
  { reader, files, options, used }: Group,
  batch: Batch,
  cache: ParseCache,
  { interrupted }: Pick<World, 'interrupted'>,
): Steps<BatchResult | undefined> {
  if (interrupted?.()) return undefined;
  const steps = running(
    reader,
    batch.map((index) => files[index]!.uri),
    { ...options, released: requestCollection, ...(interrupted ? { stopped: interrupted } : {}) },
    cache,
  );
  for (;;) {
    // A run checks each document once.
    const step = unrecorded(() => steps.next());
    collectRequested();
    if (step.done) {
      const analysis = step.value;
      return unrecorded(() => resultOf(analysis, { reader, files, batch, used }));
    }
    if (step.value.stage === 'reading' && interrupted?.()) return undefined;
    yield step.value;
  }
}

function resultOf(
  { documents, incomplete, unchecked, entryUse, dependencies }: Analysis,
  { reader, files, batch, used }: Pick<Group, 'reader' | 'files' | 'used'> & { readonly batch: Batch },
): BatchResult {
  return {
    files: documents.map((document, position) => {
      const { uri, explicit } = files[batch[position]!]!;
      const reason = reader.refusal(uri) ?? (explicit ? nothingIn(document, reader) : undefined);
      return {
        document: plainDocument(document, used),
        ...(reason === undefined ? {} : { reason }),
        ...(unchecked.has(uri) ? { isUnchecked: true } : {}),
      };
    }),
    incomplete,
    entryUse,
    links: linksIn(dependencies, files),
  };
}

/** The pairs of files of a group, as indexes; the first of each pair depends on the second. */
export function linksIn(
  dependencies: Analysis['dependencies'],
  files: Group['files'],
): readonly (readonly [from: number, to: number])[] {
  const indexes = new Map(files.map(({ uri }, index) => [uri, index]));
  return flatMap([...dependencies], ([doc, all]) => {
    const from = indexes.get(doc)!;
    return flatMap([...all], (other) => {
      const to = indexes.get(other);
      return to === undefined || to === from ? [] : [[from, to] as const];
    });
  });
}

/** Why a named file has no content; undefined if it has, or if its format allows that it has none. */
function nothingIn({ doc, format }: DocumentAnalysis, reader: Reader): string | undefined {
  if (format !== 'none') return undefined;
  const answer = reader.head(doc);
  if (answer.kind === 'missing') return 'does not exist';
  return answer.kind === 'text' && answer.text.trim() === '' ? 'is empty' : undefined;
}

/** The texts of the documents that reports show: those of the findings and problems of a result. */
export function shownTexts({ files }: BatchResult, reader: Group['reader']): ReadonlyMap<Uri, string> {
  const docs = new Set<Uri>();
  for (const { document } of files) {
    for (const { at } of document.problems) docs.add(at.doc);
    for (const { at, related, fixes, suppressed } of document.findings) {
      docs.add(at.doc);
      for (const one of related) docs.add(one.at.doc);
      for (const { edits } of fixes) for (const { doc } of edits) docs.add(doc);
      if (suppressed?.at) docs.add(suppressed.at.doc);
    }
  }
  return new Map([...docs].map((doc) => [doc, reader.text(doc)]));
}
