/**
 * Permissions of event buses.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPermission.html
 */
import { all, any, is, isPresent, judgement, not, UNKNOWABLE, type Judgement } from '../../model/judgement.ts';
import { never } from '../../model/quantified.ts';
import type { Resource } from '../../model/resource.ts';
import { matchesOnlyKnown } from '../../policy/principal/narrowing.ts';
import { WILDCARD_PRINCIPAL } from '../../policy/principal/principal.ts';
import { policyCauses } from './by-policy.ts';
import { holdersOf } from './policy-holders.ts';
import { accessThrough, type PublicAccess, type PublicCause } from './public-access.ts';

/**
 * Whether a permission allows any account. EventBridge supports only a condition on the organization, which it compares
 * literally.
 */
export function allowsAnySender(permission: Pick<Resource, 'get'>): Judgement {
  const narrowed = any(
    matchesOnlyKnown('aws:principalorgid', 'equals', permission.get('Condition.Value')),
    all(isPresent(permission.get('Condition')), UNKNOWABLE),
  );
  return all(is(permission.get('Principal'), WILDCARD_PRINCIPAL), not(narrowed));
}

/** Public access to an event bus by permissions with a principal and by policies. */
export function busAccess(bus: Resource): PublicAccess {
  const { causes, complete, blocks } = policyCauses(bus);
  const permissions = holdersOf(bus)
    .holders.filter(({ holder }) => holder.type === 'AWS::Events::EventBusPolicy')
    .map(({ holder, when }): PublicCause => ({
      resource: holder,
      text: `${holder.displayName} allows any AWS account to send events`,
      at: holder.get('Principal'),
      from: 'other-accounts',
      open: all(judgement(holder.when), judgement(when), allowsAnySender(holder)),
    }))
    .filter(({ open }) => !never(open));
  return accessThrough([...permissions, ...causes], complete, blocks);
}
