import { flatMap } from '../../base/flat-map.ts';
import { all, any, isAbsent, judgement, YES, type Judgement } from '../../model/judgement.ts';
import { never, sometimes, unlessUnknown } from '../../model/quantified.ts';
import type { Resource } from '../../model/resource.ts';
import type { PathStep } from '../../reachability/access-path.ts';
import { blockedGateways } from '../../reachability/blocked-gateways.ts';
import { exposedMembersOf, type ExposedMember } from '../../reachability/exposed-member.ts';
import { aclSteps } from '../../reachability/internet-route.ts';
import { listensAt, ownPortOf } from '../../reachability/listening-port.ts';
import { remoteAddresses, type IpFamily, type RemoteAddresses } from '../../reachability/remote-addresses.ts';
import { coversPort, rulesOf, type GroupRule } from '../../reachability/security-group-rules.ts';
import { defineRule, type RelatedValue, type Violation } from '../rule.ts';
import { decidedByTraffic, INGRESS_READS, PROTOCOL_SOURCES, removal } from './security-group-reports.ts';
import { HIGH_RISK_PORTS, PORT_SOURCES, portsText, REMOTE_LOGIN, type ServicePort } from './service-ports.ts';

/**
 * The ports of services that are not meant to be public. Web applications use others, and most services with UDP answer
 * only known clients.
 */
const PORTS = [...REMOTE_LOGIN, ...HIGH_RISK_PORTS].filter(({ web, protocol }) => !web && protocol === undefined);

/** The maximum number of members that a finding marks. */
const MOST_NAMED = 3;

export default defineRule({
  id: 'sg-ingress-internet-reachable',
  on: 'resource',
  reads: INGRESS_READS,
  topic: 'network-exposure',
  severity: 'critical',
  judged: '2026-11-29',
  title: 'Resources should not be reachable from the internet on high-risk ports',
  keywords: [
    'internet-facing',
    'security group ingress',
    'exposed',
    'attack path',
    'reachability',
    'public IP address',
    'internet gateway',
    'open to the world',
    '0.0.0.0/0',
    'SSH',
    'RDP',
    'database port',
  ],
  why: 'An open port is exposed only if the resource behind it has a public IP address and its subnet routes traffic to an internet gateway. If all of this applies, anyone can try passwords and exploits against the service.',
  remedy:
    'Allow the port only from the sources that need access. Move the resource to a private subnet, and connect through Session Manager, a VPN or a load balancer.',
  sources: {
    'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html': {
      claim:
        'Communication with the internet needs an internet gateway attached to the VPC, a route to it, a public IP address, and security groups and network ACLs that allow the traffic.',
      seen: '2026-11-29',
    },
    'https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html': {
      claim: 'Rules of a network ACL are evaluated in ascending order, and the first that matches applies.',
      seen: '2026-11-29',
    },
    ...PORT_SOURCES,
    ...PROTOCOL_SOURCES,
  },
  accessed: '2026-11-28',
  fix: 'suggestion',
  judgesElsewhere: true,
  subsumes: [
    'ec2-launch-configuration-public-ip',
    'ec2-public-ip',
    'ecs-service-public-ip',
    'mq-broker-public',
    'msk-public-access',
    'neptune-publicly-accessible',
    'rds-publicly-accessible',
    'redshift-publicly-accessible',
    'redshift-serverless-publicly-accessible',
    'sg-ingress-open-all',
    'sg-ingress-open-high-risk-port',
    'sg-ingress-open-rdp',
    'sg-ingress-open-ssh',
    'sg-ingress-open-world',
  ],
  *check(resource, context) {
    const allowed = context.ports('sg-ingress-open-high-risk-port', 'allowedPorts');
    const listed = PORTS.filter(({ port }) => !allowed.includes(port));
    const unblocked = blockedGateways(context.stack)?.open ?? YES;
    for (const rule of rulesOf(resource, 'SecurityGroupIngress')) {
      // Most rules are restricted, and most groups have no members that the internet reaches.
      const isReached = ({ open, family }: RemoteAddresses): boolean =>
        sometimes(open) && groupsOf(resource).some(({ group }) => exposedMembersOf(group, family).length > 0);
      if (!remoteAddresses(rule, () => YES).some(isReached)) continue;
      const ports = [...listed, ...databasePorts(resource).filter(({ port }) => !allowed.includes(port))];
      const opens = (other: GroupRule): Judgement =>
        any(...ports.map(({ port }) => unlessUnknown(coversPort(other, port))));
      for (const end of remoteAddresses(rule, opens)) {
        if (!isReached(end) || never(unblocked)) continue;
        const { value, family, open, words, isHalf, related } = end;
        const opened = ports.filter(({ port }) => sometimes(coversPort(rule, port)));
        // The members with the most certain paths come first.
        const reached = exposuresOf(resource, rule, opened, family)
          .filter((one) => !never(all(open, one.open)))
          .sort((a, b) => Number(sometimes(b.open)) - Number(sometimes(a.open)));
        const [first] = reached;
        if (!first) continue;
        const wrong = all(open, unblocked, any(...reached.map((one) => one.open)));
        const named = reached.slice(0, MOST_NAMED);
        const group = first.group.displayName;
        yield {
          violations: [{ wrong, at: value }, ...flatMap(named, (one) => addressed(one, all(open, unblocked)))],
          item: rule.index,
          subjects: [
            ...new Set(flatMap(named, ({ member }) => [member.target, ...member.own.map((step) => step.resource)])),
          ],
          decidedBy: () => decidedByTraffic(rule),
          message: (shown) =>
            `${namesOf(reached)} reachable from the internet on ${portsText(first.ports)}. Restrict ${words(shown)} in ${group} to the sources that need access.`,
          related: () => [...related, ...pathOf(first)],
          fixes: (leaf) => (isHalf(leaf) ? [] : removal(rule, 'Remove this rule (stops this traffic)')),
        };
      }
    }
  },
});

/** A member of a group that the internet reaches through a rule. */
interface Exposure {
  readonly group: Resource;
  readonly member: ExposedMember;
  /** The ports that are open all the way. */
  readonly ports: readonly ServicePort[];
  readonly open: Judgement;
}

/** The ports of the databases in the group of a rule that are not those of their engines. */
function databasePorts(owner: Resource): readonly ServicePort[] {
  const members = flatMap(groupsOf(owner), ({ group }) =>
    flatMap(['IPv4', 'IPv6'] as const, (family) => exposedMembersOf(group, family)),
  );
  const ports = new Set(members.map(({ target }) => ownPortOf(target)));
  return flatMap([...ports], (port) =>
    port === undefined || PORTS.some((one) => one.port === port)
      ? []
      : [{ port, service: 'database', source: 'configuration' as const }],
  );
}

/** The group that a rule belongs to. */
function groupsOf(owner: Resource): readonly { readonly group: Resource; readonly when: Judgement }[] {
  if (owner.type === 'AWS::EC2::SecurityGroup') return [{ group: owner, when: YES }];
  return owner
    .related('security-group')
    .edges.map(({ resource, when }) => ({ group: resource, when: judgement(when) }));
}

/**
 * The members of the group of a rule, with the ports at which the rule and their network ACLs let traffic through to
 * them.
 */
function exposuresOf(
  owner: Resource,
  rule: GroupRule,
  opened: readonly ServicePort[],
  family: IpFamily,
): readonly Exposure[] {
  return flatMap(groupsOf(owner), ({ group, when }) =>
    flatMap(exposedMembersOf(group, family), (member): readonly Exposure[] => {
      const ways = flatMap(opened, (one) => {
        const { port } = one;
        const acls = member.subnet ? aclSteps(member.subnet, port, family) : [];
        const passes = all(
          unlessUnknown(coversPort(rule, port)),
          listensAt(member.target, port),
          ...acls.map((acl) => acl.open),
        );
        return sometimes(passes) ? [{ one, passes }] : [];
      });
      if (ways.length === 0) return [];
      const open = all(when, member.open, any(...ways.map(({ passes }) => passes)));
      return [{ group, member, ports: ways.map(({ one }) => one), open }];
    }),
  );
}

/** The value that gives a member its public address, if a property does. */
function addressed({ member, open }: Exposure, opened: Judgement): readonly Violation[] {
  const step = member.own.at(-1)!;
  return sometimes(isAbsent(step.at)) ? [] : [{ wrong: all(opened, open), at: step.at, also: `${step.text}.` }];
}

/** The path to a member, as related places. */
function pathOf({ member: { inbound, membership, own } }: Exposure): readonly RelatedValue[] {
  return [...inbound, membership, ...own.slice(0, -1)].map((step: PathStep) => ({
    value: step.at,
    when: step.open,
    message: `${step.text}.`,
  }));
}

/** The members as the subject of a sentence: `Web is`, `Web and 2 other resources are`. */
function namesOf(reached: readonly Exposure[]): string {
  const names = [...new Set(reached.map(({ member }) => member.target.displayName))];
  const others = names.length - 1;
  if (others === 0) return `${names[0]!} is`;
  return `${names[0]!} and ${others === 1 ? names[1]! : `${others} other resources`} are`;
}
