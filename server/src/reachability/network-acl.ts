/** The entries of network ACLs that allow ingress from all addresses, and the traffic that they match. */
import { flatMap } from '../base/flat-map.ts';
import { memoize } from '../base/memoize.ts';
import { all, among, any, is, isPresent, judgement, not, UNKNOWABLE, type Judgement } from '../model/judgement.ts';
import { isEverywhere } from '../model/internet.ts';
import { leaves } from '../model/navigate.ts';
import { asInteger, integer, isTrue, oneOfIgnoringCase, text } from '../model/predicate.ts';
import { never } from '../model/quantified.ts';
import type { Resource } from '../model/resource.ts';
import { shown } from '../model/shown.ts';
import type { Value } from '../model/value.ts';
import type { IpFamily } from './remote-addresses.ts';

export type AclEntry = Pick<Resource, 'get' | 'related' | 'displayName' | 'when'>;

const ALLOW = oneOfIgnoringCase('allow');
const DENY = oneOfIgnoringCase('deny');

/** The address ranges of an entry. */
const RANGES = ['CidrBlock', 'Ipv6CidrBlock'] as const;

/** The address range of an entry for a family of addresses. */
const RANGE_OF = { IPv4: 'CidrBlock', IPv6: 'Ipv6CidrBlock' } as const;

/** The ranges of an entry that allow ingress from all addresses. */
export function openRanges(entry: AclEntry): readonly { readonly value: Value; readonly open: Judgement }[] {
  const allows = all(is(entry.get('RuleAction'), ALLOW), not(is(entry.get('Egress'), isTrue)));
  return RANGES.map((path) => ({ value: entry.get(path), open: all(allows, isEverywhere(entry.get(path))) }));
}

/** Whether an entry matches all protocols. */
export function matchesEverything(entry: AclEntry): Judgement {
  return is(
    entry.get('Protocol'),
    integer((number) => number === -1),
  );
}

/** Whether an entry matches all TCP ports, alone or with all other protocols. */
export function matchesAllPorts(entry: AclEntry): Judgement {
  // Port 0 cannot be used, so a range from 1 contains all ports.
  return any(matchesEverything(entry), all(isTcp(entry), contains(entry, 1, 65_535)));
}

/** Whether an entry matches a TCP port, other than in a range of ephemeral ports. */
export function matchesPort(entry: AclEntry, port: number): Judgement {
  return any(matchesEverything(entry), all(isTcp(entry), contains(entry, port, port), not(isEphemeral(entry))));
}

/** Whether an entry with a lower number denies all addresses a port. */
export function isDenied(entry: Resource, port: number): Judgement {
  const acls = entry.related('network-acl').edges;
  const others = flatMap(acls, ({ resource }) => resource.related('network-acl-entries').edges);
  const number = entry.get('RuleNumber');
  return any(
    ...others
      .filter(({ resource }) => resource !== entry)
      .map(({ resource: other, when }) =>
        all(
          judgement(when),
          is(other.get('RuleAction'), DENY),
          not(is(other.get('Egress'), isTrue)),
          any(...RANGES.map((path) => isEverywhere(other.get(path)))),
          any(matchesEverything(other), all(isTcp(other), contains(other, port, port))),
          isLower(other.get('RuleNumber'), number),
        ),
      ),
  );
}

/** Whether a number is lower than another one, which is unknown unless it is the same in all scenarios. */
function isLower(value: Value, than: Value): Judgement {
  const [limit, ...others] = [...new Set(leaves(than).map((leaf) => shown(leaf.value)))];
  const known = others.length === 0 && /^\d+$/.test(limit!);
  return is(
    value,
    integer((number) => (known ? number < Number(limit) : undefined)),
  );
}

function isTcp(entry: AclEntry): Judgement {
  return is(
    entry.get('Protocol'),
    integer((number) => number === 6),
  );
}

/** Whether the ports are those of clients, to which servers on the internet respond. */
function isEphemeral(entry: AclEntry): Judgement {
  return all(
    is(
      entry.get('PortRange.From'),
      integer((port) => port >= 1024),
    ),
    is(
      entry.get('PortRange.To'),
      integer((port) => port >= 60_999),
    ),
  );
}

function contains(entry: AclEntry, first: number, last: number): Judgement {
  return all(
    is(
      entry.get('PortRange.From'),
      integer((port) => (port < 0 ? undefined : port <= first)),
    ),
    is(
      entry.get('PortRange.To'),
      integer((port) => (port < 0 ? undefined : port >= last)),
    ),
  );
}

/** The maximum number of entries of a network ACL that are evaluated in order; with more, the result is unknown. */
const MOST_ENTRIES = 64;

/**
 * Whether a network ACL lets traffic from all addresses of a family through to a TCP port, or to all ports. Entries are
 * evaluated in ascending order of their numbers, and the first that matches decides.
 * https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
 */
export function allowsInbound(acl: Resource, port: number | undefined, family: IpFamily): Judgement {
  const range = RANGE_OF[family];
  const { edges, complete } = acl.related('network-acl-entries');
  if (edges.length > MOST_ENTRIES) return UNKNOWABLE;
  const matches = (entry: Resource): Judgement =>
    port === undefined
      ? matchesAllPorts(entry)
      : any(matchesEverything(entry), all(isTcp(entry), contains(entry, port, port)));
  const inbound = edges.map(({ resource: entry, when }) => ({
    entry,
    applies: all(judgement(when), not(is(entry.get('Egress'), isTrue)), isEverywhere(entry.get(range)), matches(entry)),
  }));
  const denying = inbound.filter(({ entry }) => !never(is(entry.get('RuleAction'), DENY)));
  const opened = inbound.map(({ entry, applies }) => {
    const allowed = all(applies, is(entry.get('RuleAction'), ALLOW));
    return never(allowed) ? allowed : all(allowed, not(isOverruled(entry, denying)));
  });
  // Several entries together can match all addresses, which is not evaluated.
  const partly = any(
    ...edges.map(({ resource: entry, when }) =>
      all(judgement(when), not(is(entry.get('Egress'), isTrue)), is(entry.get(range), LARGE), matches(entry)),
    ),
  );
  const open = among(any(...opened), complete);
  return never(partly) ? open : UNKNOWABLE;
}

/** Whether an entry that denies traffic applies and has a lower number than an entry. */
function isOverruled(
  entry: AclEntry,
  denying: readonly { readonly entry: AclEntry; readonly applies: Judgement }[],
): Judgement {
  const denied = denying
    .filter((other) => other.entry !== entry)
    .map((other) =>
      all(
        other.applies,
        is(other.entry.get('RuleAction'), DENY),
        isLower(other.entry.get('RuleNumber'), entry.get('RuleNumber')),
      ),
    );
  return any(...denied);
}

/**
 * Whether a network ACL has an inbound entry that allows a protocol. Otherwise its last entry, which cannot be deleted,
 * denies all of its traffic.
 * https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html
 */
export function hasEntryFor(acl: Resource, protocol: number): Judgement {
  const { edges, complete } = acl.related('network-acl-entries');
  const allowing = edges.map(({ resource: entry, when }) =>
    all(
      judgement(when),
      not(is(entry.get('Egress'), isTrue)),
      is(entry.get('RuleAction'), ALLOW),
      is(
        entry.get('Protocol'),
        integer((number) => number === -1 || number === protocol),
      ),
    ),
  );
  return among(any(...allowing), complete);
}

/**
 * Whether a network ACL lets TCP responses out to all addresses of a family. It is stateless, so that responses need an
 * outbound entry. Clients choose their ports, so an entry for one ephemeral port is enough, unless one with a lower
 * number denies it. Where only other ports are allowed, it is not known, because clients can use these too.
 * https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports
 */
export function allowsResponses(acl: Resource, family: IpFamily): Judgement {
  return family === 'IPv4' ? respondsByIpv4(acl) : respondsByIpv6(acl);
}

const respondsByIpv4 = memoize((acl: Resource) => respondsBy(acl, 'IPv4'));
const respondsByIpv6 = memoize((acl: Resource) => respondsBy(acl, 'IPv6'));

function respondsBy(acl: Resource, family: IpFamily): Judgement {
  const { edges, complete } = acl.related('network-acl-entries');
  if (edges.length > MOST_ENTRIES) return UNKNOWABLE;
  const outbound = edges.map(({ resource: entry, when }) => ({
    entry,
    range: entry.get(RANGE_OF[family]),
    applies: all(judgement(when), is(entry.get('Egress'), isTrue)),
  }));
  const denials = outbound.filter(({ entry }) => !never(is(entry.get('RuleAction'), DENY)));
  /** Whether an entry allows responses that are sent to a port, or to some port. */
  const responds = (port?: number): Judgement => {
    const denying = denials.map(({ entry, range, applies }) => ({
      entry,
      applies: all(applies, isEverywhere(range), port === undefined ? matchesAllPorts(entry) : includes(entry, port)),
    }));
    const allowing = outbound.map(({ entry, range, applies }) => {
      const matches = port === undefined ? any(matchesEverything(entry), isTcp(entry)) : includes(entry, port);
      const allows = all(applies, is(entry.get('RuleAction'), ALLOW), matches);
      if (never(allows)) return allows;
      // An entry for other addresses can be that of a client.
      return all(allows, any(isEverywhere(range), all(isPresent(range), UNKNOWABLE)), not(isOverruled(entry, denying)));
    });
    return any(...allowing);
  };
  const usual = clientPorts(outbound.map(({ entry }) => entry)).map((port) => responds(port));
  return among(any(...usual, all(responds(), UNKNOWABLE)), complete);
}

/** Whether an entry matches a TCP port. */
function includes(entry: AclEntry, port: number): Judgement {
  return any(matchesEverything(entry), all(isTcp(entry), contains(entry, port, port)));
}

/** The ephemeral ports. Common clients use parts of this range. */
const FIRST_EPHEMERAL = 1024;
const LAST_EPHEMERAL = 65_535;

/** The maximum number of ports of clients that are tried. */
const MOST_CLIENT_PORTS = 16;

/** Ephemeral ports that distinguish what some entries match: the last one, and those at the bounds of their ranges. */
function clientPorts(entries: readonly AclEntry[]): readonly number[] {
  const bounds = flatMap(entries, (entry) =>
    flatMap(
      [
        ['PortRange.From', -1],
        ['PortRange.To', 1],
      ] as const,
      ([path, beyond]) =>
        flatMap(leaves(entry.get(path)), ({ value }) => {
          const port = value.state === 'known' ? asInteger(value) : undefined;
          return port === undefined ? [] : [port, port + beyond];
        }),
    ),
  );
  const ports = new Set([LAST_EPHEMERAL, FIRST_EPHEMERAL, ...bounds]);
  return [...ports].filter((port) => port >= FIRST_EPHEMERAL && port <= LAST_EPHEMERAL).slice(0, MOST_CLIENT_PORTS);
}

/** A range that is a large part of all addresses, such as a half. */
const LARGE = text((cidr) => /\/[1-7]$/.test(cidr.trim()));
