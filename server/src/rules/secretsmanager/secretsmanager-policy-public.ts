import { publicPolicyRule } from '../forms/public-policy-rule.ts';

export default publicPolicyRule({
  id: 'secretsmanager-policy-public',
  severity: 'critical',
  judged: '2026-11-27',
  title: 'Secrets Manager resource policies should not allow public access',
  keywords: ['wildcard principal', 'cross-account', 'BlockPublicPolicy', 'secret policy', 'credential exposure'],
  why: 'A wildcard principal grants access to every identity of the account, regardless of its own policies, and to every other AWS account that can use the KMS key of the secret.',
  remedy:
    'Specify the roles that read the secret, or add a condition on aws:PrincipalOrgID or a similar key with a fixed value. With BlockPublicPolicy, Secrets Manager rejects public policies.',
  sources: {
    'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html':
      'BlockPublicPolicy rejects policies that allow broad access to a secret, such as one with a wildcard principal; it is off by default.',
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html':
      'Resource policies of secrets can grant access to users and roles of other accounts; the console rejects policies that grant broad access.',
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html':
      'Cross-account access also requires access to the KMS key of the secret, which cannot be the AWS managed key.',
    'https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CheckNoPublicAccess.html':
      'IAM Access Analyzer checks resource policies of secrets for public access.',
  },
  aliases: ['CKV_AWS_283'],
  service: 'secretsmanager',
  policy: 'policy',
  who: 'any account that can use its key',
  actions: [
    ['secretsmanager:getsecretvalue', 'read', 'the secret'],
    ['secretsmanager:putsecretvalue', 'change', 'the secret'],
    ['secretsmanager:deletesecret', 'delete', 'the secret'],
    ['secretsmanager:putresourcepolicy', 'change', 'its policy'],
  ],
  control: true,
  readsSettings: /^secretsmanager:(?:describesecret|listsecretversionids|getresourcepolicy|describe\*|list\*)$/,
  narrow: 'aws:PrincipalOrgID',
  limited: {
    where: { BlockPublicPolicy: true },
    severity: 'medium',
    profile: 'recommended',
    advice: '{setting} rejects it; specify the principals.',
    eitherWay: true,
  },
});
