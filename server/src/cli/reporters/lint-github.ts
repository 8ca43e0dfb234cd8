/** Annotations of lines in GitHub Actions, as workflow commands. */
import { flatMap } from '../../base/flat-map.ts';
import { resolve } from 'node:path';
import { inert } from '../../base/inert.ts';
import type { Span } from '../../base/span.ts';
import type { Finding, Problem } from '../../model/finding.ts';
import { severityTraits, type SeverityTraits } from '../../model/severity.ts';
import { partlyChecked } from '../lint.ts';
import { Places } from '../places.ts';
import { shownPath, shownUri } from '../shown-path.ts';
import { bySeverity, gradeOf, placedFindings, withoutSuppressed, type LintReport } from './lint-report.ts';
import { messageOf } from '../finding-message.ts';
import { regionOf, type Region } from '../places.ts';
import { count } from '../summary.ts';
import type { Writer } from './reporter.ts';

/**
 * The most severe findings first, because GitHub shows ten annotations of each level for a step.
 * https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export const lintGithub: Writer<LintReport> = {
  report: (report, { cwd }) =>
    [...missed(report, cwd), ...problems(report), ...findings(report)].map((line) => `${line}\n`).join(''),
};

function findings({ outcome, base }: LintReport): readonly string[] {
  return placedFindings({ outcome: withoutSuppressed(outcome), base })
    .toSorted(bySeverity)
    .map(({ finding, path, region }) =>
      annotation(levelOf(finding), messageOf(finding), {
        file: path,
        ...regionProperties(region),
        title: `${finding.rule} (${gradeOf(finding)})`,
      }),
    );
}

/** Possible findings do not fail a run, so they are notices. */
function levelOf({ certainty, severity }: Finding): SeverityTraits['annotation'] {
  return certainty === 'possible' ? 'notice' : severityTraits(severity).annotation;
}

const TITLES: Readonly<Record<Problem['kind'], string>> = {
  syntax: 'Syntax error',
  document: 'Problem',
  internal: 'Internal error',
};

function problems({ outcome: { files }, base }: LintReport): readonly string[] {
  return flatMap(
    files.filter(({ document }) => document.format !== 'none'),
    (file) => {
      const places = new Places(file);
      return file.document.problems.map(({ kind, message, at }) =>
        annotation('error', message, { ...placeProperties(at, places, base), title: TITLES[kind] }),
      );
    },
  );
}

/** What was not checked. Files that could not be read come first. */
function missed({ outcome, base }: LintReport, cwd: string): readonly string[] {
  const { failures, configurationFaults } = outcome;
  const partly = partlyChecked(outcome);
  const fileOf = (path: string): Properties => ({ file: shownPath(resolve(cwd, path), base) });
  return [
    ...failures.map(({ path, reason }) => annotation('error', `${path} ${reason}.`, fileOf(path))),
    ...configurationFaults.map(({ problem, text }) =>
      annotation('error', problem.message, {
        ...placeProperties(problem.at, new Places({ textOf: () => text }), base),
        title: 'Configuration problem',
      }),
    ),
    ...partly.map(({ path, reason }) =>
      annotation('warning', `${path}: ${reason}`, { ...fileOf(path), title: 'Incomplete results' }),
    ),
    // One annotation for all, because GitHub shows ten.
    ...(outcome.unchecked.length === 0
      ? []
      : [
          annotation('warning', `Interrupted. Not checked: ${count(outcome.unchecked.length, 'file')}.`, {
            title: 'Incomplete results',
          }),
        ]),
  ];
}

type Properties = Readonly<
  Partial<Record<'file' | 'line' | 'endLine' | 'col' | 'endColumn' | 'title', string | number>>
>;

function placeProperties(at: Span, places: Places, base: string): Properties {
  return { file: shownUri(at.doc, base), ...regionProperties(regionOf(at, places)) };
}

/** GitHub accepts columns only if a range is within a line. */
function regionProperties({ line, column, endLine, endColumn }: Region): Properties {
  return line === endLine ? { line, endLine, col: column, endColumn } : { line, endLine };
}

/** A workflow command. It is one line, so that text of documents cannot be another command. */
function annotation(level: SeverityTraits['annotation'], message: string, properties: Properties): string {
  const listed = Object.entries(properties).map(([name, value]) => `${name}=${escapedProperty(String(value))}`);
  return `::${level} ${listed.join(',')}::${escapedData(message)}`;
}

function escapedData(text: string): string {
  return inert(text).replaceAll('%', '%25');
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
