/** Whether there are paths to show for a resource. */
import { memoize2 } from '../base/memoize.ts';
import type { Resource, Stack } from '../model/resource.ts';
import { exposedMembersOf } from './exposed-member.ts';
import { pathsTo } from './paths.ts';

/** Whether known paths lead to a resource, or through a security group. */
export const hasPaths = memoize2(
  (resource: Resource, stack: Stack): boolean =>
    pathsTo(resource, stack).length > 0 ||
    (resource.type === 'AWS::EC2::SecurityGroup' &&
      ['IPv4' as const, 'IPv6' as const].some((family) => exposedMembersOf(resource, family).length > 0)),
);
