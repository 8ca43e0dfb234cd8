/** What reporters of `lint` receive, and what several of them need of it. */
import { flatMap } from '../../base/flat-map.ts';
import type { Certainty, Finding } from '../../model/finding.ts';
import { compareSeverities } from '../../model/severity.ts';
import type { ReportFlags } from '../formats.ts';
import { activeFindings, type LintedFile, type Outcome } from '../lint.ts';
import { Places, regionOf, type Region } from '../places.ts';
import { shownUri } from '../shown-path.ts';

/** What a run of `lint` found. */
export interface LintReport extends ReportFlags {
  readonly outcome: Outcome;
  /** The inputs, for users. */
  readonly named: string;
  /** The minimum certainty. */
  readonly certainty: Certainty;
  /** The folder to which paths in reports for CI systems are relative: that of the repository. */
  readonly base: string;
  /** Whether reports for programs are without suppressed findings. */
  readonly excludeSuppressed?: boolean;
}

/** The outcome for programs, which can be without suppressed findings. */
export function programOutcome({ outcome, excludeSuppressed = false }: LintReport): Outcome {
  return excludeSuppressed ? withoutSuppressed(outcome) : outcome;
}

/** An outcome without its suppressed findings. */
export function withoutSuppressed(outcome: Outcome): Outcome {
  const files = outcome.files.map((file) => {
    const findings = activeFindings(file.document);
    return findings === file.document.findings ? file : { ...file, document: { ...file.document, findings } };
  });
  return { ...outcome, files };
}

/** A finding with its file, path and region. */
export interface LocatedFinding {
  readonly finding: Finding;
  readonly file: LintedFile;
  /** The path of its document, relative to the base of the report. */
  readonly path: string;
  readonly region: Region;
}

/** The findings of a report, the suppressed ones too, in the order of the files. */
export function placedFindings({ outcome, base }: Pick<LintReport, 'outcome' | 'base'>): readonly LocatedFinding[] {
  return flatMap(outcome.files, (file) => {
    const places = new Places(file);
    return file.document.findings.map((finding) => ({
      finding,
      file,
      path: shownUri(finding.at.doc, base),
      region: regionOf(finding.at, places),
    }));
  });
}

/** The most severe first, and certain before possible; otherwise in the given order. */
export function bySeverity(a: Pick<LocatedFinding, 'finding'>, b: Pick<LocatedFinding, 'finding'>): number {
  return (
    compareSeverities(a.finding.severity, b.finding.severity) ||
    Number(a.finding.certainty === 'possible') - Number(b.finding.certainty === 'possible')
  );
}

/** The severity of a finding, with its certainty if it is possible only. */
export function gradeOf({ severity, certainty }: Pick<Finding, 'severity' | 'certainty'>): string {
  return certainty === 'possible' ? `${severity}, possible` : severity;
}
