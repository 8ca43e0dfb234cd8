import type { Fix, MergeConditionEdit } from '../../../model/edit.ts';
import { all, any, is, isPresent, not, type Judgement } from '../../../model/judgement.ts';
import type { PolicyDocument } from '../../../model/policy.ts';
import { soleItem } from '../../../model/navigate.ts';
import { isTrue } from '../../../model/predicate.ts';
import { written } from '../../../policy/text/condition-operator.ts';
import { withOperator } from '../../../policy/condition/condition-place.ts';
import { conditionsOf, type PlacedCondition } from '../../../policy/condition/conditions.ts';
import { isAllow, isDeny } from '../../../policy/condition/in-force.ts';
import {
  coversBothNetworkPaths,
  MANY_VALUED,
  ONLY_FROM_PRINCIPALS,
  ONLY_FROM_SERVICES,
  IDENTIFYING_OPTIONAL_KEYS,
} from '../../../policy/condition/key-presence.ts';
import { namesAnyPrincipal } from '../../../policy/principal/principal.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-condition-missing-key',
  on: 'policy',
  selfContained: true,
  needs: { statement: ['condition'] },
  topic: 'identity',
  severity: 'medium',
  judged: '2026-11-26',
  title: 'Deny conditions should also apply when the key is missing',
  keywords: ['IfExists', 'ForAllValues', 'ForAnyValue', 'aws:PrincipalOrgID', 'aws:PrincipalOrgPaths'],
  why: 'Many condition keys are missing in some requests. IfExists, ForAllValues and negated operators match such requests, ForAnyValue does not, so a statement allows or denies other requests than intended.',
  remedy:
    'In Allow statements, use an operator without IfExists. In Deny statements, use ForAllValues or add a statement with Null, and exclude AWS services with aws:PrincipalIsAWSService.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html':
      'With IfExists a condition is true where the key is missing; negated operators are true then too.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html':
      'ForAllValues is true where the key is missing, ForAnyValue is false.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html':
      'aws:PrincipalOrgID and aws:PrincipalOrgPaths are in requests of members of an organization only; aws:SourceArn, aws:SourceAccount and similar keys in those that an AWS service principal makes.',
  },
  fix: 'suggestion',
  *check(policy) {
    const { displayName } = policy.host;
    // Whether a statement denies requests without a key, computed once per key.
    const coverings = new Map<string, Judgement>();
    const covered = (key: string): Judgement => {
      let found = coverings.get(key);
      if (!found)
        coverings.set(
          key,
          (found = any(
            ...conditionsOf(policy)
              .filter((other) => other.key === key)
              .map((other) => all(other.there, isDeny(other.statement), coversMissing(other))),
          )),
        );
      return found;
    };
    for (const one of conditionsOf(policy)) {
      const { statement, condition, operator, key, there } = one;
      if (!operator || operator.family === 'Null') continue;
      if (
        IDENTIFYING_OPTIONAL_KEYS.has(key) &&
        !operator.negated &&
        operator.holdsWithoutKey &&
        (operator.ifExists || MANY_VALUED.has(key)) &&
        !coversBothNetworkPaths(statement)
      ) {
        const wrong = all(there, isAllow(statement), not(tested(one)));
        yield {
          violations: [{ wrong, at: condition.values }],
          // A role can be passed only within its account, and many services send no source for roles.
          ...(policy.kind === 'trust' && ONLY_FROM_SERVICES.has(key)
            ? ({ severity: 'info', profile: 'strict' } as const)
            : {}),
          message: `${displayName} compares ${condition.key} with ${condition.operator}. It also matches requests without the key; use ${strict(one)}.`,
          fixes: () => fix(policy, one, strict(one), 'stops requests without the key'),
        };
      }
      if (MANY_VALUED.has(key) && operator.qualifier === 'ForAnyValue' && operator.negated) {
        const wrong = all(there, isDeny(statement), not(covered(key)));
        yield {
          violations: [{ wrong, at: condition.values }],
          message: `The ${condition.operator} deny in ${displayName} misses requests without ${condition.key}. They can come from outside any organization; use ForAllValues:${operator.name}.`,
          fixes: () =>
            fix(
              policy,
              one,
              `ForAllValues:${operator.name}`,
              'also denies requests without the key',
              ...exemptingServices(one),
            ),
        };
      }
      if (operator.negated && operator.holdsWithoutKey && policy.kind === 'resource') {
        const toAll = all(
          there,
          isDeny(statement),
          any(namesAnyPrincipal(statement.principals), isPresent(statement.notPrincipals)),
          not(tested(one)),
        );
        const isExempted = statement.conditions.some((other) => EXEMPTING_KEYS.has(other.key.toLowerCase()));
        const words = ONLY_FROM_SERVICES.has(key)
          ? 'users and roles'
          : ONLY_FROM_PRINCIPALS.has(key)
            ? 'AWS services'
            : undefined;
        if (words && !isExempted)
          yield {
            violations: [{ wrong: toAll, at: condition.values }],
            severity: 'low',
            profile: 'strict',
            message: `The ${condition.operator} deny on ${condition.key} in ${displayName} also denies ${words}. To exclude them, add ${ONLY_FROM_SERVICES.has(key) ? `Null with false for ${condition.key}` : 'BoolIfExists with false for aws:PrincipalIsAWSService'}.`,
          };
      }
    }
  },
});

/**
 * Condition keys that distinguish AWS services from other principals. They show that the author considered services.
 */
const EXEMPTING_KEYS: ReadonlySet<string> = new Set([
  'aws:principalisawsservice',
  'aws:viaawsservice',
  'aws:principalservicename',
  'aws:principalservicenameslist',
  'aws:principaltype',
  'aws:principalarn',
  'aws:calledvia',
  'aws:sourcevpc',
  'aws:sourcevpce',
]);

/** Whether another condition of the statement tests with Null whether the key is present. */
function tested({ statement, key }: PlacedCondition) {
  return any(
    ...statement.conditions
      .filter((other) => other.operator.toLowerCase() === 'null' && other.key.toLowerCase() === key)
      .map(({ values }) => isPresent(values)),
  );
}

/** Whether a condition matches requests without the key. */
function coversMissing({ operator, condition }: PlacedCondition) {
  if (operator?.family === 'Null') return is(soleItem(condition.values), isTrue);
  return operator?.holdsWithoutKey ? isPresent(condition.values) : any();
}

/** The operator without the set operator or suffix that makes it match requests without the key. */
function strict({ operator, key }: PlacedCondition): string {
  return written({
    name: operator!.name,
    qualifier: MANY_VALUED.has(key) ? 'ForAnyValue' : undefined,
    ifExists: false,
  });
}

function fix(
  policy: PolicyDocument,
  { statement, condition }: PlacedCondition,
  name: string,
  effect: string,
  ...others: readonly Omit<MergeConditionEdit, 'resource'>[]
): readonly Fix[] {
  const edits = withOperator(policy, statement, condition, name);
  const resource = policy.host;
  return edits
    ? [
        {
          title: `Change the operator to ${name} (${effect}${others.length > 0 ? ', except from AWS services' : ''})`,
          safe: false,
          uncovers: 'part',
          edits: [...edits, ...others.map((edit) => ({ ...edit, resource }))],
        },
      ]
    : [];
}

/** A condition that exempts AWS services. They are outside every organization too, and usually need access. */
function exemptingServices({ statement }: PlacedCondition): readonly Omit<MergeConditionEdit, 'resource'>[] {
  if (statement.conditions.some(({ key }) => EXEMPTING_KEYS.has(key.toLowerCase()))) return [];
  return [
    {
      op: 'mergeCondition',
      target: statement.value,
      operator: 'BoolIfExists',
      key: 'aws:PrincipalIsAWSService',
      value: 'false',
    },
  ];
}
