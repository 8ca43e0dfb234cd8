/** What actions do to others than those who call them, so that each is a finding of one rule. */
import { canBeLimited, type Action } from './action.ts';
import type { IamData, Risks } from './iam-data.ts';

/**
 * What an action is on every resource: a way to more permissions (`escalation`), an answer that is a credential (`credentials`), what a resource holds
 * (`data`), a change of who may use a resource (`exposure`). That roles are passed is a finding of its own, and so is the rest.
 */
export type Risk = 'escalation' | 'credentials' | 'data' | 'exposure';

/** The risk of an action; undefined for all that is none of these, or where nothing is known of risks. */
export function riskOf(iam: IamData | undefined, service: string, action: Action): Risk | undefined {
  if (!iam) return undefined;
  const full = `${service}:${action.name.toLowerCase()}`;
  if (full === 'iam:passrole' || !canBeLimited(service, action)) return undefined;
  if (escalating(iam.risks).has(full)) return 'escalation';
  // What takes part in escalations with others alone has a rule that says so, and this is about the action by itself.
  if (iam.risks.credentials.has(full) && full !== 'sts:assumerole') return 'credentials';
  if (iam.risks.exfiltration.has(full)) return 'data';
  return exposes(full, action) ? 'exposure' : undefined;
}

/** Actions that AWS counts among those of permissions management and that nevertheless only read, as those of notebooks do. */
export function onlyReads({ name }: Action): boolean {
  return /^(?:BatchGet|Describe|Get|List|Search|Test|Validate|View)/.test(name);
}

/** Actions that take permissions away. What a removed denial had forbidden is open then to those alone who are allowed it otherwise. */
const TAKES_AWAY =
  /^(?:Abort|BatchRevoke|Cancel|Deauthorize|Delete|Deregister|Detach|Disassociate|Dissociate|Reject|Remove|Retire|Revoke|Terminate)/;

/**
 * Actions of permissions management by which nobody can use a resource who could not before: they make a policy that is attached to nothing, or a role that
 * belongs to a service and that the service decides about; say which resources of a stack may be updated; attach and change policies of an organization, which
 * grant nothing; choose or change a web ACL, which filters requests and grants nothing; block public sharing of AMIs. The same for snapshots is not among them:
 * a change from `block-all-sharing` to `block-new-sharing` makes snapshots public again. Some let AWS alone do something for the account: attach a network interface to
 * what an AWS-authorized account runs, as CodeBuild does in a VPC, replicate a function for CloudFront, encrypt copied snapshots.
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
 * Actions of permissions management by which their holder does something itself: use a resource, delete what a retention protects, have logs delivered.
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
 * Whether somebody who may do this can give permissions to somebody. AWS counts much of that in IAM as writing: access keys, passwords, the members of groups,
 * and the roles that are passed.
 */
export function givesPermissions(iam: IamData | undefined, service: string, action: Action): boolean {
  const risk = riskOf(iam, service, action);
  return (
    risk === 'escalation' ||
    risk === 'exposure' ||
    (service === 'iam' && (risk === 'credentials' || action.name === 'PassRole'))
  );
}

/** Actions that are a path by themselves, through nobody's role but the holder's own: what others do with such a role another rule says. */
function escalating(risks: Risks): ReadonlySet<string> {
  let actions = alone.get(risks);
  if (!actions)
    alone.set(
      risks,
      (actions = new Set(
        risks.escalation.flatMap(({ actions: its, existing }) =>
          its.length === 1 && !existing ? its[0]!.toLowerCase() : [],
        ),
      )),
    );
  return actions;
}

const alone = new WeakMap<Risks, ReadonlySet<string>>();
