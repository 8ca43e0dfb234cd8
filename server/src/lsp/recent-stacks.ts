/** The stacks of the last analysis of a document, so that a hover does not repeat them. */
import type { Uri } from '../base/span.ts';
import type { FinishedStacks } from '../engine/analyzed-stacks.ts';
import type { Shift } from './shift.ts';
import { shiftBetween } from './shift.ts';

/** The maximum number of documents whose stacks are kept, because a stack keeps everything that was evaluated. */
const MOST = 2;

/** The stacks of a document, and how its text has changed since. */
export interface RecentStacks {
  readonly stacks: FinishedStacks;
  readonly shift: Shift;
}

export class RecentAnalyses {
  readonly #held = new Map<Uri, FinishedStacks>();

  /** Keeps the stacks of the analysis of one document. */
  keep(doc: Uri, stacks: FinishedStacks): void {
    this.#held.delete(doc);
    this.#held.set(doc, stacks);
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= MOST) break;
      this.#held.delete(oldest);
    }
  }

  forget(doc: Uri): void {
    this.#held.delete(doc);
  }

  /** The stacks of the last analysis of a document that has a text now; undefined if there are none. */
  of(doc: Uri, text: string): RecentStacks | undefined {
    const stacks = this.#held.get(doc);
    const before = stacks?.documents.snapshot.file(doc);
    return stacks && before?.kind === 'text' ? { stacks, shift: shiftBetween(before.text, text) } : undefined;
  }
}
