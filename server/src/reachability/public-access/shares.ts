/**
 * Public access to images, snapshots and documents that are shared with all accounts, and to endpoints that are public
 * by a setting.
 */
import { flatMap } from '../../base/flat-map.ts';
import { TRUE } from '../../base/guard.ts';
import { table, type Table } from '../../base/table.ts';
import {
  all,
  any,
  is,
  isAbsent,
  isPresent,
  judgement,
  not,
  UNKNOWABLE,
  type Judgement,
} from '../../model/judgement.ts';
import { isEverywhere } from '../../model/internet.ts';
import { itemsOf, itemsOfProperty } from '../../model/navigate.ts';
import { isFalse, oneOf, oneOfIgnoringCase } from '../../model/predicate.ts';
import { never } from '../../model/quantified.ts';
import type { Properties, Resource } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';
import type { Outside } from './outside.ts';
import { objectAclEffectOf } from '../../policy/principal/bucket-acl.ts';
import {
  accessThrough,
  effective,
  type AccountSettings,
  type PublicAccess,
  type PublicCause,
} from './public-access.ts';

/** A list or a value that shares a resource with all accounts. */
interface Share {
  /** Its path; `[]` follows a list of objects. */
  readonly path: string;
  readonly from: Outside;
  /** The values that do, in lower case. */
  readonly anyone: readonly string[];
  /** What anyone can do then: `launch the AMI`. */
  readonly action: string;
}

const SNAPSHOT: Share = {
  path: 'shared_accounts',
  from: 'other-accounts',
  anyone: ['all'],
  action: 'restore the snapshot',
};

/** The pages are those of the rules about these settings. */
const SHARES: Table<Share> = table({
  'AWS::CodeBuild::Project': {
    path: 'Visibility',
    from: 'internet',
    anyone: ['public_read'],
    action: 'read its build logs and artifacts',
  },
  'AWS::EC2::VPCEndpointServicePermissions': {
    path: 'AllowedPrincipals',
    from: 'other-accounts',
    anyone: ['*'],
    action: 'request a connection to the endpoint service',
  },
  'AWS::ImageBuilder::DistributionConfiguration': {
    path: 'Distributions[].AmiDistributionConfiguration.LaunchPermissionConfiguration.UserGroups',
    from: 'other-accounts',
    anyone: ['all'],
    action: 'launch its AMIs',
  },
  aws_ami_launch_permission: { path: 'group', from: 'other-accounts', anyone: ['all'], action: 'launch the AMI' },
  aws_db_cluster_snapshot: SNAPSHOT,
  aws_db_snapshot: SNAPSHOT,
  aws_db_snapshot_copy: SNAPSHOT,
  aws_rds_cluster_snapshot_copy: SNAPSHOT,
  aws_ssm_document: {
    path: 'permissions.account_ids',
    from: 'other-accounts',
    anyone: ['all'],
    action: 'read and run the document',
  },
});

/** The evaluations of shares, by type. */
export const BY_SHARE: Table<(resource: Resource) => PublicAccess> = table(
  Object.fromEntries(
    Object.entries(SHARES).map(([type, share]) => [type, (resource) => accessByShare(resource, share)]),
  ),
);

function accessByShare(resource: Resource, { path, from, anyone, action }: Share): PublicAccess {
  const who = from === 'internet' ? 'anyone' : 'any AWS account';
  const causes = sharedWith(resource, path)
    .map(({ at, when }): PublicCause => ({
      resource,
      text: `${resource.displayName} allows ${who} to ${action}`,
      at,
      from,
      open: all(when, is(at, oneOfIgnoringCase(...anyone))),
    }))
    .filter(({ open }) => !never(open));
  return accessThrough(causes, TRUE);
}

/** A value that a resource is shared with. */
export interface SharedWith {
  readonly at: Value;
  readonly when: Judgement;
}

/** The values at a path, of which one list of objects can be on the way; a single value counts as a list of one. */
export function sharedWith(resource: Properties, path: string): readonly SharedWith[] {
  const [list, rest] = path.split('[].');
  if (rest !== undefined)
    return flatMap(resource.each(list!).items, (item) =>
      sharedWith(item, rest).map(({ at, when }) => ({ at, when: all(judgement(item.when), when) })),
    );
  const value = resource.get(path);
  return [...itemsOfProperty(value).items, ...itemsOf(value, true).items]
    .filter((item, index, every) => every.findIndex((other) => other.value === item.value) === index)
    .map((item) => ({ at: item.value, when: judgement(item.when) }));
}

const ENDPOINT = 'ResourcesVpcConfig.EndpointPublicAccess';
const CIDRS = 'ResourcesVpcConfig.PublicAccessCidrs';

/**
 * The Kubernetes API server of a cluster, whose endpoint is public by default. Kubernetes authenticates requests.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-eks-cluster-resourcesvpcconfig.html
 */
export function clusterAccess(cluster: Resource): PublicAccess {
  const endpoint = cluster.get(ENDPOINT);
  const cidrs = cluster.get(CIDRS);
  const local = all(isPresent(cluster.get('OutpostConfig')), UNKNOWABLE);
  const isPublic = all(not(is(endpoint, isFalse)), not(local));
  const ranges = itemsOfProperty(cidrs).items;
  const isOpen = any(isAbsent(cidrs), ...ranges.map(({ value, when }) => all(judgement(when), isEverywhere(value))));
  const cause: PublicCause = {
    resource: cluster,
    text: `the Kubernetes API endpoint of ${cluster.displayName} is public`,
    at: endpoint,
    from: 'internet',
    open: all(isPublic, isOpen),
  };
  return accessThrough(never(cause.open) ? [] : [cause], TRUE);
}

/**
 * Anyone can pull the images of a public repository, which is what it is for.
 * https://docs.aws.amazon.com/AmazonECR/latest/public/public-repositories.html
 */
export function galleryAccess(repository: Resource): PublicAccess {
  const text = `anyone can pull the images of ${repository.displayName}`;
  const open = judgement(repository.when);
  return accessThrough([{ resource: repository, text, at: repository.self, from: 'internet', open }], TRUE);
}

/** Whether an object of Terraform has a canned ACL that is public. The bucket can block it. */
export function objectAccess(object: Resource, { s3Block }: AccountSettings): PublicAccess {
  const acl = object.get('acl');
  const isPublic = is(acl, oneOf('public-read', 'public-read-write'));
  const open = effective(isPublic, objectAclEffectOf(object, s3Block));
  const text = `the ACL of ${object.displayName} allows anyone to read it`;
  const missing = `whether the bucket of ${object.displayName} allows public ACLs`;
  const cause: PublicCause = { resource: object, text, at: acl, from: 'internet', open, missing };
  return accessThrough(never(isPublic) ? [] : [cause], TRUE);
}
