/** Kinds of actions by their effect on unintended resources. */
import { flatMap } from '../../../base/flat-map.ts';
import type { Predicate } from '../../../model/judgement.ts';
import { actionPattern, canBeLimited, isEverything, isWholeService, type Action } from '../../../policy/data/action.ts';
import { onlyReads, riskOf } from '../../../policy/data/risk.ts';
import type { Context } from '../../rule.ts';

/** Whether a wildcard resource matches all resources that an action of a service supports. */
export type Reaches = (service: string, action: Action) => boolean;

/**
 * The effect of an action on unintended resources: it changes them, reads their data, or reads other information; or it
 * is usually allowed on all resources.
 */
export type ActionKind = 'change' | 'data' | 'read' | 'usual';

/** The kinds of actions that are findings in the recommended profile. */
export const HARMFUL: readonly ActionKind[] = ['change', 'data'];

/** Actions that read the data of a resource, in lower case. */
const DATA: ReadonlySet<string> = new Set([
  's3:getobject',
  's3:getobjectversion',
  'secretsmanager:getsecretvalue',
  'ssm:getparameter',
  'ssm:getparameters',
  'ssm:getparametersbypath',
  'dynamodb:getitem',
  'dynamodb:batchgetitem',
  'dynamodb:query',
  'dynamodb:scan',
  'sqs:receivemessage',
]);

/**
 * Harmless actions, and actions that AWS managed policies for functions, containers and instance agents allow on all
 * resources, in lower case.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaVPCAccessExecutionRole.html
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonS3ObjectLambdaExecutionRolePolicy.html
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonSSMManagedInstanceCore.html
 * https://docs.aws.amazon.com/batch/latest/userguide/execution-IAM-role.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_managed_policies.html
 * Users can change only their own password. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ChangePassword.html
 */
const USUAL: ReadonlySet<string> = new Set([
  'logs:createloggroup',
  'logs:createlogstream',
  'logs:putlogevents',
  'ec2:createnetworkinterface',
  'ec2:deletenetworkinterface',
  'ec2:assignprivateipaddresses',
  'ec2:unassignprivateipaddresses',
  'ssm:putinventory',
  'ssm:putcomplianceitems',
  'ssm:putconfigurepackageresult',
  'ssm:updateassociationstatus',
  'ssm:updateinstanceassociationstatus',
  'ssm:updateinstanceinformation',
  's3-object-lambda:writegetobjectresponse',
  'ecr:batchchecklayeravailability',
  'ecr:getdownloadurlforlayer',
  'ecr:batchgetimage',
  'iam:changepassword',
  'ecs:createcluster',
  'ecs:deregistercontainerinstance',
  'ecs:poll',
  'ecs:registercontainerinstance',
  'ecs:starttelemetrysession',
  'ecs:submitattachmentstatechanges',
  'ecs:submitcontainerstatechange',
  'ecs:submittaskstatechange',
]);

/** Actions that other rules report, in lower case. */
const ELSEWHERE: ReadonlySet<string> = new Set(['iam:passrole', 'iam:createservicelinkedrole']);

function kindOf(service: string, action: Action): ActionKind | undefined {
  const { name, level } = action;
  const full = `${service}:${name.toLowerCase()}`;
  if (ELSEWHERE.has(full)) return undefined;
  if (USUAL.has(full)) return 'usual';
  if (DATA.has(full)) return 'data';
  return level === 'write' || (level === 'permissions-management' && !onlyReads(action))
    ? 'change'
    : level === 'list'
      ? 'usual'
      : 'read';
}

/**
 * The kind of an action that supports resource-level permissions. Other rules report actions with a risk of their own.
 */
export function kindIn({ iam }: Pick<Context, 'iam'>, service: string, action: Action): ActionKind | undefined {
  return canBeLimited(service, action) && !riskOf(iam, service, action) ? kindOf(service, action) : undefined;
}

export type KindsOf = (action: string) => ReadonlySet<ActionKind> | undefined;

/**
 * Returns the kinds of the actions with resource-level permissions that an action entry matches; undefined for an
 * unknown service. Other rules report a whole service and actions with a risk of their own. Computed once per entry.
 */
export function kindsOf(context: Context, reaches: Reaches): KindsOf {
  const found = new Map<string, ReadonlySet<ActionKind> | undefined>();
  return (written) => {
    if (!found.has(written)) {
      const pattern = actionPattern(written);
      const matching =
        !pattern || isEverything(pattern) || isWholeService(pattern)
          ? []
          : context.actions(pattern.service)?.matching(pattern.name);
      found.set(
        written,
        matching &&
          new Set(
            flatMap(matching, (action) =>
              reaches(pattern!.service, action) ? (kindIn(context, pattern!.service, action) ?? []) : [],
            ),
          ),
      );
    }
    return found.get(written);
  };
}

/** Whether an action is of some kinds. */
export function isOneOf(kinds: readonly ActionKind[], of: KindsOf): Predicate {
  return {
    known: ({ raw }) => {
      const known = of(raw);
      return known && kinds.some((kind) => known.has(kind));
    },
    collection: false,
  };
}
