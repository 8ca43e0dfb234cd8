import type { TextDocumentPositionParams } from 'vscode-languageserver';
import { answer } from './answer.ts';
import { positionRequest } from './position-request.ts';
import type { Session } from './session.ts';

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
  const { connection, log } = session;
  connection.onRequest(OWNERSHIP, (params: TextDocumentPositionParams, token) =>
    answer(log, token, OWNERSHIP, null, async (): Promise<OwnershipPage | null> => {
      const request = await positionRequest(session, params, token);
      if (!request) return null;
      const { doc, offset, engine, reader } = request;
      const stacks = await request.stacks('analyzed');
      const at = { doc, offset, ...(stacks ? { stacks } : {}) };
      const markdown = engine.ownership(reader, at, { ...request.limited(), certainty: 'certain' });
      return markdown === undefined ? null : { markdown };
    }),
  );
}
