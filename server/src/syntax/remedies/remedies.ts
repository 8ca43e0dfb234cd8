/** Remedies: possible causes of a YAML syntax error, and changes that get the parser further. */
import { tooDeep } from './depth.ts';
import { conflictMarkers, templateTags, unprintable } from './foreign.ts';
import { keysWithoutColon } from './keys.ts';
import { brokenLines, outdented, tabs } from './layout.ts';
import type { Lines } from './lines.ts';
import { isEffective, type ReadingError, type Remedy } from './remedy.ts';
import { brackets, quotes } from './unclosed.ts';
import { wholeLines } from './whole-lines.ts';
import { loneDashes, words } from './words.ts';

/**
 * The remedies for an error in trial order: certain ones before guesses, small losses before large ones. Omitting a
 * non-empty line is always possible.
 */
export function* remedies(lines: Lines, fault: ReadingError): Generator<Remedy> {
  for (const source of SOURCES) {
    for (const remedy of source(lines, fault)) if (isEffective(lines.text, remedy)) yield remedy;
  }
}

const SOURCES: readonly ((lines: Lines, fault: ReadingError) => Iterable<Remedy>)[] = [
  unprintable,
  tooDeep,
  conflictMarkers,
  templateTags,
  brokenLines,
  outdented,
  tabs,
  loneDashes,
  words,
  keysWithoutColon,
  quotes,
  brackets,
  wholeLines,
];
