/** The Code Quality report of GitLab. https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
import { flatMap } from '../../base/flat-map.ts';
import { fingerprintOf } from '../../base/hash.ts';
import { inert, inertJson } from '../../base/inert.ts';
import { severityTraits, type SeverityTraits } from '../../model/severity.ts';
import { Places } from '../places.ts';
import { shownUri } from '../shown-path.ts';
import { placedFindings, withoutSuppressed, type LintReport } from './lint-report.ts';
import { messageOf } from '../finding-message.ts';
import { regionOf } from '../places.ts';
import type { Writer } from './reporter.ts';

export const lintGitlab: Writer<LintReport> = {
  withoutIncomplete: true,
  report: (report) => `${inertJson(JSON.stringify([...problemsOf(report), ...findingsOf(report)].map(unique())))}\n`,
};

interface Violation {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: SeverityTraits['codeQuality'];
  readonly location: { readonly path: string; readonly lines: { readonly begin: number; readonly end: number } };
}

function findingsOf({ outcome, base }: LintReport): readonly Violation[] {
  return placedFindings({ outcome: withoutSuppressed(outcome), base }).map(({ finding, path, region }) => ({
    description: messageOf(finding),
    check_name: finding.rule,
    // Documents of the same name in different folders can have the same fingerprints.
    fingerprint: fingerprintOf(`${path}\n${finding.fingerprint}`),
    severity: severityTraits(finding.severity).codeQuality,
    location: { path, lines: { begin: region.line, end: region.endLine } },
  }));
}

const CHECKS = { syntax: 'syntax-error', document: 'document-problem', internal: 'internal-error' } as const;

function problemsOf({ outcome: { files }, base }: LintReport): readonly Violation[] {
  return flatMap(
    files.filter(({ document }) => document.format !== 'none'),
    (file) => {
      const places = new Places(file);
      return file.document.problems.map(({ kind, message, at }): Violation => {
        const path = shownUri(at.doc, base);
        const { line, endLine } = regionOf(at, places);
        return {
          description: inert(message),
          check_name: CHECKS[kind],
          fingerprint: fingerprintOf([path, kind, message].join('\n')),
          severity: 'major',
          location: { path, lines: { begin: line, end: endLine } },
        };
      });
    },
  );
}

/** Makes fingerprints unique, because GitLab shows only the first violation of each. */
function unique(): (violation: Violation) => Violation {
  const seen = new Map<string, number>();
  return (violation) => {
    const { fingerprint } = violation;
    const before = seen.get(fingerprint) ?? 0;
    seen.set(fingerprint, before + 1);
    return before === 0 ? violation : { ...violation, fingerprint: fingerprintOf(`${fingerprint}\n${before}`) };
  };
}
