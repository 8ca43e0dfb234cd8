import type { TextDocumentIdentifier } from 'vscode-languageserver';
import type { ScenarioChoices } from '../formats/cloudformation/scenario.ts';
import { answer } from './answer.ts';
import type { Session } from './session.ts';
import { identity } from './uri.ts';

/** The request for the conditions and parameters of a template. */
export const SCENARIOS = 'stackwarden/scenarios';

/** Answers `stackwarden/scenarios` with the conditions and parameters of a template; null for other documents. */
export function scenarios(session: Session): void {
  const { connection, documents, log } = session;
  connection.onRequest<ScenarioChoices | null, never>(
    SCENARIOS,
    ({ textDocument }: { readonly textDocument: TextDocumentIdentifier }, token) =>
      answer(log, token, SCENARIOS, null, async (): Promise<ScenarioChoices | null> => {
        const doc = identity(textDocument.uri);
        if (!documents.has(doc)) return null;
        const [engine, { reader, root }, settings] = await Promise.all([
          session.world.engine(),
          session.place(doc),
          session.settings(doc),
        ]);
        const { options } = engine.configuration(reader, doc, root, settings);
        return engine.scenarios(reader, doc, options) ?? null;
      }),
  );
}
