/** Paths through accelerators of AWS Global Accelerator, which lead to endpoints in private subnets too. */
import { memoize } from '../base/memoize.ts';
import { all, any, judgement, NO, UNKNOWABLE, type Judgement } from '../model/judgement.ts';
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
    const accepts = acceptsAnyone(target);
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

/** Whether a security group allows clients on the internet, whose addresses an accelerator preserves. */
function acceptsAnyone(target: Resource): Judgement {
  const related = guardsOf(target).map((guard) => guard.related('security-groups'));
  const opened = related.flatMap(({ edges }) =>
    edges.flatMap((edge) =>
      openingsOf(edge.resource).map(({ end, when }) => all(judgement(edge.when), end.open, when)),
    ),
  );
  const areKnown = related.length > 0 && related.every(({ complete }) => complete.yes.isAlways());
  return any(isUnguarded(target), ...opened, areKnown ? NO : UNKNOWABLE);
}
