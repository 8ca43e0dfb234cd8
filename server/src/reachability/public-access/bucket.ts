/**
 * Public access to buckets and their access points.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
import { flatMap } from '../../base/flat-map.ts';
import {
  all,
  among,
  any,
  is,
  isAbsent,
  isPresent,
  judgement,
  NO,
  not,
  UNKNOWABLE,
  YES,
  type Judgement,
} from '../../model/judgement.ts';
import { isFalse, isTrue } from '../../model/predicate.ts';
import { never } from '../../model/quantified.ts';
import type { Resource } from '../../model/resource.ts';
import { shown } from '../../model/shown.ts';
import { isAllow } from '../../policy/condition/in-force.ts';
import { aclEffectOf, aclGrantsOf } from '../../policy/principal/bucket-acl.ts';
import {
  BLOCK,
  BLOCK_SETTINGS,
  blockingOf,
  blockSettings,
  type Blocking,
} from '../../policy/principal/bucket-block.ts';
import { namesAnyPrincipal } from '../../policy/principal/principal.ts';
import { policyCauses, WHO } from './by-policy.ts';
import { resourcePoliciesOf } from './policy-holders.ts';
import {
  accessThrough,
  effective,
  type AccountSettings,
  type PublicAccess,
  type PublicBlock,
  type PublicCause,
} from './public-access.ts';

/** Public access to a bucket by its ACL and its policies. */
export function bucketAccess(bucket: Resource, { s3Block }: AccountSettings): PublicAccess {
  const byPolicy = policyCauses(bucket);
  const policy = blockingOf(bucket, 'policy', s3Block);
  const acl = aclEffectOf(bucket, s3Block);
  const causes = [
    ...aclGrantsOf(bucket)
      .filter(({ isPublic }) => !never(isPublic))
      .map(({ at, from, isPublic }): PublicCause => ({
        resource: bucket,
        text: `the ACL ${shown(at)} of ${bucket.displayName} allows access to ${WHO[from]}`,
        at,
        from,
        open: effective(isPublic, acl),
        missing: unsettled(bucket),
      })),
    ...byPolicy.causes.map((cause) => ({ ...cause, open: effective(cause.open, policy), missing: unsettled(bucket) })),
  ];
  const access = accessThrough(causes, byPolicy.complete, blocksOf(bucket));
  // A bucket that blocks both ways is not public, whatever its policies are.
  const closed = all(acl.blocks, policy.blocks);
  return { ...access, open: all(access.open, not(closed)) };
}

/**
 * Public access through an access point, for which S3 also applies the settings of the bucket and the account. One for
 * a VPC rejects requests from elsewhere.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-vpc.html
 */
export function accessPointAccess(point: Resource, { s3Block }: AccountSettings): PublicAccess {
  const { causes, complete, blocks } = policyCauses(point);
  const own = blockSettings(point, 'policy');
  const internal = isPresent(point.get('VpcConfiguration'));
  const { edges, complete: knowsBucket } = point.related('accessed-bucket');
  const ofBucket = edges.map(({ resource, when }) => ({ bucket: blockingOf(resource, 'policy', s3Block), when }));
  const allowed = among(any(...ofBucket.map(({ bucket, when }) => all(judgement(when), bucket.allows))), knowsBucket);
  const blocked = any(s3Block, ...ofBucket.map(({ bucket, when }) => all(judgement(when), bucket.blocks)));
  const both: Blocking = {
    // A bucket outside of the documents can have any settings.
    allows: all(
      ...own.map((value) => is(value, isFalse)),
      any(allowed, edges.length === 0 ? UNKNOWABLE : NO),
      not(internal),
    ),
    // All settings are on for an access point without the property.
    blocks: any(blocked, internal, isAbsent(point.get(BLOCK)), ...own.map((value) => is(value, isTrue))),
  };
  const vpc: readonly PublicBlock[] = never(internal)
    ? []
    : [
        {
          text: `${point.displayName} accepts requests from a VPC only`,
          at: point.get('VpcConfiguration'),
          blocks: internal,
        },
      ];
  const delegated = any(
    ...(edges.length === 0 ? [UNKNOWABLE] : []),
    ...edges.map(({ resource, when }) => all(judgement(when), allowsThroughPoints(resource))),
  );
  return accessThrough(
    causes.map((cause) => ({ ...cause, open: all(effective(cause.open, both), delegated), missing: unsettled(point) })),
    complete,
    [...blocks, ...vpc, ...blocksOf(point), ...flatMap(edges, ({ resource }) => blocksOf(resource))],
  );
}

/**
 * Whether the policy of a bucket allows requests from anyone, alone or through its access points. An access point
 * grants anonymous access only where its bucket does so too.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
 */
function allowsThroughPoints(bucket: Resource): Judgement {
  const { policies, complete } = resourcePoliciesOf(bucket);
  const allowed = flatMap(policies, ({ policy, when }) =>
    policy.statements.map((statement) =>
      all(
        ...[when, policy.when, statement.when].map(judgement),
        isAllow(statement),
        namesAnyPrincipal(statement.principals),
        statement.conditions.every(({ key }) => OF_POINTS.test(key)) ? YES : UNKNOWABLE,
      ),
    ),
  );
  return among(any(...allowed), complete);
}

/** The conditions with which a bucket leaves access control to its access points. */
const OF_POINTS = /^s3:(?:dataaccesspoint(?:account|arn)|accesspointnetworkorigin)$/i;

/** Buckets created since April 2023 block public access and have ACLs disabled, unless their settings change that. */
function unsettled({ displayName }: Resource): string {
  return `whether Block Public Access is on for ${displayName}`;
}

/** The settings of Block Public Access that are on. */
function blocksOf(resource: Resource): readonly PublicBlock[] {
  return flatMap(BLOCK_SETTINGS, (setting) => {
    const at = resource.get(`${BLOCK}.${setting}`);
    const blocks: Judgement = is(at, isTrue);
    const name = resource.nativePath(`${BLOCK}.${setting}`).split('.').at(-1)!;
    return never(blocks) ? [] : [{ text: `${name} of ${resource.displayName} is true`, at, blocks }];
  });
}
