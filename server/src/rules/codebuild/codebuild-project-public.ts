import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'codebuild-project-public',
  topic: 'data-exposure',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'CodeBuild projects should not make their builds public',
  keywords: ['PUBLIC_READ', 'build logs', 'artifacts'],
  why: 'Anyone can read the logs and artifacts of a public project, including those of earlier builds. They often contain environment variables, source code and other sensitive information.',
  remedy: 'Set Visibility to PRIVATE, unless the project builds open source code and its logs have no secrets.',
  sources: {
    'https://docs.aws.amazon.com/codebuild/latest/APIReference/API_UpdateProjectVisibility.html':
      'With PUBLIC_READ, the results, logs and artifacts of a project are available to the general public, including those of builds from when it was private.',
    aws_codebuild_project: 'The default of project_visibility is PRIVATE.',
  },
  accessed: '2026-11-28',
  settings: { 'AWS::CodeBuild::Project': 'Visibility' },
  forbidden: ['PUBLIC_READ'],
  write: 'PRIVATE',
  absent: 'safe',
  problem: 'makes its build logs and artifacts public',
  consequence: 'They can contain secrets, including those of earlier builds.',
  fix: { cost: 'links to public builds stop working' },
});
