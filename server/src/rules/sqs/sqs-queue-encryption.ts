import { all, is, isPresent, NO, not } from '../../model/judgement.ts';
import { isBlank, isFalse } from '../../model/predicate.ts';
import { propertyRule } from '../property-rule.ts';

export default propertyRule({
  id: 'sqs-queue-encryption',
  type: 'AWS::SQS::Queue',
  property: 'SqsManagedSseEnabled',
  alsoReads: ['KmsMasterKeyId'],
  topic: 'encryption-at-rest', severity: 'medium', profile: 'recommended', since: '0.1', judged: '2026-11-24',
  title: 'SQS queue is encrypted at rest',
  why: 'SQS encrypts the messages of new queues with keys of its own, free of charge; a queue that turns this off and names no KMS key stores its messages readable to whoever gets at the storage.',
  remedy: 'Leave SqsManagedSseEnabled out or set it to true, or name a KMS key in KmsMasterKeyId. Requests to an encrypted queue must use HTTPS and Signature Version 4.',
  sources: [
    { url: 'https://aws.amazon.com/blogs/compute/announcing-server-side-encryption-with-amazon-simple-queue-service-managed-encryption-keys-sse-sqs-by-default/', claim: 'New queues are encrypted with keys owned by SQS by default, without charge; the choice can be changed for a queue that exists.', seen: '2026-11-24' },
    { url: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html', claim: 'Messages are encrypted with keys of SQS or of KMS; requests to an encrypted queue must use HTTPS and Signature Version 4.', seen: '2026-11-24' },
    { url: 'https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/sqs/queue.go', claim: 'sqs_managed_sse_enabled has no default in Terraform, so AWS decides when it is left out; it conflicts with kms_master_key_id.', seen: '2026-11-24' },
    { url: 'https://docs.aws.amazon.com/securityhub/latest/userguide/fsbp-standard.html', claim: 'SQS.1: SQS queues should be encrypted at rest.', seen: '2026-11-24' },
  ],
  aliases: { checkov: ['CKV_AWS_27'], trivy: ['AWS-0096'], cfn_nag: ['W48'], guard: ['SQS_QUEUE_KMS_MASTER_KEY_ID_RULE'] },
  controls: { securityHub: ['SQS.1'] },
  fix: 'suggestion',
  bad: isFalse,
  // Without the property AWS encrypts the queue.
  absence: () => NO,
  exempt: (queue) => all(isPresent(queue.get('KmsMasterKeyId')), not(is(queue.get('KmsMasterKeyId'), isBlank))),
  write: { value: true, title: (property) => `Set ${property} to true (stops clients that use plain HTTP)` },
  message: (queue, property, shown) => `The queue ${queue.displayName} sets ${property} to ${shown ?? 'nothing'} and names no KMS key, so its messages are stored unencrypted; set ${property} to true or name a key in ${queue.nativePath('KmsMasterKeyId')}.`,
});
