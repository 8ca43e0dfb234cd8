/** What an analysis said of one document, with lines instead of offsets. */
import type { Location, Range, TextEdit } from 'vscode-languageserver';
import { LineIndex } from '../base/line-index.ts';
import type { Span, Uri } from '../base/span.ts';
import { nameOf } from '../base/uri.ts';
import type { Analysis, SeenInputs } from '../engine/analysis.ts';
import type { Certainty, Finding, LoweredFix, Problem, Profile, Severity } from '../model/finding.ts';
import type { Format } from '../model/resource.ts';
import { inScenario } from '../model/scenario.ts';
import { identity } from './uri.ts';

export interface FileResult {
  readonly doc: Uri;
  readonly format: Format;
  /** Why it was recognised as that, or why not: a clause for people. */
  readonly reason: string;
  /** How much was asked for. */
  readonly profile: Profile;
  readonly findings: readonly FileFinding[];
  readonly problems: readonly FileProblem[];
  /** What was not seen, so that findings may be missing: clauses for people. */
  readonly incomplete: readonly string[];
  /** For a template: what was seen of it from outside. */
  readonly inputs?: SeenInputs;
  /** For a template: the templates of the stacks within it. */
  readonly nested?: readonly Uri[];
  /** Every document and folder on which this may depend, itself included. */
  readonly dependencies: ReadonlySet<Uri>;
  /** The documents within which it was looked for. */
  readonly leading: ReadonlySet<Uri>;
}

export interface FileFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly certainty: Certainty;
  readonly message: string;
  readonly fingerprint: string;
  readonly range: Range;
  readonly related: readonly { readonly location: Location; readonly message: string }[];
  /** Worked out when first asked for. */
  fixes(): readonly JudgedFix[];
}

export interface JudgedFix {
  readonly title: string;
  readonly safe: boolean;
  readonly edits: DocumentEdits;
}

/** Edits by document. Those of one document do not overlap. */
export type DocumentEdits = ReadonlyMap<Uri, readonly TextEdit[]>;

export interface FileProblem {
  readonly kind: Problem['kind'];
  readonly message: string;
  readonly range: Range;
}

/** A document of which there is nothing to say, and why. */
export function nothingOn(
  doc: Uri,
  reason: string,
  profile: Profile,
  looked: ReadonlySet<Uri> = new Set(),
): FileResult {
  return {
    doc,
    format: 'none',
    reason,
    profile,
    findings: [],
    problems: [],
    incomplete: [],
    dependencies: new Set([doc, ...looked]),
    leading: new Set(),
  };
}

/** Whether a document is one of ours. */
export function isRecognised({ format }: FileResult): boolean {
  return format !== 'none';
}

/** What an analysis looked at. */
export interface Looked {
  /** The text of a document as the analysis saw it. */
  text(doc: Uri): string;
  readonly profile: Profile;
  /** Whether a problem is reported here. */
  reported(problem: Problem): boolean;
  /** What each of the documents depends on, besides what the analysis says of it. */
  readonly dependencies: ReadonlySet<Uri>;
  /** The documents within which they were looked for. */
  readonly leading: ReadonlySet<Uri>;
  /**
   * Whether fixes will be asked for. Those of a document that is not open are given up, because as long as they can be
   * worked out everything that was read is kept.
   */
  fixable(doc: Uri): boolean;
}

/** Puts an analysis into lines. */
export function judged(analysis: Analysis, looked: Looked): readonly FileResult[] {
  const indexes = new Map<Uri, LineIndex>();
  const lines = (doc: Uri): LineIndex => {
    const index = indexes.get(doc) ?? new LineIndex(looked.text(doc));
    indexes.set(doc, index);
    return index;
  };
  return analysis.documents.map(({ doc, format, reason, findings, problems, inputs, nested }) => ({
    doc: identity(doc),
    format,
    reason,
    profile: looked.profile,
    findings: findings.map((finding) => judgedFinding(finding, lines, looked.fixable(identity(doc)))),
    problems: problems.filter(looked.reported).map((problem) => judgedProblem(problem, lines)),
    incomplete: incompleteOf(doc, analysis),
    ...(inputs ? { inputs } : {}),
    ...(nested ? { nested: nested.map(identity) } : {}),
    dependencies: new Set([
      identity(doc),
      ...looked.dependencies,
      ...[...(analysis.dependencies.get(doc) ?? [])].map(identity),
    ]),
    leading: looked.leading,
  }));
}

/** What was not seen of a document or of what it depends on, which is named then. */
function incompleteOf(doc: Uri, { incomplete, dependencies }: Analysis): readonly string[] {
  return incomplete
    .filter((each) => each.doc === doc || dependencies.get(doc)?.has(each.doc))
    .map((each) => (each.doc === doc ? `it ${each.reason}` : `${nameOf(each.doc)} ${each.reason}`));
}

export function judgedProblem({ kind, message, at }: Problem, lines: (doc: Uri) => LineIndex): FileProblem {
  return { kind, message, range: lines(at.doc).range(at) };
}

function judgedFinding(finding: Finding, lines: (doc: Uri) => LineIndex, fixable: boolean): FileFinding {
  const { rule, severity, certainty, fingerprint } = finding;
  const location = (at: Span): Location => ({ uri: identity(at.doc), range: lines(at.doc).range(at) });
  return {
    rule,
    severity,
    certainty,
    fingerprint,
    // An editor shows the scenario nowhere else.
    message: inScenario(finding.message, finding.when),
    range: lines(finding.at.doc).range(finding.at),
    related: finding.related.map((place) => ({ location: location(place.at), message: place.message })),
    fixes: fixable ? () => finding.fixes.map((fix) => judgedFix(fix, lines)) : noFixes,
  };
}

/** It stands outside so that it holds on to nothing. */
function noFixes(): readonly JudgedFix[] {
  return [];
}

function judgedFix({ title, safe, edits }: LoweredFix, lines: (doc: Uri) => LineIndex): JudgedFix {
  const byDocument = new Map<Uri, TextEdit[]>();
  for (const { doc, range, newText } of edits) {
    const known = byDocument.get(identity(doc)) ?? [];
    known.push({ range: lines(doc).range(range), newText });
    byDocument.set(identity(doc), known);
  }
  return { title, safe, edits: byDocument };
}
