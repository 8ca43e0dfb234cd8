import { capital, lowerFirst } from '../../base/words.ts';
import type { Fix } from '../../model/edit.ts';
import { all, any, every, is, isPresent, judgement, type Judgement } from '../../model/judgement.ts';
import { itemsOf } from '../../model/navigate.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import { text } from '../../model/predicate.ts';
import type { Stack } from '../../model/resource.ts';
import type { Leaf } from '../../model/value.ts';
import { isNarrowingKey } from '../../policy/condition/condition-key.ts';
import { knownPrincipals } from '../../policy/principal/known-principals.ts';
import { newOwnAccount } from '../../policy/principal/own-account.ts';
import { publicGrants } from '../../policy/principal/public-grant.ts';
import { weakCondition } from '../../policy/condition/weak-condition.ts';
import { exposureBy } from '../forms/exposure.ts';
import { defineRule, type Cause } from '../rule.ts';
import { decidedByGrant } from '../iam/decided-by.ts';

/** Actions that do not decrypt, encrypt, sign or change anything. */
const HARMLESS = text((action) => /^kms:(?:(?:Describe|Get|List)[\w*]*|Verify|VerifyMac)$/i.test(action));

export default defineRule({
  id: 'kms-key-policy-wildcard-principal',
  on: 'policy',
  selfContained: true,
  kinds: ['resource'],
  needs: { statement: ['allow', 'any-principal'], attachedTo: ['kms'] },
  topic: 'data-exposure',
  severity: 'critical',
  judged: '2026-11-24',
  title: 'KMS key policies should not allow public access',
  keywords: ['wildcard principal', 'cross-account', 'CMK', 'customer managed key', 'open to the world'],
  why: 'A wildcard principal allows every identity of every AWS account to use the key if its own account allows it: to decrypt data, or to change who can use the key.',
  remedy:
    'Specify the account or its roles, or add a condition on kms:CallerAccount, aws:PrincipalOrgID or a similar key with a fixed value.',
  sources: {
    'https://docs.aws.amazon.com/kms/latest/developerguide/determining-access-key-policy.html':
      'Do not use a wildcard principal in an Allow statement unless conditions restrict it: it allows every identity in every AWS account to use the key.',
    'config:kms-key-policy-no-public-access':
      'A key policy is public unless it grants access to fixed values only, without wildcards and policy variables.',
  },
  aliases: ['CKV_AWS_33', 'CKV_AWS_283', 'F76', 'KMS_NO_WILDCARD_PRINCIPAL'],
  controls: { securityHub: ['KMS.5'] },
  fix: 'suggestion',
  subsumes: ['iam-policy-not-principal'],
  *check(policy, context) {
    if (policy.service !== 'kms') return;
    const name = `The key policy of ${policy.host.displayName}`;
    const shared = (degree: string, what: string): Cause =>
      exposureBy(policy.host, {
        degree,
        name: what,
        also: `This statement also allows any AWS account ${what}.`,
        message: () => `${name} allows any AWS account ${what}. Specify the principals.`,
      });
    for (const { statement, at, open } of publicGrants(policy)) {
      const fixes = (star: Leaf): readonly Fix[] => knownPrincipals(policy, statement, star, context.stack);
      const weak = weakCondition(statement, isNarrowingKey);
      const advice = (otherwise: string): string =>
        weak ? `${capital(weak.because)}; ${lowerFirst(weak.remedy)}.` : otherwise;
      // Of several findings at one place the first that is certain is kept.
      yield {
        decidedBy: () => decidedByGrant(statement),
        cause: shared('settings', 'to read the key settings'),
        violations: [{ wrong: all(open, harmless(statement)), at }],
        fixes,
        severity: 'low',
        profile: 'strict',
        message: `${name} allows any AWS account to read the key settings. Specify the accounts.`,
      };
      yield {
        decidedBy: () => decidedByGrant(statement),
        cause: shared('open', 'to use the key'),
        violations: [{ wrong: all(open, throughService(statement)), at }],
        fixes: (star) => [...ofThisAccount(policy, statement, context.stack), ...fixes(star)],
        severity: 'high',
        profile: 'recommended',
        message: `${name} allows any AWS account to use the key through a service. ${advice('kms:ViaService does not identify the caller; add a condition on kms:CallerAccount.')}`,
      };
      yield {
        decidedBy: () => decidedByGrant(statement),
        cause: shared('open', 'to use the key'),
        violations: [{ wrong: open, at }],
        fixes,
        message: `${name} allows any AWS account to use the key. ${advice('Specify the principals, or add a condition on kms:CallerAccount or aws:PrincipalOrgID.')}`,
      };
    }
  },
});

function harmless({ actions }: Statement): Judgement {
  return all(
    isPresent(actions),
    every(itemsOf(actions, true), (action) => is(action.value, HARMLESS)),
  );
}

/**
 * The fix that keeps callers of this account, as AWS managed keys have it: a service calls on their behalf.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
 */
function ofThisAccount(policy: PolicyDocument, { value: target, conditions }: Statement, stack: Stack): readonly Fix[] {
  const account = newOwnAccount(policy.host, stack);
  if (!account || conditions.some(({ key }) => key.toLowerCase() === 'kms:calleraccount')) return [];
  return [
    {
      title: 'Restrict to callers of this account (ends this public access)',
      safe: false,
      edits: [
        {
          op: 'mergeCondition',
          resource: policy.host,
          target,
          operator: 'StringEquals',
          key: 'kms:CallerAccount',
          value: account,
        },
      ],
    },
  ];
}

/** Whether a statement applies only to requests through some services. */
function throughService({ conditions }: Statement): Judgement {
  return any(
    ...conditions
      .filter(
        ({ key, operator }) =>
          key.toLowerCase() === 'kms:viaservice' &&
          /^(?:ForAnyValue:)?String(?:Equals|EqualsIgnoreCase|Like)$/i.test(operator),
      )
      .map(({ when }) => judgement(when)),
  );
}
