import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'config-recorder-all-resources',
  topic: 'logging',
  severity: 'low',
  judged: '2026-11-29',
  title: 'AWS Config recorders should record all resource types',
  keywords: ['ConfigurationRecorder', 'configuration changes', 'audit'],
  why: 'Changes of resource types that are not recorded leave no trace in AWS Config, and rules do not evaluate them.',
  remedy:
    'Set AllSupported to true and remove ResourceTypes, or exclude single types with the recording strategy EXCLUSION_BY_RESOURCE_TYPES. Recording is charged.',
  sources: {
    'https://docs.aws.amazon.com/config/latest/APIReference/API_RecordingGroup.html':
      'By default, all supported types except global IAM types are recorded; a recording group can record all, all but some, or only some.',
    aws_config_configuration_recorder: 'all_supported is true by default.',
  },
  aliases: ['CKV2_AWS_48'],
  controls: { securityHub: ['Config.1'], cis: ['v3.0.0 3.3'] },
  settings: {
    'AWS::Config::ConfigurationRecorder': {
      path: 'RecordingGroup.AllSupported',
      unless: { 'RecordingGroup.RecordingStrategy.UseOnly': ['EXCLUSION_BY_RESOURCE_TYPES'] },
      absent: { onlyIf: { 'RecordingGroup.ResourceTypes': 'is set' } },
      alsoRemove: ['RecordingGroup.ResourceTypes', 'RecordingGroup.RecordingStrategy'],
    },
  },
  required: true,
  absent: 'safe',
  problem: 'records only some resource types',
  advice: 'Set {setting} to true and remove the list of types.',
  fix: { cost: 'instead of a list of types; each recorded change is charged' },
});
