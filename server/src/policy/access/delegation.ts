/** Where the policy of a key or role gives effect to the policies of an identity, and under which conditions. */
import { flatMap } from '../../base/flat-map.ts';
import { memoize2 } from '../../base/memoize.ts';
import { all, among, any, type Judgement } from '../../model/judgement.ts';
import type { IdentityContext } from '../allowance/identity-access.ts';
import type { Identity } from '../allowance/identity.ts';
import type { RequestContext } from '../condition/condition-holds.ts';
import type { AccessLimit } from './access.ts';
import type { AccessQuery } from './access-query.ts';
import { conditionsMet } from './conditions-met.ts';
import { factsOfMembers } from './principal-facts.ts';

/** How a policy of a resource gives effect to the policies of an identity. */
export interface Delegation {
  /** Where it does, or does for requests that meet conditions. */
  readonly when: Judgement;
  readonly isConditional: boolean;
  readonly limits: readonly AccessLimit[];
}

/**
 * The delegation of an action to an identity, whose policies have effect only as far as a delegating statement does.
 */
export function delegationOf(
  query: AccessQuery,
  action: string,
  facts: RequestContext,
  lookup: IdentityContext,
): Delegation {
  const { byDefault, statements, complete } = query.delegates(action);
  const parts = statements.map((one) => ({ ...one, met: conditionsMet(one.statement, action, facts, lookup, true) }));
  const where = (conditional: boolean): Judgement =>
    any(...parts.filter(({ met }) => met.isConditional === conditional).map(({ when, met }) => all(when, met.holds)));
  const free = any(byDefault, where(false));
  const when = among(any(free, where(true)), complete);
  if (when.no.isAlways()) return { when, isConditional: false, limits: [{ kind: 'delegated' }] };
  const isConditional = !when.yes.coveredBy(free.yes);
  const limits = flatMap(parts, ({ statement, policy, met: { conditions } }): readonly AccessLimit[] =>
    conditions.length > 0
      ? [{ kind: 'conditions', source: { kind: 'statement', statement, policy, isOfResource: true }, conditions }]
      : [],
  );
  return { when, isConditional, limits: isConditional ? limits : [] };
}

/**
 * The known facts about the requests of an identity for a resource. `kms:CallerAccount` is the account of the identity.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-caller-account
 */
export const factsFor = memoize2(({ resource, facts }: Identity, { request, stack }: AccessQuery): RequestContext => {
  const account = facts.get('aws:principalaccount');
  const members = resource.type === 'AWS::IAM::Group' ? factsOfMembers(stack) : [];
  return new Map([...facts, ...members, ...(account ? [['kms:calleraccount', account] as const] : []), ...request]);
});
