import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'codebuild-logging',
  topic: 'logging',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'CodeBuild projects should have logging enabled',
  keywords: ['build logs', 'S3Logs', 'audit'],
  why: 'Without logs, you cannot tell what a build did, such as which commands an attacker ran with its role.',
  sources: {
    'AWS::CodeBuild::Project.LogsConfig': 'Logs in CloudWatch Logs are enabled by default, logs in a bucket are not.',
  },
  aliases: ['CKV_AWS_314'],
  controls: { securityHub: ['CodeBuild.4'] },
  settings: {
    'AWS::CodeBuild::Project': {
      path: 'LogsConfig.CloudWatchLogs.Status',
      unless: { 'LogsConfig.S3Logs.Status': ['ENABLED'] },
    },
  },
  forbidden: ['DISABLED'],
  write: 'ENABLED',
  absent: 'safe',
  advice: 'Enable CloudWatch logs or S3 logs.',
  fix: { title: 'Enable CloudWatch logs', cost: 'log ingestion and storage are charged' },
});
