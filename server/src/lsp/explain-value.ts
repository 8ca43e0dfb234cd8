import type { Range, TextDocumentPositionParams } from 'vscode-languageserver';
import { LineIndex } from '../base/line-index.ts';
import { fullMarkdown } from '../hover/explanation/markdown.ts';
import { answer } from './answer.ts';
import { ANSWER_WITHIN, deadline } from './deadline.ts';
import { linksOf } from './links.ts';
import { MessagePause } from './debouncer.ts';
import { Abandoned } from './run.ts';
import type { Session } from './session.ts';
import { identity } from './uri.ts';

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
  const { connection, documents, log } = session;
  connection.onRequest(EXPLAIN_VALUE, ({ textDocument, position }: TextDocumentPositionParams, token) =>
    answer(log, token, EXPLAIN_VALUE, null, async (): Promise<ExplainedValue | null> => {
      const doc = identity(textDocument.uri);
      const settings = await session.settings(doc);
      const open = documents.get(doc);
      if (!open) return null;
      const lines = new LineIndex(open.text);
      const [engine, { reader, root }] = await Promise.all([session.world.engine(), session.place(doc)]);
      const { options } = engine.configuration(reader, doc, root, settings);
      const messages = new MessagePause();
      const explained = await engine.explain(
        reader,
        { doc, offset: lines.offsetAt(position) },
        {
          ...options,
          leading: session.results.dependants(doc),
          cancelled: () => token.isCancellationRequested,
          expired: deadline(ANSWER_WITHIN.explanation),
        },
        async () => {
          await messages.pause();
          if (token.isCancellationRequested) throw new Abandoned();
        },
      );
      return explained
        ? {
            markdown: fullMarkdown(explained, { profile: options.profile }, linksOf(session, reader, doc)),
            range: lines.range(explained.at),
          }
        : null;
    }),
  );
}
