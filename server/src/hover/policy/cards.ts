/** Cards for positions in policies. */
import type { Stack } from '../../model/resource.ts';
import { referenceOver } from '../../policy/data/reference.ts';
import type { Tree } from '../../syntax/tree.ts';
import type { Card } from '../card.ts';
import { actionCard } from './action-card.ts';
import { policyTargetAt } from './policy-target.ts';
import { keyCard, operatorCard } from './condition-card.ts';
import { managedCard } from './managed-card.ts';
import { principalCard } from './principal-card.ts';
import { resourceCard } from './resource-card.ts';
import type { PolicyHover } from './parts.ts';
import { policyCard, statementCard } from './statement-card.ts';

/** The card for a position in a policy or at the name of an AWS managed policy; undefined if there is none. */
export function policyHoverAt(
  stack: Stack,
  tree: Tree,
  offset: number,
  data: (name: string) => unknown,
): Card | undefined {
  const managed = managedCard(stack, tree, offset, data);
  if (managed) return managed;
  const aim = stack.policies.length > 0 ? policyTargetAt(stack, tree, offset) : undefined;
  const reference = aim && referenceOver(data);
  if (!reference) return undefined;
  const hover: PolicyHover = { stack, tree, reference };
  switch (aim.what) {
    case 'action':
      return actionCard(aim, hover);
    case 'resource':
      return resourceCard(aim, hover);
    case 'operator':
      return operatorCard(aim);
    case 'condition key':
      return keyCard(aim, hover);
    case 'principal':
      return principalCard(aim, hover);
    case 'statement':
      return statementCard(aim, hover);
    case 'policy':
      return policyCard(aim, hover);
  }
}
