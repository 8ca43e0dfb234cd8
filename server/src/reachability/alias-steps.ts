import { judgement } from '../model/judgement.ts';
import { connectionText } from '../model/relation.ts';
import type { Edge, Resource } from '../model/resource.ts';
import type { PathStep } from './access-path.ts';

/**
 * The steps from an alias to its function; none for an alias that SAM generates, which has the address of the function.
 */
export function aliasSteps({ resource: alias, when, via }: Edge, target: Resource): readonly PathStep[] {
  if (alias.address === target.address) return [];
  const text = connectionText('function-of-alias', alias, target);
  return [{ resource: target, text, at: via, open: judgement(when) }];
}
