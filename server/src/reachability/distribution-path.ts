/** Paths through CloudFront distributions to their origins. */
import { flatMap } from '../base/flat-map.ts';
import { all, any, isPresent, judgement, UNKNOWABLE, YES, type Judgement } from '../model/judgement.ts';
import { leaves } from '../model/navigate.ts';
import { always, never } from '../model/quantified.ts';
import { connectionText } from '../model/relation.ts';
import type { Edge, Entry, Resource } from '../model/resource.ts';
import type { AccessPath, PathStep } from './access-path.ts';
import { allowsDistribution } from './cloudfront-grant.ts';
import { usesDefaultGroup } from './default-group.ts';
import { answersDistribution } from './function-url-origin.ts';
import { endpointPathsTo } from './endpoint.ts';
import { approachesTo } from './network-path.ts';
import { openingsOf } from './opening.ts';
import { originPort, type OriginPort } from './origin-port.ts';
import { canHavePublicAddress } from './public-address.ts';
import { namesSame } from './same-resource.ts';

/** The paths through CloudFront distributions that serve content of a resource. */
export function distributionPathsTo(target: Resource): readonly AccessPath[] {
  const throughVpc = vpcOriginPathsTo(target);
  const privately = new Set(throughVpc.map(({ distribution }) => distribution));
  const over = flatMap(
    target.related('origin-of').edges.filter(({ resource }) => !privately.has(resource)),
    (edge) => {
      const port = originPort(customOriginOf(edge), 'CustomOriginConfig');
      return pathsThrough(edge, target, { reached: isReached(target), before: [], port });
    },
  );
  return [...flatMap(throughVpc, ({ paths }) => paths), ...over];
}

/** The way from a distribution to an origin. */
interface Way {
  /** Whether the network leads to the origin. */
  readonly reached: Judgement;
  readonly before: readonly PathStep[];
  readonly port: OriginPort;
}

function pathsThrough(
  { resource: distribution, when, via }: Edge,
  target: Resource,
  { reached, before, port }: Way,
): readonly AccessPath[] {
  const headers = headersFor(distribution, via);
  const answering =
    target.type === 'AWS::Lambda::Url'
      ? answersDistribution(target, distribution, originsNamed(distribution, via))
      : answers(target, distribution, port);
  return endpointPathsTo(distribution).map((front): AccessPath => ({
    ...front,
    to: target,
    steps: [
      ...front.steps,
      ...before,
      {
        resource: target,
        text: never(reached)
          ? `${distribution.displayName} cannot reach ${target.displayName} over the internet`
          : never(answering)
            ? `${target.type === 'AWS::S3::Bucket' ? 'the policy of ' : ''}${target.displayName} does not allow ${distribution.displayName}`
            : connectionText('origin-of', target, distribution),
        at: via,
        open: all(judgement(distribution.when), judgement(when), reached, answering),
        missing: `whether ${target.displayName} allows requests from ${distribution.displayName}`,
        sends: { headers, isPort: port.is },
      },
    ],
  }));
}

/** The origins of a distribution that a value of them names. */
function originsNamed(distribution: Resource, via: Edge['via']): readonly Entry[] {
  return distribution
    .each('DistributionConfig.Origins')
    .items.filter((origin) =>
      ['DomainName', 'VpcOriginConfig.VpcOriginId'].some((path) => !never(namesSame(origin.get(path), via))),
    );
}

/** The origin of an edge, if it is one with ports. */
function customOriginOf({ resource, via }: Edge): Entry | undefined {
  const [only, ...others] = originsNamed(resource, via);
  return only && others.length === 0 && !never(isPresent(only.get('CustomOriginConfig'))) ? only : undefined;
}

/** The names of the headers that a distribution adds to the requests for an origin, in lower case. */
function headersFor(distribution: Resource, via: Edge['via']): readonly string[] {
  return flatMap(
    flatMap(
      flatMap(originsNamed(distribution, via), (origin) => origin.each('OriginCustomHeaders').items),
      (header) => leaves(header.get('HeaderName')),
    ),
    ({ value }) => (value.state === 'known' ? [value.raw.toLowerCase()] : []),
  );
}

/**
 * The paths through VPC origins, which reach load balancers and instances without public addresses.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html
 */
function vpcOriginPathsTo(
  target: Resource,
): readonly { readonly distribution: Resource; readonly paths: readonly AccessPath[] }[] {
  return flatMap(target.related('vpc-origins').edges, ({ resource: origin, when, via }) =>
    origin.related('vpc-origin-users').edges.map((edge) => {
      const step: PathStep = {
        resource: origin,
        text: `${origin.displayName} leads to ${target.displayName}`,
        at: via,
        open: all(judgement(origin.when), judgement(when)),
      };
      const port = originPort(origin, 'VpcOriginEndpointConfig');
      return { distribution: edge.resource, paths: pathsThrough(edge, target, { reached: YES, before: [step], port }) };
    }),
  );
}

/** Whether CloudFront can reach an origin over the internet: one in a network needs a public address and a route. */
function isReached(target: Resource): Judgement {
  if (!canHavePublicAddress(target)) return YES;
  return any(...approachesTo(target, 'IPv4').map(({ open }) => open));
}

/**
 * Whether an origin answers requests from a distribution: the policy of a bucket must allow it, and the security groups
 * of other origins. Whether a rule with an address range or a prefix list allows CloudFront is not known.
 */
function answers(target: Resource, distribution: Resource, port: OriginPort): Judgement {
  const { edges: groups, complete } = target.related('security-groups');
  if (target.type === 'AWS::S3::Bucket') return allowsDistribution(target, distribution);
  if (groups.length === 0) return always(complete) && !usesDefaultGroup(target) ? YES : UNKNOWABLE;
  const openings = flatMap(groups, (group) =>
    openingsOf(group.resource)
      .filter(({ end }) => end.family === 'IPv4')
      .map((opening) => all(judgement(group.when), opening.when, opening.end.open, port.allowed(opening.rule))),
  );
  return any(UNKNOWABLE, ...openings);
}
