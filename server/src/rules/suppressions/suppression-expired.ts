import { defineRule } from '../rule.ts';

/** The number of days before its end in which a suppression is reported. */
const NOTICE = 14;

export default defineRule({
  id: 'suppression-expired',
  on: 'suppression',
  topic: 'operations',
  severity: 'low',
  profile: 'recommended',
  judged: '2026-11-29',
  title: 'Suppressions should not be expired',
  keywords: ['expiry', 'until', 'expiration date', 'accepted risk', 'exception'],
  why: 'An accepted risk with an end date is to be reviewed before that date. From the day after it, the finding is reported again.',
  remedy: 'Correct the misconfiguration and remove the suppression, or accept it for longer with a new date.',
  sources: {},
  fix: 'suggestion',
  *check({ suppression, isAllowed, daysLeft }) {
    if (suppression.error || !isAllowed || daysLeft === undefined || daysLeft > NOTICE) return;
    const { until = '' } = suppression;
    if (daysLeft > 0) {
      yield {
        at: suppression.at,
        severity: 'info',
        message: `The suppression expires after ${until}, ${daysLeft === 1 ? 'which is today' : `in ${daysLeft - 1} ${daysLeft === 2 ? 'day' : 'days'}`}. Review it.`,
      };
      return;
    }
    const removal = suppression.removal?.();
    yield {
      at: suppression.at,
      message: `The suppression expired after ${until} and has no effect. Remove it, or accept the finding until a later date.`,
      ...(removal ? { fix: { title: 'Remove the expired suppression', safe: false, ...removal } } : {}),
    };
  },
});
