/** The parts that rules about security groups share: the two forms of security group rules, and the traffic that they allow. */
import type { Fix } from '../../model/edit.ts';
import {
  all,
  any,
  is,
  isAbsent,
  judgement,
  UNKNOWABLE,
  YES,
  type Judgement,
  type Predicate,
} from '../../model/judgement.ts';
import { integer, oneOf, oneOfIgnoringCase, text } from '../../model/predicate.ts';
import type { Properties, Resource } from '../../model/resource.ts';
import { NOT_KNOWN } from '../../model/shown.ts';
import type { Value } from '../../model/value.ts';
import type { ReadsOf, Report, Source } from '../rule.ts';
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
    'SecurityGroupIngress[].IpProtocol',
    'SecurityGroupIngress[].FromPort',
    'SecurityGroupIngress[].ToPort',
  ],
  'AWS::EC2::SecurityGroupIngress': ['CidrIp', 'CidrIpv6', 'IpProtocol', 'FromPort', 'ToPort'],
};

/** The documentation of AWS and Terraform on the protocol of a rule, the basis of all judgements about ports. */
export const PROTOCOL_SOURCES: readonly Source[] = [
  {
    url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ec2-securitygroup-ingress.html',
    claim:
      'The protocol -1, or a number other than those of tcp, udp, icmp and icmpv6, allows traffic on all ports regardless of the port range.',
    seen: '2026-11-24',
  },
  {
    url: 'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group',
    claim: 'A protocol of -1 is the same as all, with ports set to 0.',
    seen: '2026-11-24',
  },
];

/** One rule of a security group. */
export interface GroupRule {
  /** The group that contains the rule, or the separate rule resource. */
  readonly owner: Resource;
  readonly properties: Properties;
  /** The item of the list; undefined for a separate rule resource. */
  readonly item: Value | undefined;
  /** Whether the item exists. */
  readonly there: Judgement;
  /** The rules in the list whose value at a path can meet a predicate. */
  withValue(path: string, predicate: Predicate): readonly GroupRule[];
}

/** The security group rules of a resource: itself, or the items of its list at `path`. */
export function rulesOf(
  resource: Resource,
  path: 'SecurityGroupIngress' | 'SecurityGroupEgress',
): readonly GroupRule[] {
  if (resource.type !== 'AWS::EC2::SecurityGroup')
    return [{ owner: resource, properties: resource, item: undefined, there: YES, withValue: () => [] }];
  // Such values are rare; where one exists, each rule with the other half asks for it again.
  const found = new Map<Predicate, readonly GroupRule[]>();
  const withValue = (at: string, predicate: Predicate): readonly GroupRule[] => {
    const known =
      found.get(predicate) ??
      rules.filter(({ properties }) => is(properties.get(at), predicate).yes.satisfiable()).slice(0, MOST_HALVES);
    found.set(predicate, known);
    return known;
  };
  const rules: readonly GroupRule[] = resource
    .each(path)
    .items.map((item) => ({
      owner: resource,
      properties: item,
      item: item.value,
      there: judgement(item.when),
      withValue,
    }));
  return rules;
}

/** The most rules with one half of all addresses that are compared with each rule for the other half. */
const MOST_HALVES = 8;

/** A property for the remote addresses of a rule, and how it can be all addresses: a prefix length of 0, or both halves. */
interface End {
  readonly path: string;
  readonly everyone: Predicate;
  readonly halves: readonly [string, string];
  readonly lower: Predicate;
  readonly upper: Predicate;
}

function end(path: string, everyone: Predicate, lower: string, upper: string): End {
  // The addresses of another resource, such as a VPC, are never all addresses.
  return {
    path,
    everyone: { ...everyone, reference: () => false },
    halves: [lower, upper],
    lower: oneOf(lower),
    upper: oneOf(upper),
  };
}

/** Whether a CIDR block is all addresses. One with another prefix length than 0 is not, regardless of its address. */
function block(holds: (cidr: string) => boolean, texts: readonly string[]): Predicate {
  return {
    ...text(holds, texts),
    text: ({ pieces }) => (/\/0*[1-9]\d?\d?\s*$/.test(String(pieces.at(-1))) ? false : undefined),
  };
}

/** The properties that can contain all addresses, in every notation. Prefix lists are not read. */
const ENDS: readonly End[] = [
  end(
    'CidrIp',
    block((cidr) => /^\d{1,3}(\.\d{1,3}){3}\/0+$/.test(cidr.trim()), ['0.0.0.0/0']),
    '0.0.0.0/1',
    '128.0.0.0/1',
  ),
  end(
    'CidrIpv6',
    block((cidr) => /^(?=[^/]*:)[0-9a-f:.]*\/0+$/i.test(cidr.trim()), ['::/0', '0:0:0:0:0:0:0:0/0']),
    '::/1',
    '8000::/1',
  ),
];

/** The remote addresses of a rule. */
export interface OpenEnd {
  readonly value: Value;
  /** Whether it is all addresses, alone or together with another rule of the list, and the rule allows the traffic in question. */
  readonly open: Judgement;
  /** The value in a message: a half together with the other half. */
  words(shown: string): string;
  /** Whether a value is all addresses only together with that of another rule. */
  isHalf(value: Value): boolean;
}

/** The remote addresses of a rule; `reaches` tells whether a rule allows the traffic in question. */
export function openEnds(rule: GroupRule, reaches: (rule: GroupRule) => Judgement): readonly OpenEnd[] {
  return ENDS.map(({ path, everyone, halves, lower, upper }) => {
    const value = rule.properties.get(path);
    const isHalf = (other: Value): boolean => is(other, lower).yes.satisfiable();
    const otherHalf = !isHalf(value)
      ? []
      : rule
          .withValue(path, upper)
          .map((other) => all(other.there, is(other.properties.get(path), upper), reaches(other)));
    const wide =
      otherHalf.length === 0 ? is(value, everyone) : any(is(value, everyone), all(is(value, lower), any(...otherHalf)));
    return {
      value,
      isHalf,
      // Most rules are restricted, and then the traffic that they allow does not matter.
      open: wide.no.isAlways() ? wide : all(rule.there, reaches(rule), wide),
      words: (shown) => (shown === NOT_KNOWN ? 'an unknown range' : shown === halves[0] ? halves.join(' and ') : shown),
    };
  });
}

/**
 * The reports about a rule that allows traffic from all addresses.
 * @param reaches Whether a rule allows the traffic in question.
 * @param message The message of the finding, given the address range.
 */
export function* openToWorld(
  rule: GroupRule,
  reaches: (rule: GroupRule) => Judgement,
  message: (range: string) => string,
  fixTitle: string,
): Iterable<Report> {
  for (const { value, open, words, isHalf } of openEnds(rule, reaches)) {
    yield {
      violations: [{ wrong: open, at: value }],
      message: (shown) => message(words(shown)),
      related: () => groupUsers(rule.owner),
      fixes: (leaf) => (isHalf(leaf) ? [] : removal(rule, fixTitle)),
    };
  }
}

/** The fix that removes a rule from the list of its group. A separate rule resource has none. */
function removal({ owner, item }: GroupRule, title: string): readonly Fix[] {
  return item ? [{ title, safe: false, edits: [{ op: 'removeItem', resource: owner, target: item }] }] : [];
}

/** Whether a rule allows TCP traffic to a port. */
export function coversTcpPort({ properties }: GroupRule, port: number): Judgement {
  return any(
    everyProtocol(properties),
    all(is(properties.get('IpProtocol'), TCP), coversPorts(properties, port, port)),
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
