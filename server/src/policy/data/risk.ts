/** The risks of actions beyond their direct effect. Each risk is reported by one rule. */
import { flatMap } from '../../base/flat-map.ts';
import { memoize } from '../../base/memoize.ts';
import { canBeLimited, type Action } from './action.ts';
import type { IamData, Risks } from './iam-data.ts';

/**
 * The risk of an action on all resources: privilege escalation (`escalation`), returned credentials (`credentials`),
 * the data of a resource (`data`), or changed permissions of a resource (`exposure`). Other rules report iam:PassRole
 * and the remaining risks.
 */
export type Risk = 'escalation' | 'credentials' | 'data' | 'exposure';

/** The risk of an action; undefined for an action without risk, or if the risk data is missing. */
export function riskOf(iam: IamData | undefined, service: string, action: Action): Risk | undefined {
  if (!iam) return undefined;
  const full = `${service}:${action.name.toLowerCase()}`;
  if (full === 'iam:passrole' || !canBeLimited(service, action)) return undefined;
  if (escalating(iam.risks).has(full)) return 'escalation';
  // Only actions that escalate privileges individually. Another rule reports combinations.
  if (iam.risks.credentials.has(full) && full !== 'sts:assumerole') return 'credentials';
  if (iam.risks.exfiltration.has(full)) return 'data';
  return exposes(full, action) ? 'exposure' : undefined;
}

/** Actions of AWS's permissions management level that only read, such as those of notebooks. */
export function onlyReads({ name }: Action): boolean {
  return /^(?:BatchGet|Describe|Get|List|Search|Test|Validate|View)/.test(name);
}

/** Actions that remove permissions. Removing a denial only affects principals with other permissions. */
const TAKES_AWAY =
  /^(?:Abort|BatchRevoke|Cancel|Deauthorize|Delete|Deregister|Detach|Disassociate|Dissociate|Reject|Remove|Retire|Revoke|Terminate)/;

/**
 * Permissions management actions that give no principal new access to a resource: they create a policy without
 * attaching it, or a service-linked role that the service controls; set the resources of a stack that can be updated;
 * attach and change policies of an organization, which grant nothing; choose the web ACL of an API, which filters
 * requests and grants nothing; block public sharing of AMIs. The same action for snapshots is not included: a change
 * from `block-all-sharing` to `block-new-sharing` makes snapshots public again.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/protect-stack-resources.html
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 * https://docs.aws.amazon.com/waf/latest/developerguide/security_iam_service-with-iam.html
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableImageBlockPublicAccess.html
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableSnapshotBlockPublicAccess.html
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkInterfacePermission.html
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-permissions.html
 * https://docs.aws.amazon.com/redshift/latest/APIReference/API_SnapshotCopyGrant.html
 */
const HARMLESS: ReadonlySet<string> = new Set([
  'apigateway:setwebacl',
  'appsync:setwebacl',
  'cloudformation:setstackpolicy',
  'ec2:createnetworkinterfacepermission',
  'ec2:enableimageblockpublicaccess',
  'iam:createpolicy',
  'iam:createservicelinkedrole',
  'iot:createpolicy',
  'lambda:disablereplication',
  'lambda:enablereplication',
  'organizations:attachpolicy',
  'organizations:updatepolicy',
  'redshift:createsnapshotcopygrant',
  'waf-regional:createwebacl',
  'waf-regional:updatewebacl',
  'waf:createwebacl',
  'waf:updatewebacl',
]);

/**
 * Permissions management actions that only the caller uses: to use a resource, delete what a retention period protects,
 * or have logs delivered.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-vended-logs-permissions-V2.html
 */
const OF_ITS_HOLDER = /^(?:AllowVendedLogDelivery|Bypass|Invoke)/;

function exposes(full: string, action: Action): boolean {
  return (
    action.level === 'permissions-management' &&
    !HARMLESS.has(full) &&
    !onlyReads(action) &&
    !TAKES_AWAY.test(action.name) &&
    !OF_ITS_HOLDER.test(action.name)
  );
}

/**
 * Whether an action can grant permissions. AWS classifies many such IAM actions as write actions, for access keys,
 * passwords, group memberships and passed roles.
 */
export function givesPermissions(iam: IamData | undefined, service: string, action: Action): boolean {
  const risk = riskOf(iam, service, action);
  return (
    risk === 'escalation' ||
    risk === 'exposure' ||
    (service === 'iam' && (risk === 'credentials' || action.name === 'PassRole'))
  );
}

/** Actions that escalate privileges individually, without another role. Another rule reports those with roles. */
const escalating = memoize(
  ({ escalation }: Risks): ReadonlySet<string> =>
    new Set(
      flatMap(escalation, ({ actions, existing }) =>
        actions.length === 1 && !existing ? actions[0]!.toLowerCase() : [],
      ),
    ),
);
