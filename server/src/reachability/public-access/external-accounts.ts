/** Other AWS accounts with access to a resource: by policies, permissions and shares that name them. */
import { flatMap } from '../../base/flat-map.ts';
import { ownEntry, table, type Table } from '../../base/table.ts';
import { all, isPresent, judge, judgement, NO, UNKNOWABLE, YES, type Judgement } from '../../model/judgement.ts';
import { leaves } from '../../model/navigate.ts';
import { never } from '../../model/quantified.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import { isHidden } from '../../model/shown.ts';
import type { Leaf, Value } from '../../model/value.ts';
import { isAllow } from '../../policy/condition/in-force.ts';
import { isForeign } from '../../policy/principal/own-account.ts';
import { OWN_ACCOUNT, principalReading, principalsIn } from '../../policy/principal/principal.ts';
import { RESOURCE_SHARE, sharesOf } from '../../policy/principal/resource-shares.ts';
import { permissionsFor } from './function-qualifier.ts';
import { actionPhrase } from './by-policy.ts';
import { holdersOf } from './policy-holders.ts';
import { sharedWith, type SharedWith } from './shares.ts';

/** Another account, and one place that gives it access. */
export interface ExternalAccount {
  /** Its ID; a description if that is secret. */
  readonly account: string;
  /** The resource that gives the access, such as the policy of a bucket. */
  readonly resource: Resource;
  /** A sentence without its period: `FilesPolicy allows 111122223333 to call s3:GetObject`. */
  readonly text: string;
  /** Its value, for its place. */
  readonly at: Value;
  /** Whether conditions restrict the access. */
  readonly conditional: boolean;
  /** Where it has access; unknown where the account can be that of the stack. */
  readonly open: Judgement;
}

/** The maximum number of external principals of one resource. */
const MOST_OUTSIDERS = 64;

/** The other accounts with access to a resource, without those of the user that the configuration lists. */
export function externalAccountsOf(resource: Resource, stack: Stack): readonly ExternalAccount[] {
  const isOther = (account: string): Judgement => {
    const foreign = isForeign(account, stack, stack.stated?.accounts, resource);
    return foreign === undefined ? UNKNOWABLE : foreign ? YES : NO;
  };
  const found: ExternalAccount[] = [];
  for (const { at, accountIn = awsAccountIn, ...grant } of grantsTo(resource, stack))
    for (const { value: leaf } of leaves(at))
      for (const account of accountIn(leaf)) {
        const isThis = judge(at, (one) => one === leaf);
        const open = all(grant.when, isThis, isOther(account));
        if (never(open) || found.length >= MOST_OUTSIDERS) continue;
        const name = isHidden(leaf) ? 'a secret account' : account;
        found.push({
          account: name,
          resource: grant.resource,
          text: `${grant.resource.displayName} allows ${name} to ${grant.action}`,
          at,
          conditional: grant.conditional ?? false,
          open,
        });
      }
  return found;
}

/** A value that names who has access. */
interface Grant {
  readonly resource: Resource;
  readonly at: Value;
  readonly when: Judgement;
  readonly action: string;
  readonly conditional?: boolean;
  /** The accounts in a leaf of the value; by default that of a principal. */
  readonly accountIn?: (leaf: Leaf) => readonly string[];
}

function grantsTo(resource: Resource, stack: Stack): readonly Grant[] {
  return [
    ...policyGrants(resource),
    ...permissionGrants(resource),
    ...shareGrants(resource),
    ...ramGrants(resource, stack),
  ];
}

/** The principals of resource policies and of the trust policy of a role. */
function policyGrants(resource: Resource): readonly Grant[] {
  return flatMap(holdersOf(resource).holders, ({ holder, when }) =>
    flatMap(holder.policies().documents, (policy) =>
      policy.kind !== 'resource' && policy.kind !== 'trust'
        ? []
        : flatMap(policy.statements, (statement) =>
            principalsIn(statement.principals)
              .filter(({ kind }) => kind === 'AWS')
              .map((named): Grant => ({
                resource: holder,
                at: named.value,
                when: all(
                  judgement(when),
                  judgement(policy.when),
                  judgement(statement.when),
                  judgement(named.when),
                  isAllow(statement),
                ),
                action: actionPhrase(statement),
                conditional: statement.conditions.length > 0,
              })),
          ),
    ),
  );
}

/** The permissions of functions, event buses and layers and the grants of keys, which have one principal. */
function permissionGrants(resource: Resource): readonly Grant[] {
  const permission = (one: Resource, when: Judgement, action: string, limits: readonly string[]): Grant => ({
    resource: one,
    at: one.get('Principal'),
    when: all(when, judgement(one.when)),
    action,
    conditional: limits.some((path) => !never(isPresent(one.get(path)))),
  });
  switch (resource.type) {
    case 'AWS::Lambda::Function':
      return permissionsFor(resource).map(({ resource: one, when }) =>
        permission(one, judgement(when), 'invoke the function', ['PrincipalOrgID']),
      );
    case 'AWS::Lambda::LayerVersionPermission':
      return [permission(resource, YES, 'use the layer', ['OrganizationId'])];
    // https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
    case 'AWS::KMS::Key':
    case 'AWS::KMS::ReplicaKey':
      return resource
        .related('key-grants')
        .edges.map(({ resource: grant, when }) => ({
          resource: grant,
          at: grant.get('grantee_principal'),
          when: all(judgement(when), judgement(grant.when)),
          action: 'use the key',
          conditional: !never(isPresent(grant.get('constraints'))),
        }));
    case 'AWS::Events::EventBus':
      return holdersOf(resource)
        .holders.filter(({ holder }) => holder.type === 'AWS::Events::EventBusPolicy')
        .map(({ holder, when }) => permission(holder, judgement(when), 'send events', ['Condition']));
    default:
      return [];
  }
}

/** The lists of accounts that a type is shared with, and what these can do. */
const LISTS: Table<{ readonly path: string; readonly action: string }> = table({
  'AWS::EC2::VPCEndpointServicePermissions': { path: 'AllowedPrincipals', action: 'connect to the endpoint service' },
  'AWS::ImageBuilder::DistributionConfiguration': {
    path: 'Distributions[].AmiDistributionConfiguration.LaunchPermissionConfiguration.UserIds',
    action: 'launch its AMIs',
  },
  aws_ami_launch_permission: { path: 'account_id', action: 'launch the AMI' },
  aws_db_cluster_snapshot: { path: 'shared_accounts', action: 'restore the snapshot' },
  aws_db_snapshot: { path: 'shared_accounts', action: 'restore the snapshot' },
  aws_db_snapshot_copy: { path: 'shared_accounts', action: 'restore the snapshot' },
  aws_rds_cluster_snapshot_copy: { path: 'shared_accounts', action: 'restore the snapshot' },
  aws_snapshot_create_volume_permission: { path: 'account_id', action: 'create volumes from the snapshot' },
  // A list in a string: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ssm_document
  aws_ssm_document: { path: 'permissions.account_ids', action: 'read and run the document' },
});

/** Whether resources of a type are shared by a list of principals instead of a policy. */
export function isShared(type: string): boolean {
  return type === RESOURCE_SHARE || ownEntry(LISTS, type) !== undefined;
}

function shareGrants(resource: Resource): readonly Grant[] {
  const list = ownEntry(LISTS, resource.type);
  return list ? sharedWith(resource, list.path).map((one) => grantOf(resource, one, list.action)) : [];
}

function grantOf(resource: Resource, { at, when }: SharedWith, action: string): Grant {
  return { resource, at, when: all(judgement(resource.when), when), action, accountIn: accountsIn };
}

/**
 * AWS RAM resource shares that contain the resource. Principals outside of the organization are allowed by default.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ram-resourceshare.html
 */
function ramGrants(resource: Resource, stack: Stack): readonly Grant[] {
  const shares = resource.type === RESOURCE_SHARE ? [resource] : sharesOf(resource, stack);
  return flatMap(shares, (share) =>
    sharedWith(share, 'Principals').map((one) => grantOf(share, one, 'use the shared resources')),
  );
}

function awsAccountIn(leaf: Leaf): readonly string[] {
  const { account } = principalReading('AWS', leaf);
  return account === undefined || account === OWN_ACCOUNT || !ACCOUNT.test(account) ? [] : [account];
}

/** The accounts of a principal, or of a list of accounts in a string. */
function accountsIn(leaf: Leaf): readonly string[] {
  if (leaf.state === 'known' && leaf.value !== null && leaf.raw.includes(','))
    return leaf.raw.split(/[\s,]+/).filter((part) => ACCOUNT.test(part));
  return awsAccountIn(leaf);
}

const ACCOUNT = /^\d{12}$/;
