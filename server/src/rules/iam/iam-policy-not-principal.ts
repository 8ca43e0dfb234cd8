import type { Fix } from '../../model/edit.ts';
import { all, is, isPresent, judgement, not } from '../../model/judgement.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import { principal, principalsIn, writtenText } from '../../policy/principal.ts';
import { analyzerAliases, severityOf } from '../access-analyzer.ts';
import { defineRule } from '../rule.ts';
import { isAllow } from '../../policy/in-force.ts';

export default defineRule({
  id: 'iam-policy-not-principal',
  on: 'policy',
  selfContained: true,
  kinds: ['trust', 'resource', 'endpoint', 'unclear'],
  topic: 'identity',
  severity: 'medium',
  profile: 'recommended',
  since: '0.1',
  judged: '2026-11-26',
  title: 'Policies name principals and do not leave some out',
  why: 'NotPrincipal with Allow means everybody else, also those without credentials. With Deny it also denies to the sessions of a role that it names, unless it names the account and the session too, and to everybody who has a permissions boundary. Trust policies cannot have it.',
  remedy:
    'Name the principals under Principal. To deny something to all but some, use the principal "*" with a condition by ArnNotEquals on aws:PrincipalArn.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html',
      claim:
        'NotPrincipal must go with Deny, cannot be in the trust policy of a role, and is not recommended: it denies to all who have a permissions boundary; a condition on aws:PrincipalArn with ARN operators is to take its place.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
      claim: 'Allow with NotPrincipal is a security warning, NotPrincipal in the trust policy of a role an error.',
      seen: '2026-11-26',
    },
  ],
  aliases: {
    'access-analyzer': ['ALLOW_WITH_NOT_PRINCIPAL', 'ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL'],
    parliament: ['NOTPRINCIPAL_WITH_ALLOW'],
    cfn_nag: ['F3', 'F7', 'F8', 'F9'],
  },
  controls: {},
  fix: 'suggestion',
  *check(policy) {
    // Policies of identities name no principals at all, and those of organisations everybody.
    const { displayName } = policy.host;
    for (const statement of policy.statements) {
      const at = statement.notPrincipals;
      const there = all(judgement(policy.exists), judgement(statement.when), isPresent(at));
      if (there.no.isAlways()) continue;
      const allows = isAllow(statement);
      if (policy.kind === 'trust') {
        yield {
          ...severityOf('ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL'),
          violations: [{ wrong: there, at, aliases: analyzerAliases('ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL') }],
          message: `The trust policy of ${displayName} has NotPrincipal, which IAM rejects in trust policies. Name under Principal who may assume the role.`,
        };
        continue;
      }
      yield {
        ...severityOf('ALLOW_WITH_NOT_PRINCIPAL'),
        violations: [{ wrong: all(there, allows), at, aliases: analyzerAliases('ALLOW_WITH_NOT_PRINCIPAL') }],
        message: `The policy in ${displayName} allows access to anyone whom NotPrincipal does not name, including anonymous users. Name the allowed principals under Principal.`,
      };
      yield {
        severity: 'info',
        profile: 'strict',
        violations: [{ wrong: all(there, not(allows)), at, aliases: {} }],
        message: `The policy in ${displayName} has Deny with NotPrincipal, which also denies listed principals that have a permissions boundary. Use Principal "*" with ArnNotEquals on aws:PrincipalArn.`,
        fixes: () => byCondition(policy, statement),
      };
    }
  },
});

/**
 * The same by a condition, where ARNs of roles and users are all that is named. A role that is named by its ARN keeps its sessions out of
 * what is denied, which NotPrincipal alone does not.
 */
function byCondition(policy: PolicyDocument, statement: Statement): readonly Fix[] {
  const named = principalsIn(statement.notPrincipals);
  const byArn = named.every(
    ({ kind, value }) =>
      kind === 'AWS' &&
      is(
        value,
        principal('AWS', ({ form }) => form === 'role' || form === 'user'),
      ).yes.isAlways(),
  );
  const arns = named.map(({ value }) => writtenText(value));
  if (
    !byArn ||
    arns.length === 0 ||
    arns.includes('') ||
    statement.conditions.some(
      ({ operator, key }) => /^ArnNot/i.test(operator) && key.toLowerCase() === 'aws:principalarn',
    )
  )
    return [];
  return [
    {
      title: 'Deny it to everybody whose aws:PrincipalArn is none of these (no longer denies it to their sessions)',
      safe: false,
      edits: [
        { op: 'renameKey', resource: policy.host, target: statement.notPrincipals, name: 'Principal' },
        { op: 'replace', resource: policy.host, target: statement.notPrincipals, value: '*' },
        {
          op: 'mergeCondition',
          resource: policy.host,
          target: statement.value,
          operator: 'ArnNotEquals',
          key: 'aws:PrincipalArn',
          value: arns.length === 1 ? arns[0]! : arns,
        },
      ],
    },
  ];
}
