import { flatMap } from '../../../base/flat-map.ts';
import { capital } from '../../../base/words.ts';
import type { Fix } from '../../../model/edit.ts';
import { isTerraform } from '../../../model/format.ts';
import {
  all,
  among,
  any,
  is,
  judgement,
  not,
  UNKNOWABLE,
  type Judgement,
  type Predicate,
} from '../../../model/judgement.ts';
import { gapIn, itemsOf, member } from '../../../model/navigate.ts';
import type { Condition, PolicyDocument, Statement } from '../../../model/policy.ts';
import { oneOf } from '../../../model/predicate.ts';
import type { Resource } from '../../../model/resource.ts';
import { sometimes } from '../../../model/quantified.ts';
import { shapeOf } from '../../../policy/text/unknown-piece.ts';
import { allowsTokens } from './oidc-providers.ts';
import { analyzerAliases, severityOf } from '../../access-analyzer.ts';
import { weakCondition } from '../../../policy/condition/weak-condition.ts';
import { forIssuer, issuerOf } from '../../../policy/principal/issuer.ts';
import { defineRule } from '../../rule.ts';
import {
  requiresClaim,
  claimOf,
  claimPatterns,
  holdsWithoutClaim,
  isGitHub,
  ISSUER,
  namesOwner,
} from './github-claims.ts';

/** The checks of other tools for roles that other repositories can assume. */
const OTHERS = { checkov: ['CKV_AWS_358', 'CKV_AWS_393'] };

/** Those checks read Terraform alone: policy document data sources, and the trust policies of roles. */
function othersOf({ format, address }: Resource): typeof OTHERS {
  if (!isTerraform(format)) return NONE;
  return address.startsWith('data.') ? { checkov: ['CKV_AWS_358'] } : OTHERS;
}

const NONE: typeof OTHERS = { checkov: [] };

export default defineRule({
  id: 'iam-role-oidc-github-unsafe-claim',
  on: 'policy',
  kinds: ['trust'],
  needs: { statement: ['allow', 'principal'] },
  topic: 'identity',
  severity: 'critical',
  judged: '2026-11-24',
  title: 'GitHub Actions OIDC trust policies should restrict the repository',
  keywords: [
    'token.actions.githubusercontent.com:sub',
    'unsafe claim',
    'AssumeRoleWithWebIdentity',
    'subject claim',
    'CI/CD',
    'IAM role',
  ],
  why: 'All GitHub repositories get their tokens from one issuer. A workflow in any repository, written by anyone, can assume a role that does not restrict the repository.',
  remedy: `Add a condition with StringEquals or StringLike on ${ISSUER}:sub with your organization and repository, such as repo:octo-org/octo-repo:ref:refs/heads/main.`,
  sources: {
    'https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws':
      'AWS recommends to evaluate sub in the trust policy of each role that trusts GitHub; the examples compare sub and the audience sts.amazonaws.com.',
    'https://docs.github.com/en/actions/reference/security/oidc': {
      claim:
        'The subject consists of the repository and the branch, environment or event by default, and can consist of other claims; aud, sub and iss are standard claims. Repositories created, renamed or transferred since 15 July 2026 have subjects with the numbers of owner and repository: repo:octocat@123456/my-repo@456789:….',
      seen: '2026-11-26',
    },
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html':
      'IAM rejects a new or changed trust policy for GitHub that does not evaluate sub.',
    'https://aws.amazon.com/about-aws/whats-new/2026/01/aws-sts-supports-validation-identity-provider-claims/':
      'Since January 2026, trust policies can compare further claims of GitHub: repository, repository_id, job_workflow_ref, enterprise_id, actor and others.',
    'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html': {
      claim:
        'The keys of GitHub include repository_owner_id, the number of the owner of the repository, and environment, ref and workflow, the names of an environment, a branch or tag and a workflow.',
      seen: '2026-11-29',
    },
    'https://github.com/aws-actions/configure-aws-credentials':
      'ForAllValues is to be avoided in Allow statements, because it is true when the claim is absent; the audience is sts.amazonaws.com by default.',
  },
  aliases: {
    ...OTHERS,
    'access-analyzer': ['MISSING_GITHUB_REPO_CONDITION_KEY', 'SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED'],
  },
  fix: 'suggestion',
  *check(policy, context) {
    const { address } = policy.host;
    const others = othersOf(policy.host);
    const denied = any(...policy.statements.map(deniesByClaim));
    for (const written of policy.statements)
      for (const { value: principal, when } of itemsOf(member(written.principals, 'Federated'), true).items) {
        const { statement, closed } = forIssuer(written, issuerOf(principal, context.stack));
        const trusted = all(
          allowsTokens(policy, statement),
          judgement(when),
          not(closed),
          isGitHub(principal, statement.conditions, context.stack),
        );
        if (!sometimes(trusted)) continue;
        const owned = among(
          any(...statement.conditions.map((condition) => all(judgement(condition.when), namesOwner(condition)))),
          statement.conditionsComplete,
        );
        const open = all(trusted, not(owned), not(denied));
        const patterns = flatMap(statement.conditions, claimPatterns);
        const weak = weakCondition(statement, (key) => key.endsWith(':sub'));
        if (patterns.length > 0)
          yield {
            violations: patterns.map(({ at, wide }) => ({
              wrong: all(open, wide),
              at,
              aliases: { ...others, ...analyzerAliases('SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED') },
            })),
            message: (shown) =>
              `${address} accepts ${shown}, which other GitHub owners match. Specify your organization and repository before the first wildcard.`,
          };
        yield {
          violations: [
            {
              wrong: all(open, not(any(...patterns.map(({ there }) => there)))),
              at: principal,
              aliases: { ...others, ...analyzerAliases('MISSING_GITHUB_REPO_CONDITION_KEY') },
            },
          ],
          severity: 'high',
          message: `${address} allows any GitHub repository to assume the role. ${weak ? `${capital(weak.because)}. ${weak.remedy}` : `IAM rejects such a role; add a condition on ${ISSUER}:sub`}.`,
        };
        const { conditions } = statement;
        for (const condition of conditions.filter((one) => claimOf(one) !== undefined && holdsWithoutClaim(one)))
          yield {
            violations: [{ wrong: all(trusted, judgement(condition.when)), at: condition.values, aliases: NONE }],
            severity: 'low',
            profile: 'strict',
            message: `${address} compares ${condition.key} with ${condition.operator}. It also matches tokens without the claim; use ${condition.operator.replace(/^ForAllValues:/i, '').replace(/IfExists$/i, '')}.`,
            fixes: () => strictOperator(policy, statement, condition),
          };
        yield {
          violations: [
            {
              wrong: all(trusted, not(among(requiresClaim('aud', conditions), statement.conditionsComplete))),
              at: conditions.length > 0 ? gapIn(member(statement.value, 'Condition')) : principal,
              aliases: NONE,
            },
          ],
          severity: 'low',
          profile: 'strict',
          message: `${address} accepts GitHub tokens for any audience of the provider. Add a condition on ${ISSUER}:aud.`,
          fixes: () => [
            {
              title: 'Require the audience sts.amazonaws.com (denies tokens for other audiences)',
              safe: false,
              edits: [
                {
                  op: 'mergeCondition',
                  resource: policy.host,
                  target: statement.value,
                  operator: 'StringEquals',
                  key: `${ISSUER}:aud`,
                  value: 'sts.amazonaws.com',
                },
              ],
            },
          ],
        };
        // Most authors intend one repository with all its branches, and another claim can restrict the branch.
        for (const { at, there, wide } of flatMap(
          conditions.filter((one) => claimOf(one) === 'sub'),
          claimPatterns,
        ))
          yield {
            ...severityOf('SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED'),
            profile: 'strict',
            violations: [
              {
                wrong: all(trusted, there, not(wide), not(requiresClaim('ref', conditions)), is(at, NAMES_NO_BRANCH)),
                at,
                aliases: analyzerAliases('SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED'),
              },
            ],
            message: (shown) =>
              `${address} accepts ${shown} without a specific branch or environment. Specify the repository and branch, such as repo:octo-org/octo-repo:ref:refs/heads/main.`,
          };
      }
  },
});

/**
 * A subject with a wildcard before the name of a branch or environment. A wildcard within the name matches few of them.
 */
const NAMES_NO_BRANCH: Predicate = {
  known: ({ raw }) => leavesBranchOpen(raw),
  text: (text) => leavesBranchOpen(shapeOf(text)),
  collection: false,
};

function leavesBranchOpen(subject: string): boolean {
  const whole = subject.replace(/(?<![*?])[*?]+$/, '');
  return (
    /[*?]/.test(whole) ||
    (whole.length < subject.length && !/:(?:ref:refs\/(?:heads|tags)\/|environment:)[^]/.test(whole))
  );
}

/** Whether a Deny statement has conditions on claims. The remaining permissions are then not evaluated. */
function deniesByClaim({ when, effect, conditions }: Statement): Judgement {
  return all(
    judgement(when),
    is(effect, oneOf('Deny')),
    any(...conditions.filter((condition) => claimOf(condition) !== undefined).map(() => UNKNOWABLE)),
  );
}

/**
 * A fix with an operator that does not match without the key, if the operator has no other keys and the new operator
 * does not exist yet.
 */
function strictOperator(
  policy: PolicyDocument,
  { value, conditions }: Statement,
  { operator }: Condition,
): readonly Fix[] {
  const strict = operator.replace(/^ForAllValues:/i, '').replace(/IfExists$/i, '');
  const together = conditions.filter((other) => other.operator === operator);
  if (
    conditions.some((other) => other.operator.toLowerCase() === strict.toLowerCase()) ||
    together.some((other) => claimOf(other) === undefined)
  )
    return [];
  return [
    {
      title: `Change the operator to ${strict}`,
      safe: false,
      uncovers: 'effect',
      edits: [
        { op: 'renameKey', resource: policy.host, target: member(member(value, 'Condition'), operator), name: strict },
      ],
    },
  ];
}
