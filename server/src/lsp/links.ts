import type { Reader } from '../base/snapshot.ts';
import type { Uri } from '../base/span.ts';
import { nameOf } from '../base/uri.ts';
import type { Links } from '../hover/explanation/markdown.ts';
import { placesOf } from './places.ts';
import type { Session } from './session.ts';
import type { Shift } from './shift.ts';

/**
 * Links to lines in editors and to rule pages. Places in `doc` are named by line only.
 * @param shift How the text of `doc` has changed since the places were found.
 */
export function linksOf(session: Session, reader: Reader, doc: Uri, shift?: Shift): Links {
  const placeOf = placesOf(session, reader, doc, shift);
  const { rulePages } = session;
  return {
    place: (at) => {
      const { uri, range } = placeOf(at);
      const line = range.start.line + 1;
      return { text: at.doc === doc ? `line ${line}` : `${nameOf(at.doc)}, line ${line}`, href: `${uri}#L${line}` };
    },
    page: (rule) => (rulePages === undefined ? undefined : `${rulePages}/${rule}.md`),
  };
}
