import { openPortRule } from './open-port-rule.ts';

export default openPortRule({
  id: 'sg-ingress-open-all',
  severity: 'high',
  profile: 'essential',
  judged: '2026-11-24',
  title: 'Security groups should not allow public ingress to all ports',
  keywords: ['open to the world', '0.0.0.0/0', '::/0', 'inbound', 'unrestricted', 'any port'],
  why: 'A rule that allows all ports from all addresses exposes everything that listens now or later to the internet, including remote logins, databases and debug ports.',
  remedy: 'Allow only the ports of services that are meant to be public, each from the addresses that need it.',
  // A rule that allows all TCP ports allows those for SSH, RDP and HTTP.
  aliases: {
    checkov: ['CKV_AWS_24', 'CKV_AWS_25', 'CKV_AWS_260', 'CKV_AWS_277'],
    trivy: ['AWS-0107'],
    cfn_nag: ['W2', 'W42'],
    guard: [
      'INCOMING_SSH_DISABLED',
      'RESTRICTED_INCOMING_TRAFFIC',
      'EC2_SECURITY_GROUP_INGRESS_OPEN_TO_WORLD_RULE',
      'SECURITY_GROUP_INGRESS_ALL_PROTOCOLS_RULE',
    ],
  },
  subsumes: [
    'sg-ingress-open-ssh',
    'sg-ingress-open-rdp',
    'sg-ingress-open-high-risk-port',
    'sg-ingress-open-http',
    'sg-ingress-open-world',
  ],
  port: 'all',
  advice: 'Allow only the required ports and sources.',
  fix: { cost: 'stops all traffic that it allows' },
});
