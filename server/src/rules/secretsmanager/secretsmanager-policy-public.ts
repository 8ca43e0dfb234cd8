import { all, is, not } from '../../model/judgement.ts';
import { isTrue } from '../../model/predicate.ts';
import { looking, opening, publicGrantReports, type ResourceProfile } from '../public-policy.ts';
import { defineRule } from '../rule.ts';

const SECRET: ResourceProfile = {
  what: 'secret policy',
  who: 'anyone in its account, and in accounts that may use its key,',
  actions: [
    ['secretsmanager:getsecretvalue', 'read the secret'],
    ['secretsmanager:putsecretvalue', 'change the secret'],
    ['secretsmanager:deletesecret', 'delete the secret'],
    ['secretsmanager:putresourcepolicy', 'change who may use it'],
  ],
  looks: /^secretsmanager:(?:describesecret|listsecretversionids|getresourcepolicy|describe\*|list\*)$/,
  narrow: 'aws:PrincipalOrgID or aws:PrincipalArn',
};

export default defineRule({
  id: 'secretsmanager-policy-public',
  on: 'policy',
  kinds: ['resource'],
  topic: 'data-exposure',
  severity: 'critical',
  profile: 'essential',
  since: '0.1',
  judged: '2026-11-27',
  title: 'Secrets Manager resource policies should not allow public access',
  why: 'A wildcard principal gives access to every identity of the account, whatever its own policies say, and to every other AWS account that can use the key of the secret.',
  remedy:
    'Name the roles that read the secret, or add a condition on aws:PrincipalOrgID or a similar key with a fixed value. With BlockPublicPolicy, Secrets Manager rejects public policies.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html',
      claim:
        'BlockPublicPolicy refuses policies that allow broad access to a secret, such as one with a wildcard as principal; by default they are not refused.',
      seen: '2026-11-27',
    },
    {
      url: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html',
      claim:
        'Policies of secrets can let in users and roles of other accounts; the console refuses to grant a wide range of principals access.',
      seen: '2026-11-27',
    },
    {
      url: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html',
      claim: 'Somebody of another account needs the key of the secret too, which cannot be the one that AWS manages.',
      seen: '2026-11-27',
    },
    {
      url: 'https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CheckNoPublicAccess.html',
      claim: 'IAM Access Analyzer checks policies of secrets for public access.',
      seen: '2026-11-27',
    },
  ],
  aliases: { checkov: ['CKV_AWS_283'] },
  controls: {},
  fix: 'suggestion',
  subsumes: ['iam-policy-not-principal'],
  *check(policy, { stack }) {
    if (policy.service !== 'secretsmanager') return;
    const { displayName } = policy.host;
    const refused = is(policy.host.get('BlockPublicPolicy'), isTrue);
    for (const grant of publicGrantReports(policy, stack, SECRET)) {
      // Of several findings at one place the first that is certain is kept.
      yield looking(grant, SECRET, displayName);
      yield opening({ ...grant, open: all(grant.open, not(refused)) }, SECRET, displayName);
      yield {
        violations: [{ wrong: all(grant.open, refused), at: grant.at }],
        fixes: grant.fixes,
        severity: 'medium',
        profile: 'recommended',
        message: `The secret policy ${displayName} lets ${SECRET.who} ${grant.does}, so Secrets Manager rejects it (${policy.host.nativePath('BlockPublicPolicy')} is true). Name the principals.`,
      };
      // Whatever the setting is that is not seen, the policy lets in everybody or is refused.
      yield opening(grant, SECRET, displayName);
    }
  },
});
