import { settingRule } from '../forms/setting-rule.ts';

/** By default the account decides and, whatever that says, the image may require version 2. */
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
  profile: 'recommended',
  since: '0.1',
  judged: '2026-11-24',
  title: 'EC2 instances should require IMDSv2',
  why: 'IMDSv1 returns the credentials of the instance role to any simple request, so a server-side request forgery (SSRF) vulnerability exposes the role. IMDSv2 requires a session token, which such requests can hardly ever get.',
  remedy:
    'Set HttpTokens to required. Software on the instance has to support IMDSv2, as current AWS SDKs do; the MetadataNoToken metric shows what still uses IMDSv1.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/ec2/aws.sdk.kotlin.services.ec2.model/-instance-metadata-options-request/http-tokens.html',
      claim:
        'optional allows version 1, required does not. What is not stated follows from the default of the account and from ImdsSupport of the image.',
      seen: '2026-11-24',
    },
    {
      url: 'https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/ec2/aws.sdk.kotlin.services.ec2.model/-launch-template-instance-metadata-options-request/http-tokens.html',
      claim: 'The same of a launch template: without a value, required where the image says v2.0.',
      seen: '2026-11-24',
    },
    {
      url: 'https://aws.amazon.com/about-aws/whats-new/2024/03/set-imdsv2-default-new-instance-launches',
      claim:
        'An account can make version 2 the default of new instances, region by region; options that are stated at launch override it.',
      seen: '2026-11-24',
    },
    {
      url: 'https://noise.getoto.net/2023/11/06/amazon-ec2-instance-metadata-service-imdsv2-by-default/',
      claim:
        'Amazon Linux 2023 requires version 2; instance types that are new since mid-2024 were to use version 2 only.',
      seen: '2026-11-24',
    },
    {
      url: 'https://docs.aws.amazon.com/config/latest/developerguide/ec2-imdsv2-check.html',
      claim: 'ec2-imdsv2-check: an instance whose HttpTokens is optional does not comply.',
      seen: '2026-11-24',
    },
    {
      url: 'https://docs.aws.amazon.com/en_us/config/latest/developerguide/ec2-launch-template-imdsv2-check.html',
      claim:
        'ec2-launch-template-imdsv2-check: a launch template whose default version does not ask for version 2 does not comply.',
      seen: '2026-11-24',
    },
    {
      url: 'https://www.emnode.com/learn/control/autoscaling-3/',
      claim:
        'AutoScaling.3 fails when a launch configuration does not set HttpTokens to required; EC2.8 says so of instances.',
      seen: '2026-11-24',
    },
  ],
  aliases: { checkov: ['CKV_AWS_79'], trivy: ['AWS-0028', 'AWS-0130'] },
  controls: { securityHub: ['AutoScaling.3', 'EC2.8'] },
  settings: {
    'AWS::EC2::Instance': {
      path: 'MetadataOptions.HttpTokens',
      unless: { 'MetadataOptions.HttpEndpoint': DISABLED },
      // An instance takes what it does not state from its launch template, which has a finding of its own.
      absent: { ...BY_DEFAULT, unless: { LaunchTemplate: 'is present' } },
    },
    'AWS::EC2::LaunchTemplate': {
      path: 'LaunchTemplateData.MetadataOptions.HttpTokens',
      unless: { 'LaunchTemplateData.MetadataOptions.HttpEndpoint': DISABLED },
    },
    'AWS::AutoScaling::LaunchConfiguration': {
      path: 'MetadataOptions.HttpTokens',
      unless: { 'MetadataOptions.HttpEndpoint': DISABLED },
    },
  },
  forbidden: { ignoringCase: ['optional'] },
  write: 'required',
  absent: BY_DEFAULT,
  problem: 'allows IMDSv1',
  consequence: 'An SSRF vulnerability can expose the credentials of its role.',
  fix: 'suggestion',
  fixCost: 'breaks software that uses IMDSv1',
});
