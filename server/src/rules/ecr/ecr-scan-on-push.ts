import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'ecr-scan-on-push',
  topic: 'operations',
  severity: 'medium',
  profile: 'strict',
  judged: '2026-11-29',
  title: 'ECR repositories should scan images on push',
  keywords: ['image scanning', 'vulnerabilities', 'CVE', 'containers'],
  why: 'Without image scanning, known vulnerabilities in deployed images remain undetected.',
  remedy:
    'Set ScanOnPush to true, or configure scanning for the registry with AWS::ECR::RegistryScanningConfiguration, which AWS prefers.',
  sources: {
    'https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageScanningConfiguration.html':
      'Without scanOnPush, images are scanned only when a scan is started manually.',
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-filters.html':
      'Filters decide which repositories are scanned on push; other repositories are scanned manually.',
    'AWS::ECR::Repository':
      'The scanning configuration of repositories is being deprecated in favor of that of the registry.',
  },
  aliases: ['CKV_AWS_163', 'AWS-0030', 'W79', 'ECR_REPO_SCAN_ON_PUSH'],
  controls: { securityHub: ['ECR.1'] },
  settings: { 'AWS::ECR::Repository': 'ImageScanningConfiguration.ScanOnPush' },
  required: true,
  absent: { decidedBy: 'the registry', severity: 'low', profile: 'strict' },
});
