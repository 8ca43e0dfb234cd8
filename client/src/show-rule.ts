import { commands, languages, QuickPickItemKind, Uri, window, workspace, type QuickPickItem } from 'vscode';

/** Shows the page of a rule, which is part of the extension. Without a rule, it lets one choose, those of the active document first. */
export async function showRule(pages: Uri, rule?: unknown): Promise<void> {
  const chosen = typeof rule === 'string' ? rule : await choose(pages);
  if (chosen === undefined) return;
  const page = Uri.joinPath(pages, `${chosen}.md`);
  try {
    await commands.executeCommand('markdown.showPreview', page);
  } catch {
    // The editor has no preview of Markdown.
    await window.showTextDocument(page);
  }
}

async function choose(pages: Uri): Promise<string | undefined> {
  const here = rulesHere();
  const others = (await rulesIn(pages)).filter((rule) => !here.includes(rule));
  const items: QuickPickItem[] = [
    ...(here.length > 0 ? [{ label: 'In this document', kind: QuickPickItemKind.Separator }] : []),
    ...here.map((label) => ({ label })),
    { label: 'All rules', kind: QuickPickItemKind.Separator },
    ...others.map((label) => ({ label })),
  ];
  return (await window.showQuickPick(items, { placeHolder: 'Which rule?' }))?.label;
}

/** The rules of the findings in the active document, those at the cursor first. */
function rulesHere(): readonly string[] {
  const editor = window.activeTextEditor;
  if (!editor) return [];
  const ours = languages
    .getDiagnostics(editor.document.uri)
    .filter(({ source, code }) => source === 'stackwarden' && typeof code === 'object');
  const atCursor = ours.filter(({ range }) => range.intersection(editor.selection));
  return [
    ...new Set([...atCursor, ...ours].map(({ code }) => String((code as { readonly value: string | number }).value))),
  ];
}

async function rulesIn(pages: Uri): Promise<readonly string[]> {
  const entries = await workspace.fs.readDirectory(pages);
  return entries
    .map(([name]) => name)
    .filter((name) => /^[a-z].*\.md$/.test(name))
    .map((name) => name.slice(0, -'.md'.length))
    .sort();
}
