/** Whether targets of Network Load Balancers receive the addresses of clients. */
import { all, any, exists, is, isAbsent, not, NO, UNKNOWABLE, type Judgement } from '../model/judgement.ts';
import { itemsOfProperty, member } from '../model/navigate.ts';
import { isFalse, isTrue, oneOf, oneOfIgnoringCase } from '../model/predicate.ts';
import type { Resource } from '../model/resource.ts';

const ATTRIBUTE = oneOf('preserve_client_ip.enabled');

/** The protocols with which addresses are always preserved. */
const ALWAYS = oneOfIgnoringCase('UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC');

/**
 * Whether a target sees the IPv4 addresses of clients: by default as an instance, and if the target group enables it.
 * To clients with IPv6 addresses, a load balancer with both can use its own, so that it is not known there.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation
 */
export function preservesClients(balancer: Resource, group: Resource): Judgement {
  if (balancer.type !== 'AWS::ElasticLoadBalancingV2::LoadBalancer') return NO;
  const attributes = itemsOfProperty(group.get('TargetGroupAttributes'));
  const attributeIs = (value: typeof isTrue): Judgement =>
    exists(attributes, (item) => all(is(member(item.value, 'Key'), ATTRIBUTE), is(member(item.value, 'Value'), value)));
  const type = group.get('TargetType');
  const isInstance = any(isAbsent(type), is(type, oneOf('instance')));
  const isAddress = is(type, oneOf('ip'));
  const addresses = balancer.get('IpAddressType');
  return all(
    is(balancer.get('Type'), oneOf('network')),
    any(isAbsent(addresses), is(addresses, oneOf('ipv4')), UNKNOWABLE),
    any(
      all(any(isInstance, isAddress), is(group.get('Protocol'), ALWAYS)),
      all(isInstance, not(attributeIs(isFalse))),
      all(isAddress, attributeIs(isTrue)),
      // What a load balancer as a target sees is not documented.
      all(is(type, oneOf('alb')), UNKNOWABLE),
    ),
  );
}
