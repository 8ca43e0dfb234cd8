/** Whether the IPv6 addresses of a network are public. Those that AWS provides are. */
import { flatMap } from '../base/flat-map.ts';
import { memoize } from '../base/memoize.ts';
import { all, any, isPresent, judgement, not, UNKNOWABLE } from '../model/judgement.ts';
import { never } from '../model/quantified.ts';
import type { Resource } from '../model/resource.ts';
import type { PathStep } from './access-path.ts';

/** The properties that name a pool of addresses, which can be private. */
const POOLS = ['Ipv6IpamPoolId', 'Ipv6Pool'] as const;

/**
 * The steps of a path to IPv6 addresses from a pool, which are unknown: private addresses are not advertised on the
 * internet.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcIpv6CidrBlockAssociation.html
 */
export function poolSteps(subnet: Resource): readonly PathStep[] {
  return flatMap(subnet.related('vpc').edges, ({ resource: vpc }) => poolStepsOf(vpc));
}

const poolStepsOf = memoize((vpc: Resource): readonly PathStep[] =>
  flatMap(
    vpc.related('vpc-members').edges.filter(({ resource: { type } }) => type === 'AWS::EC2::VPCCidrBlock'),
    ({ resource: block, when }) =>
      flatMap(POOLS, (path): readonly PathStep[] => {
        const at = block.get(path);
        const isPool = all(judgement(when), isPresent(at));
        if (never(isPool)) return [];
        return [
          {
            resource: vpc,
            text: `${vpc.displayName} has IPv6 addresses of a pool`,
            at,
            open: any(not(isPool), UNKNOWABLE),
            missing: `whether the IPv6 addresses of ${vpc.displayName} are public`,
          },
        ];
      }),
  ),
);
