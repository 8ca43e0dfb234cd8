import type { Diagnostic } from 'vscode-languageserver';
import { DiagnosticSeverity, DiagnosticTag } from './protocol.ts';
import { fingerprintOf } from '../base/hash.ts';
import type { FindingTag } from '../model/finding.ts';
import { severityTraits, type SeverityTraits } from '../model/severity.ts';
import { isRecognized, type FileResult, type FileFinding, type FileProblem } from './file-result.ts';
import type { Session } from './session.ts';

const SOURCE = 'stackwarden';

/** The data of a diagnostic by which it is identified when the client returns it. */
interface DiagnosticData {
  readonly fingerprint: string;
}

/** The recipient of diagnostics. */
export type Audience = Pick<Session, 'client' | 'documents' | 'rulePages'>;

const DIAGNOSTICS: Readonly<Record<SeverityTraits['diagnostic'], DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const TAGS: Readonly<Record<FindingTag, DiagnosticTag>> = {
  unnecessary: DiagnosticTag.Unnecessary,
  deprecated: DiagnosticTag.Deprecated,
};

/** The diagnostics of a document, as far as the client supports them. */
export function diagnosticsOf(judged: FileResult, session: Audience): Diagnostic[] {
  return [
    ...judged.problems
      .filter(({ kind }) => kind !== 'internal')
      .map((problem) => problemDiagnostic(problem, isRecognized(judged))),
    ...judged.findings.map((finding) => findingDiagnostic(finding, session)),
  ];
}

/** A finding as a diagnostic. A possible or suppressed finding is a hint, whatever its severity. */
export function findingDiagnostic(finding: FileFinding, { client, documents, rulePages }: Audience): Diagnostic {
  const { rule, message, range, fingerprint, related } = finding;
  const data: DiagnosticData = { fingerprint };
  const tags = tagsOf(finding).filter((tag) => client.diagnosticTags.includes(tag));
  return {
    range,
    message,
    source: SOURCE,
    code: rule,
    severity:
      finding.suppressedBy || finding.certainty === 'possible'
        ? DiagnosticSeverity.Hint
        : DIAGNOSTICS[severityTraits(finding.severity).diagnostic],
    ...(client.codeDescription && rulePages !== undefined
      ? { codeDescription: { href: `${rulePages}/${rule}.md` } }
      : {}),
    ...(client.relatedInformation && related.length > 0
      ? {
          relatedInformation: related.map(({ location, message }) => ({
            location: { ...location, uri: documents.clientUri(location.uri) },
            message,
          })),
        }
      : {}),
    ...(tags.length > 0 ? { tags } : {}),
    ...(client.diagnosticData ? { data } : {}),
  };
}

/** A suppressed finding is faded whatever it marks. */
function tagsOf({ suppressedBy, tag }: FileFinding): readonly DiagnosticTag[] {
  return [...new Set([...(suppressedBy ? [DiagnosticTag.Unnecessary] : []), ...(tag ? [TAGS[tag]] : [])])];
}

/** A problem that AWS or Terraform rejects is an error; a problem in a Stackwarden configuration is a warning. */
export function problemDiagnostic({ kind, message, range }: FileProblem, recognized: boolean): Diagnostic {
  const severity = kind === 'syntax' || recognized ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;
  return { range, message, source: SOURCE, code: kind, severity };
}

/** Whether a diagnostic that the client returned is the one of a finding. */
export function isDiagnosticOf(diagnostic: Diagnostic, finding: FileFinding): boolean {
  if (diagnostic.source !== SOURCE || diagnostic.code !== finding.rule) return false;
  const fingerprint: unknown = (diagnostic.data as Partial<DiagnosticData> | undefined)?.fingerprint;
  if (typeof fingerprint === 'string') return fingerprint === finding.fingerprint;
  const { start, end } = diagnostic.range;
  return (
    start.line === finding.range.start.line &&
    start.character === finding.range.start.character &&
    end.line === finding.range.end.line &&
    end.character === finding.range.end.character
  );
}

/** An id of a list of diagnostics, equal for equal lists. */
export function diagnosticsId(diagnostics: readonly Diagnostic[]): string {
  return fingerprintOf(JSON.stringify(diagnostics));
}
