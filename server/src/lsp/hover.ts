import { MarkupKind, type Hover, type ServerCapabilities } from 'vscode-languageserver';
import { LineIndex } from '../base/line-index.ts';
import { markdownOf, plainTextOf } from '../hover/markdown.ts';
import { answer } from './answer.ts';
import type { Session } from './session.ts';
import { identity } from './uri.ts';

/** Answers `textDocument/hover` with who owns what of the resource or property under the cursor. */
export function hover(session: Session): ServerCapabilities {
  const { client, connection, documents, log } = session;
  if (!client.hover) return {};

  connection.onHover(({ textDocument, position }, token) => answer(log, token, 'textDocument/hover', null, async (): Promise<Hover | null> => {
    const doc = identity(textDocument.uri);
    const { ownershipHover, profile, scenario } = await session.settings(doc);
    const open = documents.get(doc);
    if (!open || ownershipHover === 'off') return null;
    const lines = new LineIndex(open.text);
    const [engine, { reader, root }] = await Promise.all([session.world.engine(), session.place(doc)]);
    const { configuration } = engine.configuration(reader, doc, root);
    const card = engine.card(reader, doc, lines.offsetAt(position), ownershipHover, { profile, certainty: 'certain', configuration, scenario, leading: session.judgements.dependants(doc), cancelled: () => token.isCancellationRequested });
    if (!card) return null;
    const contents = client.markdownHover ? { kind: MarkupKind.Markdown, value: markdownOf(card) } : { kind: MarkupKind.PlainText, value: plainTextOf(card) };
    return { contents, range: lines.range(card.range) };
  }));
  return { hoverProvider: true };
}
