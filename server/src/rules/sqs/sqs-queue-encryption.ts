import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'sqs-queue-encryption',
  topic: 'encryption-at-rest',
  severity: 'medium',
  judged: '2026-11-24',
  title: 'SQS queues should be encrypted at rest',
  keywords: ['SSE', 'SSE-SQS', 'SSE-KMS', 'server-side encryption', 'CMK'],
  why: 'SQS encrypts new queues with SQS-owned keys (SSE-SQS) free of charge. A queue that turns this off and has no KMS key stores its messages in plaintext.',
  remedy:
    'Remove SqsManagedSseEnabled or set it to true, or set KmsMasterKeyId. Requests to an encrypted queue must use HTTPS and Signature Version 4.',
  sources: {
    'https://aws.amazon.com/blogs/compute/announcing-server-side-encryption-with-amazon-simple-queue-service-managed-encryption-keys-sse-sqs-by-default/':
      'New queues are encrypted with SQS-owned keys by default, free of charge; an existing queue can be changed.',
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html':
      'Messages are encrypted with SQS-owned or KMS keys; requests to an encrypted queue must use HTTPS and Signature Version 4.',
    'https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/sqs/queue.go':
      'sqs_managed_sse_enabled has no default in Terraform, so AWS decides when it is left out; it conflicts with kms_master_key_id.',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/fsbp-standard.html':
      'SQS.1: SQS queues should be encrypted at rest.',
  },
  aliases: ['CKV_AWS_27', 'AWS-0096', 'W48', 'SQS_QUEUE_KMS_MASTER_KEY_ID_RULE'],
  controls: { securityHub: ['SQS.1'] },
  settings: { 'AWS::SQS::Queue': { path: 'SqsManagedSseEnabled', unless: { KmsMasterKeyId: 'is not blank' } } },
  required: true,
  absent: 'safe',
  fix: { cost: 'stops clients that use plain HTTP' },
});
