import { flatMap } from '../base/flat-map.ts';
import type { Problem } from '../model/finding.ts';
import { isAtLeast } from '../model/severity.ts';
import type { Outcome } from './lint.ts';
import { EXIT, type Exit } from './world.ts';

/**
 * The exit code of a run: 130 if it was interrupted, 2 if a file could not be read or a rule failed, 1 for more than
 * `most` certain findings of at least the severity that fails a run, a syntax error or a document that AWS rejects,
 * else
 * 0. Possible and suppressed findings do not count.
 */
export function exitCode({ files, failures, unchecked, configurationFaults }: Outcome, most = 0): Exit {
  if (unchecked.length > 0) return EXIT.interrupted;
  const has = (...kinds: readonly Problem['kind'][]): boolean =>
    files.some(
      ({ document: { format, problems } }) => format !== 'none' && problems.some(({ kind }) => kinds.includes(kind)),
    );
  if (failures.length > 0 || configurationFaults.length > 0 || has('internal')) return EXIT.unusable;
  const failing = flatMap(files, ({ failOn, document: { findings } }) =>
    findings.filter(
      ({ certainty, severity, suppressed }) =>
        !suppressed && certainty === 'certain' && (failOn === 'new' || isAtLeast(severity, failOn)),
    ),
  );
  return failing.length > most || has('syntax', 'document') ? EXIT.findings : EXIT.clean;
}
