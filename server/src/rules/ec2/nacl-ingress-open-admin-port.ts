import { all, not } from '../../model/judgement.ts';
import { never } from '../../model/quantified.ts';
import { listed } from '../forms/words.ts';
import { defineRule } from '../rule.ts';
import { isDenied, matchesPort, openRanges } from '../../reachability/network-acl.ts';
import { ADMIN_PORTS, ENTRY_READS, ENTRY_SOURCES } from './network-acl-facts.ts';

export default defineRule({
  id: 'nacl-ingress-open-admin-port',
  on: 'resource',
  reads: ENTRY_READS,
  topic: 'network-exposure',
  // Security groups restrict the traffic too.
  severity: 'low',
  judged: '2026-11-29',
  title: 'Network ACLs should not allow public ingress to SSH, RDP or FTP ports',
  keywords: [
    'NACL',
    'NetworkAclEntry',
    'admin port',
    'remote administration',
    'port 22',
    'port 3389',
    'port 20',
    'port 21',
    'FTP data',
    '0.0.0.0/0',
    '::/0',
    'open to the world',
    'inbound',
  ],
  why: 'A network ACL is the second line of defense if a security group opens a remote access port by mistake. It does not protect its subnets if it allows the port from all addresses.',
  remedy: 'Restrict the range to the sources that need access, or deny the port in an entry with a lower number.',
  sources: {
    ...ENTRY_SOURCES,
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-vpc-network-acls.html':
      'Responses need ephemeral ports, 1024 to 65535.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_229', 'CKV_AWS_230', 'CKV_AWS_231', 'CKV_AWS_232', 'AWS-0105'],
  controls: { securityHub: ['EC2.21'], cis: ['v3.0.0 5.1'] },
  fix: 'none',
  *check(entry) {
    for (const { value, open } of openRanges(entry)) {
      if (never(open)) continue;
      const ports = ADMIN_PORTS.map((one) => ({
        ...one,
        at: value,
        wrong: all(open, matchesPort(entry, one.port), not(isDenied(entry, one.port))),
      }));
      yield {
        violations: ports,
        decidedBy: () => ({ whole: [entry.get('Protocol'), entry.get('PortRange.From'), entry.get('PortRange.To')] }),
        message: (range, _leaf, violation, others) => {
          const wrong = new Set([violation, ...others()]);
          const names = ports.filter((one) => wrong.has(one)).map(({ port, service }) => `${service} (port ${port})`);
          return `${entry.displayName} allows ${listed(names)} from ${range}. Restrict the range to the sources that need access.`;
        },
      };
    }
  },
});
