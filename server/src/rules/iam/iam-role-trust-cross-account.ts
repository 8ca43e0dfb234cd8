import { all, exists, is, judgement, not } from '../../model/judgement.ts';
import { oneOf } from '../../model/predicate.ts';
import { itemsOf } from '../../model/navigate.ts';
import { naming } from '../../policy/action.ts';
import { isForeign, ownAccountOf } from '../../policy/own-account.ts';
import { isWrittenAs, principalsIn } from '../../policy/principal.ts';
import { conditional } from '../../policy/scope.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'iam-role-trust-cross-account',
  on: 'policy', kinds: ['trust'],
  topic: 'identity', severity: 'low', profile: 'strict', since: '0.1',
  title: 'IAM role that another account assumes asks for an external ID or the organisation',
  why: 'A third party that assumes roles of many customers can be made to assume yours for another of them, which an external ID prevents. Who trusts a whole account trusts each identity that its administrators let assume the role.',
  remedy: 'Add a condition on sts:ExternalId with a value that the third party chose for you, or on aws:PrincipalOrgID for accounts of your own organisation, and name a role rather than the account.',
  sources: [
    { url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html', claim: 'A role that a third party assumes should ask for an external ID, by sts:ExternalId in its trust policy, against the confused deputy.', seen: '2026-11-26' },
    { url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html', claim: 'An account as a principal gives its administrators the right to let any of their identities in.', seen: '2026-11-26' },
  ],
  aliases: {},
  controls: {},
  fix: 'none',
  *check(policy, { stack }) {
    const { displayName } = policy.host;
    for (const statement of policy.statements) {
      const named = principalsIn(statement.principals).filter(({ kind }) => kind === 'AWS');
      if (named.length === 0) continue;
      const lets = all(
        judgement(policy.exists), judgement(statement.when), is(statement.effect, oneOf('Allow')), not(conditional(statement)),
        exists(itemsOf(statement.actions, true), (action) => is(action.value, ASSUMES)),
      );
      if (lets.no.isAlways()) continue;
      const own = ownAccountOf(stack);
      for (const { value, when } of named) {
        const there = all(lets, judgement(when));
        yield {
          severity: 'medium',
          faults: [{ wrong: all(there, isWrittenAs(value, 'AWS', ({ form, account }) => (form === 'root' || form === 'account') && isForeign(account, own))), at: value }],
          message: (shown) => `The trust policy of ${displayName} lets whomever another account, ${shown}, chooses assume the role without a condition; name a role of that account, and add a condition on sts:ExternalId or aws:PrincipalOrgID.`,
        };
        yield {
          faults: [{ wrong: all(there, isWrittenAs(value, 'AWS', ({ form, account }) => (form === 'role' || form === 'user' || form === 'session') && isForeign(account, own))), at: value }],
          message: (shown) => `The trust policy of ${displayName} lets ${shown} of another account assume the role without a condition; if that account is a third party's, add one on sts:ExternalId.`,
        };
      }
    }
  },
});

const ASSUMES = naming('sts:AssumeRole');
