import { flatMap } from '../base/flat-map.ts';
import type { DocumentAnalysis } from '../engine/analysis.ts';
import type { Certainty, Finding } from '../model/finding.ts';
import { SEVERITIES } from '../model/severity.ts';
import type { Outcome } from './lint.ts';
import { activeFindings, reportedFiles } from './lint.ts';

/** A summary of a run. `named` describes the inputs, `certainty` is the minimum certainty of reported findings. */
export function summaryOf(outcome: Outcome, named: string, certainty: Certainty): string {
  const { files, failures, unchecked } = outcome;
  const ours = checkedFiles(files);
  // Standard error states why each named file, and each file that cannot be read, was not checked.
  if (ours.length === 0 && (files.length > 0 || failures.length > 0 || unchecked.length > 0))
    return 'No files were checked.';
  if (ours.length === 0) return nothingRecognized(named);
  const notes = `${acceptedIn(ours)}${scenarioNote(ours)}`;
  // Configuration files can have findings about suppressions.
  const reported = reportedFiles(outcome);
  const findings = flatMap(reported, ({ document }) => activeFindings(document));
  const broken = ours.filter(({ document }) => document.problems.some((problem) => problem.kind === 'syntax')).length;
  const syntax = broken === 0 ? '' : ` ${count(broken, 'file')} could not be fully parsed because of syntax errors.`;
  const problems = problemsIn(ours.map(({ document }) => document));
  if (findings.length === 0) return `No findings in ${count(ours.length, 'file')}.${problems}${syntax}${notes}`;
  const affected = reported.filter(({ document }) => activeFindings(document).length > 0).length;
  return `${count(findings.length, 'finding')} in ${someFiles(affected, reported.length)}: ${severityCounts(findings)}.${possible(findings)}${problems}${syntax}${fixable(findings)}${notes}${certainty === 'certain' ? MORE : ''}`;
}

/** `3 files`, or `2 of 3 files`. */
export function someFiles(affected: number, all: number): string {
  return affected === all ? count(affected, 'file') : `${affected} of ${count(all, 'file')}`;
}

/** The numbers of suppressed findings, as a sentence on its own line. */
function acceptedIn(files: Outcome['files']): string {
  const sentence = acceptedSentence(flatMap(files, ({ document }) => document.findings));
  return sentence === '' ? '' : `\n${sentence}`;
}

/** `3 findings are suppressed and 12 are in the baseline.`, or an empty string. */
export function acceptedSentence(findings: readonly Finding[]): string {
  const accepted = flatMap(findings, ({ suppressed }) => suppressed?.kind ?? []);
  const baseline = accepted.filter((kind) => kind === 'baseline').length;
  const are = (number: number): string => (number === 1 ? 'is' : 'are');
  const clauses = [[accepted.length - baseline, 'suppressed'] as const, [baseline, 'in the baseline'] as const].filter(
    ([number]) => number > 0,
  );
  return clauses.length === 0
    ? ''
    : `${clauses
        .map(([number, how], index) => `${index === 0 ? count(number, 'finding') : number} ${are(number)} ${how}`)
        .join(' and ')}.`;
}

/** The files that have a supported format. */
export function checkedFiles(files: Outcome['files']): Outcome['files'] {
  return files.filter(({ document }) => document.format !== 'none');
}

/** The scenario that was checked, if it was limited. */
function scenarioNote(files: Outcome['files']): string {
  const terms = new Set(
    flatMap(files, ({ document }) => document.inputs?.scenario.map(({ name, value }) => `${name} is ${value}`) ?? []),
  );
  return terms.size === 0 ? '' : `\nChecked only the scenario where ${[...terms].join(' and ')}.`;
}

/** The number of document problems. */
function problemsIn(documents: readonly DocumentAnalysis[]): string {
  const wrong = documents
    .map(({ problems }) => problems.filter(({ kind }) => kind === 'document').length)
    .filter((number) => number > 0);
  return wrong.length === 0
    ? ''
    : ` ${count(
        wrong.reduce((sum, number) => sum + number, 0),
        'problem',
      )} in ${count(wrong.length, 'file')}.`;
}

const MORE = '\nUse --certainty possible to include findings that depend on unknown values.';

function nothingRecognized(named: string): string {
  return `No CloudFormation, SAM, Terraform, plan or IAM policy files found in ${named}.`;
}

/** `1 critical, 2 high`. */
export function severityCounts(findings: readonly Finding[]): string {
  return SEVERITIES.map((severity) => ({
    severity,
    number: findings.filter((finding) => finding.severity === severity).length,
  }))
    .filter(({ number }) => number > 0)
    .map(({ severity, number }) => `${number} ${severity}`)
    .join(', ');
}

function possible(findings: readonly Finding[]): string {
  const number = findings.filter((finding) => finding.certainty === 'possible').length;
  return number === 0 ? '' : number === 1 ? ' One is possible, not certain.' : ` ${number} are possible, not certain.`;
}

function fixable(findings: readonly Finding[]): string {
  const safe = findings.filter((finding) => finding.fixes.some((fix) => fix.safe)).length;
  const suggested = findings.filter((finding) => finding.fixes.length > 0).length - safe;
  const parts = [
    ...(safe > 0 ? [`${safe} can be fixed with --fix`] : []),
    ...(suggested > 0
      ? [
          `${safe > 0 ? `${suggested} more` : suggested} ${suggested === 1 ? 'has a suggested fix' : 'have suggested fixes'}, available in an editor`,
        ]
      : []),
  ];
  return parts.length === 0 ? '' : `\n${parts.join(', ')}.`;
}

/** `1 file`, `2 files`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
