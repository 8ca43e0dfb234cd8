import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'ec2-instance-profile-missing',
  topic: 'identity',
  severity: 'low',
  judged: '2026-11-29',
  title: 'EC2 instances should have an instance profile',
  keywords: ['missing instance profile', 'IAM role', 'instance role', 'Session Manager', 'access keys'],
  why: 'Without an instance profile, software on the instance needs access keys to call AWS, and Systems Manager cannot manage the instance unless Default Host Management Configuration is on.',
  remedy:
    'Create a role with the permissions that the instance needs, such as AmazonSSMManagedInstanceCore, and attach its instance profile.',
  sources: {
    'config:ec2-instance-profile-attached': 'An instance is noncompliant if it has no instance profile.',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html':
      'The role of an instance provides temporary credentials, so none have to be distributed to the instance.',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-defaulthostmanagementconfiguration.html':
      'With Default Host Management Configuration, Systems Manager manages instances without an instance profile.',
  },
  aliases: ['CKV2_AWS_41', 'EC2_INSTANCE_PROFILE_ATTACHED'],
  // An instance inherits the profile of its launch template.
  settings: { 'AWS::EC2::Instance': { path: 'IamInstanceProfile', unless: { LaunchTemplate: 'is present' } } },
  forbidden: 'is known to be blank',
  absent: 'unsafe',
  problem: 'has no instance profile',
  consequence: 'Its software can call AWS only with stored access keys.',
  advice: 'Attach a role in {setting}.',
});
