import { publicPolicyRule } from '../forms/public-policy-rule.ts';

export default publicPolicyRule({
  id: 'sns-topic-policy-public',
  severity: 'critical',
  judged: '2026-11-27',
  title: 'SNS topic policies should not allow public access',
  keywords: ['wildcard principal', 'anonymous', 'cross-account', 'open to the world', 'SetTopicAttributes'],
  why: 'With a wildcard principal, anyone who knows the ARN of the topic can publish messages to all subscribers, or subscribe and read the messages.',
  remedy:
    'Specify the principals: the roles that publish, or the publishing service with a condition on aws:SourceArn. Alternatively, add a condition on aws:PrincipalOrgID, aws:SourceOwner or a similar key with a fixed value.',
  sources: {
    'https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html':
      'Topics should not be accessible to the public or to all authenticated AWS users: avoid an empty principal and a wildcard.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html':
      'In resource-based policies, a wildcard principal with Allow grants access to all users, including anonymous ones; do not use it unless public access is intended.',
    'https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CheckNoPublicAccess.html':
      'IAM Access Analyzer checks topic policies for public access.',
  },
  aliases: ['CKV_AWS_169', 'CKV_AWS_283', 'F18', 'SNS_TOPICPOLICY_NO_WILDCARD_PRINCIPAL'],
  controls: { securityHub: ['SNS.4'] },
  service: 'sns',
  policy: 'topic policy',
  who: 'anyone',
  actions: [
    ['sns:publish', 'publish', 'messages'],
    ['sns:subscribe', 'subscribe to', 'the topic'],
    ['sns:deletetopic', 'delete', 'the topic'],
    ['sns:settopicattributes', 'change', 'its policy'],
  ],
  control: true,
  readsSettings: /^sns:(?:get|list)[\w*?]*$/,
  narrow: 'aws:SourceArn or aws:PrincipalOrgID',
  senders: 'policy-topics',
});
