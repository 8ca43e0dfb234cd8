import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'config-recorder-enabled',
  topic: 'logging',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'AWS Config recorders should be enabled',
  keywords: ['configuration history', 'stopped recorder'],
  why: 'A stopped recorder does not record resource changes. AWS Config rules and Security Hub controls that changes trigger are not evaluated, and changes cannot be investigated.',
  sources: {
    aws_config_configuration_recorder_status:
      'is_enabled is required, and starts or stops the recorder. CloudFormation has no such property.',
    'https://docs.aws.amazon.com/config/latest/developerguide/stop-start-recorder.html':
      'AWS Config records changes of resources only while the recorder is started.',
  },
  aliases: ['CKV2_AWS_45'],
  controls: { securityHub: ['Config.1'], cis: ['v3.0.0 3.3'] },
  settings: { aws_config_configuration_recorder_status: 'is_enabled' },
  required: true,
  absent: 'safe',
  problem: 'stops the recorder',
  consequence: 'AWS Config records no changes.',
  fix: { cost: 'each recorded change is charged' },
});
