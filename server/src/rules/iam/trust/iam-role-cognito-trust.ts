import { all, among, any, every, is, judge, judgement, not, type Judgement } from '../../../model/judgement.ts';
import { itemsOf } from '../../../model/navigate.ts';
import type { Condition, Statement } from '../../../model/policy.ts';
import { never } from '../../../model/quantified.ts';
import type { Leaf } from '../../../model/value.ts';
import { keyPlace } from '../../../policy/condition/condition-place.ts';
import { readOperator } from '../../../policy/text/condition-operator.ts';
import { textWithUnknowns } from '../../../policy/text/condition-text.ts';
import { principal, principalsIn } from '../../../policy/principal/principal.ts';
import { fits } from '../../../policy/text/wildcard.ts';
import { forIssuer, issuerOf } from '../../../policy/principal/issuer.ts';
import { defineRule } from '../../rule.ts';
import { allowsTokens, claimIn } from './oidc-providers.ts';

/** The federated principal of Amazon Cognito identity pools; in China its name contains a Region. */
const COGNITO = /^cognito-identity(?:\.[a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?$/i;

export default defineRule({
  id: 'iam-role-cognito-trust',
  on: 'policy',
  kinds: ['trust'],
  needs: { statement: ['allow', 'principal'] },
  topic: 'identity',
  severity: 'high',
  judged: '2026-11-28',
  title: 'Cognito role trust policies should restrict the identity pool and guest access',
  keywords: ['cognito-identity.amazonaws.com:aud', 'unauthenticated role', 'anonymous', 'AssumeRoleWithWebIdentity'],
  why: 'Without a condition on the ID of the identity pool, a user of an unintended identity pool can assume the role. Without a condition on the authentication state, guests that never signed in can assume it too.',
  remedy:
    'Use StringEquals on cognito-identity.amazonaws.com:aud with the identity pool ID, and ForAnyValue:StringLike on cognito-identity.amazonaws.com:amr with authenticated.',
  sources: {
    'https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html':
      'The trust policy restricts aud to the ID of the identity pool, and amr to authenticated or unauthenticated.',
    'https://docs.aws.amazon.com/cognito/latest/developerguide/identity-pools-security-best-practices.html':
      'As a best practice, apply both conditions, aud and amr, in all roles that trust identity pools; amr can limit a role to signed-in users.',
    'https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html':
      'The aud claim of a token is the ID of its identity pool; IAM rejects new trust policies that allow any identity pool to assume the role.',
    'https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html':
      'Without the aud condition in the trust policy, a user from an unintended identity pool can assume the role.',
  },
  fix: 'none',
  subsumes: ['iam-role-oidc-unsafe-subject'],
  *check(policy, { stack }) {
    const { displayName } = policy.host;
    for (const statement of policy.statements) {
      const federated = principalsIn(statement.principals).filter(({ kind }) => kind === 'Federated');
      if (federated.length === 0) continue;
      const present = allowsTokens(policy, statement);
      if (never(present)) continue;
      const [pools, states] = [comparing(statement, 'aud'), comparing(statement, 'amr')];
      const ofPool = restricted(statement, pools, isOnePool);
      const signedIn = restricted(statement, states, isSignedIn);
      // Signed-in users cannot assume a role that requires a guest, so it is the guest role.
      const ofGuests = restricted(statement, states, isGuest);
      for (const { value, when } of federated) {
        const open = all(
          present,
          judgement(when),
          not(forIssuer(statement, issuerOf(value, stack)).closed),
          is(value, {
            ...principal('Federated', ({ text }) => COGNITO.test(text)),
            reference: () => false,
            // An unknown provider is assumed not to be Cognito, unless a condition tests a Cognito key.
            ...(pools.length + states.length > 0 ? {} : { unknown: false as const }),
          }),
        );
        yield {
          violations: [{ wrong: all(open, not(ofPool)), at: pools[0] ? keyPlace(pools[0]) : value }],
          message: `${displayName} allows users of any Cognito identity pool. Restrict cognito-identity.amazonaws.com:aud to your identity pool ID.`,
        };
        yield {
          severity: 'low',
          ...(states.length > 0 ? ({ profile: 'strict' } as const) : {}),
          violations: [
            { wrong: all(open, ofPool, not(signedIn), not(ofGuests)), at: states[0] ? keyPlace(states[0]) : value },
          ],
          message: `${displayName} allows unauthenticated guests of the identity pool. Unless it is the guest role, restrict cognito-identity.amazonaws.com:amr to authenticated.`,
        };
      }
    }
  },
});

/** The conditions on a token claim of identity pools. */
function comparing({ conditions }: Statement, claim: string): readonly Condition[] {
  return conditions.filter(
    (condition) => claimIn(condition) === claim && condition.key.toLowerCase().startsWith('cognito-identity.'),
  );
}

/** Whether some condition restricts a claim to values that meet a predicate. */
function restricted(
  { conditionsComplete }: Statement,
  conditions: readonly Condition[],
  meets: (leaf: Leaf, like: boolean) => boolean,
): Judgement {
  return among(
    any(
      ...conditions.map((condition) => {
        const operator = readOperator(condition.operator);
        // Every token has both claims.
        if (!operator || operator.family !== 'String' || operator.negated) return any();
        const like = operator.comparison === 'like';
        return all(
          judgement(condition.when),
          every(itemsOf(condition.values, true), ({ value }) => judge(value, (leaf) => meets(leaf, like))),
        );
      }),
    ),
    conditionsComplete,
  );
}

/** Whether a value is the ID of a single identity pool. An external value is; a pattern is not. */
function isOnePool(leaf: Leaf, like: boolean): boolean {
  return !like || !/[*?]/.test(textWithUnknowns(leaf) ?? '');
}

function isSignedIn(leaf: Leaf, like: boolean): boolean {
  const text = textWithUnknowns(leaf)?.toLowerCase();
  return text === undefined || !(like ? fits('unauthenticated', text) : text === 'unauthenticated');
}

function isGuest(leaf: Leaf): boolean {
  return textWithUnknowns(leaf)?.toLowerCase() === 'unauthenticated';
}
