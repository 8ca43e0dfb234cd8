import type { Fix, MergeConditionEdit } from '../../model/edit.ts';
import { all, any, is, isPresent, not, type Judgement } from '../../model/judgement.ts';
import type { PolicyDocument } from '../../model/policy.ts';
import { soleItem } from '../../model/navigate.ts';
import { isTrue } from '../../model/predicate.ts';
import { written } from '../../policy/condition-operator.ts';
import { withOperator } from '../../policy/condition-place.ts';
import { conditionsOf, type PlacedCondition } from '../../policy/conditions.ts';
import { isAllow, isDeny } from '../../policy/in-force.ts';
import {
  isOneOfTwoWays,
  MANY_VALUED,
  ONLY_FROM_PRINCIPALS,
  ONLY_FROM_SERVICES,
  TELLING_APART,
} from '../../policy/key-presence.ts';
import { namesEverybody } from '../../policy/principal.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'iam-policy-condition-missing-key',
  on: 'policy',
  selfContained: true,
  conditions: true,
  topic: 'identity',
  severity: 'medium',
  profile: 'recommended',
  since: '0.1',
  judged: '2026-11-26',
  title: 'IAM conditions that keep somebody out also do so where a request lacks the key',
  why: 'Many keys are missing in some requests. IfExists and ForAllValues hold then, ForAnyValue does not, and negated operators do, so that a statement lets in or stops others than it names.',
  remedy:
    'Allow by an operator without IfExists; deny by ForAllValues or with a second statement that tests by Null; leave AWS services out by aws:PrincipalIsAWSService.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html',
      claim: 'With IfExists a condition is true where the key is missing; negated operators are true then too.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html',
      claim: 'ForAllValues is true where the key is missing, ForAnyValue is false.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html',
      claim:
        'aws:PrincipalOrgID and aws:PrincipalOrgPaths are in requests of members of an organisation only; aws:SourceArn, aws:SourceAccount and their like in those that an AWS service makes by itself.',
      seen: '2026-11-26',
    },
  ],
  aliases: {},
  controls: {},
  fix: 'suggestion',
  *check(policy) {
    const { displayName } = policy.host;
    // Whether some statement denies requests without a key, worked out once for each.
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
        TELLING_APART.has(key) &&
        !operator.negated &&
        operator.holdsWithoutKey &&
        (operator.ifExists || MANY_VALUED.has(key)) &&
        !isOneOfTwoWays(statement)
      ) {
        const wrong = all(there, isAllow(statement), not(tested(one)));
        if (!wrong.no.isAlways())
          yield {
            violations: [{ wrong, at: condition.values }],
            message: `The policy in ${displayName} compares ${condition.key} by ${condition.operator}, which also matches requests without the key. Use ${strict(one)}.`,
            fixes: () => fix(policy, one, strict(one), 'stops requests without the key'),
          };
      }
      if (MANY_VALUED.has(key) && operator.qualifier === 'ForAnyValue' && operator.negated) {
        const wrong = all(there, isDeny(statement), not(covered(key)));
        if (!wrong.no.isAlways())
          yield {
            violations: [{ wrong, at: condition.values }],
            message: `The policy in ${displayName} denies by ${condition.operator}, which does not match requests without ${condition.key}, such as those from outside any organization. Use ForAllValues:${operator.name}.`,
            fixes: () =>
              fix(
                policy,
                one,
                `ForAllValues:${operator.name}`,
                'also denies requests without the key',
                ...sparingServices(one),
              ),
          };
      }
      if (operator.negated && operator.holdsWithoutKey && policy.kind === 'resource') {
        const toAll = all(
          there,
          isDeny(statement),
          any(namesEverybody(statement.principals), isPresent(statement.notPrincipals)),
          not(tested(one)),
        );
        const spared = statement.conditions.some((other) => SPARING.has(other.key.toLowerCase()));
        const words = ONLY_FROM_SERVICES.has(key)
          ? 'every request that no AWS service makes by itself'
          : ONLY_FROM_PRINCIPALS.has(key)
            ? 'what AWS services do by themselves'
            : undefined;
        if (words && !spared && !toAll.no.isAlways())
          yield {
            violations: [{ wrong: toAll, at: condition.values }],
            severity: 'low',
            profile: 'strict',
            message: `The policy in ${displayName} denies by ${condition.operator} of ${condition.key}, which also holds without that key, and so denies ${words}; add the condition ${ONLY_FROM_SERVICES.has(key) ? `Null with false for ${condition.key}` : 'BoolIfExists with false for aws:PrincipalIsAWSService'} if those are to go through.`,
          };
      }
    }
  },
});

/** Keys by which a statement tells AWS services from others, so that its author has thought of them. */
const SPARING: ReadonlySet<string> = new Set([
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

/** Whether another condition of the statement says whether the key has to be there. */
function tested({ statement, key }: PlacedCondition) {
  return any(
    ...statement.conditions
      .filter((other) => other.operator.toLowerCase() === 'null' && other.key.toLowerCase() === key)
      .map(({ values }) => isPresent(values)),
  );
}

/** Whether a condition holds for requests without the key. */
function coversMissing({ operator, condition }: PlacedCondition) {
  if (operator?.family === 'Null') return is(soleItem(condition.values), isTrue);
  return operator?.holdsWithoutKey ? isPresent(condition.values) : any();
}

/** The operator without what makes it hold where the key is missing. */
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
          title: `Compare by ${name} (${effect}${others.length > 0 ? ', but those of AWS services' : ''})`,
          safe: false,
          uncovers: 'part',
          edits: [...edits, ...others.map((edit) => ({ ...edit, resource }))],
        },
      ]
    : [];
}

/** AWS services are outside of every organisation too, and mostly meant to go through. */
function sparingServices({ statement }: PlacedCondition): readonly Omit<MergeConditionEdit, 'resource'>[] {
  if (statement.conditions.some(({ key }) => SPARING.has(key.toLowerCase()))) return [];
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
