/** The parts that rules about network ACLs share: the entries that allow ingress from all addresses, and the traffic that they match. */
import { all, any, is, judgement, not, type Judgement } from '../../model/judgement.ts';
import { isEverywhere } from '../../model/internet.ts';
import { leaves } from '../../model/navigate.ts';
import { integer, isTrue, oneOfIgnoringCase } from '../../model/predicate.ts';
import { shown } from '../../model/shown.ts';
import type { Resource } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';
import type { ReadsOf, Sources } from '../rule.ts';

export type AclEntry = Pick<Resource, 'get' | 'related' | 'displayName' | 'when'>;

/** The paths that are read of an entry. */
export const ENTRY_READS: ReadsOf<'AWS::EC2::NetworkAclEntry'> = {
  'AWS::EC2::NetworkAclEntry': [
    'CidrBlock',
    'Egress',
    'Ipv6CidrBlock',
    'NetworkAclId',
    'PortRange.From',
    'PortRange.To',
    'Protocol',
    'RuleAction',
    'RuleNumber',
  ],
};

/** The documentation of entries. */
export const ENTRY_SOURCES: Sources = {
  'https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk.aws_ec2/CfnNetworkAclEntryProps.html':
    'Protocol -1 is all protocols, and all ports regardless of PortRange. Entries are processed in ascending order of their numbers. Egress is false by default.',
};

/** The ports of remote access, with the checks of other tools for each. */
const SSH_OR_RDP = { securityHub: ['EC2.21'] } as const;

export const ADMIN_PORTS = [
  { port: 22, service: 'SSH', aliases: { checkov: ['CKV_AWS_232'], trivy: ['AWS-0105'] }, controls: SSH_OR_RDP },
  { port: 3389, service: 'RDP', aliases: { checkov: ['CKV_AWS_231'], trivy: ['AWS-0105'] }, controls: SSH_OR_RDP },
  { port: 21, service: 'FTP', aliases: { checkov: ['CKV_AWS_229'] }, controls: {} },
  { port: 20, service: 'FTP data', aliases: { checkov: ['CKV_AWS_230'] }, controls: {} },
] as const;

/** The address ranges of an entry. */
const RANGES = ['CidrBlock', 'Ipv6CidrBlock'] as const;

/** The ranges of an entry that allow ingress from all addresses. */
export function openRanges(entry: AclEntry): readonly { readonly value: Value; readonly open: Judgement }[] {
  const allows = all(is(entry.get('RuleAction'), oneOfIgnoringCase('allow')), not(is(entry.get('Egress'), isTrue)));
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
  const others = acls.flatMap(({ resource }) => resource.related('network-acl-entries').edges);
  const number = entry.get('RuleNumber');
  return any(
    ...others
      .filter(({ resource }) => resource !== entry)
      .map(({ resource: other, when }) =>
        all(
          judgement(when),
          is(other.get('RuleAction'), oneOfIgnoringCase('deny')),
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
