import { flatMap } from '../../base/flat-map.ts';
import { sameSpan, type Span } from '../../base/span.ts';
import { moreOf, some, someOf } from '../../base/words.ts';
import { ADDRESS_FAMILIES, listedRanges } from '../../model/all-addresses.ts';
import { all, any, is, isPresent, judgement, not, UNKNOWABLE, YES, type Judgement } from '../../model/judgement.ts';
import { leaves } from '../../model/navigate.ts';
import { oneOfIgnoringCase } from '../../model/predicate.ts';
import { never, sometimes } from '../../model/quantified.ts';
import type { Properties, Resource, Stack } from '../../model/resource.ts';
import { resourcesOfTypes } from '../../model/resources-of-type.ts';
import { scenario } from '../../model/scenario.ts';
import { shown } from '../../model/shown.ts';
import type { Value } from '../../model/value.ts';
import { isOpen, type AccessPath } from '../../reachability/access-path.ts';
import { GRANTED } from '../../reachability/granted-path.ts';
import { usesDefaultGroup } from '../../reachability/default-group.ts';
import { canHaveIpv6Address } from '../../reachability/ipv6-address.ts';
import { guardsOf } from '../../reachability/network-path.ts';
import { openingsOf } from '../../reachability/opening.ts';
import { limitsText, missingOf, pathText, defaultState, stoppedBy } from '../../reachability/path-text.ts';
import { pathsTo } from '../../reachability/paths.ts';
import type { CardContext, Piece } from '../card-context.ts';
import type { ComputedLine } from '../ownership.ts';
import { withPathFinding, withRuleFinding } from './exposure.ts';

/** The maximum number of paths that a line names. */
const MOST_PATHS = 2;

/**
 * From where a resource can be reached: the open paths; else those that are not known to be open; else why there is
 * none.
 */
export function reachable(
  here: CardContext,
  { cite }: Pick<ComputedLine, 'cite'>,
): string | readonly Piece[] | undefined {
  const { stack, resource } = here;
  // Other lines describe what policies grant.
  const paths = pathsTo(resource, stack).filter(({ traffic }) => traffic !== GRANTED);
  if (!resource.when.yes.holdsByDefault()) return reachableWhereItExists(resource, paths);
  const open = paths.filter((path) => defaultState(path) === 'open');
  return open.length > 0
    ? [withPathFinding(here, `from the internet (${openText(open)})`, open, cite)]
    : notOpenText(here, paths);
}

function notOpenText({ stack, resource }: CardContext, paths: readonly AccessPath[]): string | undefined {
  const possible = paths.find((path) => defaultState(path) === 'unknown');
  if (possible) {
    const missing = missingOf(possible).slice(0, MOST_PATHS).join(', ');
    return `possibly from the internet (${described(possible)})${missing === '' ? '' : `; unknown: ${missing}`}`;
  }
  const { edges, complete } = resource.related('security-groups');
  if (!stack.closed || !complete.yes.isAlways() || hasOtherWays(resource, stack)) return undefined;
  const [reason = 'a step stops the traffic'] = flatMap(paths, (path) => stoppedBy(path) ?? []);
  if (paths.length > 0) return `not from the internet (${reason})`;
  const groups = edges.map((edge) => openingsIn(edge.resource));
  return groups.length > 0 && groups.every(({ shut }) => shut)
    ? `not from the internet (${some(edges.map(({ resource: group }) => group.displayName))} ${edges.length > 1 ? 'allow' : 'allows'} no inbound traffic from all addresses)`
    : undefined;
}

/** The same for a resource that does not exist by default; nothing where that differs between its scenarios. */
function reachableWhereItExists(resource: Resource, paths: readonly AccessPath[]): string | undefined {
  const there = judgement(resource.when);
  const ways = paths.map((path) => ({ path, open: all(there, isOpen(path)) }));
  const open = ways.find((way) => sometimes(way.open));
  if (open)
    return `from the internet ${scenario(open.open.yes.describe())} (${described(open.path)})`.replace('  ', ' ');
  const possible = ways.find((way) => !never(way.open));
  return possible && `possibly from the internet (${described(possible.path)})`;
}

/** The relations through which requests can come from resources that are not known well enough for a path. */
const OTHER_WAYS = [
  'target-groups',
  'balancers',
  'integrations',
  'service-integrations',
  'origin-of',
  'service-registries',
  'vpc-links',
  'vpc-origins',
] as const;

/**
 * Whether paths can exist that are not known: those, network interfaces with unknown groups, and unknown IPv6
 * addresses.
 */
function hasOtherWays(resource: Resource, stack: Stack): boolean {
  if (isBehindAddresses(resource, stack)) return true;
  if (OTHER_WAYS.some((kind) => resource.related(kind).edges.length > 0)) return true;
  const guards = guardsOf(resource);
  if (guards.some((guard) => !guard.related('security-groups').complete.yes.isAlways())) return true;
  if (canHaveIpv6Address(resource)) return false;
  return guards.some(
    (guard) =>
      usesDefaultGroup(guard) ||
      guard
        .related('security-groups')
        .edges.some(({ resource: group }) =>
          openingsOf(group).some(({ end }) => end.family === 'IPv6' && !end.open.no.isAlways()),
        ),
  );
}

/**
 * Whether a load balancer can forward requests to a private API by the addresses of its VPC endpoint, which are not
 * known.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html
 */
function isBehindAddresses({ type }: Resource, stack: Stack): boolean {
  return (
    type === 'AWS::ApiGateway::RestApi' &&
    resourcesOfTypes(stack, ['AWS::ElasticLoadBalancingV2::TargetGroup']).some(
      (group) => !never(is(group.get('TargetType'), oneOfIgnoringCase('ip'))),
    )
  );
}

/** Open paths: those that differ only in the resources that they pass are one. */
function openText(paths: readonly AccessPath[]): string {
  const groups = new Map<string, readonly AccessPath[]>();
  for (const path of paths) {
    const kind = `${path.traffic}${limitsText(path)}${openWhen(path)}`;
    groups.set(kind, [...(groups.get(kind) ?? []), path]);
  }
  const texts = [...groups.values()].map(([first, ...others]) => {
    const passed = new Set(first!.steps.map((step) => step.resource));
    const beside = flatMap(others, ({ steps }) => steps.map((step) => step.resource)).filter((one) => !passed.has(one));
    const also = someOf([...new Set(beside.map(({ displayName }) => displayName))], MOST_PATHS, 'resource');
    return `${described(first!)}${also === '' ? '' : `; also through ${also}`}${openWhen(first!)}`;
  });
  return [
    ...texts.slice(0, MOST_PATHS),
    ...(texts.length > MOST_PATHS ? [moreOf(texts.length - MOST_PATHS, 'path')] : []),
  ].join('; ');
}

/** The scenario of a path that is open by default, apart from that in which its end exists. */
function openWhen(path: AccessPath): string {
  const existence = new Set(path.to.when.yes.describe().map(({ name }) => name));
  const terms = isOpen(path)
    .yes.describe()
    .filter(({ name, value }) => value !== 'its default' && !existence.has(name));
  return terms.length === 0 ? '' : ` ${scenario(terms)} (the default)`;
}

function described(path: AccessPath): string {
  return `${pathText(path)}${limitsText(path)}`;
}

/** The inbound rules from any address of a security group, including separate rule resources. */
export function openings(
  here: CardContext,
  { cite }: Pick<ComputedLine, 'cite'>,
): string | readonly Piece[] | undefined {
  const { stack, resource } = here;
  const { open, shut } = openingsIn(resource);
  if (open.length > 0) {
    const text = someOf([...new Set(open.map((one) => one.text))], 2, 'rule');
    return [
      withRuleFinding(
        here,
        text,
        flatMap(open, ({ places }) => places),
        cite,
      ),
    ];
  }
  return stack.closed && shut ? 'no rule here allows all addresses' : undefined;
}

interface Openings {
  /** The rules that allow any address, `TCP port 22 from 0.0.0.0/0`, with the places of that address. */
  readonly open: readonly { readonly text: string; readonly places: readonly Span[] }[];
  /** Whether no rule is known to allow any address, in every scenario. */
  readonly shut: boolean;
}

/** An inbound rule of a security group: an item of its list, or a separate resource. */
interface Rule {
  readonly owner: Resource;
  readonly properties: Properties;
  readonly when: Judgement;
}

function openingsIn(group: Resource): Openings {
  const own = group.each('SecurityGroupIngress');
  const beside = group.related('security-group-rules');
  const rules: readonly Rule[] = [
    ...own.items.map((item) => ({ owner: group, properties: item, when: judgement(item.when) })),
    ...beside.edges
      .filter(({ resource: { type } }) => type === 'AWS::EC2::SecurityGroupIngress')
      .map(({ resource, when }) => ({ owner: resource, properties: resource, when: judgement(when) })),
  ];
  const ranges = flatMap(rules, (rule) =>
    [...writtenRanges(rule, rules), ...prefixListRanges(rule)].map(({ isAll, range, value }) => ({
      rule,
      range,
      places: leaves(value).map((leaf) => leaf.value.origin.use),
      isOpen: all(rule.when, isAll),
    })),
  );
  const open = ranges
    .filter(({ isOpen }) => isOpen.yes.holdsByDefault())
    .map(({ rule, range, places }) => ({ text: `${trafficOf(rule.properties)} from ${range}`, places }));
  const shut = ranges.every(({ isOpen }) => isOpen.no.isAlways());
  return { open, shut: shut && own.complete.yes.isAlways() && beside.complete.yes.isAlways() };
}

/** The addresses of a rule as text, and whether they are all addresses. */
interface Range {
  readonly range: string;
  readonly isAll: Judgement;
  readonly value: Value;
}

/** The CIDR blocks of a rule, alone and together with the other half in another rule. */
function writtenRanges({ properties }: Rule, rules: readonly Rule[]): readonly Range[] {
  return flatMap(ADDRESS_FAMILIES, ({ path, everyone, halves, lower, upper }): readonly Range[] => {
    const value = properties.get(path);
    const alone = { range: shownByDefault(value), isAll: is(value, everyone), value };
    const isLower = is(value, lower);
    if (!isLower.yes.satisfiable()) return [alone];
    const others = rules.map((other) =>
      all(
        other.when,
        is(other.properties.get(path), upper),
        // Other ports can overlap.
        portsOf(other.properties) === portsOf(properties) ? YES : UNKNOWABLE,
      ),
    );
    return [alone, { range: halves.join(' and '), isAll: all(isLower, any(...others)), value }];
  });
}

/** The entries of the prefix list of a rule. A prefix list that is not in these documents is not known. */
function prefixListRanges({ owner, properties }: Rule): readonly Range[] {
  const value = properties.get('SourcePrefixListId');
  const named = isPresent(value);
  if (named.no.isAlways()) return [];
  const places = leaves(value).map((leaf) => leaf.value.origin.use);
  const lists = owner
    .related('prefix-lists')
    .edges.filter(({ via }) => places.some((place) => sameSpan(place, via.origin.use)));
  const here = any(...lists.map(({ when }) => judgement(when)));
  return [
    { range: shownByDefault(value), isAll: all(named, not(here), UNKNOWABLE), value },
    ...flatMap(lists, ({ resource: list, when }) =>
      listedRanges(list, 'unknown').map(({ isAll, range }) => ({
        range: `${range} (in ${list.displayName})`,
        isAll: all(judgement(when), isAll),
        value,
      })),
    ),
  ];
}

/** The value in the default scenario. */
function shownByDefault(value: Value): string {
  return shown(leaves(value).find(({ guard }) => guard.holdsByDefault())?.value ?? value);
}

/** The protocols with ports, by their names and numbers. */
const PROTOCOLS: ReadonlyMap<string, string> = new Map([
  ['6', 'TCP'],
  ['tcp', 'TCP'],
  ['17', 'UDP'],
  ['udp', 'UDP'],
]);

/** What a rule allows: `TCP port 22`, `all traffic`. */
function trafficOf(rule: Properties): string {
  const ports = portsOf(rule);
  if (ports === 'all') return 'all traffic';
  const protocol = PROTOCOLS.get(shownByDefault(rule.get('IpProtocol')).toLowerCase());
  return protocol ? `${protocol} ${ports.includes('-') ? 'ports' : 'port'} ${ports}` : 'traffic of other protocols';
}

function portsOf(rule: Properties): string {
  if (is(rule.get('IpProtocol'), oneOfIgnoringCase('-1', 'all')).yes.holdsByDefault()) return 'all';
  const [from, to] = [shownByDefault(rule.get('FromPort')), shownByDefault(rule.get('ToPort'))];
  return from === to ? from : `${from}-${to}`;
}
