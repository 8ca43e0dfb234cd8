/**
 * The fixes of findings, which are computed on first use. They keep everything that an analysis read and built in
 * memory, so they are kept of few documents, and apart from the results.
 */
import type { CancellationToken } from 'vscode-languageserver';
import type { Uri } from '../base/span.ts';
import type { RefusedFix } from '../model/finding.ts';
import type { FileFinding, FileFix, FileResult } from './file-result.ts';
import type { Session } from './session.ts';

/** The fixes of one finding. */
export interface FindingFixes {
  /** Computed on first use. */
  fixes(): readonly FileFix[];
  /** The fixes that are not applicable, with their reasons. Computed on first use. */
  refused(): readonly RefusedFix[];
}

/** The fixes of the findings of one result. */
export type FileFixes = ReadonlyMap<FileFinding, FindingFixes>;

/** The maximum number of documents whose fixes are kept: those that are visible side by side. */
const MOST_DOCUMENTS = 3;

/** The fixes of the documents that were analyzed or requested last. */
export class RecentFixes {
  /** The least recently used document comes first. */
  readonly #held = new Map<Uri, { readonly judged: FileResult; readonly fixes: FileFixes }>();

  keep(judged: FileResult, fixes: FileFixes): void {
    this.#held.delete(judged.doc);
    this.#held.set(judged.doc, { judged, fixes });
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= MOST_DOCUMENTS) break;
      this.#held.delete(oldest);
    }
  }

  /** The fixes of a result; undefined if they are not kept. */
  of(judged: FileResult): FileFixes | undefined {
    const held = this.#held.get(judged.doc);
    if (held?.judged !== judged) return undefined;
    this.keep(judged, held.fixes);
    return held.fixes;
  }

  forget(docs: Iterable<Uri>): void {
    for (const doc of docs) this.#held.delete(doc);
  }
}

/** A result with the fixes of its findings. */
export interface FixableResult {
  readonly judged: FileResult;
  readonly fixes: FileFixes;
}

const NO_FIXES: FileFixes = new Map();

/**
 * The result of a document with its fixes, for which an open document is analyzed again if they are not kept. Fixes of
 * closed documents cannot be requested, nor those of a result of which none are `needed`.
 */
export async function fixableResult(
  { documents, results, fixes }: Pick<Session, 'documents' | 'results' | 'fixes'>,
  doc: Uri,
  token: CancellationToken,
  needed: (judged: FileResult) => boolean,
): Promise<FixableResult> {
  const judged = await results.of(doc, token);
  if (!documents.has(doc) || !needed(judged)) return { judged, fixes: NO_FIXES };
  const kept = fixes.of(judged);
  if (kept) return { judged, fixes: kept };
  const again = await results.again(doc, token);
  return { judged: again, fixes: fixes.of(again) ?? NO_FIXES };
}
