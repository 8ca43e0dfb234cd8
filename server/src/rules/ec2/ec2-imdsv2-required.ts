import { settingRule } from '../forms/setting-rule.ts';

/** The default: the account setting decides, and the AMI can require IMDSv2 regardless of it. */
const BY_DEFAULT = {
  decidedBy: 'the account or the AMI',
  assume: 'ec2.imdsv2Default',
  neverCertain: true,
  severity: 'medium',
  profile: 'strict',
} as const;

const DISABLED = { ignoringCase: ['disabled'] } as const;

export default settingRule({
  id: 'ec2-imdsv2-required',
  topic: 'identity',
  severity: 'high',
  judged: '2026-11-24',
  title: 'EC2 instances should require IMDSv2',
  keywords: ['Instance Metadata Service', 'IMDSv1', 'SSRF', 'instance credentials'],
  why: 'IMDSv1 returns the credentials of the instance role to any simple request, so a server-side request forgery (SSRF) vulnerability exposes the role. IMDSv2 requires a session token, which such requests usually cannot get.',
  remedy:
    'Set HttpTokens to required. Software on the instance has to support IMDSv2, as current AWS SDKs do; the MetadataNoToken metric shows which software still uses IMDSv1.',
  sources: {
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceMetadataOptionsRequest.html': {
      claim:
        'optional allows IMDSv1, required does not. Without a value, the account default and ImdsSupport of the AMI decide.',
      seen: '2026-11-29',
    },
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_LaunchTemplateInstanceMetadataOptionsRequest.html':
      'The same for a launch template: without a value, required if the AMI specifies v2.0.',
    'https://aws.amazon.com/about-aws/whats-new/2024/03/set-imdsv2-default-new-instance-launches':
      'An account can make IMDSv2 the default for new instances in each Region; options at launch override it.',
    'https://aws.amazon.com/blogs/aws/amazon-ec2-instance-metadata-service-imdsv2-by-default/':
      'Amazon Linux 2023 requires IMDSv2; new instance types since mid-2024 were planned to support only IMDSv2.',
    'config:ec2-imdsv2-check': 'An instance with HttpTokens set to optional is noncompliant.',
    'config:ec2-launch-template-imdsv2-check':
      'A launch template whose default version does not require IMDSv2 is noncompliant.',
  },
  settings: {
    'AWS::EC2::Instance': {
      path: 'MetadataOptions.HttpTokens',
      unless: { 'MetadataOptions.HttpEndpoint': DISABLED },
      // An instance inherits unset options from its launch template, which has its own finding.
      absent: { ...BY_DEFAULT, unless: { LaunchTemplate: 'is present' } },
      aliases: ['CKV_AWS_79', 'AWS-0028'],
      controls: { securityHub: ['EC2.8'], cis: ['v3.0.0 5.6'] },
    },
    'AWS::EC2::LaunchTemplate': {
      path: 'LaunchTemplateData.MetadataOptions.HttpTokens',
      unless: { 'LaunchTemplateData.MetadataOptions.HttpEndpoint': DISABLED },
      aliases: ['CKV_AWS_79', 'AWS-0130'],
      controls: { securityHub: ['EC2.170'] },
    },
    'AWS::AutoScaling::LaunchConfiguration': {
      path: 'MetadataOptions.HttpTokens',
      unless: { 'MetadataOptions.HttpEndpoint': DISABLED },
      aliases: ['CKV_AWS_79', 'AWS-0130'],
      controls: { securityHub: ['AutoScaling.3'] },
    },
  },
  forbidden: { ignoringCase: ['optional'] },
  write: 'required',
  absent: BY_DEFAULT,
  problem: 'allows IMDSv1',
  consequence: 'An SSRF vulnerability can expose the credentials of its role.',
  fix: { cost: 'breaks software that uses IMDSv1' },
});
