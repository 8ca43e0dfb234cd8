import type { Fix } from '../../../model/edit.ts';
import {
  all,
  any,
  exists,
  is,
  isPresent,
  judgement,
  not,
  type Judgement,
  type Predicate,
} from '../../../model/judgement.ts';
import { itemsOf } from '../../../model/navigate.ts';
import { withStatements, type Condition, type Statement } from '../../../model/policy.ts';
import { oneOf } from '../../../model/predicate.ts';
import type { Leaf, Value } from '../../../model/value.ts';
import { actionTest } from '../../../policy/data/action.ts';
import { readOperator } from '../../../policy/text/condition-operator.ts';
import { knownPrincipals } from '../../../policy/principal/known-principals.ts';
import { publicGrants } from '../../../policy/principal/public-grant.ts';
import { adviceFor } from '../../../policy/condition/weak-condition.ts';
import { analyzerAliases, severityOf } from '../../access-analyzer.ts';
import { defineRule } from '../../rule.ts';
import { withConditions } from '../../../policy/statement/with-conditions.ts';

/** The checks of other tools for a role that any principal can assume. */
const OPEN = { checkov: ['CKV_AWS_60'] };

export default defineRule({
  id: 'iam-role-trust-wildcard-principal',
  on: 'policy',
  kinds: ['trust'],
  selfContained: true,
  needs: { statement: ['any-principal'] },
  topic: 'identity',
  severity: 'critical',
  judged: '2026-11-24',
  title: 'IAM role trust policies should not allow public access',
  keywords: ['wildcard principal', 'Principal *', 'cross-account', 'anonymous', 'sts:AssumeRole', 'aws:PrincipalOrgID'],
  why: 'Any AWS account can assume such a role once it knows or guesses the name, and then use all permissions of the role.',
  remedy:
    'Specify the accounts, roles or services that assume the role. If you cannot list them, add a condition on aws:PrincipalOrgID or aws:PrincipalAccount.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'Role trust policies support neither the principal "*" by itself nor NotPrincipal.',
    'https://github.com/aws/aws-cdk/issues/5732':
      'IAM rejects a role whose trust policy has Principal "*" ("invalid principal: STAR"); {"AWS": "*"} is accepted.',
    'https://aws-samples.github.io/aws-iam-permissions-guardrails/guardrails/sts/guardrails.html':
      'Principal "*" allows every authenticated AWS identity that knows the ARN to assume the role, so it needs conditions that restrict it.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html':
      'AWS does not treat an external ID as a secret: anyone with permission to view the role can view it.',
  },
  aliases: {
    ...OPEN,
    'access-analyzer': [
      'ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL',
      'ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL',
    ],
  },
  fix: 'suggestion',
  subsumes: ['iam-policy-not-principal'],
  *check(policy, context) {
    const { address } = policy.host;
    const statements = policy.statements.map(withoutExternalId);
    const guards = new Map(
      statements.map((statement, index) => [statement, guardedByExternalId(policy.statements[index]!)]),
    );
    for (const { statement, at, open } of publicGrants(withStatements(policy, statements))) {
      const wrong = all(open, allowsAssuming(statement));
      const refused = any(is(statement.principals, STAR), isPresent(statement.notPrincipals));
      const guarded = guards.get(statement)!;
      const advice = adviceFor(statement, 'Name the principals, or add a condition on aws:PrincipalOrgID');
      const fixes = (wildcard: Leaf): readonly Fix[] => knownPrincipals(policy, statement, wildcard, context.stack);
      yield {
        violations: [{ wrong: all(wrong, not(refused), not(guarded)), at, aliases: OPEN }],
        fixes,
        message: `${address} allows any AWS account to assume the role. ${advice}.`,
      };
      yield {
        violations: [{ wrong: all(wrong, not(refused), guarded), at, aliases: OPEN }],
        fixes,
        severity: 'high',
        message: `${address} allows any AWS account that knows the external ID. An external ID is not a secret; specify the principals.`,
      };
      yield {
        violations: [
          {
            wrong: all(wrong, is(statement.principals, STAR)),
            at,
            aliases: { ...OPEN, ...analyzerAliases('ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL') },
          },
          {
            wrong: all(wrong, isPresent(statement.notPrincipals)),
            at,
            aliases: { ...OPEN, ...analyzerAliases('ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL') },
          },
        ],
        fixes,
        severity: 'high',
        message: `${address} allows any principal. IAM also rejects this form of it; specify the principals.`,
      };
    }
    // IAM rejects Principal "*" even with conditions, and in Deny statements.
    for (const { principals, when } of policy.statements) {
      const refused = all(judgement(policy.when), judgement(when), is(principals, STAR));
      yield {
        violations: [
          {
            wrong: refused,
            at: principals,
            aliases: analyzerAliases('ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL'),
          },
        ],
        ...severityOf('ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL'),
        fixes: (target) => [
          {
            title: 'Change to {"AWS": "*"} (restricted only by the conditions)',
            safe: false,
            uncovers: 'effect',
            edits: [{ op: 'replace', resource: policy.host, target, value: { AWS: '*' } }],
          },
        ],
        message: `${address} has Principal "*", which IAM rejects. Specify the principals, or use {"AWS": "*"} if conditions restrict them.`,
      };
    }
  },
});

/** The wildcard principal. References and template strings name specific principals. */
const STAR: Predicate = { ...oneOf('*'), text: () => false, reference: () => false };

/** Whether a statement allows the role to be assumed, and not only session tags or a source identity. */
function allowsAssuming({ actions, notActions }: Statement): Judgement {
  const includes = (list: Value): Judgement => exists(itemsOf(list, true), (action) => is(action.value, ASSUMES));
  return any(includes(actions), all(isPresent(notActions), not(includes(notActions))));
}

const ASSUMES = actionTest('sts:AssumeRole');

/** A statement as it applies to a caller that knows the external ID. */
function withoutExternalId(statement: Statement): Statement {
  return withConditions(
    statement,
    statement.conditions.filter((condition) => !requiresExternalId(condition)),
  );
}

function guardedByExternalId({ conditions }: Statement): Judgement {
  return any(
    ...conditions
      .filter(requiresExternalId)
      .map(({ when, values }) =>
        all(judgement(when), not(exists(itemsOf(values, true), ({ value }) => is(value, STAR)))),
      ),
  );
}

function requiresExternalId({ key, operator }: Condition): boolean {
  const how = readOperator(operator);
  return (
    key.toLowerCase() === 'sts:externalid' &&
    how !== undefined &&
    how.how !== 'null' &&
    !how.negated &&
    !how.holdsWithoutKey
  );
}
