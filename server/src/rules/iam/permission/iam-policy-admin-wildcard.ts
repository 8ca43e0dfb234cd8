import { once } from '../../../base/once.ts';
import { some } from '../../../base/words.ts';
import type { Aliases } from '../../../model/finding.ts';
import { all, any, exists, is, isPresent, judgement, NO, not } from '../../../model/judgement.ts';
import { itemsOf } from '../../../model/navigate.ts';
import { text } from '../../../model/predicate.ts';
import { never, sometimes } from '../../../model/quantified.ts';
import {
  allowancesOf,
  ANY_ACTION,
  GIVES_ANY_PERMISSION,
  leavesIam,
  namesIdentities,
} from '../../../policy/allowance/allowance.ts';
import { escalationsLeft } from '../../../policy/escalation/escalations-left.ts';
import { limiting } from '../../../policy/allowance/limiting.ts';
import { EVERY_RESOURCE } from '../../../policy/resource/resource-pattern.ts';
import { analyzerAliases } from '../../access-analyzer.ts';
import { defineRule, type RelatedValue } from '../../rule.ts';
import { principalsKeeping, WITHIN_BOUNDARY as WITHIN } from '../identity/identity-words.ts';
import { ofCustomerManaged } from './customer-managed.ts';
import { UNCONSTRAINED_WRITE } from './wildcard-peers.ts';

/** The wildcard for all actions: `*` or `*:*`. References and template strings count as narrower. */
const EVERY_ACTION = { ...text((action) => /^\*+(:\*+)?$/.test(action)), text: () => false, reference: () => false };

/** The checks of other tools look for Resource "*". */
const PEERS: Aliases = {
  checkov: ['CKV2_AWS_40', 'CKV_AWS_1', 'CKV_AWS_49', 'CKV_AWS_62', 'CKV_AWS_63'],
  trivy: ['AWS-0057'],
  cfn_nag: ['F3', 'F4', 'F5'],
  guard: [
    'IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS',
    'IAM_POLICY_NO_STATEMENTS_WITH_FULL_ACCESS',
    'IAM_ROLE_NO_WILDCARD_ACTIONS_ON_PERMISSIONS',
  ],
};

const WITHOUT_CONDITIONS: Aliases = { ...PEERS, checkov: [...PEERS.checkov!, ...UNCONSTRAINED_WRITE] };

const CONTROLS = { securityHub: ['IAM.1'], cis: ['v1.4.0 1.16'] };

export default defineRule({
  id: 'iam-policy-admin-wildcard',
  on: 'policy',
  selfContained: true,
  kinds: ['identity', 'permission-set'],
  needs: { statement: ['allow', 'any-service', ['wildcard-resource', 'not-resource']] },
  topic: 'identity',
  severity: 'critical',
  judged: '2026-11-24',
  title: 'IAM policies should not allow all actions on all resources',
  keywords: [
    'administrator access',
    'full administrative privileges',
    '*:*',
    'wildcard',
    'least privilege',
    'excessive permissions',
  ],
  why: 'A principal with such a policy, or an attacker who compromises it, has full control of the account: all data, keys and users, and the logs that would show it.',
  remedy:
    'List the actions and resources that are needed. For administrators, use a role that people assume with MFA, through IAM Identity Center where possible.',
  sources: {
    'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html':
      'IAM.1: a policy should not have a statement that allows Action * on Resource *; permission boundaries are exempt.',
    'https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPermissionsBoundary.html':
      'Policies that are used as permissions boundaries do not provide permissions.',
  },
  aliases: {
    ...WITHOUT_CONDITIONS,
    ...analyzerAliases('PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE', 'PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE'),
  },
  controls: CONTROLS,
  fix: 'none',
  subsumes: [
    'iam-policy-allow-not-action',
    'iam-policy-create-slr-wildcard',
    'iam-policy-passrole-wildcard',
    'iam-policy-service-wildcard-action',
    'iam-policy-wildcard-resource',
  ],
  *check(policy, context) {
    for (const allowance of allowancesOf(policy, context)) {
      const { statement, when, actions } = allowance;
      const notListed = sometimes(isPresent(statement.notResources));
      // NotResource allows all other resources, which include users, roles and policies.
      const everywhere = any(
        exists(itemsOf(statement.resources, true), (item) => is(item.value, EVERY_RESOURCE)),
        !notListed ? NO : namesIdentities(statement, context),
      );
      const allowed = all(when, everywhere);
      if (never(allowed)) continue;
      const aliases = notListed
        ? analyzerAliases('PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE')
        : {
            ...(statement.conditions.length === 0 ? WITHOUT_CONDITIONS : PEERS),
            ...analyzerAliases('PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE'),
          };
      // The control is about Resource "*".
      const covered = { aliases, controls: notListed ? {} : ofCustomerManaged(policy, CONTROLS) };
      const { conditions } = limiting(allowance.held, context);
      const limited = any(...conditions.map((condition) => judgement(condition.when)));
      for (const action of actions.items) {
        const wrong = all(allowed, judgement(action.when), is(action.value, EVERY_ACTION));
        if (never(wrong)) continue;
        const name = policy.host.displayName;
        const reduced = allowance.isReduced('*');
        const bounded = allowance.isBounded('*');
        const outside = notListed ? ' outside NotResource' : '';
        const but = `${outside}${bounded ? WITHIN : reduced ? (notListed ? ' and no statement denies' : ' that no statement denies') : ''}`;
        const escalating = (): string =>
          `${name} allows all actions${bounded ? WITHIN : ' that no statement denies'}. They include privilege escalation by ${some(remaining(), 3)}; list the actions and resources that are needed.`;
        // Without IAM actions for privilege escalation, it is not administrator access.
        const owns = leavesIam(allowance);
        const remaining = once(() => escalationsLeft(context.iam, (one) => allowance.leaves(one)).actions);
        const related = (): readonly RelatedValue[] => principalsKeeping(allowance, GIVES_ANY_PERMISSION);
        yield {
          violations: [{ wrong: all(wrong, owns, not(limited)), at: action.value, ...covered }],
          related,
          message: reduced
            ? escalating
            : `${name} allows all actions ${notListed ? 'outside NotResource' : 'on all resources'}${bounded ? WITHIN : ''} (administrator access). List the actions and resources that are needed.`,
        };
        if (conditions.length > 0)
          yield {
            violations: [{ wrong: all(wrong, limited, owns), at: action.value, ...covered }],
            related,
            severity: 'high',
            message: `${name} allows all actions on all resources${but} under conditions. List the actions and resources that are needed.`,
          };
        if (reduced)
          yield {
            violations: [{ wrong: all(wrong, allowance.leaves(ANY_ACTION)), at: action.value, ...covered }],
            related: () => principalsKeeping(allowance, [ANY_ACTION]),
            severity: 'high',
            message: () =>
              remaining().length > 0
                ? escalating()
                : `${name} allows all actions on all resources${outside}${bounded ? WITHIN : ', except those that it denies'}. List the actions and resources that are needed.`,
          };
      }
    }
  },
});
