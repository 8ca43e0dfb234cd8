import type { Fix } from '../../../model/edit.ts';
import { isIndependent } from '../../../model/independent.ts';
import { all, is, type Predicate } from '../../../model/judgement.ts';
import { always, never, unlessUnknown } from '../../../model/quantified.ts';
import { isIncompleteName, statementExists, isUnreadable } from '../../../policy/statement/elements.ts';
import { nearest } from '../../../policy/text/nearest.ts';
import { analyzerAliases, severityOf } from '../../access-analyzer.ts';
import { defineRule } from '../../rule.ts';

const EFFECTS = ['Allow', 'Deny'];

export default defineRule({
  id: 'iam-policy-invalid-effect',
  on: 'policy',
  selfContained: true,
  needs: { statement: ['other-effect'] },
  topic: 'identity',
  ...severityOf('INVALID_EFFECT'),
  judged: '2026-11-26',
  title: 'Statement effect should be Allow or Deny',
  keywords: ['invalid Effect', 'case-sensitive', 'MalformedPolicyDocument'],
  why: 'The Effect element supports only Allow and Deny and is case-sensitive. AWS rejects a policy with another effect.',
  remedy: 'Set Effect to Allow or Deny.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_effect.html':
      'Effect is required; its values are Allow and Deny, in this case.',
  },
  aliases: { ...analyzerAliases('INVALID_EFFECT'), parliament: ['MALFORMED'] },
  fix: 'safe',
  *check(policy) {
    // The effect may continue in the unreadable part.
    if (isUnreadable(policy)) return;
    for (const statement of policy.statements) {
      const wrong = unlessUnknown(all(statementExists(policy, statement), is(statement.effect, NEITHER)));
      yield {
        violations: [
          { wrong, at: statement.effect, aliases: { ...analyzerAliases('INVALID_EFFECT'), parliament: ['MALFORMED'] } },
        ],
        message: (shown) =>
          shown && EFFECTS.some((effect) => effect.toLowerCase() === shown.trim().toLowerCase())
            ? `${policy.host.displayName} has a statement with the Effect ${shown}. Effect is case-sensitive; use Allow or Deny.`
            : `${policy.host.displayName} has a statement with ${shown ? `the invalid Effect ${shown}` : 'an empty Effect'}. AWS rejects it; use Allow or Deny (case-sensitive).`,
        fixes: (leaf) => {
          const intended = EFFECTS.filter(
            (effect) => !never(is(leaf, { known: ({ raw }) => meantBy(raw) === effect })),
          );
          // If the intended effect is unclear, both are offered.
          return (intended.length > 0 ? intended : EFFECTS).map((effect): Fix => {
            const spelt = is(leaf, { known: ({ raw }) => raw.trim().toLowerCase() === effect.toLowerCase() });
            return {
              title: `Set Effect to ${effect}`,
              safe: always(spelt) && isIndependent(leaf),
              uncovers: 'effect',
              edits: [{ op: 'replace', resource: policy.host, target: leaf, value: effect }],
            };
          });
        },
      };
    }
  },
});

const NEITHER: Predicate = { known: ({ raw }) => !EFFECTS.includes(raw), collection: false };

/** The effect that the author most likely intended, or is still typing. */
function meantBy(written: string): string | undefined {
  const lower = written.trim().toLowerCase();
  return (
    EFFECTS.find((effect) => effect.toLowerCase() === lower) ??
    nearest(written, EFFECTS) ??
    EFFECTS.find((effect) => lower !== '' && isIncompleteName(lower, effect))
  );
}
