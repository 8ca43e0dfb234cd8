/** Paths through accelerators of AWS Global Accelerator, which lead to endpoints in private subnets too. */
import { memoize } from '../base/memoize.ts';
import { all, any, exists, is, judgement, NO, not, UNKNOWABLE, type Judgement } from '../model/judgement.ts';
import { itemsOfProperty, member } from '../model/navigate.ts';
import { isFalse, isTrue, oneOf } from '../model/predicate.ts';
import { never } from '../model/quantified.ts';
import { connectionText } from '../model/relation.ts';
import type { Resource } from '../model/resource.ts';
import type { AccessPath } from './access-path.ts';
import { guardsOf } from './network-path.ts';
import { openingsOf } from './opening.ts';
import { isUnguarded } from './unguarded.ts';

/**
 * The paths through the endpoint groups of accelerators that contain a resource. Which of its ports the listeners of an
 * accelerator use is not evaluated.
 * https://docs.aws.amazon.com/global-accelerator/latest/dg/secure-vpc-connections.html
 */
export const acceleratorPathsTo = memoize((target: Resource): readonly AccessPath[] =>
  target.related('accelerators').edges.map(({ resource: group, when, via }): AccessPath => {
    const accepts = acceptsAnyone(target, group);
    const { displayName: name } = target;
    return {
      from: 'internet',
      to: target,
      steps: [
        {
          resource: group,
          text: connectionText('accelerators', target, group),
          at: via,
          open: all(judgement(when), judgement(group.when)),
          missing: `whether ${group.displayName} forwards traffic to ${name}`,
        },
        {
          resource: target,
          text: never(accepts)
            ? `the security groups of ${name} do not allow all addresses`
            : `${name} accepts the traffic of ${group.displayName}`,
          at: target.self,
          open: all(accepts, UNKNOWABLE),
          missing: `whether ${name} accepts the ports of the accelerator of ${group.displayName}`,
        },
      ],
      traffic: 'traffic of an accelerator',
      limits: [],
    };
  }),
);

/** Whether a security group allows clients on the internet, unless the accelerator can replace their addresses. */
function acceptsAnyone(target: Resource, group: Resource): Judgement {
  const related = guardsOf(target).map((guard) => guard.related('security-groups'));
  const opened = related.flatMap(({ edges }) =>
    edges.flatMap((edge) =>
      openingsOf(edge.resource).map(({ end, when }) => all(judgement(edge.when), end.open, when)),
    ),
  );
  const areKnown = related.length > 0 && related.every(({ complete }) => complete.yes.isAlways());
  const isClosed = areKnown && never(replacesAddresses(target, group));
  return any(isUnguarded(target), ...opened, isClosed ? NO : UNKNOWABLE);
}

/**
 * Whether an endpoint of a group can have the addresses of an accelerator as sources. Instances always have those of
 * clients, Application Load Balancers by default, and Network Load Balancers where the group says so.
 * https://docs.aws.amazon.com/global-accelerator/latest/dg/preserve-client-ip-address.html
 */
function replacesAddresses(target: Resource, group: Resource): Judgement {
  if (target.type !== 'AWS::ElasticLoadBalancingV2::LoadBalancer') return NO;
  const isNetwork = is(target.get('Type'), oneOf('network'));
  return exists(itemsOfProperty(group.get('EndpointConfigurations')), ({ value }) => {
    const preserves = member(value, 'ClientIPPreservationEnabled');
    return any(is(preserves, isFalse), all(isNetwork, not(is(preserves, isTrue))));
  });
}
