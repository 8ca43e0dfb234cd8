import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'guardduty-detector-enabled',
  topic: 'logging',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'GuardDuty detectors should be enabled',
  keywords: ['threat detection', 'suspended detector'],
  why: 'A detector that is not enabled does not analyze anything, so GuardDuty reports no threats in its Region.',
  sources: {
    'AWS::GuardDuty::Detector':
      'A detector is required for GuardDuty to operate; Enable says whether it is enabled on creation.',
    aws_guardduty_detector: 'enable is true by default; false suspends GuardDuty.',
  },
  aliases: ['CKV_AWS_238'],
  controls: { securityHub: ['GuardDuty.1'] },
  settings: { 'AWS::GuardDuty::Detector': 'Enable' },
  required: true,
  absent: 'safe',
  problem: 'is not enabled, so it detects no threats',
  fix: { cost: 'GuardDuty charges for the data that it analyzes' },
});
