/** The elements with which a statement matches an action and resources. */
import { flatMap } from '../../base/flat-map.ts';
import {
  all,
  any,
  exists,
  is,
  isPresent,
  judgement,
  not,
  type Judgement,
  type Predicate,
} from '../../model/judgement.ts';
import { itemsOf } from '../../model/navigate.ts';
import type { Value } from '../../model/value.ts';
import { actionPattern, covers, canNameAction } from '../data/action.ts';
import type { Allowance } from './allowance.ts';

/** How a statement matches an action: by name, by a wildcard, or by NotAction. */
export interface ActionMatch {
  readonly by: 'name' | 'wildcard' | 'not-action';
  /** The matching entry, or the NotAction element. */
  readonly at: Value;
  readonly when: Judgement;
}

/** The elements with which a statement matches an action such as `iam:PassRole`. Unknown entries match nothing. */
export function actionMatchesOf(
  { actions, notActions }: Pick<Allowance, 'actions' | 'notActions'>,
  action: string,
): readonly ActionMatch[] {
  const [exact, wild] = [coversBy(action, false), coversBy(action, true)];
  const named = flatMap(actions.items, ({ value, when }): readonly ActionMatch[] => [
    { by: 'name', at: value, when: all(judgement(when), is(value, exact)) },
    { by: 'wildcard', at: value, when: all(judgement(when), is(value, wild)) },
  ]);
  const present = isPresent(notActions);
  const byNotAction = present.no.isAlways()
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
  return [...named, ...byNotAction].filter(({ when }) => !when.no.isAlways());
}

function coversBy(action: string, wildcard: boolean): Predicate {
  return {
    known: ({ raw }) => {
      const pattern = actionPattern(raw);
      return pattern !== undefined && /[*?]/.test(raw) === wildcard && covers(pattern, action);
    },
    text: canNameAction(action),
    reference: () => false,
    collection: false,
  };
}
