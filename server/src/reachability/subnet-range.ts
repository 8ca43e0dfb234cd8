/** Whether ranges of addresses include subnets. */
import { flatMap } from '../base/flat-map.ts';
import { judge, type Judgement } from '../model/judgement.ts';
import { leaves } from '../model/navigate.ts';
import type { Resource } from '../model/resource.ts';
import type { Leaf, Value } from '../model/value.ts';
import { ipRange, isInRange } from '../policy/text/ip-range.ts';
import { placementsOf } from './internet-route.ts';

/** Whether a range of addresses includes those of the subnets of a resource. */
export function includesSubnets(range: Value, resource: Resource): Judgement {
  const subnets = placementsOf(resource).map(({ subnet }) => subnet);
  const vpcs = flatMap(subnets, (subnet) => subnet.related('vpc').edges.map(({ resource }) => resource));
  const blocks = subnets.map((subnet) => onlyRange(subnet.get('CidrBlock')));
  const isOwn = (leaf: Leaf): boolean =>
    leaf.state === 'reference' && [...subnets, ...vpcs].some(({ address }) => address === leaf.to);
  return judge(range, (leaf) => {
    if (leaf.state === 'absent') return leaf.open ? undefined : false;
    if (isOwn(leaf)) return true;
    const wide = leaf.state === 'known' ? ipRange(leaf.raw.trim()) : undefined;
    if (!wide || blocks.length === 0 || blocks.some((block) => !block)) return undefined;
    return blocks.every((block) => isInRange(block!, wide))
      ? true
      : blocks.some((block) => isInRange(block!, wide) || isInRange(wide, block!))
        ? undefined
        : false;
  });
}

function onlyRange(block: Value): ReturnType<typeof ipRange> {
  const [only, ...others] = leaves(block);
  return only?.value.state === 'known' && others.length === 0 ? ipRange(only.value.raw.trim()) : undefined;
}
