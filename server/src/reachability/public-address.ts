/** Whether resources in networks get public IP addresses. */
import { flatMap } from '../base/flat-map.ts';
import { TRUE, type Truth } from '../base/guard.ts';
import { table, type Table } from '../base/table.ts';
import {
  all,
  among,
  any,
  is,
  isPresent,
  judgement,
  NO,
  not,
  UNKNOWABLE,
  YES,
  type Judgement,
  type Predicate,
} from '../model/judgement.ts';
import { isFalse, isTrue, oneOf } from '../model/predicate.ts';
import { always, leavesWhere, never, sometimes } from '../model/quantified.ts';
import { connectionText } from '../model/relation.ts';
import type { Resource } from '../model/resource.ts';
import { shown } from '../model/shown.ts';
import type { Value } from '../model/value.ts';
import type { PathStep } from './access-path.ts';
import { addressStep, type Candidate } from './address-candidate.ts';
import type { OwnInterface } from './network-interface.ts';

/** How a type of resource gets a public IP address. */
interface PublicAddress {
  /** The property that decides; `A[].B` is B of every item of A. */
  readonly setting?: string;
  /** The values of the property that assign an address; true when left out. */
  readonly isPublic?: Predicate;
  /** What applies without the property. */
  readonly otherwise: 'subnet' | 'public' | 'private' | 'unknown';
  /** The value of another property with which there is still no public IPv4 address. */
  readonly unless?: { readonly property: string; readonly value: string };
}

/** The types with public addresses. Others have none, or how they get one is not known. */
const ADDRESSES: Table<PublicAddress> = table({
  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html
  'AWS::EC2::Instance': { setting: 'NetworkInterfaces[].AssociatePublicIpAddress', otherwise: 'subnet' },
  'AWS::EC2::LaunchTemplate': {
    setting: 'LaunchTemplateData.NetworkInterfaces[].AssociatePublicIpAddress',
    otherwise: 'subnet',
  },
  'AWS::AutoScaling::LaunchConfiguration': { setting: 'AssociatePublicIpAddress', otherwise: 'subnet' },
  'AWS::EC2::NetworkInterface': { otherwise: 'private' },
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ecs-service-awsvpcconfiguration.html
  'AWS::ECS::Service': {
    setting: 'NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp',
    isPublic: oneOf('ENABLED'),
    otherwise: 'private',
  },
  // Without the property, the subnet group and the internet gateway decide:
  // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
  'AWS::RDS::DBInstance': { setting: 'PubliclyAccessible', otherwise: 'unknown' },
  'AWS::RDS::DBCluster': { setting: 'PubliclyAccessible', otherwise: 'unknown' },
  // https://docs.aws.amazon.com/redshift/latest/APIReference/API_CreateCluster.html
  'AWS::Redshift::Cluster': { setting: 'PubliclyAccessible', otherwise: 'private' },
  'AWS::RedshiftServerless::Workgroup': { setting: 'PubliclyAccessible', otherwise: 'private' },
  // https://docs.aws.amazon.com/neptune/latest/userguide/neptune-public-endpoints.html
  'AWS::Neptune::DBInstance': { setting: 'PubliclyAccessible', otherwise: 'private' },
  // https://docs.aws.amazon.com/amazon-mq/latest/api-reference/brokers.html
  'AWS::AmazonMQ::Broker': { setting: 'PubliclyAccessible', otherwise: 'private' },
  // https://docs.aws.amazon.com/msk/latest/developerguide/public-access.html
  'AWS::MSK::Cluster': {
    setting: 'BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type',
    isPublic: oneOf('SERVICE_PROVIDED_EIPS'),
    otherwise: 'private',
  },
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    setting: 'Scheme',
    isPublic: oneOf('internet-facing'),
    otherwise: 'public',
    unless: { property: 'IpAddressType', value: 'dualstack-without-public-ipv4' },
  },
  // https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_CreateLoadBalancer.html
  'AWS::ElasticLoadBalancing::LoadBalancer': {
    setting: 'Scheme',
    isPublic: oneOf('internet-facing'),
    otherwise: 'public',
  },
});

/** Whether it is known how resources of a type get public addresses. */
export function canHavePublicAddress({ type }: Resource): boolean {
  return ADDRESSES[type] !== undefined;
}

/**
 * The step of a path in which a resource has a public IPv4 address.
 * @param decides The resource whose properties decide: itself, what launches it, or its network interface.
 * @param subnet The subnet that it is in, if known.
 * @param own The network interface with the address, if the resource that decides has several.
 * @param isPrimary Whether the network interface is the primary one, which has the addresses of the resource.
 */
export function publicAddressStep(
  resource: Resource,
  decides: Resource,
  subnet: Resource | undefined,
  { own, isPrimary = YES }: { readonly own?: OwnInterface | undefined; readonly isPrimary?: Judgement } = {},
): PathStep | undefined {
  const address = ADDRESSES[decides.type];
  if (!address) return undefined;
  // The resource can have other network interfaces with addresses.
  const { displayName: name } = decides.type === 'AWS::EC2::NetworkInterface' ? decides : resource;
  const each = [...new Set([resource, decides])];
  const candidates = [
    ...flatMap(each, (one) => elasticIps(one, one.type === 'AWS::EC2::NetworkInterface' ? YES : isPrimary)),
    ...(own
      ? addressOf(own, ownAddress(decides, address, subnet, name), name)
      : ownAddress(decides, address, subnet, name)),
  ];
  const complete = all(...each.map((one) => judgement(one.related('elastic-ips').complete)));
  return addressStep(resource, candidates, complete, `whether ${name} has a public IP address`);
}

/** The Elastic IP addresses of a resource. Those of an instance are at its primary network interface. */
function elasticIps(resource: Resource, isPrimary: Judgement): readonly Candidate[] {
  return resource
    .related('elastic-ips')
    .edges.map(({ resource: assigning, when, via }) => ({
      text: connectionText('elastic-ips', resource, assigning),
      at: via,
      open: all(judgement(when), isPrimary),
    }));
}

/**
 * What gives one of several network interfaces an address: in scenarios without the others, what gives one to the
 * resource.
 */
function addressOf(own: OwnInterface, ofResource: readonly Candidate[], name: string): readonly Candidate[] {
  const { item, hasOthers } = own;
  if (always(hasOthers)) return [severalInterfaces(own, name)];
  const isAlone = all(judgement(item.when), not(hasOthers));
  const alone = ofResource.map((candidate) => ({ ...candidate, open: all(isAlone, candidate.open) }));
  return [...alone, severalInterfaces(own, name)];
}

/**
 * A launch with several network interfaces assigns no public addresses, and rejects a request for one.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceNetworkInterfaceSpecification.html
 */
function severalInterfaces({ item, hasOthers }: OwnInterface, name: string): Candidate {
  const at = item.get('AssociatePublicIpAddress');
  const open = all(hasOthers, isPresent(at), is(at, isTrue), UNKNOWABLE);
  const denied = `${name} has several network interfaces, so none of them gets a public IP address at launch`;
  return never(open) ? { text: denied, at, open, denied } : { text: `${name} can have a public IP address`, at, open };
}

/** The value of the property of a resource, or what applies if it is not set. */
function ownAddress(
  resource: Resource,
  { setting, isPublic = isTrue, otherwise, unless }: PublicAddress,
  subnet: Resource | undefined,
  name: string,
): readonly Candidate[] {
  const other = unless && resource.get(unless.property);
  const denies = other ? all(isPresent(other), is(other, oneOf(unless.value))) : NO;
  if (other && always(denies)) {
    const denied = `${name} has no public IPv4 address (${resource.nativePath(unless.property)} is ${unless.value})`;
    return [{ text: denied, at: other, open: NO, denied }];
  }
  const { values, complete } = settingsOf(resource, setting);
  const set = values.map(({ value, when }): Candidate => {
    const open = all(when, isPresent(value), is(value, isPublic));
    const [leaf = value] = leavesWhere(value, open);
    const path = resource.nativePath(setting!);
    const property = path.split('.').at(-1)!;
    // A value that is translated is not that of the document.
    const stated = (one: Value): string =>
      path === setting || /^(?:true|false)$/.test(shown(one)) ? `${property} is ${shown(one)}` : property;
    const text = `${name} has a public IP address (${stated(leaf)})`;
    const isOff = sometimes(all(when, isPresent(value), not(is(value, isPublic))));
    const denied = `${name} has no public IP address (${stated(value)})`;
    return { text, at: value, open, ...(isOff ? { denied } : {}) };
  });
  const isSet = among(any(...values.map(({ value, when }) => all(when, isPresent(value)))), complete);
  const byDefault = withoutSetting(resource, { setting, otherwise }, subnet, name);
  const found = [...set, { ...byDefault, open: all(not(isSet), byDefault.open) }];
  return found.map((candidate) => ({ ...candidate, open: all(candidate.open, not(denies)) }));
}

/** The values of a property, of the resource or of the items of a list. */
function settingsOf(
  resource: Resource,
  path: string | undefined,
): { readonly values: readonly { readonly value: Value; readonly when: Judgement }[]; readonly complete: Truth } {
  if (path === undefined) return { values: [], complete: TRUE };
  const [list, rest] = path.split('[].') as [string, string | undefined];
  if (rest === undefined) return { values: [{ value: resource.get(list), when: YES }], complete: TRUE };
  const { items, complete } = resource.each(list);
  return { values: items.map((item) => ({ value: item.get(rest), when: judgement(item.when) })), complete };
}

/** What applies where the property is not set. */
function withoutSetting(
  resource: Resource,
  { setting, otherwise }: Pick<PublicAddress, 'otherwise'> & { readonly setting: string | undefined },
  subnet: Resource | undefined,
  name: string,
): Candidate {
  const { self } = resource;
  switch (otherwise) {
    case 'public':
      return { text: `${name} has a public IP address by default`, at: self, open: YES };
    case 'private':
      return {
        text: `${name} has no public IP address`,
        at: self,
        open: NO,
        denied: `${name} has no public IP address`,
      };
    case 'unknown': {
      // Terraform sets what a document leaves out.
      const isOff = setting === undefined ? NO : is(resource.get(setting), isFalse);
      const denied = `${name} has no public IP address`;
      return always(isOff)
        ? { text: denied, at: self, open: NO, denied }
        : { text: `${name} can have a public IP address`, at: self, open: UNKNOWABLE };
    }
    case 'subnet': {
      // A default subnet, which no template creates, assigns public addresses.
      if (!subnet || subnet.external)
        return { text: `the subnet of ${name} can assign a public IP address`, at: self, open: UNKNOWABLE };
      const assigns = subnet.get('MapPublicIpOnLaunch');
      const text = `${subnet.displayName} assigns a public IP address to ${name}`;
      const open = is(assigns, isTrue);
      const denied = `neither ${name} nor ${subnet.displayName} assigns a public IP address`;
      return { text, at: assigns, open, ...(never(open) ? { denied } : {}) };
    }
  }
}
