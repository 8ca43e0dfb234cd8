/** What the rules about security groups share: the two ways in which a group's rules are written, and what such a rule lets through. */
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
import type { Value } from '../../model/value.ts';
import type { ReadsOf, Report, Source } from '../rule.ts';
import { groupUsers } from './group-users.ts';

/** The types in which rules for incoming traffic are written. */
export type IngressType = 'AWS::EC2::SecurityGroup' | 'AWS::EC2::SecurityGroupIngress';

/** The types in which rules for outgoing traffic are written. */
export type EgressType = 'AWS::EC2::SecurityGroup' | 'AWS::EC2::SecurityGroupEgress';

/** What is read of a rule for incoming traffic. */
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

/** What AWS and Terraform say of the protocol of a rule, on which all judgements about ports rest. */
export const PROTOCOL_SOURCES: readonly Source[] = [
  {
    url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ec2-securitygroup-ingress.html',
    claim:
      'The protocol -1, or a number other than those of tcp, udp, icmp and icmpv6, allows traffic on all ports whatever range is given.',
    seen: '2026-11-24',
  },
  {
    url: 'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group',
    claim: 'A protocol of -1 is the same as all; the ports are 0 then.',
    seen: '2026-11-24',
  },
];

/** One rule of a security group. */
export interface GroupRule {
  /** The group that has the rule in its list, or the rule that is a resource of its own. */
  readonly owner: Resource;
  readonly properties: Properties;
  /** The item of the list; a rule that is a resource of its own has none. */
  readonly item: Value | undefined;
  /** Whether the item is in the list. */
  readonly there: Judgement;
  /** The rules in the list whose value at a path can be one of a few texts. */
  withValue(path: string, predicate: Predicate): readonly GroupRule[];
}

/** The rules that a resource states: itself, or the items of its list at `path`. */
export function rulesOf(
  resource: Resource,
  path: 'SecurityGroupIngress' | 'SecurityGroupEgress',
): readonly GroupRule[] {
  if (resource.type !== 'AWS::EC2::SecurityGroup')
    return [{ owner: resource, properties: resource, item: undefined, there: YES, withValue: () => [] }];
  // Hardly any list has such a value, and then it is asked for again by each rule with the other half.
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

/** The most rules with one half of all addresses that are compared with each rule with the other half. */
const MOST_HALVES = 8;

/** One way to name the other end of a rule's traffic, and how it can be every address: a prefix of no bits, or both halves. */
interface End {
  readonly path: string;
  readonly everyone: Predicate;
  readonly halves: readonly [string, string];
  readonly lower: Predicate;
  readonly upper: Predicate;
}

function end(path: string, everyone: Predicate, lower: string, upper: string): End {
  // The addresses of another resource, such as a VPC, are never all that there are.
  return {
    path,
    everyone: { ...everyone, reference: () => false },
    halves: [lower, upper],
    lower: oneOf(lower),
    upper: oneOf(upper),
  };
}

/** A CIDR block of which some are every address. One with another prefix length is not, whatever its address. */
function block(holds: (cidr: string) => boolean, texts: readonly string[]): Predicate {
  return {
    ...text(holds, texts),
    text: ({ pieces }) => (/\/0*[1-9]\d?\d?\s*$/.test(String(pieces.at(-1))) ? false : undefined),
  };
}

/** The properties in which the other end can be every address, in whatever way it is written. A prefix list is not looked into. */
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

/** The value of a rule that names the other end of its traffic. */
export interface OpenEnd {
  readonly value: Value;
  /** Whether it is every address, alone or together with another rule of the list, and the rule lets through what is asked about. */
  readonly open: Judgement;
  /** The value in words, given as it is shown: a half together with the other half. */
  words(shown: string): string;
  /** Whether a value is every address only together with that of another rule. */
  isHalf(value: Value): boolean;
}

/** The ends of a rule; `reaches` says of a rule whether it lets through what is asked about. */
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
      // Most rules name somebody, and then it does not matter what they let through.
      open: wide.no.isAlways() ? wide : all(rule.there, reaches(rule), wide),
      words: (shown) => (shown === halves[0] ? halves.join(' and ') : shown),
    };
  });
}

/**
 * A report for each way in which a rule lets everybody reach something.
 * @param reaches Whether a rule lets traffic through to what is asked about.
 * @param message The finding's message, given the address range in the author's words.
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

/** The fix that takes a rule out of the list of its group. A rule that is a resource of its own is left to its author. */
function removal({ owner, item }: GroupRule, title: string): readonly Fix[] {
  return item ? [{ title, safe: false, edits: [{ op: 'removeItem', resource: owner, target: item }] }] : [];
}

/** Whether a rule lets TCP traffic through to a port. */
export function coversTcpPort({ properties }: GroupRule, port: number): Judgement {
  return any(
    everyProtocol(properties),
    all(is(properties.get('IpProtocol'), TCP), coversPorts(properties, port, port)),
  );
}

/** Whether a rule is for all protocols, or for all ports of TCP. */
export function coversAllOfTcp({ properties }: GroupRule): Judgement {
  return any(
    everyProtocol(properties),
    all(is(properties.get('IpProtocol'), TCP), coversPorts(properties, FIRST_PORT, LAST_PORT)),
  );
}

/** Whether a rule is for all protocols, or for all ports of TCP or of UDP. */
export function coversEverything({ properties }: GroupRule): Judgement {
  return any(
    everyProtocol(properties),
    all(is(properties.get('IpProtocol'), TCP_OR_UDP), coversPorts(properties, FIRST_PORT, LAST_PORT)),
  );
}

const TCP = oneOfIgnoringCase('tcp', '6');
const TCP_OR_UDP = oneOfIgnoringCase('tcp', '6', 'udp', '17');

/** Nothing can listen on port 0, so that a range from 1 is a range of all ports. */
const FIRST_PORT = 1;
const LAST_PORT = 65_535;

/** Whether a rule is for traffic of all protocols, on whatever port. */
export function everyProtocol(rule: Properties): Judgement {
  return is(rule.get('IpProtocol'), oneOfIgnoringCase('-1', 'all'));
}

function coversPorts(rule: Properties, first: number, last: number): Judgement {
  // It is not documented what a TCP rule without ports, or with -1 for a port, covers.
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
