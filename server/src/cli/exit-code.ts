import { SEVERITIES, type Severity } from '../model/finding.ts';
import type { Outcome } from './lint.ts';
import { EXIT, type Exit } from './world.ts';

/**
 * What a run ends with: 2 when something could not be read, 1 for a certain finding of at least this severity or a syntax
 * problem in a file of ours, else 0. Possible findings never fail a run.
 */
export function exitCode({ files, failures, configurationFaults }: Outcome, failOn: Severity): Exit {
  if (failures.length > 0 || configurationFaults.length > 0) return EXIT.unusable;
  const fails = files.some(({ document: { format, findings, problems } }) =>
    findings.some((finding) => finding.certainty === 'certain' && SEVERITIES.indexOf(finding.severity) <= SEVERITIES.indexOf(failOn))
    || (format !== 'none' && problems.some((problem) => problem.kind === 'syntax')));
  return fails ? EXIT.findings : EXIT.clean;
}
