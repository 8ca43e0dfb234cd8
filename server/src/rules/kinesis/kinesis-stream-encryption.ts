import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'kinesis-stream-encryption',
  topic: 'encryption-at-rest',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'Kinesis data streams should be encrypted at rest',
  keywords: ['server-side encryption', 'SSE', 'KMS', 'CMK'],
  why: 'Without server-side encryption, records are stored in plaintext until they expire.',
  remedy:
    'Set StreamEncryption with the type KMS and a key. Producers and consumers need permissions on a customer managed key.',
  sources: {
    'AWS::Kinesis::Stream':
      'StreamEncryption enables server-side encryption with a KMS key; removing it disables encryption; changing it does not replace the stream.',
    'AWS::Kinesis::Stream.StreamEncryption':
      'The only encryption type is KMS; the key is required, and alias/aws/kinesis is the key that Kinesis manages.',
    aws_kinesis_stream: 'encryption_type is NONE by default.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_43', 'AWS-0064', 'W49', 'KINESIS_STREAM_ENCRYPTION_RULE'],
  controls: { securityHub: ['Kinesis.1'] },
  settings: {
    'AWS::Kinesis::Stream': {
      path: 'StreamEncryption.EncryptionType',
      alsoWrite: { 'StreamEncryption.KeyId': 'alias/aws/kinesis' },
    },
  },
  required: 'KMS',
  absent: 'unsafe',
  fix: { title: 'Encrypt with the AWS managed key', cost: 'KMS charges for requests' },
});
