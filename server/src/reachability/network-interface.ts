/**
 * The network interfaces of a resource that has several: each has security groups, a subnet and addresses of its own.
 */
import { memoize } from '../base/memoize.ts';
import { table, type Table } from '../base/table.ts';
import { all, any, exists, is, isAbsent, judgement, UNKNOWABLE, type Judgement } from '../model/judgement.ts';
import { itemsOfProperty } from '../model/navigate.ts';
import { integer } from '../model/predicate.ts';
import { never } from '../model/quantified.ts';
import type { Entry, Resource } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import { namesSame } from './same-resource.ts';

/** What a network interface has of its own. */
export type InterfaceProperty = 'security-groups' | 'subnets';

/** One of several network interfaces. */
export interface OwnInterface {
  readonly item: Entry;
  /** Whether the resource has another one. */
  readonly hasOthers: Judgement;
  /** Whether it has a relation to another resource, given the value that makes the relation. */
  readonly holds: (kind: InterfaceProperty, via: Value) => Judgement;
}

/** The lists of network interfaces, with the properties that relate their items. */
const LISTS: Table<Readonly<Record<InterfaceProperty, string>> & { readonly list: string }> = table({
  'AWS::EC2::Instance': { list: 'NetworkInterfaces', 'security-groups': 'GroupSet', subnets: 'SubnetId' },
  'AWS::EC2::LaunchTemplate': {
    list: 'LaunchTemplateData.NetworkInterfaces',
    'security-groups': 'Groups',
    subnets: 'SubnetId',
  },
});

/** The network interfaces of a resource, if it has several. */
export const ownInterfacesOf = memoize((resource: Resource): readonly OwnInterface[] => {
  const paths = LISTS[resource.type];
  const items = paths ? resource.each(paths.list).items : [];
  if (!paths || items.length < 2) return [];
  return items.map((item) => ({
    item,
    hasOthers: any(...items.filter((other) => other !== item).map(({ when }) => judgement(when))),
    holds: (kind, via) => {
      const own = names(kind, item.get(paths[kind]), via);
      const others = items.filter((other) => other !== item).map((other) => names(kind, other.get(paths[kind]), via));
      // What no interface names belongs to an unknown one.
      return never(any(own, ...others)) ? UNKNOWABLE : all(judgement(item.when), own);
    },
  }));
});

/** Whether a value names the same resource as another value; for security groups, an item of a list. */
function names(kind: InterfaceProperty, value: Value, via: Value): Judgement {
  return kind === 'subnets'
    ? namesSame(value, via)
    : exists(itemsOfProperty(value), (item) => namesSame(item.value, via));
}

/** Whether a network interface is the primary one of its instance, given the entry or resource that attaches it. */
export function isPrimary(attaching: Pick<Resource, 'get'>): Judgement {
  const index = attaching.get('DeviceIndex');
  return any(is(index, ZERO), all(isAbsent(index), UNKNOWABLE));
}

const ZERO = integer((index) => index === 0);
