import { all, judgement } from '../../model/judgement.ts';
import { isWrittenAs, principalsIn } from '../../policy/principal.ts';
import { analyzerAliases, severityOf } from '../access-analyzer.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'iam-policy-principal-deleted',
  on: 'policy',
  selfContained: true,
  topic: 'identity',
  severity: 'low',
  profile: 'recommended',
  since: '0.1',
  judged: '2026-11-26',
  title: 'Policies name roles and users that are there',
  why: 'A policy shows the id of a role or user in the place of its ARN once that was deleted. Nobody matches it any more, also not a role or user of the same name that is made anew, and AWS refuses to save the policy with it.',
  remedy: 'Write the ARN of the role or user that is meant, or remove the principal.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
      claim:
        'AWS turns the ARN of a role or user into its unique id when a policy is saved; after it is deleted the id shows in the policy and matches nothing, and the policy is to be edited.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
      claim:
        'A principal that is the id of a role (AROA…) or of a user (AIDA…) is a warning, because it stands for one that was deleted.',
      seen: '2026-11-26',
    },
  ],
  aliases: { 'access-analyzer': ['INVALID_ROLE_REFERENCE', 'INVALID_USER_REFERENCE'] },
  controls: {},
  fix: 'none',
  *check(policy) {
    for (const statement of policy.statements)
      for (const element of [statement.principals, statement.notPrincipals]) {
        const there = all(judgement(policy.exists), judgement(statement.when));
        for (const { kind, value, when } of principalsIn(element))
          if (kind === 'AWS') {
            for (const [form, code, what] of DELETED)
              yield {
                ...severityOf(code),
                violations: [
                  {
                    wrong: all(
                      there,
                      judgement(when),
                      isWrittenAs(value, 'AWS', (reading) => reading.form === form),
                    ),
                    at: value,
                    aliases: analyzerAliases(code),
                  },
                ],
                message: (shown) =>
                  `The policy in ${policy.host.displayName} names ${shown}, the id of a ${what} that was deleted, so it matches nobody; write the ARN of the ${what} that is meant, or remove it.`,
              };
          }
      }
  },
});

const DELETED = [
  ['deleted-role', 'INVALID_ROLE_REFERENCE', 'role'],
  ['deleted-user', 'INVALID_USER_REFERENCE', 'user'],
] as const;
