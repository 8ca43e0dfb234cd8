import type { AnyRule } from '../rules/rule.ts';
import type { Draft } from './report.ts';
import type { RuleCall } from './rule-calls.ts';

type CallName = Pick<RuleCall, 'about' | 'rule'>;

/** The findings of rule calls, of those that have any. */
export class FoundDrafts {
  readonly #found = new Map<string, Map<AnyRule, readonly Draft[]>>();

  of({ about, rule }: CallName): readonly Draft[] | undefined {
    return this.#found.get(about)?.get(rule);
  }

  add({ about, rule }: CallName, drafts: readonly Draft[]): void {
    let ofRules = this.#found.get(about);
    if (!ofRules) this.#found.set(about, (ofRules = new Map()));
    ofRules.set(rule, drafts);
  }
}
