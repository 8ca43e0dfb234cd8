import { commands, languages, QuickPickItemKind, Uri, window, workspace, type QuickPickItem } from 'vscode';
import { l10n } from './l10n.ts';
import { rulePicks, type FoundRules, type RulePick } from './rule-picks.ts';

/** Searches rules, as they are configured for a document; undefined if the server does not run. */
export type FindRules = (words: string, document: Uri | undefined) => Promise<FoundRules | undefined>;

/** Shows the documentation page of a rule, which is part of the extension. Without a rule, the user chooses one. */
export async function showRule(pages: Uri, find: FindRules, rule?: unknown): Promise<void> {
  const chosen = typeof rule === 'string' ? rule : await choose(pages, find);
  if (chosen === undefined) return;
  const page = Uri.joinPath(pages, `${chosen}.md`);
  try {
    await commands.executeCommand('markdown.showPreview', page);
  } catch {
    // The editor has no Markdown preview.
    await window.showTextDocument(page);
  }
}

type Item = QuickPickItem & Pick<RulePick, 'rule' | 'search'>;

/**
 * Resolves to the id of the chosen rule. The server searches, so its matches are shown whether or not their labels
 * match.
 */
async function choose(pages: Uri, find: FindRules): Promise<string | undefined> {
  const here = rulesHere();
  const document = window.activeTextEditor?.document.uri;
  const list = window.createQuickPick<Item>();
  list.placeholder = l10n.t('Search rules by ID, title, keyword, resource type or the ID of another tool');
  let last = 0;
  const show = async (words: string): Promise<void> => {
    const turn = ++last;
    const found = await find(words, document);
    const picks = rulePicks(found ? words : '', found ?? (await rulesIn(pages)), here);
    if (turn === last) list.items = picks.map((pick) => itemOf(pick, found !== undefined));
  };
  list.onDidChangeValue((words) => void show(words));
  list.show();
  await show('');
  const chosen = await new Promise<string | undefined>((resolve) => {
    list.onDidAccept(() => {
      const [item] = list.selectedItems;
      if (item?.rule !== undefined) return resolve(item.rule);
      if (item?.search === undefined) return;
      list.value = item.search;
      void show(item.search);
    });
    list.onDidHide(() => resolve(undefined));
  });
  list.dispose();
  return chosen;
}

function itemOf({ label, description, detail, heading, rule, search }: RulePick, alwaysShow: boolean): Item {
  if (heading) return { label, kind: QuickPickItemKind.Separator };
  return {
    label,
    alwaysShow,
    ...(description === undefined ? {} : { description }),
    ...(detail === undefined ? {} : { detail }),
    ...(rule === undefined ? {} : { rule }),
    ...(search === undefined ? {} : { search }),
  };
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

/** The rules that have a page, without their titles, for when the server does not run. */
async function rulesIn(pages: Uri): Promise<FoundRules> {
  const entries = await workspace.fs.readDirectory(pages);
  return {
    rules: entries
      .map(([name]) => name)
      .filter((name) => /^[a-z].*\.md$/.test(name))
      .map((name) => ({ id: name.slice(0, -'.md'.length) }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
}
