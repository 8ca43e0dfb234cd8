import { defineRule } from '../rule.ts';
import { withoutDenial, withoutPolicy, type MessageResource } from '../plain-http-reports.ts';

const QUEUE: MessageResource = {
  word: 'queue',
  arn: 'Arn',
  policies: 'queue-policies',
  owners: 'policy-queues',
  list: 'Queues',
  carrying: ['sqs:sendmessage', 'sqs:receivemessage'],
  denied: 'sqs:*',
};

export default defineRule({
  id: 'sqs-queue-policy-secure-transport',
  on: 'resource',
  reads: {
    'AWS::SQS::Queue': [],
    'AWS::SQS::QueuePolicy': ['Queues', 'PolicyDocument'],
    'AWS::SQS::QueueInlinePolicy': ['PolicyDocument'],
  },
  topic: 'encryption-in-transit',
  severity: 'low',
  judged: '2026-11-26',
  title: 'SQS queue policies should require requests to use TLS',
  keywords: ['aws:SecureTransport', 'SSL', 'HTTPS', 'encryption in transit', 'enforceSSL'],
  why: 'SQS accepts plain HTTP as well as HTTPS. Without a statement that denies HTTP, clients can send and receive messages unencrypted.',
  remedy: 'Add a statement to the queue policy that denies sqs:* for all principals when aws:SecureTransport is false.',
  sources: {
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html':
      'Without TLS, an attacker in the network can read and change messages; aws:SecureTransport in the queue policy forces requests to use TLS.',
    'https://docs.aws.amazon.com/general/latest/gr/sqs-service.html':
      'SQS endpoints support HTTP and HTTPS, except the FIPS endpoints.',
  },
  fix: 'suggestion',
  *check(resource) {
    if (resource.type === 'AWS::SQS::Queue') yield withoutPolicy(resource, QUEUE);
    else yield* withoutDenial(resource, QUEUE);
  },
});
