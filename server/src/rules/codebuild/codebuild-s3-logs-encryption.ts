import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'codebuild-s3-logs-encryption',
  topic: 'encryption-at-rest',
  severity: 'low',
  judged: '2026-11-29',
  title: 'CodeBuild logs and reports in S3 should be encrypted',
  keywords: ['EncryptionDisabled', 'build logs', 'S3Logs', 'report group', 'test results'],
  why: 'CodeBuild encrypts logs and reports in S3 by default. Build logs often contain host names, parameters and credentials.',
  remedy: 'Remove EncryptionDisabled or set it to false.',
  sources: {
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-codebuild-project-s3logsconfig.html':
      'S3 build logs are encrypted by default; EncryptionDisabled turns that off.',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-codebuild-reportgroup-s3reportexportconfig.html':
      'EncryptionDisabled states whether the results of a report are encrypted.',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/codebuild-controls.html#codebuild-3':
      'CodeBuild.3: S3 logs of a project should be encrypted.',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/codebuild-controls.html#codebuild-7':
      'CodeBuild.7: exports of a report group to S3 should be encrypted at rest.',
  },
  accessed: '2026-11-28',
  settings: {
    'AWS::CodeBuild::Project': {
      path: 'LogsConfig.S3Logs.EncryptionDisabled',
      aliases: { checkov: ['CKV_AWS_311'] },
      controls: { securityHub: ['CodeBuild.3'] },
    },
    'AWS::CodeBuild::ReportGroup': {
      path: 'ExportConfig.S3Destination.EncryptionDisabled',
      problem: 'turns off the encryption of reports',
      controls: { securityHub: ['CodeBuild.7'] },
    },
  },
  required: false,
  absent: 'safe',
  problem: 'turns off the encryption of build logs',
  advice: 'Remove {setting}, or set it to false.',
  fix: { cost: 'readers need access to the key' },
});
