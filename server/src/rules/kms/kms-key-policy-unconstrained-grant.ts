import { capital, lowerFirst } from '../../base/words.ts';
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
import { always, never } from '../../model/quantified.ts';
import { NOT_KNOWN } from '../../model/shown.ts';
import { actionPattern, covers } from '../../policy/data/action.ts';
import { readOperator } from '../../policy/text/condition-operator.ts';
import { listsEveryValue } from '../../policy/condition/open-value.ts';
import { ARN_OF_ANY_ACCOUNT } from '../../policy/principal/service-source.ts';
import { weakCondition } from '../../policy/condition/weak-condition.ts';
import { defineRule } from '../rule.ts';
import { isAllow } from '../../policy/condition/in-force.ts';

/** Condition keys, in lower case, that constrain grants: by grantee, operations or context. */
const LIMITS =
  /^kms:(grantisforawsresource|grantoperations|granteeprincipal|granteeserviceprincipal|grantconstrainttype|grantconstraintsourcearn|retiringprincipal|viaservice|encryptioncontext.*)$/;

export default defineRule({
  id: 'kms-key-policy-unconstrained-grant',
  on: 'policy',
  selfContained: true,
  kinds: ['resource'],
  needs: { statement: ['allow', 'principal'], attachedTo: ['kms'] },
  topic: 'identity',
  severity: 'low',
  judged: '2026-11-26',
  title: 'KMS key policies should restrict who can create grants',
  keywords: ['kms:CreateGrant', 'unconstrained grants', 'kms:GrantIsForAWSResource', 'cross-account', 'delegation'],
  why: 'A principal that can create grants can allow any principal to use the key, including in other accounts, and no policy shows this.',
  remedy:
    'Add the condition kms:GrantIsForAWSResource, so that the principal creates grants only through AWS services, or kms:GrantOperations with the required operations.',
  sources: {
    'https://docs.aws.amazon.com/kms/latest/developerguide/grants.html':
      'Grants allow other principals to use a key; principals with kms:CreateGrant can create them, and condition keys constrain them.',
    'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html':
      'The default key policy allows key users CreateGrant, ListGrants and RevokeGrant when kms:GrantIsForAWSResource is true.',
  },
  fix: 'suggestion',
  *check(policy) {
    if (policy.service !== 'kms') return;
    for (const statement of policy.statements) {
      const counts = all(
        judgement(policy.when),
        judgement(statement.when),
        isAllow(statement),
        isPresent(member(statement.principals, 'AWS')),
      );
      if (never(counts)) continue;
      const about = statement.conditions.filter(({ key }) => LIMITS.test(key.toLowerCase()));
      const limited = any(...about.map(limits));
      const weak = weakCondition(statement, (key) => LIMITS.test(key));
      const actions = itemsOf(statement.actions, true);
      const alone = always(every(actions, (item) => is(item.value, ABOUT_GRANTS)));
      for (const action of actions.items) {
        const wrong = all(counts, judgement(action.when), is(action.value, GRANTS), not(limited));
        yield {
          violations: [{ wrong, at: action.value }],
          message: (shown) =>
            `The key policy of ${policy.host.displayName} allows ${shown === NOT_KNOWN ? 'kms:CreateGrant' : shown} without constraints. ${
              weak
                ? `${capital(weak.because)}; ${lowerFirst(weak.remedy)}.`
                : 'Its principals can give other accounts access to the key; add a condition on kms:GrantIsForAWSResource.'
            }`,
          ...(alone && !weak
            ? {
                fixes: () => [
                  {
                    title: 'Restrict to grants for AWS services (stops other grants)',
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
 * Keys that every request for a grant has; the others are there for some of them only, so that an operator which holds
 * without the key leaves out none of the rest.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
 */
const IN_EVERY_GRANT: ReadonlySet<string> = new Set(['kms:granteeprincipal', 'kms:grantoperations']);

/** Of which AWS does not say whether requests that no service makes have it. */
const FOR_SERVICES = 'kms:grantisforawsresource';

/** Whether a condition constrains grants: it compares the key with some of its values. */
function limits({ key, operator, values, when }: Condition): Judgement {
  const read = readOperator(operator);
  if (!read) return judgement(when);
  if (read.negated || read.family === 'Null') return NO;
  const name = key.toLowerCase();
  if (read.holdsWithoutKey && !IN_EVERY_GRANT.has(name)) return name === FOR_SERVICES ? UNKNOWABLE : NO;
  return all(
    judgement(when),
    read.family === 'Bool' ? not(is(soleItem(values), isFalse)) : not(listsEveryValue(read, key, values)),
    read.how === 'like' ? not(exists(itemsOf(values, true), ({ value }) => is(value, ARN_OF_ANY_ACCOUNT))) : YES,
  );
}

/**
 * CreateGrant by name or with other actions on grants. `kms:Create*` is not one: AWS's default key policy grants it to
 * key administrators.
 */
const GRANTS: Predicate = {
  known: ({ raw }) => {
    const pattern = actionPattern(raw);
    return pattern !== undefined && /grant/i.test(pattern.name) && covers(pattern, 'kms:CreateGrant');
  },
  text: () => false,
  reference: () => false,
  collection: false,
};

/** The actions that support the condition. */
const ABOUT_GRANTS: Predicate = {
  known: ({ raw }) => /^kms:(CreateGrant|ListGrants|RevokeGrant)$/i.test(raw),
  text: () => false,
  reference: () => false,
  collection: false,
};
