/** Detection of the wildcard for all actions (`*`, `*:*`), shared by the rules about policy actions. */
import { all, any, is, isWritten, judgement, NO, type Judgement, type Predicate } from '../../../model/judgement.ts';
import type { Items } from '../../../model/navigate.ts';
import { never } from '../../../model/quantified.ts';
import type { Known } from '../../../model/value.ts';
import { actionPattern, isEverything } from '../../../policy/data/action.ts';

/** All actions of all services. References and template strings count as narrower. */
export const EVERY_ACTION: Predicate = {
  known: isEveryAction,
  text: () => false,
  reference: () => false,
  collection: false,
};

/**
 * Whether a statement lists the wildcard for all actions. That is a single finding, to which other actions of the
 * statement add nothing. Unknown values count as narrower.
 */
export function namesEveryAction(actions: Items): Judgement {
  return any(
    ...actions.items.map(({ value, when }) => {
      const isEvery = is(value, EVERY_ACTION);
      return never(isEvery) ? NO : all(judgement(when), isEvery, isWritten(value, isEveryAction));
    }),
  );
}

function isEveryAction({ raw }: Known): boolean {
  const pattern = actionPattern(raw);
  return pattern !== undefined && isEverything(pattern);
}
