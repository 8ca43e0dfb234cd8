/** Whether resources in networks have IPv6 addresses, which the internet reaches wherever routes and rules allow it. */
import { flatMap } from '../base/flat-map.ts';
import type { Truth } from '../base/guard.ts';
import { table, type Table } from '../base/table.ts';
import {
  all,
  among,
  any,
  exists,
  is,
  isPresent,
  judgement,
  NO,
  not,
  UNKNOWABLE,
  YES,
  type Judgement,
} from '../model/judgement.ts';
import { itemsOfProperty } from '../model/navigate.ts';
import { integer, isFalse, isTrue, oneOf } from '../model/predicate.ts';
import { leavesWhere, never } from '../model/quantified.ts';
import type { Entry, Properties, Resource } from '../model/resource.ts';
import { shown } from '../model/shown.ts';
import type { PathStep } from './access-path.ts';
import { addressStep, type Candidate } from './address-candidate.ts';

/** What can give a resource an address. */
interface Candidates {
  readonly found: readonly Candidate[];
  /** The scenarios in which nothing else can. */
  readonly complete: Truth;
}

/** @param own The network interface with the addresses, if the resource has several. */
type CandidatesOf = (resource: Resource, subnet: Resource | undefined, name: string, own?: Entry) => Candidates;

/** A network interface: an item of a list, or the resource itself. */
interface Interface {
  readonly properties: Properties;
  readonly when: Judgement;
}

/** @param list The list of network interfaces of the resource, if its type has one. */
const ofInterfaces =
  (list: string | undefined): CandidatesOf =>
  (resource, subnet, name, own) => {
    const listed = list === undefined || own ? undefined : resource.each(list);
    const interfaces: readonly Interface[] = [
      { properties: own ?? resource, when: YES },
      ...(listed?.items ?? []).map((item) => ({ properties: item, when: judgement(item.when) })),
    ];
    const assigned = flatMap(interfaces, (one) => ofInterface(one, name));
    // The count of 0 applies instead of the setting of the subnet.
    const isZero = any(
      ...interfaces.map(({ properties, when }) => all(when, is(properties.get('Ipv6AddressCount'), ZERO))),
    );
    return { found: [...assigned, ofSubnet(resource, subnet, name, not(isZero))], complete: listed?.complete ?? YES };
  };

const POSITIVE = integer((count) => count > 0);
const ZERO = integer((count) => count === 0);

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkInterface.html */
function ofInterface({ properties, when }: Interface, name: string): readonly Candidate[] {
  const [count, addresses] = [properties.get('Ipv6AddressCount'), properties.get('Ipv6Addresses')];
  const text = `${name} has an IPv6 address`;
  return [
    { text, at: count, open: all(when, isPresent(count), is(count, POSITIVE)) },
    {
      text,
      at: addresses,
      open: all(
        when,
        isPresent(addresses),
        exists(itemsOfProperty(addresses), () => YES),
      ),
    },
    // Whether the operating system uses addresses of a prefix is not known.
    ...['Ipv6PrefixCount', 'Ipv6Prefixes'].map((path) => {
      const at = properties.get(path);
      return { text: `${name} can have an IPv6 address`, at, open: all(when, isPresent(at), UNKNOWABLE) };
    }),
  ].filter(({ open }) => !never(open));
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySubnetAttribute.html */
function ofSubnet(resource: Resource, subnet: Resource | undefined, name: string, applies: Judgement): Candidate {
  if (!subnet || subnet.external) {
    const text = `the subnet of ${name} can assign an IPv6 address`;
    return { text, at: resource.self, open: all(applies, UNKNOWABLE) };
  }
  const [assigns, native] = [subnet.get('AssignIpv6AddressOnCreation'), subnet.get('Ipv6Native')];
  const opens = any(is(assigns, isTrue), is(native, isTrue));
  const text = `${subnet.displayName} assigns an IPv6 address to ${name}`;
  const denied = never(applies)
    ? `${name} has no IPv6 address`
    : `neither ${name} nor ${subnet.displayName} assigns an IPv6 address`;
  const at = never(is(assigns, isTrue)) && !never(opens) ? native : assigns;
  return { text, at, open: all(applies, opens), ...(never(all(applies, opens)) ? { denied } : {}) };
}

/**
 * A task gets an IPv6 address in a dual-stack subnet, depending on an account setting.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html
 */
const ofTask: CandidatesOf = (service, _, name) => ({
  found: [{ text: `${name} can have an IPv6 address`, at: service.self, open: UNKNOWABLE }],
  complete: YES,
});

/**
 * A database in dual-stack mode, whose IPv6 endpoint can be public.
 * https://docs.aws.amazon.com/neptune/latest/userguide/neptune-dualstack-db-cluster.html
 */
const ofDatabase: CandidatesOf = (database, _, name) => {
  const clusters = database.related('db-cluster').edges.map(({ resource }) => resource);
  const dual = any(...[database, ...clusters].map((one) => is(one.get('NetworkType'), oneOf('DUAL', 'IPV6'))));
  const open = all(dual, not(is(database.get('PubliclyAccessible'), isFalse)), UNKNOWABLE);
  const text = never(open) ? `${name} has no public IPv6 address` : `${name} can have a public IPv6 address`;
  return { found: [{ text, at: database.self, open }], complete: YES };
};

/**
 * The attribute blocks internet gateways at an internal load balancer by default.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html
 */
const ofLoadBalancer: CandidatesOf = (balancer, _, name) => {
  const type = balancer.get('IpAddressType');
  const isDual = all(isPresent(type), is(type, oneOf('dualstack', 'dualstack-without-public-ipv4')));
  const isInternal = is(balancer.get('Scheme'), oneOf('internal'));
  const attributes = balancer.each('LoadBalancerAttributes');
  const isUnblocked = among(
    any(
      ...attributes.items.map((item) =>
        all(judgement(item.when), is(item.get('Key'), DENIES_GATEWAYS), is(item.get('Value'), isFalse)),
      ),
    ),
    attributes.complete,
  );
  const open = all(isDual, any(not(isInternal), all(isUnblocked, UNKNOWABLE)));
  const at = never(isPresent(type)) ? balancer.self : type;
  const reason = never(isDual) ? 'it has only IPv4 addresses' : 'it is internal';
  const text = never(open)
    ? `${name} has no public IPv6 addresses (${reason})`
    : `${name} has public IPv6 addresses (${balancer.nativePath('IpAddressType')} is ${shown(leavesWhere(type, isDual)[0] ?? type)})`;
  return { found: [{ text, at, open }], complete: YES };
};

const DENIES_GATEWAYS = oneOf('ipv6.deny_all_igw_traffic');

const NONE: CandidatesOf = (resource, _, name) => ({
  found: [{ text: `${name} has no IPv6 address`, at: resource.self, open: NO }],
  complete: YES,
});

/** The types whose assignment of IPv6 addresses is known. */
const ADDRESSES: Table<CandidatesOf> = table({
  'AWS::AutoScaling::LaunchConfiguration': ofInterfaces(undefined),
  'AWS::EC2::Instance': ofInterfaces('NetworkInterfaces'),
  'AWS::EC2::LaunchTemplate': ofInterfaces('LaunchTemplateData.NetworkInterfaces'),
  'AWS::EC2::NetworkInterface': ofInterfaces(undefined),
  'AWS::ECS::Service': ofTask,
  'AWS::ElasticLoadBalancing::LoadBalancer': NONE,
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ofLoadBalancer,
  'AWS::Neptune::DBInstance': ofDatabase,
  'AWS::RDS::DBCluster': ofDatabase,
  'AWS::RDS::DBInstance': ofDatabase,
});

/** Whether it is known how resources of a type get IPv6 addresses. */
export function canHaveIpv6Address({ type }: Resource): boolean {
  return ADDRESSES[type] !== undefined;
}

/**
 * The step of a path in which a resource has an IPv6 address.
 * @param decides The resource whose properties decide: itself, or what launches it.
 * @param subnet The subnet that it is in, if known.
 * @param own The network interface with the address, if the resource that decides has several.
 */
export function ipv6AddressStep(
  resource: Resource,
  decides: Resource,
  subnet: Resource | undefined,
  own?: Entry,
): PathStep | undefined {
  const candidates = ADDRESSES[decides.type]?.(decides, subnet, resource.displayName, own);
  if (!candidates) return undefined;
  const missing = `whether ${resource.displayName} has an IPv6 address`;
  return addressStep(resource, candidates.found, candidates.complete, missing);
}
