/** Load balancers without security groups, which accept all traffic. */
import { memoize } from '../base/memoize.ts';
import { all, among, any, is, judgement, NO, not, type Judgement } from '../model/judgement.ts';
import { oneOf } from '../model/predicate.ts';
import { always } from '../model/quantified.ts';
import type { Resource } from '../model/resource.ts';
import type { PathStep } from './access-path.ts';

const NETWORK = oneOf('network');

/**
 * Whether a load balancer accepts all traffic. A Network Load Balancer can do without security groups, while others
 * then have the default one of the VPC.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
 */
export const isUnguarded = memoize((balancer: Resource): Judgement => {
  if (balancer.type !== 'AWS::ElasticLoadBalancingV2::LoadBalancer') return NO;
  const { edges, complete } = balancer.related('security-groups');
  const hasGroups = among(any(...edges.map(({ when }) => judgement(when))), complete);
  return all(is(balancer.get('Type'), NETWORK), not(hasGroups));
});

/** The step of a load balancer that accepts all traffic; none if it certainly does. */
export function unguardedSteps(balancer: Resource): readonly PathStep[] {
  const open = isUnguarded(balancer);
  if (always(open)) return [];
  const { displayName: name } = balancer;
  return [
    {
      resource: balancer,
      text: `${name} is a Network Load Balancer without security groups`,
      at: balancer.get('SecurityGroups'),
      open,
      missing: `whether the security groups of ${name} allow traffic from the internet`,
    },
  ];
}
