import type { CompletionItem, CompletionList, ServerCapabilities } from 'vscode-languageserver';
import { CompletionItemKind, InsertTextFormat, InsertTextMode, MarkupKind } from './protocol.ts';
import { inert } from '../base/inert.ts';
import type { LineIndex } from '../base/line-index.ts';
import type { Completion } from '../completion/completion.ts';
import type { ActionOrKey, Offer } from '../completion/offer.ts';
import { asSnippet, asText } from '../completion/write.ts';
import { markdownText } from '../hover/markdown-text.ts';
import { answer } from './answer.ts';
import { ANSWER_WITHIN, deadline } from './deadline.ts';
import type { Client } from './client.ts';
import { Superseded } from './run.ts';
import type { Session } from './session.ts';
import { identity } from './uri.ts';

/** Characters that trigger completion. A space counts only after a dash, a colon or a comma. */
const TRIGGERS = [':', '"', "'", '-', ' '];

/** The text before the cursor for which a space triggers completion. */
const BEHIND_SPACE = /(?:^\s*-|:|,|\[)\s$/;

const KINDS: Readonly<Record<Offer['kind'], CompletionItemKind>> = {
  service: CompletionItemKind.Module,
  action: CompletionItemKind.Function,
  element: CompletionItemKind.Property,
  word: CompletionItemKind.EnumMember,
  operator: CompletionItemKind.Operator,
  key: CompletionItemKind.Field,
  resource: CompletionItemKind.Value,
  reference: CompletionItemKind.Reference,
  principal: CompletionItemKind.Constant,
};

/** The command that triggers completion again after an insertion. */
const GO_ON = { title: 'Suggest', command: 'editor.action.triggerSuggest' };

/**
 * Answers `textDocument/completion` with completions in a policy or a configuration file, and `completionItem/resolve`
 * with AWS's description.
 */
export function completion(session: Session): ServerCapabilities {
  const { client, connection, documents, log } = session;
  if (!client.completion) return {};

  connection.onCompletion(({ textDocument, position, context }, token) =>
    answer(log, token, 'textDocument/completion', null, async (): Promise<CompletionList | null> => {
      const doc = identity(textDocument.uri);
      const open = documents.get(doc);
      if (!open) return null;
      const { lines } = open;
      const offset = lines.offsetAt(position);
      if (
        context?.triggerCharacter === ' ' &&
        !BEHIND_SPACE.test(
          open.text
            .slice(Math.max(0, offset - 200), offset)
            .split('\n')
            .at(-1)!,
        )
      )
        return null;
      const settings = await session.settings(doc);
      const [engine, { reader, root }] = await Promise.all([session.world.engine(), session.place(doc)]);
      // The position is one in the text of the request.
      if (documents.get(doc)?.text !== open.text) throw new Superseded();
      const { options } = engine.configuration(reader, doc, root, settings);
      const found = engine.complete(reader, doc, offset, {
        ...options,
        leading: session.results.dependants(doc),
        cancelled: () => token.isCancellationRequested,
        expired: deadline(ANSWER_WITHIN.completion),
        schemaHelp: settings.schemaHelp.completion,
      });
      if (!found) return null;
      return { isIncomplete: found.cut, items: found.items.map((item, index) => itemOf(item, index, lines, client)) };
    }),
  );

  connection.onCompletionResolve((item, token) =>
    answer(log, token, 'completionItem/resolve', item, async (): Promise<CompletionItem> => {
      const about = item.data as ActionOrKey | undefined;
      const [engine, machine] = await Promise.all([session.world.engine(), session.world.machine()]);
      const described = about && engine.describe(machine.reader(undefined), about);
      if (!described) return item;
      const value = client.markdownCompletion
        ? `${markdownText(described.text)} [\\[1\\]](${described.url})`
        : `${described.text}\n${described.url}`;
      return {
        ...item,
        documentation: { kind: client.markdownCompletion ? MarkupKind.Markdown : MarkupKind.PlainText, value },
      };
    }),
  );
  return { completionProvider: { triggerCharacters: TRIGGERS, resolveProvider: true } };
}

function itemOf(
  { label, kind, detail, documentation, goesOn, about, edit }: Completion,
  index: number,
  lines: LineIndex,
  client: Client,
): CompletionItem {
  const snippet = client.snippets && edit.pieces.some((piece) => typeof piece !== 'string');
  return {
    label: inert(label),
    kind: KINDS[kind],
    ...(detail === undefined ? {} : { detail: inert(detail) }),
    ...(documentation === undefined ? {} : { documentation }),
    // Keeps the order of the engine: editors sort by name otherwise.
    sortText: String(index).padStart(4, '0'),
    filterText: edit.filter,
    ...(index === 0 ? { preselect: true } : {}),
    textEdit: { range: lines.range(edit.range), newText: snippet ? asSnippet(edit.pieces) : asText(edit.pieces) },
    ...(snippet ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
    ...(client.insertsAsIs ? { insertTextMode: InsertTextMode.asIs } : {}),
    ...(goesOn && client.suggestsOn ? { command: GO_ON } : {}),
    ...(about ? { data: about } : {}),
  };
}
