import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'suppression-unknown-rule',
  on: 'suppression',
  topic: 'operations',
  severity: 'low',
  profile: 'recommended',
  judged: '2026-11-29',
  title: 'Suppressions should name existing rules',
  keywords: ['unknown rule', 'misspelled rule', 'typo', 'disable comment', 'ignore', 'exception'],
  why: 'A suppression with a misspelled rule has no effect, although it looks as if the finding were accepted.',
  remedy: 'Correct the id of the rule. "stackwarden rules --search" finds it.',
  sources: {},
  fix: 'suggestion',
  *check({ suppression, rules }) {
    for (const { rule, known, nearest } of rules) {
      if (known) continue;
      const removal = suppression.removal?.(rules.length > 1 ? rule : undefined);
      const fix =
        nearest === undefined
          ? removal && { title: `Remove the suppression of ${rule.name}`, safe: false, ...removal }
          : { title: `Change to ${nearest}`, safe: false, range: rule.at, newText: nearest };
      yield {
        at: rule.at,
        message: `No rule is named ${rule.name}. ${nearest === undefined ? 'The suppression has no effect.' : `Did you mean ${nearest}?`}`,
        ...(fix ? { fix: { title: fix.title, safe: fix.safe, range: fix.range, newText: fix.newText } } : {}),
      };
    }
  },
});
