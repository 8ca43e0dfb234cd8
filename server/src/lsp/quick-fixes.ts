import { flatMap } from '../base/flat-map.ts';
import type { CodeAction, Diagnostic, Range } from 'vscode-languageserver';
import { CodeActionKind } from './protocol.ts';
import { groupedBy } from '../base/groups.ts';
import { findingDiagnostic, isDiagnosticOf, problemDiagnostic } from './diagnostic.ts';
import { isRecognized, type FileFinding, type FileFix, type FileProblem, type FileResult } from './file-result.ts';
import type { FixableResult } from './recent-fixes.ts';
import type { Session } from './session.ts';
import { workspaceEdit } from './workspace-edit.ts';

/** The command of the extension that shows the page of a rule. */
const SHOW_RULE = 'stackwarden.showRule';

/**
 * The quick fixes of findings that touch a range: for each finding safe fixes first, the first of them preferred. A fix
 * of several findings is offered once. If a finding has none, the first one that is not applicable is shown as disabled
 * with its reason, to clients that support this. The pages of the rules come last, for clients that can show them.
 */
export function quickFixes(
  { judged, fixes: fixesOf }: FixableResult,
  range: Range,
  known: readonly Diagnostic[],
  session: Session,
): CodeAction[] {
  const actions = new Map<string, CodeAction>();
  const touched = judged.findings.filter((each) => rangesTouch(each.range, range));
  for (const finding of touched) {
    const fixes = fixesOf.get(finding)?.fixes() ?? [];
    const preferred = fixes.find(({ safe }) => safe);
    for (const fix of safeFirst(fixes)) {
      const edit = workspaceEdit(fix.edits, session, fix.impact);
      const key = JSON.stringify([fix.title, edit]);
      const same = actions.get(key);
      const diagnostics = [...(same?.diagnostics ?? []), diagnosticFor(finding, known, session)];
      const isPreferred = session.client.preferredCodeActions && (fix === preferred || same?.isPreferred === true);
      actions.set(key, {
        title: fix.title,
        kind: CodeActionKind.QuickFix,
        diagnostics,
        edit,
        ...(isPreferred ? { isPreferred } : {}),
      });
    }
    const [refused] =
      fixes.length === 0 && session.client.disabledCodeActions ? (fixesOf.get(finding)?.refused() ?? []) : [];
    if (refused) {
      const { title, reason } = refused;
      const key = JSON.stringify([title, reason]);
      const diagnostics = [...(actions.get(key)?.diagnostics ?? []), diagnosticFor(finding, known, session)];
      actions.set(key, { title, kind: CodeActionKind.QuickFix, diagnostics, disabled: { reason } });
    }
  }
  const repairs = flatMap(judged.problems, (problem) =>
    rangesTouch(problem.range, range) ? repairsOf(problem, judged, known, session) : [],
  );
  const offered = [...repairs, ...actions.values()];
  // VS Code hides actions that are not applicable beside others.
  const onlyReasons = offered.length > 0 && offered.every(({ disabled }) => disabled);
  return [...offered, ...(session.client.showsRules && !onlyReasons ? pagesOf(touched, known, session) : [])];
}

/** The repairs of a problem in a configuration file, the first of them preferred. */
function repairsOf(
  problem: FileProblem,
  judged: FileResult,
  known: readonly Diagnostic[],
  session: Session,
): readonly CodeAction[] {
  const own = problemDiagnostic(problem, isRecognized(judged));
  const diagnostic = known.find((each) => isSame(each, own)) ?? own;
  return problem.fixes.map(({ title, edits }, index) => ({
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    edit: workspaceEdit(edits, session),
    ...(index === 0 && session.client.preferredCodeActions ? { isPreferred: true } : {}),
  }));
}

/** Whether a diagnostic that the client returned is that of a problem. */
function isSame(known: Diagnostic, own: Diagnostic): boolean {
  return known.source === own.source && known.message === own.message && rangesTouch(known.range, own.range);
}

/** The actions that show the page of each rule. */
function pagesOf(findings: readonly FileFinding[], known: readonly Diagnostic[], session: Session): CodeAction[] {
  return [...groupedBy(findings, ({ rule }) => rule)].map(([rule, ofRule]) => {
    const title = `Show documentation of ${rule}`;
    return {
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: ofRule.map((finding) => diagnosticFor(finding, known, session)),
      command: { title, command: SHOW_RULE, arguments: [rule] },
    };
  });
}

function safeFirst(fixes: readonly FileFix[]): readonly FileFix[] {
  return [...fixes.filter(({ safe }) => safe), ...fixes.filter(({ safe }) => !safe)];
}

/** The diagnostic that the client sent for a finding, else a new one. */
export function diagnosticFor(finding: FileFinding, known: readonly Diagnostic[], session: Session): Diagnostic {
  return known.find((diagnostic) => isDiagnosticOf(diagnostic, finding)) ?? findingDiagnostic(finding, session);
}

/** Whether two ranges touch; their ends count, because a cursor is between characters. */
export function rangesTouch(a: Range, b: Range): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

function isBefore(a: Range['start'], b: Range['start']): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
