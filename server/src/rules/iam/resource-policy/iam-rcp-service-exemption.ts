import { some } from '../../../base/words.ts';
import type { Fix } from '../../../model/edit.ts';
import { all, among, any, is, judgement, not, type Judgement, type Predicate } from '../../../model/judgement.ts';
import type { Condition, PolicyDocument, Statement } from '../../../model/policy.ts';
import { soleItem } from '../../../model/navigate.ts';
import { isFalse, isTrue, oneOf } from '../../../model/predicate.ts';
import { always, never } from '../../../model/quantified.ts';
import { keyPlace } from '../../../policy/condition/condition-place.ts';
import { readOperator } from '../../../policy/text/condition-operator.ts';
import { analyzerAliases, severityOf, type Code } from '../../access-analyzer.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'iam-rcp-service-exemption',
  on: 'policy',
  selfContained: true,
  kinds: ['rcp'],
  needs: { statement: ['deny', 'condition'] },
  topic: 'identity',
  severity: 'low',
  profile: 'recommended',
  judged: '2026-11-26',
  title: 'Resource control policies should exempt AWS services from identity conditions',
  keywords: [
    'RCP',
    'aws:PrincipalIsAWSService',
    'aws:SourceOrgID',
    'aws:PrincipalOrgID',
    'data perimeter',
    'service exemption',
  ],
  why: 'A resource control policy also applies to AWS services that act on your behalf. Their requests have no keys about principals, and requests of users and roles have no keys about the source, so a Deny condition on one kind of key also denies the other callers.',
  remedy:
    'With keys about principals, add BoolIfExists aws:PrincipalIsAWSService with false. With keys such as aws:SourceOrgID, add Bool aws:PrincipalIsAWSService with true and Null aws:SourceAccount with false.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'Warnings in a resource control policy are a key about principals without aws:PrincipalIsAWSService false, a key about sources without aws:PrincipalIsAWSService true, and aws:SourceOrgID without a Null check that the source is present.',
  },
  aliases: {
    'access-analyzer': [
      'RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY',
      'RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY',
      'RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK',
    ],
  },
  fix: 'suggestion',
  *check(policy) {
    const { displayName } = policy.host;
    for (const statement of policy.statements) {
      const denies = all(judgement(policy.when), judgement(statement.when), is(statement.effect, oneOf('Deny')));
      if (never(denies)) continue;
      const services = (value: Predicate): Judgement =>
        has(statement, 'aws:principalisawsservice', ({ values }) => is(soleItem(values), value));
      // With both true and false, the statement would deny nothing.
      const hasOther = (value: Predicate): boolean => !never(services(value));
      // Requests without the key never meet a condition that requires it.
      const conditions = statement.conditions.filter(({ operator }) => holdsWithoutKey(operator));
      const keys = conditions.map((condition) => condition.key.toLowerCase());
      // No condition exempts the callers of both kinds of keys: the statement has to be split.
      const isMixed = keys.some((key) => OF_PRINCIPALS.test(key)) && keys.some((key) => OF_SOURCES.test(key));
      for (const condition of conditions) {
        const report = (code: Code, wrong: Judgement) => ({
          cause: {
            of: statement.value,
            name: condition.key,
            message: (names: readonly string[]) => togetherIn(displayName, names),
          },
          violations: [
            {
              wrong: all(denies, judgement(condition.when), wrong),
              at: keyPlace(condition),
              aliases: analyzerAliases(code),
            },
          ],
          ...severityOf(code),
        });
        const key = condition.key.toLowerCase();
        if (OF_PRINCIPALS.test(key))
          yield {
            // A condition for services alone can exclude the principals on whose behalf they act.
            ...report('RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY', not(any(services(isFalse), services(isTrue)))),
            message: (shown) =>
              `The condition on ${shown} in ${displayName} also denies AWS services. They do not send the key; add BoolIfExists aws:PrincipalIsAWSService with false.`,
            fixes: () =>
              isMixed
                ? []
                : adding(policy, statement, 'Exempt AWS services (no longer denies them)', [
                    'BoolIfExists',
                    'aws:PrincipalIsAWSService',
                    'false',
                  ]),
          };
        if (OF_SOURCES.test(key))
          yield {
            ...report('RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY', not(services(isTrue))),
            message: (shown) =>
              `The condition on ${shown} in ${displayName} also denies users and roles. They do not send the key; ${hasOther(isFalse) ? 'move it to a statement with' : 'add Bool'} aws:PrincipalIsAWSService ${hasOther(isFalse) ? 'true' : 'with true'}.`,
            fixes: () => {
              if (isMixed || hasOther(isFalse)) return [];
              const toServices: Added = ['Bool', 'aws:PrincipalIsAWSService', 'true'];
              // Both missing conditions are added together, because the next finding would recommend the other.
              return keys.some(isOfOrganization) && !always(checksSource(statement))
                ? adding(
                    policy,
                    statement,
                    'Deny only AWS services with a source account (no longer denies users, roles and other services)',
                    toServices,
                    ['Null', 'aws:SourceAccount', 'false'],
                  )
                : adding(policy, statement, 'Deny only AWS services (no longer denies users and roles)', toServices);
            },
          };
        if (isOfOrganization(key))
          yield {
            ...report('RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK', not(checksSource(statement))),
            message: (shown) =>
              `The condition on ${shown} in ${displayName} also denies other AWS services. Their requests have no source account; add Null aws:SourceAccount with false.`,
            fixes: () =>
              adding(policy, statement, 'Deny only requests with a source account (no longer denies others)', [
                'Null',
                'aws:SourceAccount',
                'false',
              ]),
          };
      }
    }
  },
});

/** Condition keys about users, roles and their accounts. */
const OF_PRINCIPALS =
  /^aws:(?:principalorgid|principalorgpaths|principalaccount|principalarn|principaltag\/.+|principaltype|userid|username)$/;

/** Condition keys about the source on whose behalf a service acts. */
const OF_SOURCES = /^aws:source(?:orgid|orgpaths|account|arn)$/;

function holdsWithoutKey(operator: string): boolean {
  const read = readOperator(operator);
  return read?.holdsWithoutKey === true && read.how !== 'null';
}

function has(
  { conditions, conditionsComplete }: Statement,
  key: string,
  holds: (condition: Condition) => Judgement,
): Judgement {
  return among(
    any(
      ...conditions
        .filter((condition) => condition.key.toLowerCase() === key)
        .map((condition) => all(judgement(condition.when), holds(condition))),
    ),
    conditionsComplete,
  );
}

/** Whether a statement applies only to requests with a source account or ARN. */
function checksSource(statement: Statement): Judgement {
  const checked = ({ operator, values }: Condition): Judgement =>
    readOperator(operator)?.how === 'null' ? is(soleItem(values), isFalse) : any();
  return any(has(statement, 'aws:sourceaccount', checked), has(statement, 'aws:sourcearn', checked));
}

function isOfOrganization(key: string): boolean {
  return /^aws:sourceorg(?:id|paths)$/.test(key);
}

/** The message for several conditions of a statement, by their keys. */
function togetherIn(displayName: string, keys: readonly string[]): string {
  const several = `Keys ${some(keys, keys.length > 2 ? 1 : 2)} in ${displayName} deny`;
  const sources = keys.filter((key) => OF_SOURCES.test(key.toLowerCase()));
  if (sources.length === 0)
    return `${several} AWS services. They do not send the keys; add BoolIfExists aws:PrincipalIsAWSService with false.`;
  return sources.length === keys.length
    ? `${several} other callers. They do not send the keys; deny only AWS services that act for a source account.`
    : `${several} other callers. No caller sends both kinds of keys; use a statement for each, with aws:PrincipalIsAWSService.`;
}

type Added = readonly [operator: string, key: string, value: string];

function adding(
  policy: PolicyDocument,
  statement: Statement,
  title: string,
  ...conditions: readonly Added[]
): readonly Fix[] {
  return [
    {
      title,
      safe: false,
      edits: conditions.map(([operator, key, value]) => ({
        op: 'mergeCondition',
        resource: policy.host,
        target: statement.value,
        operator,
        key,
        value,
      })),
    },
  ];
}
