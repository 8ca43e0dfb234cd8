import { all, any, exists, judgement, not, YES, type Judgement } from '../../model/judgement.ts';
import { itemsOf, member } from '../../model/navigate.ts';
import type { Aliases } from '../../model/finding.ts';
import type { Identity } from '../../policy/identity.ts';
import { managedOf } from '../../policy/identity-access.ts';
import { defineRule } from '../rule.ts';
import { listed, who } from './identity-words.ts';

/** What other tools say of AdministratorAccess, and of others that are as good as that. */
const ADMIN: Aliases = { checkov: ['CKV_AWS_274'], cfn_nag: ['W43'], guard: ['IAM_ROLE_ADMINISTRATOR_ACCESS_POLICY_RULE', 'IAM_ROLE_ELEVATED_MANAGED_POLICY_RULE'] };
const ELEVATED: Aliases = { cfn_nag: ['W44'], guard: ['IAM_ROLE_ELEVATED_MANAGED_POLICY_RULE'] };

/** Services of logs and measurements, and those that work on what they are handed: all of them is little. */
const LITTLE: ReadonlySet<string> = new Set(['cloudwatch', 'comprehendmedical', 'ec2messages', 'groundtruthlabeling', 'logs', 'polly', 'ssmmessages', 'synthetics', 'textract', 'translate', 'xray']);

export default defineRule({
  id: 'iam-identity-managed-policy-wide',
  on: 'identity',
  topic: 'identity', severity: 'high', profile: 'recommended', since: '0.1', judged: '2026-11-26',
  title: 'IAM identity has no policy of AWS that allows everything or whole services',
  why: 'AdministratorAccess and its like are made for people who administer. Whoever takes over a function, an instance or the key of a user with such a policy has all that it allows, in the whole account.',
  remedy: 'Write a policy with the actions and resources that are needed, or attach a narrower one of AWS. For administrators, use a role that people assume with MFA.',
  sources: [
    { url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html', claim: 'Policies of AWS are made for many customers and may not be least privilege; some, such as AdministratorAccess and PowerUserAccess, are for job functions.', seen: '2026-11-26' },
    { url: 'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AdministratorAccess.html', claim: 'AdministratorAccess allows every action on every resource.', seen: '2026-11-26' },
    { url: 'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/IAMFullAccess.html', claim: 'IAMFullAccess allows every action of IAM on every resource.', seen: '2026-11-26' },
  ],
  aliases: { checkov: ['CKV_AWS_274'], cfn_nag: ['W43', 'W44'], guard: ['IAM_ROLE_ADMINISTRATOR_ACCESS_POLICY_RULE', 'IAM_ROLE_ELEVATED_MANAGED_POLICY_RULE'] },
  controls: {},
  fix: 'none',
  subsumes: ['iam-identity-data-exfiltration', 'iam-identity-credentials-exposure'],
  *check(identity, { iam }) {
    if (!iam?.managedPolicies || identity.managed.length === 0) return;
    const name = who(identity);
    const of = `as of ${iam.managedPolicies.date}`;
    for (const { at, when, policy } of managedOf(identity, iam)) {
      if (policy.admin || policy.services.includes('iam')) {
        const allowed = policy.admin ? 'every action on every resource' : 'every action of IAM on every resource, and so to give itself any other';
        const message = (): string => `${name} has the policy ${policy.path} of AWS, which allows ${allowed} (${of}); attach one with the actions and resources that are needed.`;
        const by = runsUnattended(identity);
        yield { faults: [{ wrong: all(when, by), at, aliases: policy.admin ? ADMIN : ELEVATED }], severity: 'critical', message };
        // People administer by such roles and groups, and somebody has to.
        yield { faults: [{ wrong: all(when, not(by)), at, aliases: policy.admin ? ADMIN : ELEVATED }], severity: 'medium', profile: 'strict', message };
      } else if (policy.most) {
        yield {
          faults: [{ wrong: when, at, aliases: ELEVATED }],
          ...runsUnattended(identity).yes.satisfiable() ? {} : { severity: 'medium', profile: 'strict' } as const,
          message: `${name} has the policy ${policy.path} of AWS, which allows every action of almost every service on every resource (${of}); attach one with the actions and resources that are needed.`,
        };
      } else if (policy.services.length > 0) {
        // What AWS wrote for the role of one service has no narrower one beside it.
        const grave = !policy.path.startsWith('service-role/') && policy.services.some((service) => !LITTLE.has(service)) && runsUnattended(identity).yes.satisfiable();
        yield {
          faults: [{ wrong: when, at, aliases: {} }],
          ...grave ? { severity: 'medium' } as const : { severity: 'low', profile: 'strict' } as const,
          message: `${name} has the policy ${policy.path} of AWS, which allows every action of ${listed(policy.services)} on every resource (${of}); attach one with the actions and resources that are needed.`,
        };
      }
    }
  },
});

/** Whether nobody is there when it is used: a user, whose keys lie somewhere, or a role that a service assumes. */
function runsUnattended({ resource }: Identity): Judgement {
  if (resource.type === 'AWS::IAM::User') return YES;
  if (resource.type !== 'AWS::IAM::Role') return any();
  return any(...resource.policies().documents.filter(({ kind }) => kind === 'trust').flatMap(({ statements }) => statements.map((statement) =>
    all(judgement(statement.when), exists(itemsOf(member(statement.principals, 'Service'), true), () => YES)))));
}
