import { secretRule } from '../forms/secret-rule.ts';

export default secretRule({
  id: 'ec2-vpn-pre-shared-key-plaintext',
  severity: 'high',
  judged: '2026-11-29',
  title: 'VPN pre-shared keys should not be hard-coded',
  keywords: ['EC2', 'PSK', 'IPsec tunnel', 'Site-to-Site VPN'],
  why: 'Anyone who can read the repository, a backup of it or a build log can authenticate to the VPN gateway as the other side of the tunnel.',
  remedy:
    'Omit the key so that AWS generates it, store it in Secrets Manager, or use certificates. Then replace the key, because it stays in the repository history.',
  sources: {
    'AWS::EC2::VPNConnection.VpnTunnelOptionsSpecification':
      'PreSharedKey authenticates the virtual private gateway and the customer gateway to each other.',
  },
  accessed: '2026-11-28',
  secrets: { 'AWS::EC2::VPNConnection': { path: 'VpnTunnelOptionsSpecifications[].PreSharedKey', replaces: true } },
});
