/**
 * The parts that rules about security groups share: the reports about rules that are open to all addresses, and their
 * documentation.
 */
import type { Covered } from '../../model/covered.ts';
import type { Fix } from '../../model/edit.ts';
import type { Judgement } from '../../model/judgement.ts';
import { remoteAddresses, type IpFamily } from '../../reachability/remote-addresses.ts';
import type { GroupRule } from '../../reachability/security-group-rules.ts';
import type { Deciding, ReadsOf, Report } from '../rule.ts';
import type { Sources } from '../sources.ts';
import { groupUsers } from './group-users.ts';

/** The types that have ingress rules. */
export type IngressType = 'AWS::EC2::SecurityGroup' | 'AWS::EC2::SecurityGroupIngress';

/** The types that have egress rules. */
export type EgressType = 'AWS::EC2::SecurityGroup' | 'AWS::EC2::SecurityGroupEgress';

/** The paths that are read of an ingress rule. */
export const INGRESS_READS: ReadsOf<IngressType> = {
  'AWS::EC2::SecurityGroup': [
    'SecurityGroupIngress',
    'SecurityGroupIngress[].CidrIp',
    'SecurityGroupIngress[].CidrIpv6',
    'SecurityGroupIngress[].SourcePrefixListId',
    'SecurityGroupIngress[].IpProtocol',
    'SecurityGroupIngress[].FromPort',
    'SecurityGroupIngress[].ToPort',
  ],
  'AWS::EC2::SecurityGroupIngress': ['CidrIp', 'CidrIpv6', 'SourcePrefixListId', 'IpProtocol', 'FromPort', 'ToPort'],
};

/** The documentation of AWS and Terraform on the protocol of a rule, the basis of all judgements about ports. */
export const PROTOCOL_SOURCES: Sources = {
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ec2-securitygroup-ingress.html':
    {
      claim:
        'The protocol -1, or a number other than those of tcp, udp, icmp and icmpv6, allows traffic on all ports regardless of the port range.',
      seen: '2026-11-24',
    },
  'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group': {
    claim: 'A protocol of -1 is the same as all, with ports set to 0.',
    seen: '2026-11-24',
  },
  'https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html': {
    claim:
      'A prefix list is a set of CIDR blocks; a security group rule that references it is a rule for each of its entries.',
    seen: '2026-11-28',
  },
};

/** The checks of other tools for a rule that allows any traffic from all addresses. */
export const WORLD_ALIASES = { cfn_nag: ['W2'], guard: ['EC2_SECURITY_GROUP_INGRESS_OPEN_TO_WORLD_RULE'] } as const;

/**
 * The reports about a rule that allows traffic from all addresses.
 * @param reaches Whether a rule allows the traffic in question.
 * @param message The message of the finding, given the address range.
 * @param covered What the finding covers, if it is not what the rule covers.
 */
export function* openToWorld(
  rule: GroupRule,
  reaches: (rule: GroupRule) => Judgement,
  message: (range: string) => string,
  fixTitle: string,
  covered: (family: IpFamily) => Covered = () => ({}),
): Iterable<Report> {
  for (const { value, family, open, words, isHalf, related } of remoteAddresses(rule, reaches)) {
    yield {
      violations: [{ wrong: open, at: value, ...covered(family) }],
      item: rule.index,
      decidedBy: () => decidedByTraffic(rule),
      message: (shown) => message(words(shown)),
      related: () => [...related, ...groupUsers(rule.owner)],
      fixes: (leaf) => (isHalf(leaf) ? [] : removal(rule, fixTitle)),
    };
  }
}

/** The traffic of a rule, which decides how bad an open address range is. */
export function decidedByTraffic({ properties }: GroupRule): Deciding {
  return { whole: [properties.get('IpProtocol'), properties.get('FromPort'), properties.get('ToPort')] };
}

/** The fix that removes a rule from the list of its group. A separate rule resource has none. */
export function removal({ owner, item }: GroupRule, title: string): readonly Fix[] {
  return item ? [{ title, safe: false, edits: [{ op: 'removeItem', resource: owner, target: item }] }] : [];
}
