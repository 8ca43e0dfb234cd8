/** The rules of security groups in both forms, and the traffic that they allow. */
import {
  all,
  any,
  is,
  isAbsent,
  judge,
  judgement,
  not,
  UNKNOWABLE,
  YES,
  type Judgement,
  type Predicate,
} from '../model/judgement.ts';
import { leaves } from '../model/navigate.ts';
import { integer, oneOfIgnoringCase } from '../model/predicate.ts';
import { sometimes } from '../model/quantified.ts';
import type { Properties, Resource } from '../model/resource.ts';
import type { Leaf, Value } from '../model/value.ts';

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

/** The maximum number of rules with one half of all addresses that are compared with each rule for the other half. */
const MOST_HALVES = 8;

/** Whether a rule allows traffic to a port. */
export function coversPort({ properties }: GroupRule, port: number, protocol: 'tcp' | 'udp' = 'tcp'): Judgement {
  return any(
    everyProtocol(properties),
    all(is(properties.get('IpProtocol'), protocol === 'tcp' ? TCP : UDP), coversPorts(properties, port, port)),
  );
}

/** Whether a rule allows traffic to one of the ports of a range. */
export function coversSome({ properties }: GroupRule, first: number, last: number, protocol: 'tcp' | 'udp'): Judgement {
  const [from, to] = [properties.get('FromPort'), properties.get('ToPort')];
  return any(
    everyProtocol(properties),
    all(
      is(properties.get('IpProtocol'), protocol === 'tcp' ? TCP : UDP),
      is(
        from,
        integer((n) => (n < 0 ? undefined : n <= last)),
      ),
      is(
        to,
        integer((n) => (n < 0 ? undefined : n >= first)),
      ),
    ),
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
const EVERY_PROTOCOL = oneOfIgnoringCase('-1', 'all');
const TCP_OR_UDP = oneOfIgnoringCase('tcp', '6', 'udp', '17');

/** Port 0 cannot be used, so a range from 1 contains all ports. */
const FIRST_PORT = 1;
const LAST_PORT = 65_535;

/** Whether a rule applies to all protocols and ports. */
export function everyProtocol(rule: Properties): Judgement {
  return is(rule.get('IpProtocol'), EVERY_PROTOCOL);
}

function coversPorts(rule: Properties, first: number, last: number): Judgement {
  const [fromPort, toPort] = [rule.get('FromPort'), rule.get('ToPort')];
  // AWS does not document which ports a TCP rule covers without ports, or with -1 for a port.
  const from = any(
    is(
      fromPort,
      integer((n) => (n < 0 ? undefined : n <= first)),
    ),
    all(isAbsent(fromPort), UNKNOWABLE),
  );
  const to = any(
    is(
      toPort,
      integer((n) => (n < 0 ? undefined : n >= last)),
    ),
    all(isAbsent(toPort), UNKNOWABLE),
  );
  const covered = all(from, to);
  return first === last ? covered : all(covered, not(isOnePort(fromPort, toPort)));
}

/** Where both ports of a range are the same unknown value, such as one parameter, so that the range is one port. */
function isOnePort(from: Value, to: Value): Judgement {
  const sources = new Set(leaves(from).map(({ value }) => sourceOf(value)));
  return any(
    ...[...sources]
      .filter((source) => source !== undefined)
      .map((source) => {
        const comesFromIt = (leaf: Leaf): boolean => sourceOf(leaf) === source;
        return all(judge(from, comesFromIt), judge(to, comesFromIt));
      }),
  );
}

/** The input or expression that provides an unknown value. Values with the same source are equal. */
function sourceOf(leaf: Leaf): string | undefined {
  if (leaf.state === 'reference') return `${leaf.to}.${leaf.attribute ?? ''}`;
  return leaf.state === 'unknown' ? (leaf.input ?? leaf.expression) : undefined;
}
