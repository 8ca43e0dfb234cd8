import { companionRule } from '../forms/companion-rule.ts';

export default companionRule({
  id: 'cloudfront-access-logging',
  topic: 'logging',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'CloudFront distributions should have access logging enabled',
  keywords: ['standard logging', 'real-time logs', 'DeliverySource'],
  why: 'Without access logs, you cannot tell who requested which content, or investigate an attack.',
  remedy:
    'Set Logging to a bucket, or deliver access logs with AWS::Logs::DeliverySource, AWS::Logs::DeliveryDestination and AWS::Logs::Delivery.',
  sources: {
    'AWS::CloudFront::Distribution.Logging':
      'Logging configures standard logging (legacy) to a bucket; standard logging (v2) can be used in addition.',
    'AWS::Logs::DeliverySource':
      'A delivery source is a resource that sends logs to CloudWatch Logs, Amazon S3 or Firehose.',
    'AWS::CloudFront::Distribution.DefaultCacheBehavior':
      'RealtimeLogConfigArn attaches a real-time log configuration to the cache behavior.',
  },
  aliases: ['CKV_AWS_86', 'AWS-0010', 'W10', 'CLOUDFRONT_ACCESSLOGS_ENABLED'],
  controls: { securityHub: ['CloudFront.5'] },
  of: {
    'AWS::CloudFront::Distribution': {
      relation: 'log-deliveries',
      unless: {
        'DistributionConfig.Logging.Bucket': 'is set',
        'DistributionConfig.DefaultCacheBehavior.RealtimeLogConfigArn': 'is set',
      },
    },
  },
  companions: { 'AWS::Logs::DeliverySource': { LogType: ['ACCESS_LOGS'] } },
  companion: 'must exist',
  advice: 'Deliver access logs to an S3 bucket, a log group or Firehose.',
});
