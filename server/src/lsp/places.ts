/** Places of documents in lines, as clients know them. */
import type { Range } from 'vscode-languageserver';
import { LineIndex } from '../base/line-index.ts';
import type { Reader } from '../base/snapshot.ts';
import type { Span, Uri } from '../base/span.ts';
import type { Session } from './session.ts';
import { rangeNow, type Shift } from '../base/shift.ts';
import { identity } from './uri.ts';

/** A place in a document, as the client names it. */
export interface ClientLocation {
  readonly uri: string;
  readonly range: Range;
}

/**
 * Converts places of documents, each of which is read once.
 * @param shift How the text of `doc` has changed since the places were found.
 */
export function clientLocations(
  { documents }: Session,
  reader: Reader,
  doc: Uri,
  shift?: Shift,
): (at: Span) => ClientLocation {
  const indexes = new Map<Uri, LineIndex>();
  const linesOf = (other: Uri): LineIndex => {
    const answer = indexes.has(other) ? undefined : reader.file(other);
    const index = indexes.get(other) ?? new LineIndex(answer?.kind === 'text' ? answer.text : '');
    indexes.set(other, index);
    return index;
  };
  return (at) => ({
    uri: documents.clientUri(identity(at.doc)),
    range: linesOf(at.doc).range(shift && at.doc === doc ? rangeNow(shift, at) : at),
  });
}
