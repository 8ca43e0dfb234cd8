import type { Aliases } from '../../../model/finding.ts';
import { all, any, is, isPresent, judgement, not } from '../../../model/judgement.ts';
import { never } from '../../../model/quantified.ts';
import { allowancesOf, ANY_ACTION } from '../../../policy/allowance/allowance.ts';
import { limiting } from '../../../policy/allowance/limiting.ts';
import { restrictsResources } from '../../../policy/condition/scope.ts';
import { defineRule } from '../../rule.ts';
import { EVERY_ACTION } from './every-action.ts';
import { wholeService } from './whole-service.ts';
import { decidedByActions } from '../decided-by.ts';

const PEERS: Aliases = { cfn_nag: ['W21', 'W22', 'W23'], guard: ['IAM_ROLE_OR_POLICY_NO_ALLOW_PLUS_NOT_RESOURCE'] };

export default defineRule({
  id: 'iam-policy-allow-not-resource',
  on: 'policy',
  selfContained: true,
  kinds: ['identity', 'permission-set'],
  needs: { statement: ['allow', 'not-resource'] },
  topic: 'identity',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'IAM policies should not use Allow with NotResource',
  keywords: ['least privilege', 'excessive permissions'],
  why: 'Allow with NotResource allows the actions on every resource that is not listed, including those that are created later. A resource that should be excluded is easily forgotten.',
  remedy:
    'List the resources that are needed under Resource. To protect some, deny access to them in a separate statement.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html':
      'NotResource matches every resource except those listed. With Allow, it allows access to all other resources.',
  },
  aliases: PEERS,
  fix: 'none',
  *check(policy, context) {
    const at = policy.host.displayName;
    for (const allowance of allowancesOf(policy, context)) {
      const { statement, when, actions, notActions } = allowance;
      const present = all(when, isPresent(statement.notResources));
      if (never(present)) continue;
      // Other rules report all actions, all actions of a service and NotAction outside NotResource.
      const wider = any(
        isPresent(notActions),
        ...actions.items.map((action) =>
          all(judgement(action.when), any(is(action.value, EVERY_ACTION), is(action.value, wholeService(context)))),
        ),
      );
      const narrow = restrictsResources(limiting(allowance.held, context));
      const wrong = all(present, not(wider), allowance.leaves(ANY_ACTION, 'some'));
      yield {
        decidedBy: () => decidedByActions(statement),
        violations: [{ wrong: all(wrong, not(narrow)), at: statement.notResources }],
        message: `${at} allows actions on all resources that NotResource does not list. List the resources that are needed under Resource.`,
      };
      yield {
        decidedBy: () => decidedByActions(statement),
        violations: [{ wrong, at: statement.notResources }],
        severity: 'low',
        message: `${at} allows actions on all resources that NotResource does not list, under conditions. List the resources that are needed under Resource.`,
      };
    }
  },
});
