/** The parts that rules about security groups share: the two forms of security group rules, and the traffic that they allow. */
import type { Covered } from '../../model/covered.ts';
import type { Fix } from '../../model/edit.ts';
import {
  all,
  any,
  is,
  isAbsent,
  judgement,
  not,
  UNKNOWABLE,
  YES,
  type Judgement,
  type Predicate,
} from '../../model/judgement.ts';
import { integer, oneOfIgnoringCase } from '../../model/predicate.ts';
import { sometimes } from '../../model/quantified.ts';
import type { Properties, Resource } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';
import type { Deciding, ReadsOf, Report, Sources } from '../rule.ts';
import { groupUsers } from './group-users.ts';
import { openEnds, type IpFamily } from './open-ends.ts';

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

/** One rule of a security group. */
export interface GroupRule {
  /** The group that contains the rule, or the separate rule resource. */
  readonly owner: Resource;
  readonly properties: Properties;
  /** The item of the list; undefined for a separate rule resource. */
  readonly item: Value | undefined;
  /** Its position in the list. */
  readonly index: number;
  /** Whether the item exists. */
  readonly there: Judgement;
  /** Where the rule names a prefix list. */
  readonly listedAt: 'SourcePrefixListId' | 'DestinationPrefixListId';
  /** The rules in the list whose value at a path can meet a predicate. */
  withValue(path: string, predicate: Predicate): readonly GroupRule[];
}

/** The security group rules of a resource: itself, or the items of its list at `path`. */
export function rulesOf(
  resource: Resource,
  path: 'SecurityGroupIngress' | 'SecurityGroupEgress',
): readonly GroupRule[] {
  const listedAt = path === 'SecurityGroupIngress' ? 'SourcePrefixListId' : 'DestinationPrefixListId';
  if (resource.type !== 'AWS::EC2::SecurityGroup')
    return [
      { owner: resource, properties: resource, item: undefined, index: 0, there: YES, listedAt, withValue: () => [] },
    ];
  // Such values are rare; where one exists, each rule with the other half asks for it again.
  const found = new Map<Predicate, readonly GroupRule[]>();
  const withValue = (at: string, predicate: Predicate): readonly GroupRule[] => {
    const known =
      found.get(predicate) ??
      rules.filter(({ properties }) => sometimes(is(properties.get(at), predicate))).slice(0, MOST_HALVES);
    found.set(predicate, known);
    return known;
  };
  const rules: readonly GroupRule[] = resource
    .each(path)
    .items.map((item, index) => ({
      owner: resource,
      properties: item,
      item: item.value,
      index,
      there: judgement(item.when),
      listedAt,
      withValue,
    }));
  return rules;
}

/** The most rules with one half of all addresses that are compared with each rule for the other half. */
const MOST_HALVES = 8;

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
  for (const { value, family, open, words, isHalf, related } of openEnds(rule, reaches)) {
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
function removal({ owner, item }: GroupRule, title: string): readonly Fix[] {
  return item ? [{ title, safe: false, edits: [{ op: 'removeItem', resource: owner, target: item }] }] : [];
}

/** Whether a rule allows traffic to a port. */
export function coversPort({ properties }: GroupRule, port: number, protocol: 'tcp' | 'udp' = 'tcp'): Judgement {
  return any(
    everyProtocol(properties),
    all(is(properties.get('IpProtocol'), protocol === 'tcp' ? TCP : UDP), coversPorts(properties, port, port)),
  );
}

/** Whether a rule applies to TCP or UDP ports, and not only to one of the given ports. */
export function coversOther({ properties }: GroupRule, ports: readonly number[]): Judgement {
  const [from, to] = [properties.get('FromPort'), properties.get('ToPort')];
  const isPort = (value: Value, port: number): Judgement =>
    is(
      value,
      integer((n) => n === port),
    );
  // AWS does not document which ports -1 is for TCP.
  const isRange = (value: Value): Judgement =>
    is(
      value,
      integer((n) => (n < 0 ? undefined : true)),
    );
  return all(
    is(properties.get('IpProtocol'), TCP_OR_UDP),
    isRange(from),
    isRange(to),
    not(any(...ports.map((port) => all(isPort(from, port), isPort(to, port))))),
  );
}

/** Whether a rule applies to all types of ICMP over IPv4. */
export function coversAllOfIcmp({ properties }: GroupRule): Judgement {
  return all(
    is(properties.get('IpProtocol'), oneOfIgnoringCase('icmp', '1')),
    is(
      properties.get('FromPort'),
      integer((type) => type === -1),
    ),
  );
}

/** Whether a rule applies to all protocols, or to all TCP ports. */
export function coversAllOfTcp({ properties }: GroupRule): Judgement {
  return any(
    everyProtocol(properties),
    all(is(properties.get('IpProtocol'), TCP), coversPorts(properties, FIRST_PORT, LAST_PORT)),
  );
}

/** Whether a rule applies to all protocols, or to all TCP or UDP ports. */
export function coversEverything({ properties }: GroupRule): Judgement {
  return any(
    everyProtocol(properties),
    all(is(properties.get('IpProtocol'), TCP_OR_UDP), coversPorts(properties, FIRST_PORT, LAST_PORT)),
  );
}

const TCP = oneOfIgnoringCase('tcp', '6');
const UDP = oneOfIgnoringCase('udp', '17');
const TCP_OR_UDP = oneOfIgnoringCase('tcp', '6', 'udp', '17');

/** Port 0 cannot be used, so a range from 1 contains all ports. */
const FIRST_PORT = 1;
const LAST_PORT = 65_535;

/** Whether a rule applies to all protocols and ports. */
export function everyProtocol(rule: Properties): Judgement {
  return is(rule.get('IpProtocol'), oneOfIgnoringCase('-1', 'all'));
}

function coversPorts(rule: Properties, first: number, last: number): Judgement {
  // AWS does not document which ports a TCP rule covers without ports, or with -1 for a port.
  const from = any(
    is(
      rule.get('FromPort'),
      integer((n) => (n < 0 ? undefined : n <= first)),
    ),
    all(isAbsent(rule.get('FromPort')), UNKNOWABLE),
  );
  const to = any(
    is(
      rule.get('ToPort'),
      integer((n) => (n < 0 ? undefined : n >= last)),
    ),
    all(isAbsent(rule.get('ToPort')), UNKNOWABLE),
  );
  return all(from, to);
}
