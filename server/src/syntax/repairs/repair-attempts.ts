/** Remedies: possible causes of a YAML syntax error, and changes that get the parser further. */
import { tooDeep } from './depth.ts';
import { conflictMarkers, templateTags, unprintable } from './foreign.ts';
import { keysWithoutColon } from './keys.ts';
import { brokenLines, outdented, tabs } from './layout.ts';
import type { Lines } from './lines.ts';
import { isEffective, type ReadingError, type RepairAttempt } from './repair-attempt.ts';
import { brackets, quotes } from './unclosed.ts';
import { wholeLines } from './whole-lines.ts';
import { loneDashes, words } from './words.ts';

/**
 * The repairs for an error in trial order: certain ones before guesses, small losses before large ones. Omitting a
 * non-empty line is always possible.
 */
export function* repairAttempts(lines: Lines, fault: ReadingError): Generator<RepairAttempt> {
  for (const source of SOURCES) {
    for (const repair of source(lines, fault)) if (isEffective(lines.text, repair)) yield repair;
  }
}

const SOURCES: readonly ((lines: Lines, fault: ReadingError) => Iterable<RepairAttempt>)[] = [
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
