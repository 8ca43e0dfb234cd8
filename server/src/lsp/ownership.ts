import type { TextDocumentPositionParams } from 'vscode-languageserver';
import { LineIndex } from '../base/line-index.ts';
import { answer } from './answer.ts';
import { ANSWER_WITHIN, deadline } from './deadline.ts';
import type { Session } from './session.ts';
import { identity } from './uri.ts';

/** The request for the responsibilities for a resource. */
const OWNERSHIP = 'stackwarden/ownership';

interface OwnershipPage {
  /** The page as Markdown. */
  readonly markdown: string;
}

/**
 * Answers `stackwarden/ownership` with the page about the responsibilities for the resource at a position; null if
 * there is no resource.
 */
export function ownership(session: Session): void {
  const { connection, documents, log } = session;
  connection.onRequest(OWNERSHIP, ({ textDocument, position }: TextDocumentPositionParams, token) =>
    answer(log, token, OWNERSHIP, null, async (): Promise<OwnershipPage | null> => {
      const doc = identity(textDocument.uri);
      const settings = await session.settings(doc);
      const open = documents.get(doc);
      if (!open) return null;
      const [engine, { reader, root }] = await Promise.all([session.world.engine(), session.place(doc)]);
      const { options } = engine.configuration(reader, doc, root, settings);
      const markdown = engine.ownership(
        reader,
        { doc, offset: new LineIndex(open.text).offsetAt(position) },
        {
          ...options,
          certainty: 'certain',
          leading: session.results.dependants(doc),
          cancelled: () => token.isCancellationRequested,
          expired: deadline(ANSWER_WITHIN.explanation),
        },
      );
      return markdown === undefined ? null : { markdown };
    }),
  );
}
