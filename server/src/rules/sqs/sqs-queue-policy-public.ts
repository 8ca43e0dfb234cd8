import { withSenders } from '../../policy/senders.ts';
import { lettingEverybodyIn, type ResourceProfile } from '../public-policy.ts';
import { defineRule } from '../rule.ts';

const QUEUE: ResourceProfile = {
  what: 'queue policy',
  who: 'anyone',
  actions: [
    ['sqs:sendmessage', 'send messages'],
    ['sqs:receivemessage', 'receive messages'],
    ['sqs:deletemessage', 'delete messages'],
    ['sqs:purgequeue', 'empty the queue'],
    ['sqs:setqueueattributes', 'change who may use the queue'],
  ],
  looks: /^sqs:(?:get|list)[\w*?]*$/,
  narrow: 'aws:SourceArn or aws:PrincipalOrgID',
};

export default defineRule({
  id: 'sqs-queue-policy-public',
  on: 'policy',
  selfContained: true,
  kinds: ['resource'],
  topic: 'data-exposure',
  severity: 'critical',
  profile: 'essential',
  since: '0.1',
  judged: '2026-11-27',
  title: 'SQS queue policies should not allow public access',
  why: 'With a wildcard principal anyone who knows the name of the queue, even without an AWS account, can send messages that its consumers process, or receive and delete messages.',
  remedy:
    'Name the principals: the roles that use the queue, or the service that sends to it with the condition aws:SourceArn. Or add a condition on aws:PrincipalOrgID or a similar key with a fixed value.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html',
      claim:
        'Make sure that queues are not accessible to everybody in the world or to every authenticated AWS user: no policy is to have an empty principal or a star.',
      seen: '2026-11-27',
    },
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
      claim:
        'In resource-based policies a star with Allow stands for everybody, anonymous users too; do not use it unless that is meant.',
      seen: '2026-11-27',
    },
    {
      url: 'https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CheckNoPublicAccess.html',
      claim: 'IAM Access Analyzer checks policies of queues for public access.',
      seen: '2026-11-27',
    },
  ],
  aliases: {
    checkov: ['CKV_AWS_168', 'CKV_AWS_283', 'CKV_AWS_387'],
    cfn_nag: ['F21'],
    guard: ['SQS_QUEUEPOLICY_NO_WILDCARD_PRINCIPAL'],
  },
  controls: { securityHub: ['SQS.3'] },
  fix: 'suggestion',
  subsumes: ['iam-policy-not-principal'],
  *check(policy, { stack }) {
    if (policy.service !== 'sqs') return;
    yield* lettingEverybodyIn(policy, stack, QUEUE, (statement, star, known) =>
      withSenders(policy, statement, star, 'policy-queues', stack, known),
    );
  },
});
