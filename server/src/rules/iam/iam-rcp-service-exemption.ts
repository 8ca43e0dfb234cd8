import type { Fix } from '../../model/edit.ts';
import { all, among, any, is, judgement, not, type Judgement, type Predicate } from '../../model/judgement.ts';
import type { Condition, PolicyDocument, Statement } from '../../model/policy.ts';
import { soleItem } from '../../model/navigate.ts';
import { isFalse, isTrue, oneOf } from '../../model/predicate.ts';
import { keyPlace } from '../../policy/condition-place.ts';
import { readOperator } from '../../policy/condition-operator.ts';
import { analyzerAliases, severityOf, type Code } from '../access-analyzer.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'iam-rcp-service-exemption',
  on: 'policy',
  selfContained: true,
  kinds: ['rcp'],
  topic: 'identity',
  severity: 'low',
  profile: 'recommended',
  since: '0.1',
  judged: '2026-11-26',
  title: 'Resource control policies tell AWS services from other principals',
  why: 'A resource control policy is also about AWS services that act on your behalf. They have no keys about users and roles, and users and roles have none about whom a service acts for, so a statement that compares one kind also denies to the others.',
  remedy:
    'Add BoolIfExists with aws:PrincipalIsAWSService false beside keys about users and roles; beside aws:SourceOrgID and its like add Bool with aws:PrincipalIsAWSService true, and Null with aws:SourceAccount false.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
      claim:
        'Warnings in a resource control policy are a key about principals without aws:PrincipalIsAWSService false, a key about sources without aws:PrincipalIsAWSService true, and aws:SourceOrgID without a check by Null that the source is there.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.datadoghq.com/security/default_rules/def-000-tss',
      claim: 'A resource control policy by aws:PrincipalOrgID has to spare services by aws:PrincipalIsAWSService.',
      seen: '2026-11-26',
    },
  ],
  aliases: {
    'access-analyzer': [
      'RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY',
      'RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY',
      'RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK',
    ],
  },
  controls: {},
  fix: 'suggestion',
  *check(policy) {
    const { displayName } = policy.host;
    for (const statement of policy.statements) {
      const denies = all(judgement(policy.exists), judgement(statement.when), is(statement.effect, oneOf('Deny')));
      if (denies.no.isAlways()) continue;
      const services = (value: Predicate): Judgement =>
        has(statement, 'aws:principalisawsservice', ({ values }) => is(soleItem(values), value));
      // The contrary beside it would let the statement deny nothing any more.
      const saysOther = (value: Predicate): boolean => !services(value).no.isAlways();
      for (const condition of statement.conditions) {
        const report = (code: Code, wrong: Judgement) => ({
          ...severityOf(code),
          violations: [
            {
              wrong: all(denies, judgement(condition.when), wrong),
              at: keyPlace(condition),
              aliases: analyzerAliases(code),
            },
          ],
        });
        const key = condition.key.toLowerCase();
        // What needs its key is never met by those who lack it.
        const operator = readOperator(condition.operator);
        if (!operator?.holdsWithoutKey || operator.how === 'null') continue;
        if (OF_PRINCIPALS.test(key))
          yield {
            // What is about services alone may leave out some who ask through them.
            ...report('RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY', not(any(services(isFalse), services(isTrue)))),
            message: (shown) =>
              `The resource control policy in ${displayName} denies by ${shown}, which AWS services that act for you do not have, so it denies to them too; add BoolIfExists with aws:PrincipalIsAWSService false.`,
            fixes: () =>
              adding(policy, statement, 'Spare AWS services (no longer denies to them)', [
                'BoolIfExists',
                'aws:PrincipalIsAWSService',
                'false',
              ]),
          };
        if (OF_SOURCES.test(key))
          yield {
            ...report('RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY', not(services(isTrue))),
            message: (shown) =>
              `The resource control policy in ${displayName} denies by ${shown}, which users and roles do not have, so it denies to them too; ${saysOther(isFalse) ? 'move it to a statement' : 'add Bool'} with aws:PrincipalIsAWSService true.`,
            fixes: () => {
              if (saysOther(isFalse)) return [];
              const toServices: Added = ['Bool', 'aws:PrincipalIsAWSService', 'true'];
              // What is missing twice is added at once, as the next finding would ask for it.
              return isOfOrganisation(key) && !checksSource(statement).yes.isAlways()
                ? adding(
                    policy,
                    statement,
                    'Deny to AWS services that act for an account alone (no longer denies to users and roles, nor where there is no source account)',
                    toServices,
                    ['Null', 'aws:SourceAccount', 'false'],
                  )
                : adding(
                    policy,
                    statement,
                    'Deny to AWS services alone (no longer denies to users and roles)',
                    toServices,
                  );
            },
          };
        if (isOfOrganisation(key))
          yield {
            ...report('RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK', not(checksSource(statement))),
            message: (shown) =>
              `The resource control policy in ${displayName} denies by ${shown}, which is also missing where a service acts for nobody in particular; add Null with aws:SourceAccount false.`,
            fixes: () =>
              adding(policy, statement, 'Deny where there is a source account (no longer denies where there is none)', [
                'Null',
                'aws:SourceAccount',
                'false',
              ]),
          };
      }
    }
  },
});

/** What users, roles and their accounts have. */
const OF_PRINCIPALS =
  /^aws:(?:principalorgid|principalorgpaths|principalaccount|principalarn|principaltag\/.+|principaltype|userid|username)$/;

/** What services have that act for somebody. */
const OF_SOURCES = /^aws:source(?:orgid|orgpaths|account|arn)$/;

function has(
  { conditions, conditionsComplete }: Statement,
  key: string,
  says: (condition: Condition) => Judgement,
): Judgement {
  return among(
    any(
      ...conditions
        .filter((condition) => condition.key.toLowerCase() === key)
        .map((condition) => all(judgement(condition.when), says(condition))),
    ),
    conditionsComplete,
  );
}

/** Whether a statement is about requests alone that have a source account or ARN. */
function checksSource(statement: Statement): Judgement {
  const checked = ({ operator, values }: Condition): Judgement =>
    readOperator(operator)?.how === 'null' ? is(soleItem(values), isFalse) : any();
  return any(has(statement, 'aws:sourceaccount', checked), has(statement, 'aws:sourcearn', checked));
}

function isOfOrganisation(key: string): boolean {
  return /^aws:sourceorg(?:id|paths)$/.test(key);
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
