import { openPortRule } from './open-port-rule.ts';
import { REMOTE_ADMINISTRATION } from './service-ports.ts';

export default openPortRule({
  id: 'sg-ingress-open-ssh',
  severity: 'high',
  profile: 'essential',
  judged: '2026-11-24',
  title: 'Security groups should not allow public ingress to port 22 (SSH)',
  keywords: ['open to the world', '0.0.0.0/0', '::/0', 'inbound', 'unrestricted', 'remote administration'],
  why: 'Instances that expose port 22 to the internet are found within minutes and attacked constantly; one weak credential or one vulnerability in the server is enough.',
  remedy:
    'Connect through Session Manager or EC2 Instance Connect, or restrict the rule to the addresses that need it.',
  sources: {},
  aliases: ['CKV_AWS_24', 'AWS-0107', 'W2', 'INCOMING_SSH_DISABLED', 'EC2_SECURITY_GROUP_INGRESS_OPEN_TO_WORLD_RULE'],
  subsumes: ['sg-ingress-open-http', 'sg-ingress-open-world'],
  controls: { securityHub: ['EC2.13'] },
  port: 22,
  controlsOf: REMOTE_ADMINISTRATION,
  service: 'SSH',
  advice: 'Restrict the source, or use Session Manager.',
  fix: { cost: 'connect through Session Manager' },
});
