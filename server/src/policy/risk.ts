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
  return action.level === 'permissions-management' && !HARMLESS.has(full) ? 'exposure' : undefined;
}

/**
 * Actions that AWS counts among those of permissions management although nobody can use a resource by them who could not before: they take permissions away,
 * or make a role that belongs to a service and that the service decides about.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
 */
const HARMLESS: ReadonlySet<string> = new Set(['iam:createservicelinkedrole', 'iam:deleteservicelinkedrole', 'kms:retiregrant']);

/** Actions that are a path by themselves, through nobody's role but the holder's own: what others do with such a role another rule says. */
export function escalating(risks: Risks): ReadonlySet<string> {
  let actions = alone.get(risks);
  if (!actions) alone.set(risks, actions = new Set(risks.escalation.flatMap(({ actions: its, existing }) => its.length === 1 && !existing ? its[0]!.toLowerCase() : [])));
  return actions;
}

const alone = new WeakMap<Risks, ReadonlySet<string>>();
