/**
 * OIDC identity providers for workloads, and the owner in the subject of their tokens. GitHub has more claims and is in
 * `github-claims.ts`.
 */
import { all, any, exists, is, judgement, type Judgement, type Predicate } from '../../../model/judgement.ts';
import { itemsOf } from '../../../model/navigate.ts';
import type { Condition, PolicyDocument, Statement } from '../../../model/policy.ts';
import type { Stack } from '../../../model/resource.ts';
import type { Value } from '../../../model/value.ts';
import { actionTest } from '../../../policy/data/action.ts';
import { statementExists } from '../../../policy/statement/elements.ts';
import { UNKNOWN_PIECE, shapeOf } from '../../../policy/text/unknown-piece.ts';
import { principal } from '../../../policy/principal/principal.ts';
import { isProvider } from '../../../policy/principal/provider.ts';
import { isAllow } from '../../../policy/condition/in-force.ts';

export interface OidcProvider {
  /** Its name in messages. */
  readonly name: string;
  /** The issuer of its tokens, without https://. */
  readonly issuer: RegExp;
  /** Whether all customers share the issuer, so that only the subject distinguishes them. */
  readonly shared: boolean;
  /** The workloads that can have a token of the issuer, in words. */
  readonly anySubject: string;
  /** A subject that identifies an owner. */
  readonly example: string;
  /**
   * The part of a subject that identifies the owner. A wildcard in it matches other owners. Undefined for a subject
   * with another format.
   */
  owner(subject: string): string | undefined;
  /** The audience of its tokens for AWS, if it is always the same. */
  readonly audience?: string;
}

export const PROVIDERS: readonly OidcProvider[] = [
  // https://docs.gitlab.com/ci/cloud_services/aws/
  {
    name: 'GitLab',
    issuer: /^gitlab\.com$/,
    shared: true,
    anySubject: 'jobs of any project on gitlab.com',
    example: 'project_path:my-group/my-project:ref_type:branch:ref:main',
    owner: (subject) => /^project_path:([^/:]*)/.exec(subject)?.[1],
  },
  // https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/aws-configuration
  {
    name: 'HCP Terraform',
    issuer: /^app\.terraform\.io$/,
    shared: true,
    anySubject: 'runs of any HCP Terraform organization',
    example: 'organization:my-org:project:my-project:workspace:my-workspace:run_phase:*',
    owner: (subject) => /^organization:([^:]*)/.exec(subject)?.[1],
    audience: 'aws.workload.identity',
  },
  // https://buildkite.com/docs/pipelines/security/oidc/aws
  {
    name: 'Buildkite',
    issuer: /^agent\.buildkite\.com$/,
    shared: true,
    anySubject: 'jobs of any Buildkite organization',
    example: 'organization:my-org:pipeline:my-pipeline:*',
    owner: (subject) => /^organization:([^:]*)/.exec(subject)?.[1],
    audience: 'sts.amazonaws.com',
  },
  // Only tokens of the second version contain the repository, which identifies a project like its ID.
  // https://circleci.com/docs/openid-connect-tokens/
  {
    name: 'CircleCI',
    issuer: /^oidc\.circleci\.com\/org\//,
    shared: false,
    anySubject: 'jobs of any project of the organization',
    example: 'org/ORGANIZATION-ID/project/PROJECT-ID/user/*',
    owner: (subject) =>
      (/\/vcs-origin\/([^/]+\/[^/]+)/.exec(subject) ?? /^org\/[^/]*\/project\/([^/]*)/.exec(subject))?.[1],
  },
  // https://support.atlassian.com/bitbucket-cloud/docs/deploy-on-aws-using-bitbucket-pipelines-openid-connect/
  {
    name: 'Bitbucket',
    issuer: /^api\.bitbucket\.org\/2\.0\/workspaces\//,
    shared: false,
    anySubject: 'pipelines of any repository of the workspace',
    example: '{REPOSITORY-UUID}:*',
    owner: (subject) => /^\{([^}]*)/.exec(subject)?.[1],
  },
  // The issuer of a cluster is oidc.eks.REGION.amazonaws.com or, for both kinds of addresses, oidc-eks.REGION.api.aws.
  // https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
  {
    name: 'EKS',
    issuer: /^oidc[.-]eks\./,
    shared: false,
    anySubject: 'pods of any service account of the cluster',
    example: 'system:serviceaccount:my-namespace:my-service-account',
    owner: (subject) => /^system:serviceaccount:([^:]*)/.exec(subject)?.[1],
    audience: 'sts.amazonaws.com',
  },
];

/** Whether a federated principal is a provider, by its ARN or by a reference to a provider that the stack creates. */
export function namesProvider(principalValue: Value, { issuer }: OidcProvider, stack: Stack): Judgement {
  return any(
    is(principalValue, {
      reference: () => false,
      ...principal('Federated', ({ form, name }) => form === 'oidc' && issuer.test(name!)),
    }),
    isProvider(principalValue, 'AWS::IAM::OIDCProvider', stack, (made) => is(made.get('Url'), urlOf(issuer))),
  );
}

/** Whether conditions test tokens of a provider. This identifies a provider that is an external value. */
export function isComparedIn(conditions: readonly Condition[], { issuer }: OidcProvider): Judgement {
  return any(
    ...conditions
      .filter(({ key }) => issuer.test(key.toLowerCase().slice(0, Math.max(0, key.lastIndexOf(':')))))
      .map(({ when }) => judgement(when)),
  );
}

function urlOf(issuer: RegExp): Predicate {
  const holds = (url: string): boolean => issuer.test(url.replace(/^https:\/\//, '').replace(/\/$/, ''));
  return { known: ({ raw }) => holds(raw), text: (text) => holds(shapeOf(text)) };
}

/**
 * The claim that a condition tests, in lower case: `sub` for `gitlab.com:sub` and for `${…}:sub`, because AWS's keys
 * are not interpolated. Undefined for AWS's keys.
 */
export function claimIn({ key }: Condition): string | undefined {
  const lower = key.toLowerCase();
  const colon = lower.lastIndexOf(':');
  return colon > 0 && /[./]|^saml$|\$\{/.test(lower.slice(0, colon)) ? lower.slice(colon + 1) : undefined;
}

/** A subject pattern that matches tokens of other owners. */
export function isWide({ owner }: OidcProvider): Predicate {
  const holds = (subject: string): boolean | undefined => {
    const named = owner(subject);
    if (named !== undefined) return named === '' || /^[*?]/.test(named) || /[*?]/.test(named);
    // A wildcard before the owner matches all owners.
    return /[*?]/.test(subject) && !subject.includes(UNKNOWN_PIECE) ? true : undefined;
  };
  return { known: ({ raw }) => holds(raw), text: (text) => holds(shapeOf(text)), collection: false };
}

/** Where a statement allows assuming the role with an OIDC token. */
export function allowsTokens(policy: PolicyDocument, statement: Statement): Judgement {
  return all(
    statementExists(policy, statement),
    isAllow(statement),
    exists(itemsOf(statement.actions, true), (action) => is(action.value, TAKES_TOKENS)),
  );
}

const TAKES_TOKENS = actionTest('sts:AssumeRoleWithWebIdentity');
