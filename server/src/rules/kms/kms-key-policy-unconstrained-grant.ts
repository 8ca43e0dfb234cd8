import {
  all,
  any,
  every,
  exists,
  is,
  isPresent,
  judgement,
  NO,
  not,
  UNKNOWABLE,
  YES,
  type Judgement,
  type Predicate,
} from '../../model/judgement.ts';
import { itemsOf, member, soleItem } from '../../model/navigate.ts';
import type { Condition } from '../../model/policy.ts';
import { isFalse } from '../../model/predicate.ts';
import { actionPattern, covers } from '../../policy/action.ts';
import { readOperator } from '../../policy/condition-operator.ts';
import { listsEveryValue } from '../../policy/open-value.ts';
import { OF_ANY_ACCOUNT } from '../../policy/service-source.ts';
import { weakCondition } from '../../policy/weak-condition.ts';
import { defineRule } from '../rule.ts';
import { isAllow } from '../../policy/in-force.ts';

/** Keys, in lower case, of conditions that limit which grants are made: for whom, for what, in which context. */
const LIMITS =
  /^kms:(grantisforawsresource|grantoperations|granteeprincipal|granteeserviceprincipal|grantconstrainttype|grantconstraintsourcearn|retiringprincipal|viaservice|encryptioncontext.*)$/;

export default defineRule({
  id: 'kms-key-policy-unconstrained-grant',
  on: 'policy',
  selfContained: true,
  kinds: ['resource'],
  topic: 'identity',
  severity: 'low',
  profile: 'strict',
  since: '0.1',
  judged: '2026-11-26',
  title: 'KMS key policies should restrict who can create grants',
  why: 'A principal that can create grants can let any principal use the key, in other accounts too, and no policy shows it.',
  remedy:
    'Add the condition kms:GrantIsForAWSResource, so that only AWS services create grants on behalf of the principal, or kms:GrantOperations with the operations that are needed.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/kms/latest/developerguide/grants.html',
      claim:
        'Grants let other principals use a key, and can be created by who has kms:CreateGrant; the conditions on grants limit that.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html',
      claim:
        'The default key policy allows CreateGrant, ListGrants and RevokeGrant to users of the key with the condition that kms:GrantIsForAWSResource is true.',
      seen: '2026-11-26',
    },
  ],
  aliases: {},
  controls: {},
  fix: 'suggestion',
  *check(policy) {
    if (policy.service !== 'kms') return;
    for (const statement of policy.statements) {
      const counts = all(
        judgement(policy.exists),
        judgement(statement.when),
        isAllow(statement),
        isPresent(member(statement.principals, 'AWS')),
      );
      if (counts.no.isAlways()) continue;
      const about = statement.conditions.filter(({ key }) => LIMITS.test(key.toLowerCase()));
      const limited = any(...about.map(limits));
      const weak = weakCondition(statement, (key) => LIMITS.test(key));
      const actions = itemsOf(statement.actions, true);
      for (const action of actions.items) {
        const wrong = all(counts, judgement(action.when), is(action.value, GRANTS), not(limited));
        if (wrong.no.isAlways()) continue;
        const alone = every(actions, (item) => is(item.value, ABOUT_GRANTS)).yes.isAlways();
        yield {
          violations: [{ wrong, at: action.value }],
          message: (shown) =>
            `The key policy in ${policy.host.displayName} allows ${shown} for any grant${weak ? `, because ${weak.because}` : ', so its principals can let others use the key'}. ${weak?.remedy ?? 'Add the condition kms:GrantIsForAWSResource'}.`,
          ...(alone && !weak
            ? {
                fixes: () => [
                  {
                    title: 'Let only AWS services create grants (stops grants for others)',
                    safe: false,
                    edits: [
                      {
                        op: 'mergeCondition',
                        resource: policy.host,
                        target: statement.value,
                        operator: 'Bool',
                        key: 'kms:GrantIsForAWSResource',
                        value: 'true',
                      },
                    ],
                  },
                ],
              }
            : {}),
        };
      }
    }
  },
});

/**
 * Keys that every request for a grant has; the others are there for some of them only, so that an operator which holds without the key leaves out none of the rest.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
 */
const IN_EVERY_GRANT: ReadonlySet<string> = new Set(['kms:granteeprincipal', 'kms:grantoperations']);

/** Of which AWS does not say whether requests that no service makes have it. */
const FOR_SERVICES = 'kms:grantisforawsresource';

/** Where a condition limits grants: it compares the key with values that leave some out. */
function limits({ key, operator, values, when }: Condition): Judgement {
  const read = readOperator(operator);
  if (!read) return judgement(when);
  if (read.negated || read.family === 'Null') return NO;
  const name = key.toLowerCase();
  if (read.holdsWithoutKey && !IN_EVERY_GRANT.has(name)) return name === FOR_SERVICES ? UNKNOWABLE : NO;
  return all(
    judgement(when),
    read.family === 'Bool' ? not(is(soleItem(values), isFalse)) : not(listsEveryValue(read, key, values)),
    read.how === 'like' ? not(exists(itemsOf(values, true), ({ value }) => is(value, OF_ANY_ACCOUNT))) : YES,
  );
}

/** CreateGrant by name or as one of the actions of grants. What creates anything, `kms:Create*`, is what AWS gives the administrators of a key. */
const GRANTS: Predicate = {
  known: ({ raw }) => {
    const pattern = actionPattern(raw);
    return pattern !== undefined && /grant/i.test(pattern.name) && covers(pattern, 'kms:CreateGrant');
  },
  text: () => false,
  reference: () => false,
  collection: false,
};

/** The actions for which the condition counts. */
const ABOUT_GRANTS: Predicate = {
  known: ({ raw }) => /^kms:(CreateGrant|ListGrants|RevokeGrant)$/i.test(raw),
  text: () => false,
  reference: () => false,
  collection: false,
};
