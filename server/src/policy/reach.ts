/** By which element of a statement an action is within reach, and on which resources. */
import { all, any, exists, is, isPresent, judgement, not, type Judgement, type Predicate } from '../model/judgement.ts';
import { itemsOf } from '../model/navigate.ts';
import type { Value } from '../model/value.ts';
import { actionPattern, covers, roomFor } from './action.ts';
import type { Allowance } from './allowance.ts';

/** How an action is within reach: by its name, by a wildcard, or because NotAction leaves it in. */
export interface Reach {
  readonly by: 'name' | 'wildcard' | 'not-action';
  /** The entry that reaches it, or all of NotAction. */
  readonly at: Value;
  readonly when: Judgement;
}

/** Everything by which a statement reaches an action, such as `iam:PassRole`. What is not known reaches nothing. */
export function reachesOf(
  { actions, notActions }: Pick<Allowance, 'actions' | 'notActions'>,
  action: string,
): readonly Reach[] {
  const [exact, wild] = [coversBy(action, false), coversBy(action, true)];
  const named = actions.items.flatMap(({ value, when }): readonly Reach[] => [
    { by: 'name', at: value, when: all(judgement(when), is(value, exact)) },
    { by: 'wildcard', at: value, when: all(judgement(when), is(value, wild)) },
  ]);
  const present = isPresent(notActions);
  const left = present.no.isAlways()
    ? []
    : [
        {
          by: 'not-action' as const,
          at: notActions,
          when: all(
            present,
            not(exists(itemsOf(notActions, true), ({ value }) => any(is(value, exact), is(value, wild)))),
          ),
        },
      ];
  return [...named, ...left].filter(({ when }) => !when.no.isAlways());
}

function coversBy(action: string, wildcard: boolean): Predicate {
  return {
    known: ({ raw }) => {
      const pattern = actionPattern(raw);
      return pattern !== undefined && /[*?]/.test(raw) === wildcard && covers(pattern, action);
    },
    text: roomFor(action),
    reference: () => false,
    collection: false,
  };
}
