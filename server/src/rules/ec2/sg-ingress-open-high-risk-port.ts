import { openPortRule } from './open-port-rule.ts';
import { HIGH_RISK_PORTS, PORT_SOURCES, REMOTE_LOGIN } from './service-ports.ts';

/** The checks of other tools for any of the ports. */
const OWN = {
  cfn_nag: ['W2'],
  guard: ['RESTRICTED_INCOMING_TRAFFIC', 'EC2_SECURITY_GROUP_INGRESS_OPEN_TO_WORLD_RULE'],
};

export default openPortRule({
  id: 'sg-ingress-open-high-risk-port',
  severity: 'high',
  judged: '2026-11-29',
  title: 'Security groups should not allow public ingress to high-risk ports',
  keywords: [
    'database port',
    'admin port',
    'open to the world',
    '0.0.0.0/0',
    '::/0',
    'inbound',
    'unrestricted',
    '3306',
    '5432',
    '6379',
    '27017',
    'MySQL',
    'PostgreSQL',
    'Redis',
    'MongoDB',
    'OpenSearch',
    'NFS',
    'Telnet',
    'FTP',
  ],
  why: 'Scanners find open database, file sharing and administration ports within minutes. These services often lack strong authentication, and their vulnerabilities are exploited automatically.',
  remedy:
    'Allow the port only from the security groups or address ranges of its clients. Reach it from outside through a VPN or Session Manager port forwarding.',
  sources: PORT_SOURCES,
  accessed: '2026-11-28',
  // Those of SSH, RDP and HTTP are for rules that open their ports too.
  aliases: {
    checkov: ['CKV_AWS_24', 'CKV_AWS_25', 'CKV_AWS_260'],
    trivy: ['AWS-0107'],
    ...OWN,
    guard: [...OWN.guard, 'INCOMING_SSH_DISABLED'],
  },
  controls: { securityHub: ['EC2.19'] },
  subsumes: ['sg-ingress-open-ssh', 'sg-ingress-open-rdp', 'sg-ingress-open-http', 'sg-ingress-open-world'],
  options: {
    ports: { type: 'ports', description: 'Further TCP ports that should not be open to the internet.' },
    allowedPorts: { type: 'ports', description: 'Ports that may be open to the internet.' },
  },
  ports: HIGH_RISK_PORTS,
  named: REMOTE_LOGIN,
  ownAliases: OWN,
  advice: 'Restrict the rule to the sources that need access.',
  fix: { cost: 'clients outside the VPC lose access' },
});
