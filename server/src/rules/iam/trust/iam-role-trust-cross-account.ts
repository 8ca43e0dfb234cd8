import { capital, lowerFirst, some } from '../../../base/words.ts';
import { all, exists, is, judgement, not, type Judgement } from '../../../model/judgement.ts';
import { itemsOf } from '../../../model/navigate.ts';
import type { Aliases } from '../../../model/finding.ts';
import type { Condition } from '../../../model/policy.ts';
import { never } from '../../../model/quantified.ts';
import type { Value } from '../../../model/value.ts';
import { actionTest } from '../../../policy/data/action.ts';
import { isNarrowingKey } from '../../../policy/condition/condition-key.ts';
import { isForeign } from '../../../policy/principal/own-account.ts';
import { limiting } from '../../../policy/allowance/limiting.ts';
import { isWrittenAs, principalsIn, type PrincipalForm } from '../../../policy/principal/principal.ts';
import { repeatsPrincipal } from '../../../policy/principal/repeats-principal.ts';
import { conditional } from '../../../policy/condition/scope.ts';
import { weakCondition } from '../../../policy/condition/weak-condition.ts';
import { defineRule, type Cause } from '../../rule.ts';
import { isAllow } from '../../../policy/condition/in-force.ts';
import { withConditions } from '../../../policy/statement/with-conditions.ts';

/** The checks of other tools for a role that trusts a whole account. */
const TRUSTS_ACCOUNT: Aliases = { checkov: ['CKV_AWS_61'] };

export default defineRule({
  id: 'iam-role-trust-cross-account',
  on: 'policy',
  kinds: ['trust'],
  needs: { statement: ['allow', 'principal'] },
  topic: 'identity',
  severity: 'low',
  profile: 'recommended',
  judged: '2026-11-28',
  title: 'Cross-account role trust policies should require an external ID or organization',
  keywords: [
    'cross-account access',
    'third-party access',
    'sts:ExternalId',
    'confused deputy',
    'aws:PrincipalOrgID',
    'IAM role',
  ],
  why: 'A third party that assumes roles of many customers can be tricked into assuming yours for another customer, which an external ID prevents. Trusting a whole account trusts every identity that its administrators allow to assume the role.',
  remedy:
    'Add a condition on sts:ExternalId with the value from the third party, or on aws:PrincipalOrgID for accounts of your organization, and specify a role instead of the account. To get certain findings, list your own accounts under assume.accounts in .stackwarden.yaml.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html':
      'A role for a third party should require an external ID, with sts:ExternalId in its trust policy, to prevent the confused deputy problem.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html':
      'An account as a principal delegates to its administrators, who can allow any of their identities.',
  },
  accessed: '2026-11-26',
  aliases: TRUSTS_ACCOUNT,
  fix: 'none',
  *check(policy, context) {
    const { displayName } = policy.host;
    for (const statement of policy.statements) {
      const named = principalsIn(statement.principals).filter(({ kind }) => kind === 'AWS');
      if (named.length === 0) continue;
      const allows = all(
        judgement(policy.when),
        judgement(statement.when),
        isAllow(statement),
        exists(itemsOf(statement.actions, true), (action) => is(action.value, ASSUMES)),
      );
      if (never(allows)) continue;
      const limits = limiting(statement, context);
      const weak = weakCondition(statement, limitsCallers);
      // If the configuration lists trusted accounts, the recommended profile reports other accounts too.
      const profile = context.accounts ? 'recommended' : 'strict';
      const another = (value: Value, forms: ReadonlySet<PrincipalForm>): Judgement =>
        isWrittenAs(
          value,
          'AWS',
          ({ form, account }) => forms.has(form) && isForeign(account, context.stack, context.accounts, policy.host),
        );
      const cause: Cause = {
        of: statement.value,
        message: (names) =>
          `${displayName} trusts ${some(names, 3)} of other AWS accounts. Specify roles, and add sts:ExternalId or aws:PrincipalOrgID.`,
      };
      for (const { value, when } of named) {
        const repeated = (condition: Condition): boolean => repeatsPrincipal(condition, value);
        const conditions = limits.conditions.filter((condition) => !repeated(condition));
        const again = limits.conditions.find(repeated);
        const because = again
          ? `its condition on ${again.key} only repeats the principal`
          : weak
            ? weak.because
            : statement.conditions.length > 0
              ? 'its conditions do not restrict the principals'
              : 'no condition restricts it';
        const advice = (otherwise: string): string =>
          `${capital(because)}; ${lowerFirst((again ? undefined : weak?.remedy) ?? otherwise)}`;
        const present = all(allows, judgement(when), not(conditional(withConditions(limits, conditions))));
        yield {
          severity: 'medium',
          profile,
          cause,
          violations: [{ wrong: all(present, another(value, ACCOUNTS)), at: value, aliases: TRUSTS_ACCOUNT }],
          message: (shown) =>
            `${displayName} trusts another AWS account, ${shown}. ${advice('Specify a role of that account, and add sts:ExternalId or aws:PrincipalOrgID')}.`,
        };
        yield {
          profile,
          cause,
          violations: [{ wrong: all(present, another(value, IDENTITIES)), at: value, aliases: { checkov: [] } }],
          message: (shown) =>
            `${displayName} trusts ${shown} of another AWS account. ${advice('If a third party owns that account, add a condition on sts:ExternalId')}.`,
        };
      }
    }
  },
});

/** Whether a key, in lower case, restricts the principals of another account that can assume a role. */
function limitsCallers(key: string): boolean {
  return isNarrowingKey(key) || key === 'sts:externalid';
}

const ASSUMES = actionTest('sts:AssumeRole');
const ACCOUNTS: ReadonlySet<PrincipalForm> = new Set(['account', 'root']);
const IDENTITIES: ReadonlySet<PrincipalForm> = new Set(['role', 'session', 'user']);
