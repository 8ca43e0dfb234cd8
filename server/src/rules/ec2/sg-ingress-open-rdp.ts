import { openPortRule } from './open-port-rule.ts';
import { REMOTE_ADMINISTRATION } from './service-ports.ts';

export default openPortRule({
  id: 'sg-ingress-open-rdp',
  severity: 'high',
  profile: 'essential',
  judged: '2026-11-24',
  title: 'Security groups should not allow public ingress to port 3389 (RDP)',
  keywords: [
    'Remote Desktop',
    'open to the world',
    '0.0.0.0/0',
    '::/0',
    'inbound',
    'unrestricted',
    'remote administration',
  ],
  why: 'Windows instances that expose port 3389 to the internet are found within minutes and face constant brute-force attacks; exposed RDP is a common entry point for ransomware.',
  remedy:
    'Connect through Fleet Manager or Session Manager port forwarding, or restrict the rule to the addresses that need it.',
  sources: {
    'config:restricted-common-ports':
      'The TCP ports that a group must not open to 0.0.0.0/0 or ::/0 include 3389 (RDP).',
    'https://www.tenable.com/audits/items/CIS_Amazon_Web_Services_Foundations_v6.0.0_L1.audit:1e163282bc96496d4fef33acd667f84a':
      'CIS AWS Foundations Benchmark v6.0.0 6.3: no ingress from 0.0.0.0/0 to remote server administration ports, such as 22 and 3389.',
  },
  aliases: {
    checkov: ['CKV_AWS_25'],
    trivy: ['AWS-0107'],
    cfn_nag: ['W2'],
    guard: ['RESTRICTED_INCOMING_TRAFFIC', 'EC2_SECURITY_GROUP_INGRESS_OPEN_TO_WORLD_RULE'],
  },
  subsumes: ['sg-ingress-open-http', 'sg-ingress-open-world'],
  controls: { securityHub: ['EC2.14'] },
  port: 3389,
  controlsOf: REMOTE_ADMINISTRATION,
  service: 'RDP',
  advice: 'Restrict the source, or use Session Manager.',
  fix: { cost: 'connect through Session Manager' },
});
