/** Integrations of APIs with load balancers and services in VPCs. */
import { flatMap } from '../base/flat-map.ts';
import { all, any, is, isPresent, judgement, UNKNOWABLE, type Judgement } from '../model/judgement.ts';
import { oneOf } from '../model/predicate.ts';
import { never } from '../model/quantified.ts';
import { connectionText } from '../model/relation.ts';
import type { Edge, Resource } from '../model/resource.ts';
import type { PathStep } from './access-path.ts';
import { approachesTo } from './network-path.ts';
import { allowsPort, onlyNumber, transportsOf } from './ports.ts';
import { namesSame } from './same-resource.ts';
import type { GroupRule } from './security-group-rules.ts';
import { serviceIntegrationsOf } from './service-integration.ts';
import { guardSteps, type TargetPort } from './target-guard.ts';

/** A method or an integration that forwards requests to a target, and the steps from it to the target. */
export interface Integrating {
  readonly part: Resource;
  readonly steps: readonly PathStep[];
}

const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';

/** The methods and integrations that forward requests to a resource. */
export function integratingParts(target: Resource): readonly Integrating[] {
  if (target.type === LOAD_BALANCER) return balancerParts(target);
  const { edges } = target.related('integrations');
  const known = new Set(edges.map((edge) => edge.resource));
  // A request can name a resource in its URI and in its content.
  const services = serviceIntegrationsOf(target).filter((edge) => !known.has(edge.resource));
  return [
    ...[...edges, ...services].map((edge) => ({ part: edge.resource, steps: [forwardingStep(edge, target, target)] })),
    ...registeredParts(target),
  ];
}

function forwardingStep({ resource: part, when, via }: Edge, to: Resource, about: Resource): PathStep {
  const text = `${part.displayName} forwards requests to ${to.displayName}`;
  return { resource: about, text, at: via, open: judgement(when) };
}

/**
 * The parts that forward requests to a load balancer: by its name, by a listener, or through a VPC link that leads to
 * it.
 */
function balancerParts(balancer: Resource): readonly Integrating[] {
  const listeners = balancer.related('listeners').edges.map(({ resource }) => resource);
  const named = [
    ...balancer.related('integrations').edges.map((edge) => ({ edge, to: balancer, listeners })),
    ...flatMap(listeners, (listener) =>
      listener.related('integrations').edges.map((edge) => ({ edge, to: listener, listeners: [listener] })),
    ),
  ].map(({ edge, to, listeners: reached }) => ({
    part: edge.resource,
    steps: [forwardingStep(edge, to, to), ...connectionSteps(edge.resource, balancer, portOf(reached))],
  }));
  const known = new Set(named.map(({ part }) => part));
  const linked = flatMap(balancer.related('vpc-links').edges, (link) =>
    link.resource
      .related('vpc-link-users')
      .edges.filter(({ resource }) => !known.has(resource))
      .map(({ resource: part }) => ({ part, steps: connectionSteps(part, balancer, portOf(listeners)) })),
  );
  return [...named, ...linked];
}

/** The ports of some listeners. */
function portOf(listeners: readonly Resource[]): TargetPort {
  const [only, ...others] = listeners;
  const number = only && others.length === 0 ? onlyNumber(only.get('Port')) : undefined;
  return {
    text: number === undefined ? undefined : `port ${number}`,
    allowed: (rule) => (only ? any(...listeners.map((listener) => allowsListener(rule, listener))) : UNKNOWABLE),
  };
}

function allowsListener(rule: GroupRule, listener: Resource): Judgement {
  return allowsPort(rule, { value: listener.get('Port'), transports: transportsOf(listener.get('Protocol')) });
}

/** The steps from a method or an integration into the network of a target. */
function connectionSteps(part: Resource, target: Resource, port: TargetPort): readonly PathStep[] {
  const type = part.get(part.type === 'AWS::ApiGateway::Method' ? 'Integration.ConnectionType' : 'ConnectionType');
  const isPrivate = all(isPresent(type), is(type, oneOf('VPC_LINK')));
  if (never(isPrivate)) return [publicStep(part, target)];
  const [link] = part.related('vpc-link').edges;
  const { displayName } = part;
  if (!link) {
    const text = `the VPC link of ${displayName} is not in these documents`;
    const missing = `whether the VPC link of ${displayName} leads to ${target.displayName}`;
    return [{ resource: target, text, at: type, open: all(isPrivate, UNKNOWABLE), missing }];
  }
  const text = connectionText('vpc-link', part, link.resource);
  const missing = `whether ${displayName} uses a VPC link`;
  const step: PathStep = {
    resource: link.resource,
    text,
    at: link.via,
    open: all(isPrivate, judgement(link.when), judgement(link.resource.when)),
    missing,
  };
  return [step, ...leadingSteps(link.resource, target), ...guardsBehind(link.resource, target, port)];
}

/** A VPC link of a REST API names its load balancer; others lead into the subnets of a VPC. */
function leadingSteps(link: Resource, target: Resource): readonly PathStep[] {
  if (link.type !== 'AWS::ApiGateway::VpcLink') return [];
  const { edges, complete } = link.related('vpc-link-targets');
  const edge = edges.find(({ resource }) => resource === target);
  const open = edge ? judgement(edge.when) : judgement({ yes: complete.no, no: complete.yes });
  const verb = edge ? 'leads' : never(open) ? 'does not lead' : 'can lead';
  const text = `${link.displayName} ${verb} to ${target.displayName}`;
  const missing = `whether ${link.displayName} leads to ${target.displayName}`;
  return [{ resource: target, text, at: edge?.via ?? link.self, open, missing }];
}

/**
 * The security groups behind a VPC link. A Network Load Balancer can leave them out for traffic through PrivateLink,
 * which the VPC links of REST APIs use.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
 */
function guardsBehind(link: Resource, target: Resource, port: TargetPort): readonly PathStep[] {
  const steps = guardSteps(target, link, port);
  if (link.type !== 'AWS::ApiGateway::VpcLink') return steps;
  const enforced = target.get('EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic');
  const isOff = all(isPresent(enforced), is(enforced, oneOf('off')));
  return steps.map((step) => ({ ...step, open: any(isOff, step.open) }));
}

/** The step of an integration that sends its requests over the internet. */
function publicStep(part: Resource, target: Resource): PathStep {
  const approaches = approachesTo(target, 'IPv4');
  const open = any(...approaches.map((one) => all(one.open, UNKNOWABLE)));
  const verb = never(open) ? 'cannot reach' : 'can reach';
  return {
    resource: target,
    text: `${part.displayName} ${verb} ${target.displayName} over the internet`,
    at: target.self,
    open,
    missing: `whether ${target.displayName} allows requests from ${part.displayName}`,
  };
}

/** The integrations with a service that is registered in AWS Cloud Map. */
function registeredParts(service: Resource): readonly Integrating[] {
  return flatMap(service.related('service-registries').edges, (registry) =>
    registry.resource
      .related('integrations')
      .edges.map((edge) => ({
        part: edge.resource,
        steps: [
          forwardingStep(edge, registry.resource, registry.resource),
          {
            resource: service,
            text: connectionText('service-registries', service, registry.resource),
            at: registry.via,
            open: judgement(registry.when),
          },
          ...connectionSteps(edge.resource, service, registeredPort(service, registry)),
        ],
      })),
  );
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceRegistry.html */
function registeredPort(service: Resource, { via }: Edge): TargetPort {
  const ports = flatMap(
    service.each('ServiceRegistries').items.filter((item) => !never(namesSame(item.get('RegistryArn'), via))),
    (item) => ['ContainerPort', 'Port'].map((path) => item.get(path)),
  ).filter((port) => !never(isPresent(port)));
  const number = ports.length === 1 ? onlyNumber(ports[0]!) : undefined;
  return {
    text: number === undefined ? undefined : `port ${number}`,
    allowed: (rule) =>
      any(
        ...(ports.length === 0 ? [UNKNOWABLE] : []),
        ...ports.map((value) => allowsPort(rule, { value, transports: ['tcp'] })),
      ),
  };
}
