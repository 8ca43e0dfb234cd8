/** VPC Block Public Access. */
import { all, any, is, judgement, not, UNKNOWABLE } from '../model/judgement.ts';
import { oneOf } from '../model/predicate.ts';
import { resourcesOfTypes } from '../model/resources-of-type.ts';
import type { Stack } from '../model/resource.ts';
import type { PathStep } from './access-path.ts';

/**
 * The step that VPC Block Public Access adds to all paths into VPCs, if these documents configure it. Whether
 * an exclusion applies to the VPC or subnet of a path is not evaluated.
 * https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html
 */
export function blockedGateways(stack: Stack): PathStep | undefined {
  const [options] = resourcesOfTypes(stack, ['AWS::EC2::VPCBlockPublicAccessOptions']);
  if (!options) return undefined;
  const exclusions = resourcesOfTypes(stack, ['AWS::EC2::VPCBlockPublicAccessExclusion']);
  const mode = options.get('InternetGatewayBlockMode');
  const blocks = all(judgement(options.when), is(mode, oneOf('block-bidirectional', 'block-ingress')));
  const excluded = any(...exclusions.map(({ when }) => all(judgement(when), UNKNOWABLE)));
  return {
    resource: options,
    text: 'VPC Block Public Access blocks inbound traffic from the internet',
    at: mode,
    open: any(not(blocks), excluded),
    missing: 'whether VPC Block Public Access is on for the VPC',
  };
}
