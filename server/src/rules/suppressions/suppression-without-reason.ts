import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'suppression-without-reason',
  on: 'suppression',
  topic: 'operations',
  severity: 'low',
  profile: 'recommended',
  judged: '2026-11-29',
  title: 'Suppressions should have a reason',
  keywords: [
    'suppression without a reason',
    'justification',
    'disable comment',
    'ignore',
    'accepted risk',
    'exception',
  ],
  why: 'Without a reason, reviewers and auditors cannot tell an accepted risk from a silenced finding.',
  remedy:
    'Add the reason: after "--" in a comment, as Reason in metadata, as reason in the configuration. requireSuppressionReason: false in .stackwarden.yaml makes it optional.',
  sources: {},
  fix: 'none',
  *check({ suppression, isAllowed, lacksReason }) {
    if (suppression.error || !isAllowed || !lacksReason) return;
    yield {
      at: suppression.at,
      message: `The suppression has no reason and no effect. ${suppression.kind === 'comment' ? 'Add the reason after "--".' : 'Add the reason.'}`,
    };
  },
});
