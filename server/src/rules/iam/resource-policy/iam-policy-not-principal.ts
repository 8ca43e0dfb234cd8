import type { Fix } from '../../../model/edit.ts';
import { all, is, isPresent, judgement, not } from '../../../model/judgement.ts';
import type { PolicyDocument, Statement } from '../../../model/policy.ts';
import { always, never } from '../../../model/quantified.ts';
import { principal, principalsIn, writtenText, type PrincipalReading } from '../../../policy/principal/principal.ts';
import { analyzerAliases, severityOf } from '../../access-analyzer.ts';
import { defineRule } from '../../rule.ts';
import { notPrincipalPeers } from '../../not-principal-peers.ts';
import { isAllow } from '../../../policy/condition/in-force.ts';

export default defineRule({
  id: 'iam-policy-not-principal',
  on: 'policy',
  selfContained: true,
  kinds: ['trust', 'resource', 'endpoint', 'unclear'],
  needs: { statement: ['not-principal'] },
  topic: 'identity',
  severity: 'medium',
  judged: '2026-11-26',
  title: 'Policies should not use NotPrincipal',
  keywords: ['Allow with NotPrincipal', 'anonymous access', 'public access', 'aws:PrincipalArn'],
  why: 'Allow with NotPrincipal allows all other principals, including anonymous users. Deny with NotPrincipal also denies the sessions of a listed role and all principals with a permissions boundary. Trust policies do not support NotPrincipal.',
  remedy:
    'Specify the principals under Principal. To deny all principals except some, use Principal "*" with ArnNotEquals on aws:PrincipalArn.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html':
      'NotPrincipal must be used with Deny, cannot be in the trust policy of a role, and is not recommended: it denies all principals with a permissions boundary; a condition on aws:PrincipalArn with ARN operators replaces it.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'Allow with NotPrincipal is a security warning, NotPrincipal in the trust policy of a role an error.',
  },
  aliases: {
    'access-analyzer': ['ALLOW_WITH_NOT_PRINCIPAL', 'ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL'],
    parliament: ['NOTPRINCIPAL_WITH_ALLOW'],
    cfn_nag: ['F6', 'F7', 'F8', 'F9'],
    guard: [
      'IAM_ROLE_NO_ALLOW_PLUS_NOT_PRINCIPAL',
      'S3_BUCKETPOLICY_NO_ALLOW_PLUS_NOTPRINCIPAL',
      'SNS_TOPICPOLICY_NO_ALLOW_PLUS_NOTPRINCIPAL',
      'SQS_QUEUEPOLICY_NO_ALLOW_PLUS_NOTPRINCIPAL',
    ],
  },
  fix: 'suggestion',
  *check(policy) {
    // Identity-based policies have no principals, and policies of organizations apply to all principals.
    const { displayName } = policy.host;
    for (const statement of policy.statements) {
      const at = statement.notPrincipals;
      const present = all(judgement(policy.when), judgement(statement.when), isPresent(at));
      if (never(present)) continue;
      const allows = isAllow(statement);
      if (policy.kind === 'trust') {
        yield {
          violations: [
            {
              wrong: present,
              at,
              aliases: {
                ...analyzerAliases('ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL'),
                ...(always(allows) ? notPrincipalPeers('sts') : {}),
              },
            },
          ],
          message: `${displayName} has NotPrincipal, which IAM rejects. Specify under Principal the principals that can assume the role.`,
          ...severityOf('ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL'),
        };
        continue;
      }
      yield {
        violations: [
          {
            wrong: all(present, allows),
            at,
            aliases: {
              ...analyzerAliases('ALLOW_WITH_NOT_PRINCIPAL'),
              parliament: ['NOTPRINCIPAL_WITH_ALLOW'],
              ...notPrincipalPeers(policy.service),
            },
          },
        ],
        message: `${displayName} allows anyone that NotPrincipal does not list (public access). Specify the allowed principals under Principal.`,
        ...severityOf('ALLOW_WITH_NOT_PRINCIPAL'),
      };
      yield {
        severity: 'info',
        profile: 'strict',
        violations: [{ wrong: all(present, not(allows)), at, aliases: {} }],
        message: `${displayName} has Deny with NotPrincipal. It also denies listed principals that have a permissions boundary; use Principal "*" with ArnNotEquals on aws:PrincipalArn.`,
        fixes: () => byCondition(policy, statement),
      };
    }
  },
});

/**
 * A fix that replaces NotPrincipal by a condition on aws:PrincipalArn, if all principals are ARNs of roles and users.
 * The ARN of a role then also exempts its sessions from the denial, which NotPrincipal alone does not.
 */
function byCondition(policy: PolicyDocument, statement: Statement): readonly Fix[] {
  const named = principalsIn(statement.notPrincipals);
  const byArn = named.every(({ kind, value }) => kind === 'AWS' && always(is(value, principal('AWS', isOneIdentity))));
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
      title: 'Replace with ArnNotEquals on aws:PrincipalArn (no longer denies sessions of these roles)',
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

/**
 * The ARN of one role or user. As a condition value, wildcards would match others, variables would be replaced, and a
 * wrong account ID would match none.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
const ARN_OF_ONE = /^arn:aws[a-z-]*:iam::\d{12}:(?:role|user)\/[\w+=,.@/-]+$/;

function isOneIdentity({ text }: PrincipalReading): boolean {
  return ARN_OF_ONE.test(text);
}
