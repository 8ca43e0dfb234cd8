import { commands, ProgressLocation, window } from 'vscode';
import type { WorkDoneProgressBegin, WorkDoneProgressEnd, WorkDoneProgressReport } from 'vscode-languageclient/node';
import { l10n } from './l10n.ts';
import type { Server } from './server.ts';
import { countOf } from './status-text.ts';

/** The result of `stackwarden/checkWorkspace`. */
export interface CheckedWorkspace {
  readonly files: number;
  readonly findings: number;
}

export type WorkDoneProgressValue = WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd;

/** Checks all files of the workspace once, with progress, and shows the Problems panel if there are findings. */
export async function runWorkspaceCheck(server: Server): Promise<void> {
  const checked = await window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: l10n.t('Stackwarden: Checking the workspace'),
      cancellable: true,
    },
    (progress, token) => {
      let last = 0;
      return server.checkWorkspace((value) => {
        if (value.kind !== 'report') return;
        const { percentage = last, message } = value;
        progress.report({ increment: percentage - last, ...(message === undefined ? {} : { message }) });
        last = percentage;
      }, token);
    },
  );
  if (!checked) return;
  const { files, findings } = checked;
  window.setStatusBarMessage(l10n.t('Stackwarden: Files checked: {0}, {1}', files, countOf(findings)), 10_000);
  if (findings > 0) await commands.executeCommand('workbench.panel.markers.view.focus');
}
