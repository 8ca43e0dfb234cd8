import { all, is, type Judgement } from '../../../model/judgement.ts';
import { oneOf } from '../../../model/predicate.ts';
import type { Statement } from '../../../model/policy.ts';
import { unlessUnknown } from '../../../model/quantified.ts';
import type { Value } from '../../../model/value.ts';
import { excludesAll } from '../../../policy/allowance/allowance.ts';
import { statementExists, isUnreadable } from '../../../policy/statement/elements.ts';
import { defineRule } from '../../rule.ts';
import { EVERY_ACTION } from './every-action.ts';

export default defineRule({
  id: 'iam-policy-excludes-everything',
  on: 'policy',
  selfContained: true,
  needs: { statement: [['not-action', 'not-resource']] },
  topic: 'identity',
  severity: 'medium',
  judged: '2026-11-28',
  title: 'NotAction and NotResource should not exclude everything',
  keywords: ['NotAction *', 'NotResource *', 'no effect', 'ineffective deny'],
  why: 'A statement applies to what NotAction and NotResource do not list. With the wildcard * in one of them it applies to nothing: an Allow statement grants nothing, and a Deny statement protects nothing.',
  remedy: 'List only what the statement should not apply to, or use Action and Resource.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html':
      'NotResource matches every resource except those specified.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html':
      'NotAction matches everything except the specified list of actions.',
  },
  fix: 'none',
  *check(policy) {
    if (isUnreadable(policy)) return;
    const at = policy.host.displayName;
    for (const statement of policy.statements)
      for (const { name, value, excluded } of exclusionsOf(statement)) {
        const wrong = all(statementExists(policy, statement), excluded);
        const what = name === 'NotAction' ? 'action' : 'resource';
        yield {
          violations: [{ wrong: all(wrong, is(statement.effect, oneOf('Deny'))), at: value }],
          message: `The Deny statement in ${at} excludes all ${what}s with ${name} "*". It denies nothing; list only what should remain allowed.`,
        };
        yield {
          violations: [{ wrong: all(wrong, is(statement.effect, oneOf('Allow'))), at: value }],
          severity: 'low',
          message: `The Allow statement in ${at} excludes all ${what}s with ${name} "*". It allows nothing; use ${name.slice(3)}, or list only the exceptions.`,
        };
      }
  },
});

function exclusionsOf({
  notActions,
  notResources,
}: Statement): readonly { readonly name: string; readonly value: Value; readonly excluded: Judgement }[] {
  return [
    { name: 'NotAction', value: notActions, excluded: unlessUnknown(excludesAll(notActions, EVERY_ACTION)) },
    { name: 'NotResource', value: notResources, excluded: unlessUnknown(excludesAll(notResources)) },
  ];
}
