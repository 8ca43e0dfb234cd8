import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'sns-topic-encryption',
  topic: 'encryption-at-rest',
  severity: 'low',
  judged: '2026-11-24',
  title: 'SNS topics should be encrypted with a KMS key',
  keywords: ['encryption at rest', 'SSE', 'server-side encryption', 'CMK', 'customer managed key'],
  why: 'SNS always encrypts its disks. A KMS key adds a permission that publishers and subscribers need, and an audit record of each use.',
  remedy:
    'Set KmsMasterKeyId to a customer managed key whose key policy allows every service that publishes to the topic. With the AWS managed key alias/aws/sns, CloudWatch alarms cannot publish.',
  sources: {
    'https://docs.aws.amazon.com/securityhub/latest/userguide/sns-controls.html':
      'SNS.1: topics should be encrypted with KMS. By default, SNS stores messages with disk encryption; a KMS key adds a layer and more access control.',
    'https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns':
      'CloudWatch alarms cannot publish to a topic under alias/aws/sns, whose key policy cannot be edited; they need a customer managed key whose policy allows cloudwatch.amazonaws.com.',
  },
  aliases: ['CKV_AWS_26', 'AWS-0095', 'W47', 'SNS_ENCRYPTED_KMS'],
  controls: { securityHub: ['SNS.1'] },
  settings: { 'AWS::SNS::Topic': 'KmsMasterKeyId' },
  // Nothing to write: the right key depends on the publishers, and with a wrong one they can no longer publish.
  forbidden: 'is blank',
  absent: 'unsafe',
  advice: 'Set {setting} to a key that every publisher can use.',
});
