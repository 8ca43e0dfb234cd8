import { LineIndex } from '../base/line-index.ts';
import type { Reader } from '../base/snapshot.ts';
import type { Uri } from '../base/span.ts';
import { nameOf } from '../base/uri.ts';
import type { Links } from '../hover/explanation/markdown.ts';
import type { Session } from './session.ts';
import { rangeNow, type Shift } from './shift.ts';
import { identity } from './uri.ts';

/**
 * Links to lines in editors and to rule pages. Places in `doc` are named by line only.
 * @param shift How the text of `doc` has changed since the places were found.
 */
export function linksOf({ documents, rulePages }: Session, reader: Reader, doc: Uri, shift?: Shift): Links {
  const indexes = new Map<Uri, LineIndex>();
  const linesOf = (other: Uri): LineIndex => {
    const answer = indexes.has(other) ? undefined : reader.file(other);
    const index = indexes.get(other) ?? new LineIndex(answer?.kind === 'text' ? answer.text : '');
    indexes.set(other, index);
    return index;
  };
  return {
    place: (at) => {
      const { start } = shift && at.doc === doc ? rangeNow(shift, at) : at;
      const line = linesOf(at.doc).positionAt(start).line + 1;
      return {
        text: at.doc === doc ? `line ${line}` : `${nameOf(at.doc)}, line ${line}`,
        href: `${documents.clientUri(identity(at.doc))}#L${line}`,
      };
    },
    page: (rule) => (rulePages === undefined ? undefined : `${rulePages}/${rule}.md`),
  };
}
