/**
 * Public access lists of buckets.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
 */
import { flatMap } from '../../base/flat-map.ts';
import { all, among, any, is, judgement, type Judgement } from '../../model/judgement.ts';
import { itemsOf } from '../../model/navigate.ts';
import { oneOf, text } from '../../model/predicate.ts';
import type { Resource } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';
import { BLOCK_PATHS, blockingOf, type Blocking } from './bucket-block.ts';

/** The canned ACLs that grant access to anyone, or to any AWS account, the broadest first. */
export const PUBLIC_ACL_NAMES = ['PublicReadWrite', 'PublicRead', 'AuthenticatedRead'] as const;

/** An ACL, or a grant of one in Terraform, and where it grants public access. */
export interface AclGrant {
  readonly at: Value;
  readonly from: 'internet' | 'other-accounts';
  readonly isPublic: Judgement;
}

/** The public grants of a bucket's ACL. The members of the group AuthenticatedUsers are all AWS accounts. */
export function aclGrantsOf(bucket: Pick<Resource, 'get'>): readonly AclGrant[] {
  return flatMap(itemsOf(bucket.get('AccessControl'), true).items, ({ value, when }) =>
    GROUPS.map(({ from, canned, group }) => ({
      at: value,
      from,
      isPublic: all(
        judgement(when),
        any(
          is(value, oneOf(...canned)),
          is(
            value,
            text((grant) => grant.includes(`/${group} `)),
          ),
        ),
      ),
    })),
  );
}

const GROUPS = [
  { from: 'internet', canned: ['PublicReadWrite', 'PublicRead'], group: 'AllUsers' },
  { from: 'other-accounts', canned: ['AuthenticatedRead'], group: 'AuthenticatedUsers' },
] as const;

/** The object ownership settings with which ACLs are enabled. */
export const ENABLING_ACLS = ['BucketOwnerPreferred', 'ObjectWriter'] as const;

/** Whether ACLs of a bucket are enabled. */
export function enablesAcls(bucket: Pick<Resource, 'each'>): Judgement {
  return isOwned(bucket, ENABLING_ACLS);
}

/** Whether ACLs of a bucket are disabled explicitly, as they are by default for buckets since April 2023. */
export function disablesAcls(bucket: Pick<Resource, 'each'>): Judgement {
  return isOwned(bucket, ['BucketOwnerEnforced']);
}

/** The paths of a bucket that decide whether an ACL has an effect. */
export const ACL_PATHS = ['OwnershipControls.Rules', ...BLOCK_PATHS] as const;

/**
 * Whether ACLs of a bucket and its objects have an effect.
 * @param account Whether Block Public Access is on for the account.
 */
export function aclEffectOf(bucket: Pick<Resource, 'get' | 'each'>, account: Judgement): Blocking {
  const { allows, blocks } = blockingOf(bucket, 'acl', account);
  return { allows: all(allows, enablesAcls(bucket)), blocks: any(blocks, disablesAcls(bucket)) };
}

/** The same for the ACL of an object, whose bucket can be unknown. */
export function objectAclEffectOf(object: Pick<Resource, 'related'>, account: Judgement): Blocking {
  const buckets = object
    .related('object-bucket')
    .edges.map(({ resource, when }) => ({ when: judgement(when), effect: aclEffectOf(resource, account) }));
  return {
    allows: any(...buckets.map(({ when, effect }) => all(when, effect.allows))),
    blocks: any(account, ...buckets.map(({ when, effect }) => all(when, effect.blocks))),
  };
}

function isOwned(bucket: Pick<Resource, 'each'>, settings: readonly string[]): Judgement {
  const rules = bucket.each('OwnershipControls.Rules');
  return among(
    any(...rules.items.map((rule) => all(judgement(rule.when), is(rule.get('ObjectOwnership'), oneOf(...settings))))),
    rules.complete,
  );
}
