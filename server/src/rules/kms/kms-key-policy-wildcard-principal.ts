import type { Fix } from '../../model/edit.ts';
import { all, any, every, is, isPresent, judgement, type Judgement } from '../../model/judgement.ts';
import { itemsOf } from '../../model/navigate.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import { text } from '../../model/predicate.ts';
import type { Stack } from '../../model/resource.ts';
import type { Leaf } from '../../model/value.ts';
import { isNarrowingKey } from '../../policy/condition-key.ts';
import { knownPrincipals } from '../../policy/known-principals.ts';
import { newOwnAccount } from '../../policy/own-account.ts';
import { publicGrants } from '../../policy/public-grant.ts';
import { weakCondition } from '../../policy/weak-condition.ts';
import { defineRule } from '../rule.ts';

/** Actions by which nothing is decrypted, encrypted, signed or changed. */
const HARMLESS = text((action) => /^kms:(?:(?:Describe|Get|List)[\w*]*|Verify|VerifyMac)$/i.test(action));

export default defineRule({
  id: 'kms-key-policy-wildcard-principal',
  on: 'policy',
  selfContained: true,
  kinds: ['resource'],
  topic: 'data-exposure',
  severity: 'critical',
  profile: 'essential',
  since: '0.1',
  judged: '2026-11-24',
  title: 'KMS key policies should not allow public access',
  why: 'A wildcard principal lets every identity of every AWS account use the key, if its own account allows that: decrypt the data, or change who can use the key.',
  remedy:
    'Name the account or its roles, or add a condition on kms:CallerAccount, aws:PrincipalOrgID or a similar key with a fixed value.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/kms/latest/developerguide/determining-access-key-policy.html',
      claim:
        'Do not set the principal to a star in a statement that allows something unless conditions limit it: it lets every identity in every AWS account use the key.',
      seen: '2026-11-24',
    },
    {
      url: 'https://docs.aws.amazon.com/config/latest/developerguide/kms-key-policy-no-public-access.html',
      claim:
        'A key policy is public unless it grants access to fixed values only, without wildcards and policy variables.',
      seen: '2026-11-24',
    },
  ],
  aliases: { checkov: ['CKV_AWS_33', 'CKV_AWS_283'], cfn_nag: ['F76'], guard: ['KMS_NO_WILDCARD_PRINCIPAL'] },
  controls: {},
  fix: 'suggestion',
  subsumes: ['iam-policy-not-principal'],
  *check(policy, context) {
    if (policy.service !== 'kms') return;
    const { address } = policy.host;
    for (const { statement, at, open } of publicGrants(policy)) {
      const fixes = (star: Leaf): readonly Fix[] => knownPrincipals(policy, statement, star, context.stack);
      const weak = weakCondition(statement, isNarrowingKey);
      // Of several findings at one place the first that is certain is kept.
      yield {
        violations: [{ wrong: all(open, harmless(statement)), at }],
        fixes,
        severity: 'low',
        profile: 'strict',
        message: `The key policy of ${address} lets every AWS account read the settings of the key, but not use it. Name the accounts.`,
      };
      yield {
        violations: [{ wrong: all(open, throughService(statement)), at }],
        fixes: (star) => [...ofThisAccount(policy, statement, context.stack), ...fixes(star)],
        severity: 'high',
        profile: 'recommended',
        message: `The key policy of ${address} lets every AWS account use the key through a service, because ${weak?.because ?? 'kms:ViaService does not identify the caller'}. ${weak?.remedy ?? 'Add a condition on kms:CallerAccount'}.`,
      };
      yield {
        violations: [{ wrong: open, at }],
        fixes,
        message: `The key policy of ${address} lets every AWS account use the key${weak ? `, because ${weak.because}` : ' and decrypt its data'}. ${weak?.remedy ?? 'Name the principals, or add a condition on kms:CallerAccount or aws:PrincipalOrgID'}.`,
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
 * Leaves everybody of this account, as AWS writes it for its own keys: a service asks for them.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
 */
function ofThisAccount(policy: PolicyDocument, { value: target, conditions }: Statement, stack: Stack): readonly Fix[] {
  const account = newOwnAccount(policy.host, stack);
  if (!account || conditions.some(({ key }) => key.toLowerCase() === 'kms:calleraccount')) return [];
  return [
    {
      title: 'Restrict to callers of this account (ends public access)',
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

/** Whether a statement is for requests that come through some services alone. */
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
