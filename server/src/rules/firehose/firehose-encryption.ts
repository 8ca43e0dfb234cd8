import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'firehose-encryption',
  topic: 'encryption-at-rest',
  severity: 'low',
  judged: '2026-11-29',
  title: 'Firehose streams should be encrypted at rest',
  keywords: ['Kinesis Data Firehose', 'delivery stream', 'server-side encryption', 'SSE', 'KMS', 'CMK'],
  why: 'Without server-side encryption, Firehose buffers and retries records without encryption until they are delivered.',
  remedy: 'Enable server-side encryption, with an AWS owned key at no charge or with a customer managed key.',
  sources: {
    'AWS::KinesisFirehose::DeliveryStream.DeliveryStreamEncryptionConfigurationInput':
      'It configures server-side encryption; the key is AWS owned by default, or customer managed.',
    aws_kinesis_firehose_delivery_stream:
      'Server-side encryption should not be enabled for a stream with a Kinesis stream as source.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_240', 'W88', 'KINESIS_FIREHOSE_DELIVERY_STREAM_ENCRYPTION_RULE'],
  controls: { securityHub: ['DataFirehose.1'] },
  settings: {
    'AWS::KinesisFirehose::DeliveryStream': {
      path: 'DeliveryStreamEncryptionConfigurationInput.KeyType',
      // Other sources encrypt the data themselves.
      onlyIf: { DeliveryStreamType: { absentOr: ['DirectPut'] } },
      unless: {
        KinesisStreamSourceConfiguration: 'is present',
        MSKSourceConfiguration: 'is present',
        DatabaseSourceConfiguration: 'is present',
      },
    },
  },
  forbidden: 'is known to be blank',
  write: 'AWS_OWNED_CMK',
  fix: { title: 'Enable encryption with an AWS owned key' },
  absent: 'unsafe',
  problem: 'does not encrypt buffered records',
  advice: 'Enable server-side encryption.',
});
