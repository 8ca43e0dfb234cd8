import { any, is, isAbsent } from '../../model/judgement.ts';
import { isBlank } from '../../model/predicate.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'sns-topic-encryption',
  on: 'resource',
  reads: { 'AWS::SNS::Topic': ['KmsMasterKeyId'] },
  topic: 'encryption-at-rest', severity: 'low', profile: 'strict', since: '0.1', judged: '2026-11-24',
  title: 'SNS topic is encrypted with a KMS key',
  why: 'SNS keeps messages on encrypted disks in any case; a KMS key of the topic adds a second permission that a reader or publisher needs, and a record of each use.',
  remedy: 'Name a KMS key of your own in KmsMasterKeyId and let its key policy admit every service that publishes to the topic. With the AWS managed key alias/aws/sns, CloudWatch alarms cannot publish.',
  sources: [
    { url: 'https://docs.aws.amazon.com/securityhub/latest/userguide/sns-controls.html', claim: 'SNS.1: topics should be encrypted with KMS. By default SNS stores messages with disk encryption; a KMS key adds a layer and more control of access.', seen: '2026-11-24' },
    { url: 'https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns', claim: 'CloudWatch alarms cannot publish to a topic under alias/aws/sns, whose key policy cannot be edited; they need a customer managed key that admits cloudwatch.amazonaws.com.', seen: '2026-11-24' },
  ],
  aliases: { checkov: ['CKV_AWS_26'], trivy: ['AWS-0095'], cfn_nag: ['W47'], guard: ['SNS_ENCRYPTED_KMS'] },
  controls: { securityHub: ['SNS.1'] },
  // Which key is right depends on who publishes, and a wrong one silences them.
  fix: 'none',
  *check(topic) {
    const key = topic.get('KmsMasterKeyId');
    yield {
      faults: [{ wrong: any(isAbsent(key), is(key, isBlank)), at: key }],
      message: `The topic ${topic.displayName} names no key in ${topic.nativePath('KmsMasterKeyId')}, so only the disk encryption of AWS protects its messages; name a KMS key whose policy admits everyone who publishes.`,
    };
  },
});
