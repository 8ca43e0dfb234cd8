import { flatMap } from '../../../base/flat-map.ts';
import { table, type Table } from '../../../base/table.ts';
import { some } from '../../../base/words.ts';
import {
  all,
  any,
  exists,
  isPresent,
  judge,
  judgement,
  NO,
  not,
  YES,
  type Judgement,
} from '../../../model/judgement.ts';
import { itemsOf, member } from '../../../model/navigate.ts';
import type { Aliases } from '../../../model/finding.ts';
import type { Statement } from '../../../model/policy.ts';
import { never, sometimes } from '../../../model/quantified.ts';
import type { Resource, Stack } from '../../../model/resource.ts';
import { ANY_ACTION, GIVES_ANY_PERMISSION } from '../../../policy/allowance/allowance.ts';
import { escalationsLeft } from '../../../policy/escalation/escalations-left.ts';
import { allowsEverything } from '../../../policy/allowance/grant.ts';
import type { IamData, ManagedPolicy } from '../../../policy/data/iam-data.ts';
import type { Identity } from '../../../policy/allowance/identity.ts';
import { keptAfterDeny, managedOf, type IdentityContext } from '../../../policy/allowance/identity-access.ts';
import { managedPolicy } from '../../../policy/data/managed-policy.ts';
import { defineRule, OF_RESOURCES, type Report } from '../../rule.ts';
import { isGitHub } from '../trust/github-claims.ts';
import { permissionSubject } from './identity-words.ts';
import { namesProvider, PROVIDERS } from '../trust/oidc-providers.ts';
import { isAllow } from '../../../policy/condition/in-force.ts';

/** The checks of other tools for AdministratorAccess, and for managed policies with comparable permissions. */
const ADMIN: Aliases = {
  checkov: ['CKV_AWS_274'],
  cfn_nag: ['W43'],
  guard: ['IAM_ROLE_ADMINISTRATOR_ACCESS_POLICY_RULE', 'IAM_ROLE_ELEVATED_MANAGED_POLICY_RULE'],
};
const ELEVATED: Aliases = { cfn_nag: ['W44'], guard: ['IAM_ROLE_ELEVATED_MANAGED_POLICY_RULE'] };

/** Services for logs and metrics, and services that only process their input. Full access to them is a low risk. */
const LITTLE: ReadonlySet<string> = new Set([
  'cloudwatch',
  'comprehendmedical',
  'ec2messages',
  'groundtruthlabeling',
  'logs',
  'polly',
  'ssmmessages',
  'synthetics',
  'textract',
  'translate',
  'xray',
]);

/**
 * AWSSupportAccess: benchmarks require a role with it (CIS v3.0.0 1.17, Security Hub IAM.18), and AWS has no narrower
 * one.
 */
const REQUIRED: ReadonlySet<string> = new Set(['AWSSupportAccess']);

export default defineRule({
  id: 'iam-identity-managed-policy-wide',
  on: 'identity',
  formats: OF_RESOURCES,
  topic: 'identity',
  severity: 'high',
  judged: '2026-11-26',
  title: 'IAM identities should not attach broad AWS managed policies',
  keywords: [
    'wide permissions',
    'AdministratorAccess',
    'PowerUserAccess',
    'full access',
    'least privilege',
    'excessive permissions',
  ],
  why: 'AdministratorAccess and similar policies are meant for human administrators. An attacker who compromises a function, an instance, a deployment job or a user key with such a policy gets all its permissions, in the whole account.',
  remedy:
    'Attach a customer managed policy with the actions and resources that are needed, or a narrower AWS managed policy. For administrators, use a role that people assume with MFA.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html':
      'AWS managed policies are made for many customers and may not be least privilege; some, such as AdministratorAccess and PowerUserAccess, are for job functions.',
    'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AdministratorAccess.html':
      'AdministratorAccess allows every action on every resource.',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-18': {
      claim: 'IAM.18: there should be a role with AWSSupportAccess to manage incidents with AWS Support.',
      seen: '2026-11-29',
    },
    'https://docs.github.com/en/actions/reference/security/oidc':
      'A job gets a token with which it assumes a role of a cloud provider, without a user signing in.',
    'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/IAMFullAccess.html':
      'IAMFullAccess allows every action of IAM on every resource.',
  },
  aliases: {
    checkov: ['CKV_AWS_274'],
    cfn_nag: ['W43', 'W44'],
    guard: ['IAM_ROLE_ADMINISTRATOR_ACCESS_POLICY_RULE', 'IAM_ROLE_ELEVATED_MANAGED_POLICY_RULE'],
  },
  fix: 'none',
  subsumes: ['iam-identity-data-exfiltration', 'iam-identity-credentials-exposure'],
  *check(identity, context) {
    const { iam, stack } = context;
    if (!iam?.managedPolicies || identity.managed.length === 0) return;
    const name = permissionSubject(identity);
    const lookup = { ...context, iam };
    const remaining = widthLeft(identity, lookup);
    const leaves = keptAfterDeny(identity, lookup);
    const jobs = jobsThatAssume(identity, stack);
    const byJob = any(...jobs.map(({ assume }) => assume));
    const unattended = runsUnattended(identity);
    const isMachine = sometimes(unattended) || sometimes(byJob);
    for (const { at, when: attached, policy } of managedOf(identity, iam)) {
      // Deny statements of its other policies apply to the managed policy too.
      const when = all(attached, remaining(policy));
      if (never(when)) continue;
      // One finding for all managed policies of an identity, because they are replaced together.
      const wording = (allowed: string, so = ''): Pick<Report, 'message' | 'cause'> => ({
        message: () =>
          `${name} attaches ${policy.path} (${allowed}). ${so === '' ? 'Attach' : `${so}; attach`} a least-privilege policy instead.`,
        cause: {
          of: identity.resource.self,
          name: policy.path,
          message: (names) =>
            `${name} attaches ${some(names, 2)}. ${policy.path} allows ${allowed}${so === '' ? '' : `. ${so}`}; attach least-privilege policies instead.`,
        },
      });
      if (policy.admin || policy.services.includes('iam')) {
        const [allowed, full] = policy.admin ? ['all actions', 'full access'] : ['all IAM actions', 'full IAM access'];
        const aliases = policy.admin ? ADMIN : ELEVATED;
        const bounded = isBounded(identity, policy, iam);
        const owns = any(...GIVES_ANY_PERMISSION.map(leaves));
        const escalations = escalationsLeft(iam, leaves);
        const by =
          escalations.actions.length > 0 ? `They include privilege escalation by ${some(escalations.actions, 3)}` : '';
        const unlimited = (free: Judgement): readonly Report[] => [
          { violations: [{ wrong: all(when, unattended, free), at, aliases }], severity: 'critical', ...wording(full) },
          {
            violations: [{ wrong: all(when, byJob, not(unattended), free), at, aliases }],
            ...wording(
              full,
              `Anyone who can change ${some(
                jobs.map(({ words }) => words),
                2,
              )} can use it`,
            ),
          },
          // Roles and groups of human administrators need such a policy.
          {
            violations: [{ wrong: all(when, not(any(unattended, byJob)), free), at, aliases }],
            severity: 'medium',
            profile: 'strict',
            ...wording(full),
          },
        ];
        yield {
          violations: [{ wrong: all(when, not(owns), policy.admin ? YES : escalations.where), at, aliases }],
          severity: 'medium',
          ...wording(`${allowed} that are not denied`, by),
        };
        yield* unlimited(all(owns, not(bounded)));
        yield {
          violations: [{ wrong: all(when, owns, bounded), at, aliases }],
          severity: 'medium',
          profile: 'strict',
          ...wording(`${allowed} within its boundary`),
        };
        // Of several findings at one place, the first certain one is kept. A boundary with unknown permissions limits
        // nothing.
        yield* unlimited(owns);
      } else if (policy.most) {
        yield {
          violations: [{ wrong: when, at, aliases: ELEVATED }],
          ...(isMachine ? {} : ({ severity: 'medium', profile: 'strict' } as const)),
          ...wording('almost every service'),
        };
      } else if (policy.services.length > 0 && !REQUIRED.has(policy.path)) {
        // AWS created the policy for a service role, so there is no narrower alternative.
        const grave =
          !policy.path.startsWith('service-role/') &&
          policy.services.some((service) => !LITTLE.has(service)) &&
          isMachine;
        yield {
          violations: [{ wrong: when, at, aliases: {} }],
          ...(grave ? ({ severity: 'medium' } as const) : ({ severity: 'low', profile: 'strict' } as const)),
          ...wording(
            some(
              policy.services.map((service) => `${service}:*`),
              2,
            ),
          ),
        };
      }
    }
  },
});

/**
 * Where Deny statements do not remove the permissions that make a managed policy broad: an action that no statement
 * denies by name, or an action of each of its services.
 */
function widthLeft(identity: Identity, lookup: IdentityContext): (policy: ManagedPolicy) => Judgement {
  const leaves = keptAfterDeny(identity, lookup);
  return (policy) => {
    return policy.admin || policy.most || policy.services.length === 0
      ? leaves(ANY_ACTION)
      : any(...policy.services.map((service) => leaves(`${service}:AnyAction`)));
  };
}

/** Where an identity has a boundary that is not known to be as broad as a managed policy. */
function isBounded({ boundary, boundaries }: Identity, { path }: ManagedPolicy, iam: IamData): Judgement {
  if (!boundary) return NO;
  const asWide = judge(boundary, (leaf) => {
    const policy = managedPolicy(leaf, iam);
    return policy?.admin === true || policy?.path === path;
  });
  return all(
    isPresent(boundary),
    not(
      any(asWide, ...boundaries.filter((grant) => allowsEverything(grant.policy)).map(({ when }) => judgement(when))),
    ),
  );
}

/**
 * Whether an identity is used without a person: a user with long-term access keys, or a role that a service assumes.
 */
function runsUnattended({ resource }: Identity): Judgement {
  if (resource.type === 'AWS::IAM::User') return YES;
  if (resource.type !== 'AWS::IAM::Role') return any();
  return any(
    ...trusting(resource).map((statement) =>
      all(
        judgement(statement.when),
        isAllow(statement),
        exists(itemsOf(member(statement.principals, 'Service'), true), () => YES),
      ),
    ),
  );
}

/** The workloads that assume a role with an OIDC token: CI/CD jobs, pods of a cluster. */
function jobsThatAssume(
  { resource }: Identity,
  stack: Stack,
): readonly { readonly words: string; readonly assume: Judgement }[] {
  const statements = resource.type === 'AWS::IAM::Role' ? trusting(resource) : [];
  const federated = flatMap(statements, (statement) =>
    itemsOf(member(statement.principals, 'Federated'), true).items.map(({ value, when }) => ({
      statement,
      value,
      there: all(judgement(statement.when), isAllow(statement), judgement(when)),
    })),
  );
  if (federated.length === 0) return [];
  const named = [
    {
      words: 'GitHub Actions jobs',
      assume: any(
        ...federated.map(({ statement, value, there }) => all(there, isGitHub(value, statement.conditions, stack))),
      ),
    },
    ...PROVIDERS.map((provider) => ({
      words: `${provider.name} ${WORDS[provider.name] ?? 'jobs'}`,
      assume: any(...federated.map(({ value, there }) => all(there, namesProvider(value, provider, stack)))),
    })),
  ];
  return named.filter(({ assume }) => sometimes(assume));
}

const WORDS: Table<string> = table({ Bitbucket: 'pipelines', EKS: 'pods', 'HCP Terraform': 'runs' });

function trusting(role: Resource): readonly Statement[] {
  return flatMap(
    role.policies().documents.filter(({ kind }) => kind === 'trust'),
    ({ statements }) => statements,
  );
}
