/** The ports at which resources accept connections. */
import { table, type Table } from '../base/table.ts';
import { all, among, any, is, isAbsent, judgement, UNKNOWABLE, YES, type Judgement } from '../model/judgement.ts';
import { integer, text } from '../model/predicate.ts';
import type { Resource } from '../model/resource.ts';

/** The ports of a type: the value of a property, with the default, or fixed ones. */
type Ports =
  | { readonly property: string; readonly byDefault: number }
  // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html (Port)
  | { readonly property: string; readonly byEngine: readonly (readonly [engine: RegExp, port: number])[] }
  | { readonly fixed: readonly number[] };

const RDS: Ports = {
  property: 'Port',
  byEngine: [
    [/^(?:aurora-)?mysql$|^mariadb$/, 3306],
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

/** Whether a resource accepts connections at a TCP port. An instance or a container can accept them at any port. */
export function listensAt(resource: Resource, port: number): Judgement {
  if (resource.type === 'AWS::ElasticLoadBalancingV2::LoadBalancer') {
    const { edges, complete } = resource.related('listeners');
    return among(
      any(
        ...edges.map(({ resource: listener, when }) => all(judgement(when), is(listener.get('Port'), exactly(port)))),
      ),
      complete,
    );
  }
  if (resource.type === 'AWS::ElasticLoadBalancing::LoadBalancer') {
    const { items, complete } = resource.each('Listeners');
    return among(
      any(...items.map((one) => all(judgement(one.when), is(one.get('LoadBalancerPort'), exactly(port))))),
      complete,
    );
  }
  const ports = PORTS[resource.type];
  if (!ports) return YES;
  if ('fixed' in ports) return ports.fixed.includes(port) ? YES : UNKNOWABLE;
  // The port of an Aurora instance is that of its cluster.
  const clusters = resource.related('db-cluster').edges;
  if (clusters.length > 0)
    return any(...clusters.map((edge) => all(judgement(edge.when), atPort(edge.resource, ports, port))));
  return atPort(resource, ports, port);
}

function atPort(resource: Resource, ports: Exclude<Ports, { readonly fixed: unknown }>, port: number): Judgement {
  const own = resource.get(ports.property);
  return any(is(own, exactly(port)), all(isAbsent(own), defaultsTo(resource, ports, port)));
}

function defaultsTo(resource: Resource, ports: Exclude<Ports, { readonly fixed: unknown }>, port: number): Judgement {
  if ('byDefault' in ports) return ports.byDefault === port ? YES : UNKNOWABLE;
  return is(
    resource.get('Engine'),
    text((engine) => {
      const known = ports.byEngine.find(([name]) => name.test(engine));
      return known && known[1] === port;
    }),
  );
}

const exactly = (port: number) => integer((number) => number === port);
