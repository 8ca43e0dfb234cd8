import type { CodeAction, CodeActionContext, ServerCapabilities } from 'vscode-languageserver';
import { CodeActionKind, CodeActionTriggerKind } from './protocol.ts';
import { answer } from './answer.ts';
import { asksForFixAll, FIX_ALL, fixAllAction, fixAllEdits, type FixAllData } from './fix-all-action.ts';
import { quickFixes, rangesTouch } from './quick-fixes.ts';
import { fixableResult } from './recent-fixes.ts';
import type { Session } from './session.ts';
import { suppressionActions } from './suppression-actions.ts';
import { identity } from './uri.ts';
import { workspaceEdit } from './workspace-edit.ts';

/** Answers `textDocument/codeAction` and `codeAction/resolve`. */
export function codeAction(session: Session): ServerCapabilities {
  const { client, connection, log } = session;
  if (!client.codeActions) return {};

  connection.onCodeAction(({ textDocument, range, context }, token) =>
    answer(log, token, 'textDocument/codeAction', [], async () => {
      const doc = identity(textDocument.uri);
      const fixesAll = asksForFixAll(context, await session.settings(doc));
      const fixesOne =
        context.only === undefined || context.only.some((kind) => kind === '' || kind === CodeActionKind.QuickFix);
      if (!fixesAll && !fixesOne) return [];
      const result = await fixableResult(session, doc, token, ({ findings }) =>
        findings.some((finding) => fixesAll || rangesTouch(finding.range, range)),
      );
      return [
        ...(fixesOne ? quickFixes(result, range, context.diagnostics, session) : []),
        ...(fixesOne && !isOnSave(context)
          ? await suppressionActions(result.judged, range, context.diagnostics, session)
          : []),
        ...(fixesAll ? await fixAllAction(result, session) : []),
      ];
    }),
  );

  if (client.resolvesEdits) {
    connection.onCodeActionResolve((action, token) =>
      answer(log, token, 'codeAction/resolve', action, async (): Promise<CodeAction> => {
        const uri: unknown = (action.data as Partial<FixAllData> | undefined)?.fixAll;
        return typeof uri === 'string'
          ? { ...action, edit: workspaceEdit(await fixAllEdits(identity(uri), session), session) }
          : action;
      }),
    );
  }
  return {
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL], resolveProvider: client.resolvesEdits },
  };
}

/** Whether a client requests actions to apply automatically, such as on save. It must not suppress findings. */
function isOnSave({ only, triggerKind }: CodeActionContext): boolean {
  return only !== undefined && triggerKind === CodeActionTriggerKind.Automatic;
}
