import { secretRule } from '../forms/secret-rule.ts';

export default secretRule({
  id: 'pinpoint-apns-key-plaintext',
  severity: 'high',
  judged: '2026-11-29',
  title: 'Pinpoint APNs and push keys should not be hard-coded',
  keywords: ['Apple Push Notification service', 'ADM', 'Baidu', 'GCM'],
  why: 'Anyone who can read the repository, a backup of it or a build log can send push notifications to all users of the app.',
  sources: {
    'AWS::Pinpoint::APNSChannel':
      'PrivateKey is the private key of the APNs client certificate. TokenKey is the authentication key for APNs tokens.',
    'AWS::Pinpoint::ADMChannel': 'ClientSecret is the client secret from Amazon for messages through ADM.',
    'AWS::Pinpoint::BaiduChannel': 'ApiKey and SecretKey are the credentials from Baidu Cloud Push.',
    'AWS::Pinpoint::GCMChannel': 'ApiKey is the server key from Google.',
  },
  accessed: '2026-11-28',
  secrets: {
    'AWS::Pinpoint::APNSChannel': [
      { path: 'PrivateKey', aliases: ['F57'] },
      { path: 'TokenKey', aliases: ['F56'] },
    ],
    'AWS::Pinpoint::APNSSandboxChannel': [
      { path: 'PrivateKey', aliases: ['F42'] },
      { path: 'TokenKey', aliases: ['F43'] },
    ],
    'AWS::Pinpoint::APNSVoipChannel': [
      { path: 'PrivateKey', aliases: ['F48'] },
      { path: 'TokenKey', aliases: ['F49'] },
    ],
    'AWS::Pinpoint::APNSVoipSandboxChannel': [
      { path: 'PrivateKey', aliases: ['F46'] },
      { path: 'TokenKey', aliases: ['F47'] },
    ],
    'AWS::Pinpoint::ADMChannel': 'ClientSecret',
    'AWS::Pinpoint::BaiduChannel': ['ApiKey', 'SecretKey'],
    'AWS::Pinpoint::GCMChannel': 'ApiKey',
  },
});
