import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'suppression-unused',
  on: 'suppression',
  topic: 'operations',
  severity: 'low',
  profile: 'recommended',
  judged: '2026-11-29',
  title: 'Suppressions should suppress a finding',
  keywords: ['unused suppression', 'stale', 'disable comment', 'ignore', 'exception'],
  why: 'A suppression that is left behind hides the same mistake when it is made again.',
  remedy: 'Remove the suppression. If it belongs to another line or resource, move it there.',
  sources: {},
  fix: 'safe',
  *check({ suppression, rules, isAllowed, lacksReason, daysLeft = 1 }) {
    if (suppression.error || !isAllowed || lacksReason || daysLeft <= 0) return;
    // Without any rule that is used, the suppression is removed as a whole.
    const isUnused = rules.every(({ known, used }) => known && used === false);
    for (const { rule, known, used } of rules) {
      if (!known || used !== false) continue;
      const edit = suppression.removal?.(isUnused ? undefined : rule);
      yield {
        at: rule.at,
        message: `No finding of ${rule.name} is suppressed here. Remove the suppression.`,
        ...(edit
          ? {
              fix: {
                title: `Remove the suppression of ${rule.name}`,
                safe: true,
                range: edit.range,
                newText: edit.newText,
              },
            }
          : {}),
      };
    }
  },
});
