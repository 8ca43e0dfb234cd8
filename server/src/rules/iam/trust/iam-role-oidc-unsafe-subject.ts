import { flatMap } from '../../../base/flat-map.ts';
import { all, among, any, is, judgement, not, type Judgement } from '../../../model/judgement.ts';
import { itemsOf } from '../../../model/navigate.ts';
import type { Condition, Statement } from '../../../model/policy.ts';
import { never, sometimes } from '../../../model/quantified.ts';
import { readOperator } from '../../../policy/text/condition-operator.ts';
import { keyPlace } from '../../../policy/condition/condition-place.ts';
import { statementExists } from '../../../policy/statement/elements.ts';
import { isAllow } from '../../../policy/condition/in-force.ts';
import { forIssuer, issuerOf } from '../../../policy/principal/issuer.ts';
import { restrictsToKnown } from '../../../policy/principal/narrowing.ts';
import { principal, principalsIn } from '../../../policy/principal/principal.ts';
import { isProvider } from '../../../policy/principal/provider.ts';
import { allowsTokens } from './oidc-providers.ts';
import { analyzerAliases, severityOf } from '../../access-analyzer.ts';
import { defineRule } from '../../rule.ts';
import { isGitHub } from './github-claims.ts';
import { claimIn, isComparedIn, namesProvider, isWide, PROVIDERS } from './oidc-providers.ts';
import { withConditions } from '../../../policy/statement/with-conditions.ts';

export default defineRule({
  id: 'iam-role-oidc-unsafe-subject',
  on: 'policy',
  kinds: ['trust'],
  needs: { statement: ['allow', 'principal'] },
  topic: 'identity',
  severity: 'high',
  judged: '2026-11-26',
  title: 'OIDC trust policies should restrict the subject claim',
  keywords: [
    'unsafe subject',
    'GitLab',
    'HCP Terraform',
    'EKS',
    'IRSA',
    'CircleCI',
    'AssumeRoleWithWebIdentity',
    'IAM role',
  ],
  why: 'All customers of a provider such as GitLab or HCP Terraform get their tokens from one issuer, and so do all workloads of a cluster or organization. All of them can assume a role that does not restrict the subject claim.',
  remedy:
    'Add a condition on the sub claim of the provider with your group, organization or namespace before the first wildcard.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'A security warning is an OIDC provider without a condition on a key that begins with it.',
    'https://buildkite.com/docs/pipelines/security/oidc/aws':
      'The provider of Buildkite is https://agent.buildkite.com for all customers, the audience sts.amazonaws.com; trust policies compare aud and sub.',
    'https://buildkite.com/docs/apis/workload-identity-federation/buildkite-agents':
      'Agents of every organization on Buildkite share the issuer; subjects are organization:…:pipeline:…:ref:…:commit:…:step:….',
    'https://docs.gitlab.com/ci/secrets/id_token_authentication':
      'The issuer of a token is the instance of GitLab, and its subject is project_path:group/project:ref_type:type:ref:branch unless the project asks for other parts.',
    'https://gitlab.com/gitlab-org/gitlab/-/merge_requests/116867':
      'The claims include ref_protected, true or false, pipeline_source, such as push, and runner_environment, gitlab-hosted or self-hosted, which do not identify the owner of the job.',
    'https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html':
      'The trust policy of a role for service accounts compares the sub of the provider of the cluster with system:serviceaccount:namespace:name, and its aud with sts.amazonaws.com.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html': {
      claim:
        'A key for the claims of a token begins with the URL of the OIDC provider that issued it; SAML keys are in requests that assume a role with a SAML assertion.',
      seen: '2026-11-28',
    },
  },
  aliases: { 'access-analyzer': ['MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL'] },
  fix: 'none',
  *check(policy, { stack }) {
    const { displayName } = policy.host;
    for (const statement of policy.statements) {
      const federated = principalsIn(statement.principals).filter(({ kind }) => kind === 'Federated');
      if (federated.length === 0) continue;
      const allowed = all(
        allowsTokens(policy, statement),
        not(
          restrictsToKnown(
            withConditions(
              statement,
              statement.conditions.filter((condition) => claimIn(condition) === undefined),
            ),
          ),
        ),
      );
      const allows = all(statementExists(policy, statement), isAllow(statement));
      if (never(allows)) continue;
      const others: ForeignKey[] = [];
      for (const { value, when } of federated) {
        const issuer = issuerOf(value, stack);
        const restricted = forIssuer(statement, issuer);
        for (const condition of restricted.foreign)
          others.push({ condition, issuer: issuer!, wrong: all(allows, judgement(when), judgement(condition.when)) });
        const trusted = all(allowed, judgement(when), not(restricted.closed));
        if (never(trusted)) continue;
        const { claims, anyClaim, subject, other } = claimConditions(restricted.statement);
        const idle = restricted.idle[0]
          ? `Its condition on ${restricted.idle[0].key} is for another issuer; add`
          : 'Add';
        for (const provider of PROVIDERS) {
          const own = namesProvider(value, provider, stack);
          if (never(own)) continue;
          const isOfProvider = any(own, isComparedIn(restricted.statement.conditions, provider));
          const of = all(trusted, isOfProvider);
          // An unknown principal is not reported as a principal of the provider.
          if (never(of) || !sometimes(isOfProvider)) continue;
          const missing = all(of, not(subject));
          const severity = provider.shared ? 'high' : 'medium';
          yield {
            severity,
            violations: [
              {
                wrong: all(missing, not(anyClaim)),
                at: value,
                aliases: analyzerAliases('MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL'),
              },
              { wrong: missing, at: value, aliases: {} },
            ],
            message: `${displayName} trusts ${provider.anySubject}. ${idle} a condition on sub, such as ${provider.example}.`,
          };
          for (const { condition } of claims.filter(({ claim }) => claim === 'sub'))
            for (const item of patternsOf(condition))
              yield {
                severity,
                violations: [
                  {
                    wrong: all(
                      of,
                      judgement(condition.when),
                      judgement(item.when),
                      not(other),
                      is(item.value, isWide(provider)),
                    ),
                    at: item.value,
                    aliases: {},
                  },
                ],
                message: (shown) =>
                  `In ${displayName}, ${shown} matches ${provider.anySubject}. Specify the owner before the first wildcard of the subject, such as ${provider.example}.`,
              };
        }
        const known = any(
          ...PROVIDERS.map((provider) => namesProvider(value, provider, stack)),
          isGitHub(value, restricted.statement.conditions, stack),
        );
        const oidc = any(
          is(value, {
            ...principal('Federated', ({ form }) => form === 'oidc' || form === 'domain'),
            reference: () => false,
          }),
          isProvider(value, 'AWS::IAM::OIDCProvider', stack),
        );
        yield {
          violations: [
            {
              wrong: all(trusted, oidc, not(known), not(anyClaim)),
              at: value,
              aliases: analyzerAliases('MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL'),
            },
          ],
          message: (shown) =>
            `${displayName} trusts any user of ${shown}. ${idle} a condition on its sub or aud claim.`,
          ...severityOf('MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL'),
        };
      }
      for (const { condition, issuer, wrong } of others)
        yield {
          severity: 'medium',
          violations: [{ wrong, at: keyPlace(condition), aliases: {} }],
          message: `${displayName} compares ${condition.key}, a key of another issuer than its principal. No token matches it; use the keys of ${issuer === 'saml' ? 'SAML' : issuer}.`,
        };
    }
  },
});

/**
 * Claims that do not identify the owner of a token: the trigger and the runner of a GitLab job, and the branch in
 * Buildkite.
 */
const NAMES_NOBODY = new Set([
  'aud',
  'iss',
  'amr',
  'pipeline_source',
  'ref_protected',
  'runner_environment',
  'build_branch',
]);

/** A condition that no token of a principal meets, because its key belongs to another issuer. */
interface ForeignKey {
  readonly condition: Condition;
  /** The issuer of the principal. */
  readonly issuer: string;
  readonly wrong: Judgement;
}

/** The conditions of a statement on token claims, and where one of them can restrict the tokens. */
function claimConditions(statement: Statement): {
  readonly claims: readonly { readonly condition: Condition; readonly claim: string }[];
  readonly anyClaim: Judgement;
  /**
   * Where a condition tests a claim that identifies the owner. A provider can have other claims than the subject for
   * that.
   */
  readonly subject: Judgement;
  readonly other: Judgement;
} {
  const claims = flatMap(statement.conditions, (condition) => {
    const claim = claimIn(condition);
    return claim === undefined ? [] : [{ condition, claim }];
  });
  const restricted = (test: (claim: string) => boolean): Judgement =>
    among(
      any(
        ...claims
          .filter(({ claim, condition }) => test(claim) && narrowsBy(condition))
          .map(({ condition }) => judgement(condition.when)),
      ),
      statement.conditionsComplete,
    );
  return {
    claims,
    anyClaim: restricted(() => true),
    subject: restricted((claim) => !NAMES_NOBODY.has(claim)),
    other: restricted((claim) => claim !== 'sub' && !NAMES_NOBODY.has(claim)),
  };
}

/** Whether a condition can restrict the tokens. */
function narrowsBy({ operator }: Condition): boolean {
  const read = readOperator(operator);
  return read === undefined || (!read.negated && read.how !== 'null');
}

/** The values of a condition that are patterns. */
function patternsOf({ operator, values }: Condition): ReturnType<typeof itemsOf>['items'] {
  const read = readOperator(operator);
  return read?.how === 'like' && !read.negated ? itemsOf(values, true).items : [];
}
