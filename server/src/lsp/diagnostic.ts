import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver';
import { fingerprintOf } from '../base/hash.ts';
import type { Severity } from '../model/finding.ts';
import { isRecognised, type FileResult, type FileFinding, type FileProblem } from './file-result.ts';
import type { Session } from './session.ts';

const SOURCE = 'stackwarden';

/** What a diagnostic carries so that it is recognised when the client sends it back. */
interface DiagnosticData {
  readonly fingerprint: string;
}

/** Whom diagnostics are for. */
export type Audience = Pick<Session, 'client' | 'documents' | 'rulePages'>;

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  critical: DiagnosticSeverity.Error,
  high: DiagnosticSeverity.Warning,
  medium: DiagnosticSeverity.Warning,
  low: DiagnosticSeverity.Information,
  info: DiagnosticSeverity.Hint,
};

/** What an editor shows of a document, in the terms that the client knows. */
export function diagnosticsOf(judged: FileResult, session: Audience): Diagnostic[] {
  return [
    ...judged.problems
      .filter(({ kind }) => kind !== 'internal')
      .map((problem) => problemDiagnostic(problem, isRecognised(judged))),
    ...judged.findings.map((finding) => findingDiagnostic(finding, session)),
  ];
}

export function findingDiagnostic(finding: FileFinding, { client, documents, rulePages }: Audience): Diagnostic {
  const { rule, message, range, fingerprint, related } = finding;
  const data: DiagnosticData = { fingerprint };
  return {
    range,
    message,
    source: SOURCE,
    code: rule,
    severity: finding.certainty === 'possible' ? DiagnosticSeverity.Hint : SEVERITIES[finding.severity],
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
    ...(client.diagnosticData ? { data } : {}),
  };
}

/** What AWS or Terraform will not read is an error; a mistake in our own configuration leaves the rest in force. */
function problemDiagnostic({ kind, message, range }: FileProblem, recognised: boolean): Diagnostic {
  const severity = kind === 'syntax' || recognised ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;
  return { range, message, source: SOURCE, code: kind, severity };
}

/** Whether a diagnostic that the client sent back is the one of a finding. */
export function isOf(diagnostic: Diagnostic, finding: FileFinding): boolean {
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

/** Tells whether two lists of diagnostics are the same, without keeping them. */
export function diagnosticsId(diagnostics: readonly Diagnostic[]): string {
  return fingerprintOf(JSON.stringify(diagnostics));
}
