import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'codebuild-privileged',
  topic: 'operations',
  // Projects that build Docker images need it.
  severity: 'low',
  title: 'CodeBuild projects should not use privileged mode',
  keywords: ['PrivilegedMode', 'Docker daemon', 'build environment', 'privileged'],
  why: 'Privileged mode gives the build container access to all devices, and lets it run a Docker daemon. Only projects that build Docker images need it.',
  remedy: 'Set PrivilegedMode to false, unless the project builds Docker images.',
  sources: {
    'https://hub.steampipe.io/mods/turbot/aws_compliance/controls/control.foundational_security_codebuild_5':
      'Security Hub CodeBuild.5 fails if privileged mode is enabled. It gives access to all devices, and should be true only to build Docker images.',
    'https://docs.aws.amazon.com/config/latest/developerguide/codebuild-project-environment-privileged-check.html':
      'A project is noncompliant if privilegedMode is true.',
    'https://docs.rs/rusoto_codebuild/0.28.0/rusoto_codebuild/struct.ProjectEnvironment.html': 'The default is false.',
  },
  accessed: '2026-11-29',
  aliases: { checkov: ['CKV_AWS_316'] },
  controls: { securityHub: ['CodeBuild.5'] },
  settings: { 'AWS::CodeBuild::Project': 'Environment.PrivilegedMode' },
  required: false,
  absent: 'safe',
  problem: 'runs builds in privileged mode',
  advice: 'Set {setting} to false, unless it builds Docker images.',
  fix: { cost: 'Docker builds fail' },
});
