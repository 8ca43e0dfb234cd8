import { all, judgement } from '../../../model/judgement.ts';
import { isWrittenAs, principalsIn } from '../../../policy/principal/principal.ts';
import { analyzerAliases, severityOf } from '../../access-analyzer.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-principal-deleted',
  on: 'policy',
  selfContained: true,
  needs: { statement: [['principal', 'not-principal']] },
  topic: 'identity',
  severity: 'low',
  profile: 'recommended',
  judged: '2026-11-26',
  title: 'Policies should not reference deleted principals',
  keywords: ['deleted role', 'deleted user', 'AROA', 'AIDA', 'unique ID', 'Invalid principal in policy'],
  why: 'After a role or user is deleted, a policy shows its unique ID instead of its ARN. The ID matches no principal, not even a new role or user with the same name, and AWS rejects the policy when you save it.',
  remedy: 'Use the ARN of the intended role or user, or remove the principal.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html':
      'AWS converts the ARN of a role or user to its unique ID when a policy is saved; after it is deleted the ID shows in the policy and matches nothing, and the policy is to be edited.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'A principal that is the ID of a role (AROA…) or of a user (AIDA…) is a warning, because that was deleted.',
  },
  aliases: { 'access-analyzer': ['INVALID_ROLE_REFERENCE', 'INVALID_USER_REFERENCE'] },
  fix: 'none',
  *check(policy) {
    for (const statement of policy.statements)
      for (const element of [statement.principals, statement.notPrincipals]) {
        const present = all(judgement(policy.when), judgement(statement.when));
        for (const { kind, value, when } of principalsIn(element))
          if (kind === 'AWS') {
            for (const [form, code, what] of DELETED)
              yield {
                violations: [
                  {
                    wrong: all(
                      present,
                      judgement(when),
                      isWrittenAs(value, 'AWS', (reading) => reading.form === form),
                    ),
                    at: value,
                    aliases: analyzerAliases(code),
                  },
                ],
                message: (shown) =>
                  `${policy.host.displayName} references the deleted ${what} ${shown}. It matches no principal; use the ARN of an existing ${what}, or remove it.`,
                ...severityOf(code),
              };
          }
      }
  },
});

const DELETED = [
  ['deleted-role', 'INVALID_ROLE_REFERENCE', 'role'],
  ['deleted-user', 'INVALID_USER_REFERENCE', 'user'],
] as const;
