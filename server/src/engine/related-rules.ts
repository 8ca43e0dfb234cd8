/** Rules whose findings decide together which of them are reported. */
import { addTo } from '../base/groups.ts';
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

/** One list for all rules of a group: what is known of a group is kept by its list. */
const groups = new Map<string, readonly AnyRule[]>();

/** A rule with those that it subsumes, those that subsume it, and so on, in the order of all rules. */
export function relatedRules(id: string): readonly AnyRule[] {
  const known = groups.get(id);
  if (known) return known;
  const together = new Set([id]);
  for (const one of together)
    for (const other of [...(ruleNamed(one).subsumes ?? []), ...(subsumers().get(one) ?? [])]) together.add(other);
  const rules = RULES.filter((rule) => together.has(rule.id));
  for (const one of together) groups.set(one, rules);
  return rules;
}
