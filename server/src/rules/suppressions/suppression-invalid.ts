import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'suppression-invalid',
  on: 'suppression',
  topic: 'operations',
  severity: 'low',
  profile: 'recommended',
  judged: '2026-11-29',
  title: 'Suppressions should be valid and allowed',
  keywords: ['invalid suppression', 'syntax', 'disable comment', 'ignore', 'inlineSuppressions', 'exception'],
  why: 'A suppression that cannot be read, or that the configuration of the team does not allow, has no effect.',
  remedy:
    'Correct the suppression. If the configuration has inlineSuppressions: false, ask for an entry in the configuration instead.',
  sources: {},
  fix: 'suggestion',
  *check({ suppression, isAllowed }) {
    const { error, at } = suppression;
    if (error) {
      yield { at: error.at, message: error.message };
      return;
    }
    if (isAllowed) return;
    const removal = suppression.removal?.();
    yield {
      at,
      message: 'The configuration does not allow suppressions in documents. This one has no effect.',
      ...(removal ? { fix: { title: 'Remove the suppression', safe: false, ...removal } } : {}),
    };
  },
});
