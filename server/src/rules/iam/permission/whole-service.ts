/** Wildcards for all actions of a service, and the services for which they are reported. */
import { flatMap } from '../../../base/flat-map.ts';
import type { Predicate } from '../../../model/judgement.ts';
import type { Value } from '../../../model/value.ts';
import { ANY_ACTION, GIVES_ANY_PERMISSION } from '../../../policy/allowance/allowance.ts';
import {
  actionPattern,
  isWholeService,
  canNameAction,
  canNameWholeService,
  type Action,
  type ServiceActions,
} from '../../../policy/data/action.ts';
import { writtenIn } from '../../../policy/statement/written.ts';
import type { Context } from '../../rule.ts';

/** The services of the action patterns that a value can be, as far as their data is loaded. */
export function namedServices(action: Value, actions: Context['actions']): readonly ServiceActions[] {
  return flatMap(writtenIn(action), (written) => actions(actionPattern(written)?.service ?? '') ?? []);
}

/** The actions that represent a wildcard in the evaluation of its principals. */
export function representativeActions(action: Value): readonly string[] {
  return flatMap(writtenIn(action), (written) => {
    const service = actionPattern(written)?.service ?? '*';
    return service === 'iam' ? GIVES_ANY_PERMISSION : [service.includes('*') ? ANY_ACTION : `${service}:AnyAction`];
  });
}

/** Whether an action does more than read, which is what makes a service count. */
export function writes(_: string, { level }: Action): boolean {
  return level !== 'read' && level !== 'list';
}

/**
 * Whether AWS assigns an action to the access level "Permissions management".
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html
 */
export function managesPermissions(_: string, { level }: Action): boolean {
  return level === 'permissions-management';
}

/**
 * Whether an action or action pattern as written is of the service prefix `iam`. A pattern of several services, such as
 * `i*:*`, is not.
 */
export function isOfIam(written: string): boolean {
  return actionPattern(written)?.service === 'iam';
}

/** A wildcard for all actions of IAM. */
export const WHOLE_IAM: Predicate = {
  known: ({ raw }) => isOfIam(raw),
  text: canNameAction('iam:PassRole'),
  collection: false,
};

/**
 * The services that the SSM agent of an instance calls. Neither their resources nor, in effect, their actions can be
 * restricted.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonSSMManagedInstanceCore.html
 */
const AGENT_CHANNELS: ReadonlySet<string> = new Set(['ec2messages', 'ssmmessages']);

/** All actions of a service with write actions. An unknown service may not exist. */
export function wholeService(context: Context): Predicate {
  return actionsOfService(context, (action) => writes('', action));
}

/**
 * Services for logs and metrics. Sharing them exposes neither data nor permissions, and workloads often have full
 * access to them.
 */
const TELEMETRY: ReadonlySet<string> = new Set(['cloudwatch', 'logs', 'xray']);

/** All actions of a service with permissions management actions. */
export function wholeSharingService(context: Context): Predicate {
  const service = actionsOfService(context, (action) => managesPermissions('', action));
  return {
    ...service,
    known: (action) => (TELEMETRY.has(actionPattern(action.raw)?.service ?? '') ? false : service.known(action)),
  };
}

function actionsOfService({ actions }: Context, some: (action: Action) => boolean): Predicate {
  return {
    known: ({ raw }) => {
      const pattern = actionPattern(raw);
      if (!pattern || !isWholeService(pattern) || AGENT_CHANNELS.has(pattern.service)) return false;
      return actions(pattern.service)?.actions.some(some);
    },
    text: canNameWholeService,
    reference: () => false,
    collection: false,
  };
}
