import { all, not, YES } from '../../model/judgement.ts';
import { defineRule, type ReadsOf } from '../rule.ts';
import { remoteAddresses } from '../../reachability/remote-addresses.ts';
import { everyProtocol, rulesOf } from '../../reachability/security-group-rules.ts';
import { type EgressType, decidedByTraffic } from './security-group-reports.ts';

const READS: ReadsOf<EgressType> = {
  'AWS::EC2::SecurityGroup': [
    'SecurityGroupEgress',
    'SecurityGroupEgress[].CidrIp',
    'SecurityGroupEgress[].CidrIpv6',
    'SecurityGroupEgress[].DestinationPrefixListId',
    'SecurityGroupEgress[].IpProtocol',
  ],
  'AWS::EC2::SecurityGroupEgress': ['CidrIp', 'CidrIpv6', 'DestinationPrefixListId', 'IpProtocol'],
};

const WORLD = { trivy: ['AWS-0104'], cfn_nag: ['W5'], guard: ['EC2_SECURITY_GROUP_EGRESS_OPEN_TO_WORLD_RULE'] };
const ALL_PROTOCOLS = {
  ...WORLD,
  checkov: ['CKV_AWS_382'],
  cfn_nag: [...WORLD.cfn_nag, 'W40'],
  guard: [...WORLD.guard, 'SECURITY_GROUP_EGRESS_ALL_PROTOCOLS_RULE'],
};

export default defineRule({
  id: 'sg-egress-open-world',
  on: 'resource',
  reads: READS,
  topic: 'network-exposure',
  severity: 'low',
  judged: '2026-11-24',
  title: 'Security groups should restrict outbound traffic',
  keywords: ['egress', 'open to the world', 'data exfiltration', '0.0.0.0/0', '::/0', 'unrestricted'],
  why: 'Compromised software downloads tools from the internet and sends data there. Restricted outbound traffic makes data exfiltration harder and easier to detect.',
  remedy: 'Allow outbound traffic only to the security groups, prefix lists and address ranges that are required.',
  sources: {
    'AWS::EC2::SecurityGroup':
      'A group created without egress rules gets rules that allow all outbound IPv4 and IPv6 traffic; one with egress rules does not.',
    aws_security_group:
      'AWS adds a rule that allows all outbound traffic to a new group; Terraform removes it, so the rule exists only where it is configured.',
  },
  aliases: ALL_PROTOCOLS,
  fix: 'none',
  // A CloudFormation group without egress rules has AWS's default, which allows all outbound traffic. It is not
  // reported.
  *check(resource) {
    for (const rule of rulesOf(resource, 'SecurityGroupEgress')) {
      const everything = everyProtocol(rule.properties);
      for (const { value, open, words, related } of remoteAddresses(rule, () => YES)) {
        yield {
          violations: [
            { wrong: all(open, everything), at: value, aliases: ALL_PROTOCOLS },
            { wrong: all(open, not(everything)), at: value, aliases: WORLD },
          ],
          message: (range, _leaf, { aliases }) =>
            `${resource.displayName} allows ${aliases === ALL_PROTOCOLS ? 'all ' : ''}outbound traffic to ${words(range)}. Restrict it to the required destinations.`,
          related: () => related,
          decidedBy: () => decidedByTraffic(rule),
        };
      }
    }
  },
});
