import { openPortRule } from './open-port-rule.ts';

export default openPortRule({
  id: 'sg-ingress-open-http',
  severity: 'low',
  judged: '2026-11-29',
  title: 'Security groups should not allow public ingress to port 80 (HTTP)',
  keywords: ['open to the world', '0.0.0.0/0', '::/0', 'inbound', 'unrestricted', 'web server', 'plaintext'],
  why: 'HTTP is not encrypted, so anyone on the network path can read and change requests. A public web server needs port 443; port 80 is needed only to redirect to it.',
  remedy:
    'Serve HTTPS on port 443, and open port 80 only on a load balancer or CloudFront distribution that redirects to HTTPS.',
  sources: {
    'https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html':
      'ELB.1: an Application Load Balancer should redirect all HTTP requests to HTTPS.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_260', 'W2', 'EC2_SECURITY_GROUP_INGRESS_OPEN_TO_WORLD_RULE'],
  port: 80,
  service: 'HTTP',
  advice: 'Serve HTTPS on port 443; use port 80 only to redirect.',
  fix: { cost: 'stops redirects from HTTP' },
});
