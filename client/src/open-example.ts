import { Uri, window, workspace } from 'vscode';
import { EXAMPLES } from './examples.ts';
import { l10n } from './l10n.ts';

/** Opens an example as a new document, which can be edited and is not saved. Without its id, the user chooses one. */
export async function openExample(extension: Uri, id: unknown): Promise<void> {
  const example =
    EXAMPLES.find((each) => each.id === id) ??
    (await window.showQuickPick(EXAMPLES, { title: l10n.t('Open Example'), placeHolder: l10n.t('Select a format') }));
  if (!example) return;
  const file = await workspace.fs.readFile(Uri.joinPath(extension, example.path));
  const document = await workspace.openTextDocument({
    language: example.language,
    content: new TextDecoder().decode(file),
  });
  await window.showTextDocument(document);
}
