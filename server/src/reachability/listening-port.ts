/** The ports at which resources accept connections. */
import type { Truth } from '../base/guard.ts';
import { table, type Table } from '../base/table.ts';
import {
  all,
  among,
  any,
  is,
  isAbsent,
  isPresent,
  judgement,
  NO,
  not,
  UNKNOWABLE,
  YES,
  type Judgement,
} from '../model/judgement.ts';
import { integer, text } from '../model/predicate.ts';
import { always, sometimes } from '../model/quantified.ts';
import type { Resource } from '../model/resource.ts';
import { allowsPort, onlyNumber, transportsOf, type Port } from './ports.ts';
import { coversAllOfTcp, coversPort, type GroupRule } from './security-group-rules.ts';
import { onlyPortOf } from './traffic.ts';

/** The ports of a type: the value of a property, with the default, or fixed ones. */
type Ports =
  | { readonly property: string; readonly byDefault: number }
  // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html (Port)
  | { readonly property: string; readonly byEngine: readonly (readonly [engine: RegExp, port: number])[] }
  | { readonly fixed: readonly number[] };

const RDS: Ports = {
  property: 'Port',
  byEngine: [
    [/^(?:aurora-)?mysql$|^aurora$|^mariadb$/, 3306],
    [/^(?:aurora-)?postgres(?:ql)?$/, 5432],
    [/^(?:custom-)?oracle-/, 1521],
    [/^(?:custom-)?sqlserver-/, 1433],
    [/^db2-/, 50_000],
  ],
};

const PORTS: Table<Ports> = table({
  'AWS::RDS::DBCluster': RDS,
  'AWS::RDS::DBInstance': RDS,
  // https://docs.aws.amazon.com/redshift/latest/APIReference/API_CreateCluster.html
  'AWS::Redshift::Cluster': { property: 'Port', byDefault: 5439 },
  'AWS::RedshiftServerless::Workgroup': { property: 'Port', byDefault: 5439 },
  // https://docs.aws.amazon.com/neptune/latest/apiref/API_CreateDBCluster.html
  'AWS::Neptune::DBInstance': { fixed: [8182] },
  // https://docs.aws.amazon.com/msk/latest/developerguide/port-info.html
  'AWS::MSK::Cluster': { fixed: [9194, 9196, 9198] },
  // https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/amazon-mq-basic-elements.html
  'AWS::AmazonMQ::Broker': { fixed: [443, 5671, 8162, 8883, 61_614, 61_617, 61_619] },
});

/** The listeners of a load balancer, with the scenarios in which there are no others; undefined for other types. */
function listenersOf(
  resource: Resource,
): { readonly ports: readonly (Port & { readonly when: Judgement })[]; readonly complete: Truth } | undefined {
  if (resource.type === 'AWS::ElasticLoadBalancingV2::LoadBalancer') {
    const { edges, complete } = resource.related('listeners');
    const ports = edges.map(({ resource: listener, when }) => ({
      value: listener.get('Port'),
      transports: transportsOf(listener.get('Protocol')),
      when: judgement(when),
    }));
    return { ports, complete };
  }
  if (resource.type === 'AWS::ElasticLoadBalancing::LoadBalancer') {
    const { items, complete } = resource.each('Listeners');
    const ports = items.map((item) => ({
      value: item.get('LoadBalancerPort'),
      transports: ['tcp' as const],
      when: judgement(item.when),
    }));
    return { ports, complete };
  }
  return undefined;
}

/** Whether a resource accepts connections at a TCP port. An instance or a container can accept them at any port. */
export function listensAt(resource: Resource, port: number): Judgement {
  const listeners = listenersOf(resource);
  if (listeners) {
    const { ports, complete } = listeners;
    const overTcp = ports.filter(({ transports }) => transports.includes('tcp'));
    return among(any(...overTcp.map(({ value, when }) => all(when, is(value, exactly(port))))), complete);
  }
  const ports = PORTS[resource.type];
  if (!ports) return YES;
  if ('fixed' in ports) return ports.fixed.includes(port) ? YES : port < LOWEST ? NO : UNKNOWABLE;
  // The port of an Aurora instance is that of its cluster.
  const clusters = resource.related('db-cluster').edges;
  if (clusters.length > 0)
    return any(...clusters.map((edge) => all(judgement(edge.when), atPort(edge.resource, ports, port))));
  return atPort(resource, ports, port);
}

/**
 * The lowest port to which a database can be set.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html (Port)
 */
const LOWEST = 1150;

/** The port at which a database accepts connections, if it is one known port. */
export function ownPortOf(resource: Resource): number | undefined {
  const ports = PORTS[resource.type];
  if (!ports || 'fixed' in ports) return undefined;
  const [cluster, ...others] = resource.related('db-cluster').edges;
  const owner = cluster && others.length === 0 ? cluster.resource : resource;
  const own = owner.get(ports.property);
  if (!always(isAbsent(own))) return onlyNumber(own);
  const defaults = 'byDefault' in ports ? [ports.byDefault] : ports.byEngine.map(([, port]) => port);
  return defaults.find((port) => always(defaultsTo(owner, ports, port)));
}

/** Whether a resource accepts connections at a port that a rule of a security group allows. */
export function acceptsTrafficOf(resource: Resource, rule: GroupRule): Judgement {
  const listeners = listenersOf(resource);
  if (listeners) {
    const { ports, complete } = listeners;
    return among(any(...ports.map((port) => all(port.when, allowsPort(rule, port)))), complete);
  }
  const port = onlyPortOf(rule.properties);
  if (port !== undefined) return listensAt(resource, port);
  return acceptsAmong(resource, rule);
}

/** Whether one of the ports of a rule is that of a database. */
function acceptsAmong(resource: Resource, rule: GroupRule): Judgement {
  const ports = PORTS[resource.type];
  if (!ports || 'fixed' in ports || always(coversAllOfTcp(rule))) return YES;
  const owners = resource.related('db-cluster').edges.map((edge) => edge.resource);
  const values = (owners.length > 0 ? owners : [resource]).map((owner) => owner.get(ports.property));
  const known = values.map((value) => all(isPresent(value), allowsPort(rule, { value, transports: ['tcp'] })));
  return any(...known, all(any(...values.map((value) => isAbsent(value))), UNKNOWABLE), anyDefault(resource, rule));
}

/** Whether the default port of a database is one of those of a rule. */
function anyDefault(resource: Resource, rule: GroupRule): Judgement {
  const ports = PORTS[resource.type];
  if (!ports || 'fixed' in ports) return YES;
  const defaults = 'byDefault' in ports ? [ports.byDefault] : ports.byEngine.map(([, port]) => port);
  return any(...defaults.map((port) => all(coversPort(rule, port), listensAt(resource, port))));
}

function atPort(resource: Resource, ports: Exclude<Ports, { readonly fixed: unknown }>, port: number): Judgement {
  const own = resource.get(ports.property);
  const isOwn = is(own, exactly(port));
  if (port < LOWEST) return sometimes(isOwn) ? isOwn : NO;
  return any(isOwn, all(isAbsent(own), defaultsTo(resource, ports, port)));
}

function defaultsTo(resource: Resource, ports: Exclude<Ports, { readonly fixed: unknown }>, port: number): Judgement {
  if ('byDefault' in ports) return ports.byDefault === port ? YES : UNKNOWABLE;
  const engine = resource.get('Engine');
  const isOfEngine = is(
    engine,
    text((name) => {
      const known = ports.byEngine.find(([pattern]) => pattern.test(name));
      return known && known[1] === port;
    }),
  );
  // A database from a snapshot, and a replica, have the engine and the port of another one.
  const isCopy = any(isAbsent(engine), ...ORIGINS.map((path) => isPresent(resource.get(path))));
  return any(all(isOfEngine, not(isCopy)), all(isCopy, UNKNOWABLE));
}

/**
 * The properties that name the source of a database.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceFromDBSnapshot.html
 */
const ORIGINS = [
  'DBSnapshotIdentifier',
  'SnapshotIdentifier',
  'SourceDBClusterIdentifier',
  'SourceDBInstanceIdentifier',
] as const;

const exactly = (port: number) => integer((number) => number === port);
