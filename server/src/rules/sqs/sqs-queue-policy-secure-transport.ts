import { tlsPolicyRule } from '../forms/tls-policy-rule.ts';

export default tlsPolicyRule({
  id: 'sqs-queue-policy-secure-transport',
  severity: 'low',
  judged: '2026-11-26',
  title: 'SQS queue policies should require requests to use TLS',
  why: 'SQS accepts plain HTTP as well as HTTPS. Without a statement that denies HTTP, clients can send and receive messages unencrypted.',
  sources: {
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html':
      'Without TLS, an attacker in the network can read and change messages; aws:SecureTransport in the queue policy forces requests to use TLS.',
    'https://docs.aws.amazon.com/general/latest/gr/sqs-service.html':
      'SQS endpoints support HTTP and HTTPS, except the FIPS endpoints.',
    'https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_SqsQueueConfiguration.html': {
      claim: 'A new queue for which no policy is specified is taken to have no policy.',
      seen: '2026-11-29',
    },
  },
  resource: { type: 'AWS::SQS::Queue', word: 'queue', arn: 'Arn' },
  policy: { type: 'AWS::SQS::QueuePolicy', list: 'Queues', inline: 'AWS::SQS::QueueInlinePolicy' },
  relations: ['queue-policies', 'policy-queues'],
  carrying: ['sqs:sendmessage', 'sqs:receivemessage'],
  denied: 'sqs:*',
});
