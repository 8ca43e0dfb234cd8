import { publicPolicyRule } from '../forms/public-policy-rule.ts';

export default publicPolicyRule({
  id: 'sqs-queue-policy-public',
  severity: 'critical',
  judged: '2026-11-27',
  title: 'SQS queue policies should not allow public access',
  keywords: ['wildcard principal', 'anonymous', 'cross-account', 'open to the world', 'SendMessage'],
  why: 'With a wildcard principal, anyone who knows the name of the queue, even without an AWS account, can send messages that its consumers process, or receive and delete messages.',
  remedy:
    'Specify the principals: the roles that use the queue, or the sending service with a condition on aws:SourceArn. Alternatively, add a condition on aws:PrincipalOrgID or a similar key with a fixed value.',
  sources: {
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html':
      'Queues should not be accessible to the public or to all authenticated AWS users: avoid an empty principal and a wildcard.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html':
      'In resource-based policies, a wildcard principal with Allow grants access to all users, including anonymous ones; do not use it unless public access is intended.',
    'https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CheckNoPublicAccess.html':
      'IAM Access Analyzer checks queue policies for public access.',
  },
  aliases: ['CKV_AWS_168', 'CKV_AWS_283', 'CKV_AWS_387', 'F21', 'SQS_QUEUEPOLICY_NO_WILDCARD_PRINCIPAL'],
  controls: { securityHub: ['SQS.3'] },
  service: 'sqs',
  policy: 'queue policy',
  who: 'anyone',
  actions: [
    ['sqs:sendmessage', 'send', 'messages'],
    ['sqs:receivemessage', 'receive', 'messages'],
    ['sqs:deletemessage', 'delete', 'messages'],
    ['sqs:purgequeue', 'purge', 'the queue'],
    ['sqs:setqueueattributes', 'change', 'its policy'],
  ],
  control: true,
  readsSettings: /^sqs:(?:get|list)[\w*?]*$/,
  narrow: 'aws:SourceArn or aws:PrincipalOrgID',
  senders: 'policy-queues',
});
