import type { Aliases } from '../../model/finding.ts';
import { all, not } from '../../model/judgement.ts';
import { never } from '../../model/quantified.ts';
import { coveredBy } from '../forms/metadata.ts';
import { defineRule } from '../rule.ts';
import { isDenied, matchesAllPorts, matchesEverything, openRanges } from '../../reachability/network-acl.ts';
import { ADMIN_PORTS, ENTRY_READS, ENTRY_SOURCES } from './network-acl-facts.ts';

/** The checks of other tools for all protocols. */
const OF_ALL: Aliases = {
  checkov: ['CKV_AWS_352'],
  trivy: ['AWS-0102'],
  cfn_nag: ['W66'],
  guard: ['EC2_NETWORK_ACL_PROTOCOL_RULE'],
};

export default defineRule({
  id: 'nacl-ingress-all-ports',
  on: 'resource',
  reads: ENTRY_READS,
  topic: 'network-exposure',
  // Security groups restrict the traffic too, and the default network ACL allows everything.
  severity: 'low',
  judged: '2026-11-29',
  title: 'Network ACLs should not allow public ingress to all ports',
  keywords: ['NACL', 'NetworkAclEntry', '0.0.0.0/0', '::/0', 'open to the world', 'inbound', 'unrestricted'],
  why: 'A network ACL that allows all traffic does not protect its subnets if a security group is too permissive.',
  remedy: 'Allow only the ports of public services, and the ephemeral ports for responses.',
  sources: {
    ...ENTRY_SOURCES,
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-vpc-network-acls.html':
      'The default network ACL of a VPC allows all inbound and outbound traffic.',
  },
  accessed: '2026-11-28',
  ...coveredBy({ aliases: OF_ALL }, ADMIN_PORTS),
  subsumes: ['nacl-ingress-open-admin-port'],
  fix: 'none',
  *check(entry) {
    const everything = matchesEverything(entry);
    for (const { value, open } of openRanges(entry)) {
      const wrong = all(open, matchesAllPorts(entry));
      if (never(wrong)) continue;
      yield {
        violations: [
          { wrong: all(wrong, everything), at: value, aliases: OF_ALL },
          { wrong: all(wrong, not(everything)), at: value, aliases: {} },
          // An entry with a lower number can deny these ports.
          ...ADMIN_PORTS.map((one) => ({ ...one, wrong: all(wrong, not(isDenied(entry, one.port))), at: value })),
        ],
        message: (range) =>
          `${entry.displayName} allows all ports from ${range}. Allow only the required ports, and ephemeral ports for responses.`,
      };
    }
  },
});
