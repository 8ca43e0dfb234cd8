/**
 * The result of an analysis for one document, with lines instead of offsets. It is plain data, because results are kept
 * for long: anything that is computed later would keep the trees and values of the analysis in memory
 * (`recent-fixes.ts`).
 */
import type { Location, Range, TextEdit } from 'vscode-languageserver';
import { LineIndex } from '../base/line-index.ts';
import type { Span, Uri } from '../base/span.ts';
import { nameOf } from '../base/uri.ts';
import type { Analysis } from '../engine/analysis.ts';
import type { SeenInputs } from '../formats/format.ts';
import type { Impact } from '../model/edit.ts';
import type { Finding, LoweredFix, Problem, Profile } from '../model/finding.ts';
import type { Format } from '../model/format.ts';
import type { Suppressed } from '../model/suppression.ts';
import { inScenario } from '../model/scenario.ts';
import type { FileFixes } from './recent-fixes.ts';
import type { SuppressedFindings } from './settings.ts';
import { identity } from './uri.ts';

export interface FileResult {
  readonly doc: Uri;
  readonly format: Format;
  /** Why this format was detected, or none: a clause for users. */
  readonly reason: string;
  /** The profile of the analysis. */
  readonly profile: Profile;
  readonly findings: readonly FileFinding[];
  readonly problems: readonly FileProblem[];
  /** Why findings may be missing: clauses for users. */
  readonly incomplete: readonly string[];
  /** For a template: the values and the scenario that it was checked with. */
  readonly inputs?: SeenInputs;
  /** For a template: its nested templates. */
  readonly nested?: readonly Uri[];
  /** All documents and folders that the result depends on, including itself. */
  readonly dependencies: ReadonlySet<Uri>;
  /** The documents that could include it. */
  readonly leading: ReadonlySet<Uri>;
}

/**
 * A `Finding` of one document in the terms of the protocol, with lines instead of offsets. It becomes a `Diagnostic`.
 */
export interface FileFinding extends Pick<
  Finding,
  'rule' | 'severity' | 'certainty' | 'message' | 'fingerprint' | 'tag' | 'at' | 'resource' | 'valueText'
> {
  readonly range: Range;
  /** What suppresses the finding, which is shown faded and does not count. */
  readonly suppressedBy?: Suppressed['kind'];
  readonly related: readonly { readonly location: Location; readonly message: string }[];
}

export interface FileFix {
  readonly title: string;
  readonly safe: boolean;
  /** Set if its deployment can replace or interrupt a resource. */
  readonly impact?: Impact;
  readonly edits: DocumentEdits;
}

/** Edits by document. Edits of one document do not overlap. */
export type DocumentEdits = ReadonlyMap<Uri, readonly TextEdit[]>;

export interface FileProblem {
  readonly kind: Problem['kind'];
  readonly message: string;
  readonly range: Range;
  readonly fixes: readonly FileFix[];
}

/** The result of a document that is not checked, with the reason. */
export function emptyResult(
  doc: Uri,
  reason: string,
  profile: Profile,
  dependencies: ReadonlySet<Uri> = new Set(),
): FileResult {
  return {
    doc,
    format: 'none',
    reason,
    profile,
    findings: [],
    problems: [],
    incomplete: [],
    dependencies: new Set([doc, ...dependencies]),
    leading: new Set(),
  };
}

/** Whether a document has a supported format. */
export function isRecognized({ format }: FileResult): boolean {
  return format !== 'none';
}

/** What a file result needs besides the analysis. */
export interface ResultContext {
  /** The text of a document in the analysis. */
  text(doc: Uri): string;
  readonly profile: Profile;
  /** Whether a problem is reported. */
  reported(problem: Problem): boolean;
  readonly suppressedFindings: SuppressedFindings;
  /** Dependencies of all documents, besides those of the analysis. */
  readonly dependencies: ReadonlySet<Uri>;
  /** The documents that could include them. */
  readonly leading: ReadonlySet<Uri>;
  /** Receives the fixes of each result. */
  keepFixes(judged: FileResult, fixes: FileFixes): void;
}

/** Converts an analysis to lines. */
export function fileResults(analysis: Analysis, context: ResultContext): readonly FileResult[] {
  const indexes = new Map<Uri, LineIndex>();
  const lines = (doc: Uri): LineIndex => {
    const index = indexes.get(doc) ?? new LineIndex(context.text(doc));
    indexes.set(doc, index);
    return index;
  };
  return analysis.documents.map(({ doc, format, reason, findings, problems, inputs, nested }) => {
    const fixable = fixableFindings(shownFindings(findings, context.suppressedFindings), lines);
    const judged: FileResult = {
      doc: identity(doc),
      format,
      reason,
      profile: context.profile,
      findings: [...fixable.keys()],
      problems: problems.filter(context.reported).map((problem) => fileProblem(problem, lines)),
      incomplete: incompleteOf(doc, analysis),
      ...(inputs ? { inputs } : {}),
      ...(nested ? { nested: nested.map(identity) } : {}),
      dependencies: new Set([
        identity(doc),
        ...context.dependencies,
        ...[...(analysis.dependencies.get(doc) ?? [])].map(identity),
      ]),
      leading: context.leading,
    };
    context.keepFixes(judged, fixable);
    return judged;
  });
}

/** Findings, with their fixes. */
export function fixableFindings(findings: readonly Finding[], lines: (doc: Uri) => LineIndex): FileFixes {
  return new Map(
    findings.map((finding) => [
      fileFinding(finding, lines),
      { fixes: () => finding.fixes.map((fix) => fileFix(fix, lines)), refused: () => finding.refused },
    ]),
  );
}

/** The findings that an editor shows. */
export function shownFindings(findings: readonly Finding[], suppressed: SuppressedFindings): readonly Finding[] {
  return suppressed === 'fade' ? findings : findings.filter((finding) => !finding.suppressed);
}

/** Incomplete parts of a document or of its dependencies, which are named. */
function incompleteOf(doc: Uri, { incomplete, dependencies }: Analysis): readonly string[] {
  return incomplete
    .filter((each) => each.doc === doc || dependencies.get(doc)?.has(each.doc))
    .map((each) => (each.doc === doc ? `it ${each.reason}` : `${nameOf(each.doc)} ${each.reason}`));
}

/** A problem with lines instead of offsets. `lines` gives the line index of a document. */
export function fileProblem({ kind, message, at, repairs }: Problem, lines: (doc: Uri) => LineIndex): FileProblem {
  return { kind, message, range: lines(at.doc).range(at), fixes: repairs?.().map((fix) => fileFix(fix, lines)) ?? [] };
}

function fileFinding(finding: Finding, lines: (doc: Uri) => LineIndex): FileFinding {
  const { rule, severity, certainty, fingerprint, tag, at, resource } = finding;
  const location = (at: Span): Location => ({ uri: identity(at.doc), range: lines(at.doc).range(at) });
  return {
    rule,
    severity,
    certainty,
    fingerprint,
    ...(tag ? { tag } : {}),
    at,
    resource,
    valueText: finding.valueText,
    message: inScenario(finding.message, finding.when),
    ...(finding.suppressed ? { suppressedBy: finding.suppressed.kind } : {}),
    range: lines(finding.at.doc).range(finding.at),
    related: finding.related.map((place) => ({ location: location(place.at), message: place.message })),
  };
}

function fileFix({ title, safe, impact, edits }: LoweredFix, lines: (doc: Uri) => LineIndex): FileFix {
  const byDocument = new Map<Uri, TextEdit[]>();
  for (const { doc, range, newText } of edits) {
    const known = byDocument.get(identity(doc)) ?? [];
    known.push({ range: lines(doc).range(range), newText });
    byDocument.set(identity(doc), known);
  }
  return { title, safe, ...(impact ? { impact } : {}), edits: byDocument };
}
