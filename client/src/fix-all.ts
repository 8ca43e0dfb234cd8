import { commands, Range, window, workspace, type CodeAction } from 'vscode';
import { l10n } from './l10n.ts';

const KIND = 'source.fixAll.stackwarden';

/** Applies all safe fixes of the active document as one edit, which can be undone in one step. */
export async function fixActiveDocument(): Promise<void> {
  const document = window.activeTextEditor?.document;
  if (!document) return;
  const everything = new Range(0, 0, document.lineCount, 0);
  const actions = await commands.executeCommand<CodeAction[] | undefined>(
    'vscode.executeCodeActionProvider',
    document.uri,
    everything,
    KIND,
    1,
  );
  const edit = actions?.find(({ kind }) => kind?.value === KIND)?.edit;
  if (!edit) {
    window.setStatusBarMessage(l10n.t('Stackwarden: No safe fixes available.'), 5000);
    return;
  }
  await workspace.applyEdit(edit);
}
