import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'ec2-client-vpn-connection-logging',
  topic: 'logging',
  severity: 'low',
  title: 'Client VPN endpoints should have client connection logging enabled',
  keywords: ['EC2', 'remote access'],
  why: 'Connection logs show who connected to your network, when, and from which address. Without them, you cannot investigate it later.',
  remedy: 'Set ConnectionLogOptions.Enabled to true, and CloudwatchLogGroup to the name of a log group.',
  sources: {
    'https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/connection-logging.html':
      'Connection logs have attempts to connect, with user, address and time. They are published to a log group in CloudWatch Logs, and can be used for forensics.',
    'AWS::EC2::ClientVpnEndpoint.ConnectionLogOptions':
      'Enabled is required. A log group is required if connection logging is enabled.',
    'config:ec2-client-vpn-connection-log-enabled':
      'An endpoint whose ConnectionLogOptions.Enabled is false is noncompliant.',
  },
  accessed: '2026-11-30',
  controls: { securityHub: ['EC2.51'] },
  settings: { 'AWS::EC2::ClientVpnEndpoint': 'ConnectionLogOptions.Enabled' },
  required: true,
  absent: 'safe',
  problem: 'does not log client connections',
  // Logging needs a log group, which the template has to name.
  fix: 'none',
  advice: 'Set {setting} to true and specify a log group.',
});
