/** All known paths from outside to a resource. */
import { memoize2 } from '../base/memoize.ts';
import { all, judgement } from '../model/judgement.ts';
import type { Resource, Stack } from '../model/resource.ts';
import { isOpen, type AccessPath, type PathStep } from './access-path.ts';
import { acceleratorPathsTo } from './accelerator-path.ts';
import { balancedPathsTo, balancerPathsTo } from './balanced-path.ts';
import { blockedGateways } from './blocked-gateways.ts';
import { collectionPathsTo } from './collection-path.ts';
import { defaultGroupPathsTo } from './default-group.ts';
import { endpointPathsTo } from './endpoint.ts';
import { grantedPathsTo } from './granted-path.ts';
import { byRank } from './most-open.ts';
import { requestPathsTo } from './request-path.ts';

/** The maximum number of paths to a resource that are returned. */
const MOST_PATHS = 32;

/**
 * The known paths from outside to a resource, the open ones first, then those that are not known to be open, then those
 * that a step stops.
 */
export const pathsTo = memoize2((resource: Resource, stack: Stack): readonly AccessPath[] => {
  const paths = [
    ...balancerPathsTo(resource),
    ...balancedPathsTo(resource),
    ...endpointPathsTo(resource),
    ...requestPathsTo(resource),
    ...collectionPathsTo(resource, stack),
    ...acceleratorPathsTo(resource),
    ...defaultGroupPathsTo(resource),
    ...grantedPathsTo(resource, stack),
  ];
  const blocked = blockedGateways(stack);
  const known = paths.map((path) =>
    blocked && path.steps.some(isBlockable) ? { ...path, steps: [blocked, ...path.steps] } : path,
  );
  return byRank(known, (path) => all(judgement(resource.when), isOpen(path))).slice(0, MOST_PATHS);
});

function isBlockable({ resource: { type } }: PathStep): boolean {
  return BLOCKABLE.has(type);
}

/**
 * The ways into a VPC that VPC Block Public Access blocks.
 * https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa-basics.html
 */
const BLOCKABLE: ReadonlySet<string> = new Set([
  'AWS::CloudFront::VpcOrigin',
  'AWS::EC2::InternetGateway',
  'AWS::GlobalAccelerator::EndpointGroup',
]);
