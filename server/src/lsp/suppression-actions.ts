import type { CodeAction, Diagnostic, Range, TextDocumentEdit } from 'vscode-languageserver';
import { CodeActionKind } from './protocol.ts';
import { LineIndex } from '../base/line-index.ts';
import type { SuppressionOffer } from '../engine/suppression-offers.ts';
import type { FileFinding, FileResult } from './file-result.ts';
import { diagnosticFor, rangesTouch } from './quick-fixes.ts';
import type { Session } from './session.ts';
import { identity, isFile } from './uri.ts';

/**
 * The quick fixes that suppress the findings that touch a range, after the fixes and never preferred. The user writes
 * the reason: in a snippet where the client supports it, else in the place of a word.
 */
export async function suppressionActions(
  judged: FileResult,
  range: Range,
  known: readonly Diagnostic[],
  session: Session,
): Promise<CodeAction[]> {
  const findings = judged.findings.filter((finding) => canBeSuppressed(finding) && rangesTouch(finding.range, range));
  if (findings.length === 0 || !isFile(judged.doc)) return [];
  const [engine, { reader, root }, settings] = await Promise.all([
    session.world.engine(),
    session.place(judged.doc),
    session.settings(judged.doc),
  ]);
  const { configuration } = engine.configuration(reader, judged.doc, root, settings).options;
  const actions = new Map<string, CodeAction>();
  for (const finding of findings) {
    for (const offer of engine.suppressions(reader, root, configuration, { ...finding, format: judged.format })) {
      if (offer.creates && !session.client.createsFiles) continue;
      const edit = suppressionEdit(offer, session);
      const key = JSON.stringify([offer.title, edit]);
      const diagnostics = [...(actions.get(key)?.diagnostics ?? []), diagnosticFor(finding, known, session)];
      actions.set(key, { title: offer.title, kind: CodeActionKind.QuickFix, diagnostics, edit });
    }
  }
  return [...actions.values()];
}

/** A finding of the baseline can be suppressed with a reason, which takes it out of the baseline. */
function canBeSuppressed({ suppressedBy }: FileFinding): boolean {
  return suppressedBy === undefined || suppressedBy === 'baseline';
}

function suppressionEdit(offer: SuppressionOffer, { client, documents }: Session): NonNullable<CodeAction['edit']> {
  const doc = identity(offer.doc);
  const uri = documents.clientUri(doc);
  const lines = new LineIndex(offer.text);
  if (!client.documentChanges)
    return { changes: { [uri]: [{ range: lines.range(offer.range), newText: offer.newText }] } };
  const edits = client.snippetEdits && offer.reason ? [snippetEdit(offer, lines)] : [plainEdit(offer, lines)];
  const change: TextDocumentEdit = { textDocument: { uri, version: documents.get(doc)?.version ?? null }, edits };
  return {
    documentChanges: offer.creates ? [{ kind: 'create', uri, options: { ignoreIfExists: true } }, change] : [change],
  };
}

function plainEdit({ range, newText }: SuppressionOffer, lines: LineIndex): TextDocumentEdit['edits'][number] {
  return { range: lines.range(range), newText };
}

/**
 * A snippet with the reason as a placeholder. It begins at the start of a line, so that editors do not indent its other
 * lines further.
 */
function snippetEdit(
  { text, range, newText, reason }: SuppressionOffer,
  lines: LineIndex,
): TextDocumentEdit['edits'][number] {
  const { start } = lines.line(text, lines.positionAt(range.start).line);
  const { start: from, end: to } = reason!;
  const before = text.slice(start, range.start) + newText.slice(0, from);
  const value = `${escaped(before)}\${1:${escaped(newText.slice(from, to))}}${escaped(newText.slice(to))}`;
  return { range: lines.range({ start, end: range.end }), snippet: { kind: 'snippet', value } };
}

/**
 * Text of a snippet.
 * https://microsoft.github.io/language-server-protocol/specifications/lsp/3.18/specification/#snippet_syntax
 */
function escaped(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
