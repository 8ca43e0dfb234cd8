import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'codebuild-s3-logs-encryption',
  topic: 'encryption-at-rest',
  severity: 'low',
  judged: '2026-11-29',
  title: 'CodeBuild logs and reports in S3 should be encrypted',
  keywords: ['build logs', 'S3Logs', 'report group', 'test results'],
  why: 'CodeBuild encrypts logs and reports in S3 by default. Build logs often contain host names, parameters and credentials.',
  sources: {
    'AWS::CodeBuild::Project.S3LogsConfig':
      'S3 build logs are encrypted by default; EncryptionDisabled turns that off.',
    'AWS::CodeBuild::ReportGroup.S3ReportExportConfig':
      'EncryptionDisabled states whether the results of a report are encrypted.',
  },
  accessed: '2026-11-28',
  settings: {
    'AWS::CodeBuild::Project': {
      path: 'LogsConfig.S3Logs.EncryptionDisabled',
      aliases: ['CKV_AWS_311'],
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
