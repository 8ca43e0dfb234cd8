/** The stacks of analysis runs that go on, and of the last two that finished, so that a hover does not repeat them. */
import { isConfigurationFile } from '../base/configuration-file.ts';
import type { Uri } from '../base/span.ts';
import { folderOf, nameOf } from '../base/uri.ts';
import type { AnalyzedStacks, FinishedStacks } from '../engine/analyzed-stacks.ts';
import { shiftBetween, type Shift } from '../base/shift.ts';

/** The maximum number of runs whose stacks are kept, because a stack keeps everything that was evaluated. */
const MOST = 2;

/** The stacks of a document, and how its text has changed since. */
export interface RecentStacks {
  readonly stacks: FinishedStacks;
  readonly shift: Shift;
}

interface Kept<Stacks> {
  readonly docs: Set<Uri>;
  readonly stacks: Stacks;
}

export class RecentStacksCache {
  /** The last one comes first. */
  #kept: readonly Kept<FinishedStacks>[] = [];
  /** Those that are built and not checked yet. */
  #built: readonly Kept<AnalyzedStacks>[] = [];

  /** Keeps the stacks of an analysis of some documents, instead of those of earlier ones. */
  keep(docs: readonly Uri[], stacks: FinishedStacks): void {
    for (const doc of docs) this.forget(doc);
    this.#kept = [{ docs: new Set(docs), stacks }, ...this.#kept].slice(0, MOST);
  }

  /** Keeps the stacks of a running analysis of some documents, until it ends. */
  keepBuilt(docs: readonly Uri[], stacks: AnalyzedStacks): void {
    this.#built = [{ docs: new Set(docs), stacks }, ...this.#built];
  }

  /** Called when the analysis of built stacks ended. */
  drop(built: AnalyzedStacks): void {
    this.#built = this.#built.filter(({ stacks }) => stacks !== built);
  }

  forget(doc: Uri): void {
    for (const { docs } of this.#all()) docs.delete(doc);
    this.#clean();
  }

  /**
   * Called when a document changed. Its own stacks before the change are still useful; those of other documents that
   * depend on it are wrong.
   * @param listed Whether it was created or deleted.
   */
  changed(doc: Uri, listed: boolean): void {
    for (const { docs, stacks } of this.#all()) {
      const { snapshot } = stacks.documents;
      const isRead = snapshot.file(doc) !== undefined || (listed && snapshot.folder(folderOf(doc)) !== undefined);
      if (isRead || isConfigurationFile(nameOf(doc)))
        for (const other of [...docs]) if (other !== doc) docs.delete(other);
    }
    this.#clean();
  }

  forgetAll(): void {
    this.#kept = [];
    this.#built = [];
  }

  #all(): readonly Kept<AnalyzedStacks>[] {
    return [...this.#kept, ...this.#built];
  }

  #clean(): void {
    this.#kept = this.#kept.filter(({ docs }) => docs.size > 0);
    this.#built = this.#built.filter(({ docs }) => docs.size > 0);
  }

  /** The stacks of a running analysis of a document in which it has a text; undefined if they are not built. */
  built(doc: Uri, text: string): AnalyzedStacks | undefined {
    const stacks = this.#built.find(({ docs }) => docs.has(doc))?.stacks;
    const read = stacks?.documents.snapshot.file(doc);
    return read?.kind === 'text' && read.text === text ? stacks : undefined;
  }

  /** The stacks of the last analysis of a document. */
  last(doc: Uri): FinishedStacks | undefined {
    return this.#kept.find(({ docs }) => docs.has(doc))?.stacks;
  }

  /** The stacks of the last analysis of a document that has a text now; undefined if there are none. */
  of(doc: Uri, text: string): RecentStacks | undefined {
    const stacks = this.last(doc);
    const before = stacks?.documents.snapshot.file(doc);
    return stacks && before?.kind === 'text' ? { stacks, shift: shiftBetween(before.text, text) } : undefined;
  }
}
