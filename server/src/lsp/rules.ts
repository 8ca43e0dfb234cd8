import type { TextDocumentIdentifier } from 'vscode-languageserver';
import type { Uri } from '../base/span.ts';
import type { RuleMetadata } from '../rules/rule.ts';
import { answer } from './answer.ts';
import type { ConfiguredDocument } from './engine.ts';
import type { Session } from './session.ts';
import { identity } from './uri.ts';

/** The request by which a client lists or searches rules. */
export const RULES_REQUEST = 'stackwarden/rules';

/** What a list of rules shows of each. */
export interface ListedRule extends Pick<RuleMetadata, 'id' | 'title' | 'severity' | 'profile'> {
  /**
   * What the configuration of the document states about the rule: its severity, which is `severity` then, or that it is
   * on in all profiles, or off.
   */
  readonly configured?: 'severity' | 'on' | 'off';
}

/** The rules that match a search, best match first, or all of them, by id. */
export interface FoundRules {
  readonly rules: readonly ListedRule[];
  /** The nearest search that matches rules, when this one matches none. */
  readonly nearest?: string;
}

interface RulesParams {
  readonly search?: unknown;
  /** The document whose configuration applies. */
  readonly textDocument?: TextDocumentIdentifier;
}

/** Answers `stackwarden/rules`. Without words to search for, the answer has all rules. */
export function rules(session: Session): void {
  const { connection, log } = session;
  connection.onRequest(RULES_REQUEST, ({ search, textDocument }: RulesParams, token) =>
    answer(log, token, RULES_REQUEST, { rules: [] }, async (): Promise<FoundRules> => {
      const [engine, machine] = await Promise.all([session.world.engine(), session.world.machine()]);
      const { data } = machine.reader(undefined);
      const words = typeof search === 'string' ? search : '';
      return engine.rules(words, data, textDocument && (await configured(identity(textDocument.uri), session)));
    }),
  );
}

/** A document with the options that its configuration and the settings state. */
async function configured(doc: Uri, session: Session): Promise<ConfiguredDocument> {
  const settings = await session.settings(doc);
  const [engine, { reader, root }] = await Promise.all([session.world.engine(), session.place(doc)]);
  return { doc, options: engine.configuration(reader, doc, root, settings).options };
}
