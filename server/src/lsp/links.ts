import type { Reader } from '../base/snapshot.ts';
import type { Span, Uri } from '../base/span.ts';
import { nameOf } from '../base/uri.ts';
import type { Links } from '../hover/explanation/markdown.ts';
import { clientLocations } from './places.ts';
import type { Session } from './session.ts';
import type { Shift } from '../base/shift.ts';

/**
 * Links to lines in editors and to rule pages. Places in `doc` are named by line only.
 * @param shift How the text of `doc` has changed since the places were found.
 * @param linked Called with each place that is linked.
 */
export function linksOf(
  session: Session,
  reader: Reader,
  doc: Uri,
  shift?: Shift,
  linked: (at: Span) => void = () => undefined,
): Links {
  const placeOf = clientLocations(session, reader, doc, shift);
  const { rulePages } = session;
  return {
    place: (at) => {
      linked(at);
      const { uri, range } = placeOf(at);
      const line = range.start.line + 1;
      return { text: at.doc === doc ? `line ${line}` : `${nameOf(at.doc)}, line ${line}`, href: `${uri}#L${line}` };
    },
    page: (rule) => (rulePages === undefined ? undefined : `${rulePages}/${rule}.md`),
  };
}
