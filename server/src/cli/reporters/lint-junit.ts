/**
 * The report as JUnit XML: a test suite for each file, a failed test for each finding, a skipped one for each
 * suppressed finding, and a passed one for a file without findings.
 */
import { flatMap } from '../../base/flat-map.ts';
import { resolve } from 'node:path';
import { inert } from '../../base/inert.ts';
import { groupedBy } from '../../base/groups.ts';
import type { Problem } from '../../model/finding.ts';
import type { Suppressed } from '../../model/suppression.ts';
import { notFullyChecked, type LintedFile } from '../lint.ts';
import { Places } from '../places.ts';
import { shownPath, shownUri } from '../shown-path.ts';
import { gradeOf, placedFindings, programOutcome, type LintReport, type LocatedFinding } from './lint-report.ts';
import { messageOf } from '../finding-message.ts';
import { regionOf } from '../places.ts';
import { reportedFiles } from '../lint.ts';
import type { Writer } from './reporter.ts';

export const lintJunit: Writer<LintReport> = { report: (report, { cwd }) => junitReport(report, cwd) };

type Result = 'passed' | 'failure' | 'error' | 'skipped';

interface Case {
  readonly name: string;
  readonly line?: number;
  readonly result: Result;
  readonly type?: string;
  readonly message?: string;
  readonly details?: string;
}

interface Suite {
  readonly path: string;
  readonly cases: readonly Case[];
}

function junitReport(report: LintReport, cwd: string): string {
  const suites = suitesOf(report, cwd);
  const all = flatMap(suites, ({ cases }) => cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'stackwarden', ...countsOf(all), time: 0 })}>`,
    ...flatMap(suites, suiteLines),
    '</testsuites>',
    '',
  ].join('\n');
}

function suitesOf(report: LintReport, cwd: string): readonly Suite[] {
  const { base } = report;
  const outcome = programOutcome(report);
  const findings = groupedBy(placedFindings({ outcome, base }), ({ file }) => file);
  const pathOf = (path: string): string => shownPath(resolve(cwd, path), base);
  const failed = new Set(outcome.failures.map(({ path }) => path));
  const checked = reportedFiles(outcome)
    .filter(({ path }) => !failed.has(path))
    .map((file): Suite => {
      const cases = [...problemCases(file), ...(findings.get(file) ?? []).map(findingCase)];
      return { path: shownUri(file.document.doc, base), cases: cases.length > 0 ? cases.map(numbered()) : [PASSED] };
    });
  return [
    ...outcome.failures.map(({ path, reason }): Suite => ({
      path: pathOf(path),
      cases: [{ name: 'Unreadable file', result: 'error', type: 'unreadable', message: `${path} ${reason}.` }],
    })),
    ...outcome.configurationFaults.map(({ path, problem, text }): Suite => ({
      path: pathOf(path),
      cases: [
        {
          name: 'Configuration problem',
          line: regionOf(problem.at, new Places({ textOf: () => text })).line,
          result: 'error',
          type: 'configuration',
          message: problem.message,
        },
      ],
    })),
    ...checked,
    ...notFullyChecked(outcome).map(({ path, reason }): Suite => ({
      path: pathOf(path),
      cases: [{ name: 'Incomplete results', result: 'skipped', message: reason }],
    })),
  ];
}

const PASSED: Case = { name: 'No findings', result: 'passed' };

/** The name has no line, because CI systems compare names to tell which failures are new. */
function findingCase({ finding, path, region }: LocatedFinding): Case {
  const { rule, resource, path: property, suppressed } = finding;
  const subject = [resource ?? '', property].filter((part) => part !== '').join(' ');
  const common = { name: subject === '' ? rule : `${rule}: ${subject}`, line: region.line };
  const message = messageOf(finding);
  const details = `${path}:${region.line}:${region.column}: ${message}`;
  return suppressed
    ? { ...common, result: 'skipped', message: suppressionSentence(suppressed) }
    : finding.certainty === 'possible'
      ? { ...common, result: 'skipped', message: `${message} (${gradeOf(finding)})` }
      : { ...common, result: 'failure', type: gradeOf(finding), message, details };
}

/** Numbers tests of the same name: `rule: Resource`, `rule: Resource (2)`. */
function numbered(): (one: Case) => Case {
  const seen = new Map<string, number>();
  return (one) => {
    const number = (seen.get(one.name) ?? 0) + 1;
    seen.set(one.name, number);
    return number === 1 ? one : { ...one, name: `${one.name} (${number})` };
  };
}

function suppressionSentence({ kind, reason }: Suppressed): string {
  if (kind === 'baseline') return 'In the baseline';
  return `Suppressed by ${kind === 'configuration' ? 'the configuration' : kind === 'comment' ? 'a comment' : 'metadata'}${reason === undefined ? '' : `: ${reason}`}`;
}

const PROBLEMS: Readonly<Record<Problem['kind'], { readonly name: string; readonly result: Result }>> = {
  syntax: { name: 'Syntax error', result: 'failure' },
  document: { name: 'Document problem', result: 'failure' },
  internal: { name: 'Internal error', result: 'error' },
};

function problemCases(file: LintedFile): readonly Case[] {
  const places = new Places(file);
  return file.document.problems.map(({ kind, message, at }) => {
    const { line, column } = regionOf(at, places);
    return {
      ...PROBLEMS[kind],
      line,
      type: kind,
      message,
      details: `${file.path}:${line}:${column}: ${inert(message)}`,
    };
  });
}

function countsOf(cases: readonly Case[]): Readonly<Record<string, number>> {
  const count = (wanted: Result): number => cases.filter(({ result }) => result === wanted).length;
  return { tests: cases.length, failures: count('failure'), errors: count('error'), skipped: count('skipped') };
}

function suiteLines({ path, cases }: Suite): readonly string[] {
  return [
    `  <testsuite${attributes({ name: path, ...countsOf(cases), time: 0 })}>`,
    ...flatMap(cases, (one) => caseLines(one, path)),
    '  </testsuite>',
  ];
}

function caseLines({ name, line, result, type, message = '', details }: Case, path: string): readonly string[] {
  const start = `    <testcase${attributes({ name, classname: path, file: path, line, time: 0 })}`;
  if (result === 'passed') return [`${start}/>`];
  const tag = `<${result}${attributes({ message, type })}`;
  return [
    `${start}>`,
    `      ${details === undefined ? `${tag}/>` : `${tag}>${escaped(details)}</${result}>`}`,
    '    </testcase>',
  ];
}

function attributes(given: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(given)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
]);

/** Text of one line without the characters that XML does not allow. https://www.w3.org/TR/xml/#charsets */
function escaped(text: string): string {
  return inert(text)
    .replaceAll(/[\p{Cs}\u{FFFE}\u{FFFF}]/gu, '')
    .replaceAll(/[&<>"']/g, (character) => ENTITIES.get(character)!);
}
