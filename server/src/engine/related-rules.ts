/** Rules whose findings decide together which of them are reported. */
import { addTo } from '../base/groups.ts';
import { memoizeName } from '../base/memoize.ts';
import { once } from '../base/once.ts';
import { RULES } from '../rules/index.ts';
import type { AnyRule } from '../rules/rule.ts';

const byId = once(() => new Map(RULES.map((rule) => [rule.id, rule])));

/** The rule with an id that exists. */
export function ruleNamed(id: string): AnyRule {
  return byId().get(id)!;
}

/** Each rule with the ids of those that subsume it. */
const subsumers = once(() => {
  const found = new Map<string, string[]>();
  for (const { id, subsumes = [] } of RULES) for (const other of subsumes) addTo(found, other, id);
  return found;
});

/** A rule with those that it subsumes, those that subsume it, and so on, in the order of all rules. */
export const relatedRules = memoizeName((id: string): readonly AnyRule[] => {
  const together = new Set([id]);
  for (const one of together)
    for (const other of [...(ruleNamed(one).subsumes ?? []), ...(subsumers().get(one) ?? [])]) together.add(other);
  return RULES.filter((rule) => together.has(rule.id));
});
