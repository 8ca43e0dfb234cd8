import type { CancellationToken, TextDocumentPositionParams } from 'vscode-languageserver';
import { stacksNow } from './analyzed-at.ts';
import { ANSWER_WITHIN, deadline } from './deadline.ts';
import { MessagePause } from './debouncer.ts';
import { Abandoned } from './run.ts';
import type { Session } from './session.ts';
import { identity } from './uri.ts';

/** What a request about a position in an open document needs from the session; undefined if the document is closed. */
export async function positionRequest(
  session: Session,
  { textDocument, position }: TextDocumentPositionParams,
  token: CancellationToken,
) {
  const doc = identity(textDocument.uri);
  const settings = await session.settings(doc);
  const open = session.documents.get(doc);
  if (!open) return undefined;
  const [engine, { reader, root }] = await Promise.all([session.world.engine(), session.place(doc)]);
  const { options } = engine.configuration(reader, doc, root, settings);
  const { lines } = open;
  const messages = new MessagePause();
  return {
    doc,
    open,
    lines,
    offset: lines.offsetAt(position),
    engine,
    reader,
    profile: options.profile,
    /** The stacks of the text, if it is analyzed (`stacksNow`). */
    stacks: (state: 'built' | 'analyzed') => stacksNow(session, engine, open, state, token),
    /** The options of the engine. The time limit begins with this call. */
    limited: () => ({
      ...options,
      leading: session.results.dependants(doc),
      cancelled: () => token.isCancellationRequested,
      expired: deadline(ANSWER_WITHIN.explanation),
    }),
    /** Handles waiting messages between two steps of the engine. Throws `Abandoned` if the request is cancelled. */
    pause: async (): Promise<void> => {
      await messages.pause();
      if (token.isCancellationRequested) throw new Abandoned();
    },
  };
}
