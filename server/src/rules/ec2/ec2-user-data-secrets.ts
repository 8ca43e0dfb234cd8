import { scriptSecretRule } from '../forms/script-secret-rule.ts';

export default scriptSecretRule({
  id: 'ec2-user-data-secrets',
  severity: 'critical',
  judged: '2026-11-29',
  title: 'EC2 user data should not contain secrets',
  keywords: ['hard-coded password', 'launch template', 'cloud-init', 'plaintext credentials'],
  why: 'User data is not protected: anyone who can log in to the instance, describe it or read the repository can read the secret. The values of NoEcho parameters and sensitive variables are in it too.',
  remedy:
    'Let the script read the secret from Secrets Manager or Parameter Store with the role of the instance. Then change the secret.',
  sources: {
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-metadata.html':
      'Instance metadata and user data are not protected by authentication or encryption, so sensitive data such as passwords should not be stored as user data.',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html':
      'Scripts in user data run at launch. User data is encoded in Base64, and can be viewed as an attribute of the instance.',
  },
  scripts: {
    'AWS::EC2::Instance': { path: 'UserData', aliases: ['CKV_AWS_46', 'AWS-0029'] },
    'AWS::EC2::LaunchTemplate': { path: 'LaunchTemplateData.UserData', aliases: ['CKV_AWS_46', 'AWS-0129'] },
    'AWS::AutoScaling::LaunchConfiguration': { path: 'UserData', aliases: ['CKV_AWS_46', 'AWS-0122'] },
  },
  language: 'shell',
  where: 'its user data',
  advice: 'Read it from Secrets Manager with the instance role',
  exposesPassed: true,
});
