import type { Range, TextDocumentPositionParams } from 'vscode-languageserver';
import { fullMarkdown } from '../hover/explanation/markdown.ts';
import { answer } from './answer.ts';
import { linksOf } from './links.ts';
import { positionRequest } from './position-request.ts';
import type { Session } from './session.ts';

/** The request for the full explanation of a value. */
const EXPLAIN_VALUE = 'stackwarden/explainValue';

interface ExplainedValue {
  /** The explanation as Markdown. */
  readonly markdown: string;
  /** The range of the value. */
  readonly range: Range;
}

/**
 * Answers `stackwarden/explainValue` with what the value at a position resolves to, why, and the result of each rule
 * that read it; null if there is no value.
 */
export function explainValue(session: Session): void {
  const { connection, log } = session;
  connection.onRequest(EXPLAIN_VALUE, (params: TextDocumentPositionParams, token) =>
    answer(log, token, EXPLAIN_VALUE, null, async (): Promise<ExplainedValue | null> => {
      const request = await positionRequest(session, params, token);
      if (!request) return null;
      const { doc, lines, offset, engine, reader, profile } = request;
      const stacks = await request.stacks('built');
      const at = { doc, offset, ...(stacks ? { stacks } : {}) };
      const explained = await engine.explain(reader, at, request.limited(), request.pause);
      return explained
        ? {
            markdown: fullMarkdown(explained, { profile }, linksOf(session, reader, doc)),
            range: lines.range(explained.at),
          }
        : null;
    }),
  );
}
