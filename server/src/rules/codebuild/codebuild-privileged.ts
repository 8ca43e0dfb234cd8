import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'codebuild-privileged',
  topic: 'operations',
  severity: 'low',
  judged: '2026-11-29',
  title: 'CodeBuild projects should not use privileged mode',
  keywords: ['Docker daemon', 'build environment'],
  why: 'Privileged mode gives the build container access to all devices, and lets it run a Docker daemon. Only projects that build Docker images need it.',
  remedy: 'Set PrivilegedMode to false, unless the project builds Docker images.',
  sources: {
    'https://docs.aws.amazon.com/securityhub/latest/userguide/codebuild-controls.html':
      'Privileged mode gives access to all devices, and should be true only to build Docker images. Security Hub retired its control for it, CodeBuild.5, in April 2024.',
    'config:codebuild-project-environment-privileged-check': 'A project is noncompliant if privilegedMode is true.',
    'AWS::CodeBuild::Project.Environment':
      'PrivilegedMode enables the Docker daemon in the build container. The default is false.',
  },
  aliases: ['CKV_AWS_316'],
  settings: { 'AWS::CodeBuild::Project': 'Environment.PrivilegedMode' },
  required: false,
  absent: 'safe',
  problem: 'runs builds in privileged mode',
  advice: 'Set {setting} to false, unless it builds Docker images.',
  fix: { cost: 'Docker builds fail' },
});
