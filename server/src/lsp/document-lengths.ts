import type { Uri } from '../base/span.ts';
import type { Session } from './session.ts';

/** The lengths of open documents in UTF-16 code units, on which the memory depends that the server needs. */
export interface DocumentLengths {
  /** That of the largest one. */
  readonly largest: number;
  /** That of the largest one whose first analysis since it was opened is running; 0 if there is none. */
  readonly first: number;
}

/** Calls a function when the lengths can have changed. */
export function followLengths({ documents, results }: Session, changed: (lengths: DocumentLengths) => void): void {
  /** The documents that were not analyzed since they were opened. */
  const opened = new Set<Uri>();
  const running = new Set<Uri>();
  const tell = (): void => {
    const first = [...running].map((doc) => documents.get(doc)?.text.length ?? 0);
    changed({ largest: documents.largest(), first: Math.max(0, ...first) });
  };

  documents.onDidChange(({ doc, what }) => {
    if (what === 'opened') opened.add(doc);
    else if (what === 'closed') opened.delete(doc);
    tell();
  });
  results.onDidStart((docs) => {
    const first = docs.filter((doc) => opened.has(doc));
    for (const doc of first) running.add(doc);
    if (first.length > 0) tell();
  });
  results.onDidJudge(({ doc }) => void opened.delete(doc));
  results.onDidEnd((docs) => {
    if (docs.filter((doc) => running.delete(doc)).length > 0) tell();
  });
}
