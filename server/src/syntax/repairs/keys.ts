import type { Lines } from './lines.ts';
import { leaveOut, show, type ReadingError, type RepairAttempt } from './repair-attempt.ts';

/** A line that begins with a word, perhaps after dashes and tags, and has no colon that makes it a key. */
const WORD = /^((?:[ \t]|- |[!&]\S+ )*)([A-Za-z_](?:[\w.-]|::)*)(?=$|[ \t]|:[^\s:])(?!.*: )(?!.*:\s*$)/;

/** Shows the parser a colon in place of the last character of a key that has none, or no space after it. */
export function* keysWithoutColon(lines: Lines, { at }: ReadingError): Generator<RepairAttempt> {
  const line = lines.at(at);
  const above = lines.above(line);
  for (const one of new Set([line, above, lines.parent(line), lines.parent(above)])) {
    const match = one < 0 ? null : WORD.exec(lines.content(one));
    if (!match) continue;
    const start = lines.start(one) + match[1]!.length;
    const end = lines.end(one);
    const last = start + match[2]!.length - 1;
    const reported = { start, end: last + 1 };
    if (lines.text[last + 1] !== ':') {
      yield {
        ...show({ start: last, end: last + 1, by: ':' }, 'Missing colon after this key.', reported),
        halfKey: last,
      };
      continue;
    }
    if (!/\w/.test(lines.text.slice(last + 2, end)))
      yield leaveOut(lines.text, { start: last + 2, end }, 'Unexpected content after the colon.');
    yield {
      ...show({ start: last, end: last + 2, by: ': ' }, 'Missing space after this colon.', reported),
      halfKey: last,
    };
  }
}
