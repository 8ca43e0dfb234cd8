import type { RuleMetadata } from '../rules/rule.ts';
import { answer } from './answer.ts';
import type { Session } from './session.ts';

/** The request by which a client lists or searches rules. */
export const RULES = 'stackwarden/rules';

/** What a list of rules shows of each. */
export type ListedRule = Pick<RuleMetadata, 'id' | 'title' | 'severity' | 'profile'>;

/** The rules that match a search, best match first, or all of them, by id. */
export interface FoundRules {
  readonly rules: readonly ListedRule[];
  /** The nearest search that matches rules, when this one matches none. */
  readonly nearest?: string;
}

/** Answers `stackwarden/rules`. Without words to search for, the answer has all rules. */
export function rules(session: Session): void {
  const { connection, log } = session;
  connection.onRequest(RULES, ({ search }: { readonly search?: unknown }, token) =>
    answer(log, token, RULES, { rules: [] }, async (): Promise<FoundRules> => {
      const engine = await session.world.engine();
      return engine.rules(typeof search === 'string' ? search : '');
    }),
  );
}
