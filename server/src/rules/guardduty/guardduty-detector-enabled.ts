import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'guardduty-detector-enabled',
  topic: 'logging',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'GuardDuty detectors should be enabled',
  keywords: ['threat detection', 'suspended detector', 'Enable'],
  why: 'A detector that is not enabled does not analyze anything, so GuardDuty reports no threats in its Region.',
  sources: {
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-guardduty-detector.html':
      'A detector is required for GuardDuty to operate; Enable says whether it is enabled on creation.',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/guardduty-controls.html':
      'GuardDuty.1: GuardDuty should be enabled in the account and Region.',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/guardduty_detector':
      'enable is true by default; false suspends GuardDuty.',
  },
  aliases: { checkov: ['CKV_AWS_238'] },
  controls: { securityHub: ['GuardDuty.1'] },
  settings: { 'AWS::GuardDuty::Detector': 'Enable' },
  required: true,
  absent: 'safe',
  problem: 'is not enabled, so it detects no threats',
  fix: { cost: 'GuardDuty charges for the data that it analyzes' },
});
