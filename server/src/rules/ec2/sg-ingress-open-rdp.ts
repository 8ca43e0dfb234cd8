import { openPortRule } from './open-port-rule.ts';

export default openPortRule({
  id: 'sg-ingress-open-rdp',
  topic: 'network-exposure',
  severity: 'high',
  profile: 'essential',
  since: '0.1',
  judged: '2026-11-24',
  title: 'Security group does not open Remote Desktop to the world',
  why: 'Windows machines that answer on port 3389 to every address are found within minutes, and their passwords are tried without end; it is a usual way in for ransomware.',
  remedy:
    'Reach machines through Fleet Manager or a port forwarding session of Session Manager, or limit the rule to the addresses that need it.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/config/latest/developerguide/restricted-common-ports.html',
      claim:
        'restricted-common-ports: among the TCP ports that a group must not open to 0.0.0.0/0 or ::/0 is 3389, that of Remote Desktop.',
      seen: '2026-11-24',
    },
    {
      url: 'https://www.tenable.com/audits/items/CIS_Amazon_Web_Services_Foundations_v6.0.0_L1.audit:1e163282bc96496d4fef33acd667f84a',
      claim:
        'CIS AWS Foundations Benchmark v6.0.0 6.3: no ingress from 0.0.0.0/0 to remote server administration ports, such as 22 and 3389.',
      seen: '2026-11-24',
    },
  ],
  aliases: { checkov: ['CKV_AWS_25'], trivy: ['AWS-0107'], guard: ['RESTRICTED_INCOMING_TRAFFIC'] },
  controls: { cis: ['v6.0.0 6.3'] },
  fix: 'suggestion',
  port: 3389,
  service: 'Remote Desktop (RDP)',
  instead: 'Limit the source, or use Session Manager',
  fixTitle: 'Remove this rule (reach machines through Session Manager)',
});
