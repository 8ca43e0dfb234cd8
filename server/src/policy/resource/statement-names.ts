/** Whether statements name an action or a resource. */
import { flatMap } from '../../base/flat-map.ts';
import {
  all,
  any,
  exists,
  is,
  isAbsent,
  isPresent,
  not,
  type Judgement,
  type Predicate,
} from '../../model/judgement.ts';
import { itemsOf, leaves } from '../../model/navigate.ts';
import type { Statement } from '../../model/policy.ts';
import type { Value } from '../../model/value.ts';
import { actionPattern, covers, canNameAction } from '../data/action.ts';
import type { ResourceTest } from './arn-shape.ts';
import { UNKNOWN_PIECE, shapeOf } from '../text/unknown-piece.ts';

/** Where a statement names an action: Action lists it, or NotAction does not. */
export function namesAction({ actions, notActions }: Statement, action: string): Judgement {
  return listedOrLeft(actions, notActions, actionsMatching(action));
}

/**
 * Which entries of a statement match an action, as a text. Statements name most actions of a service alike, and what
 * follows from that is the same for all of them.
 */
export function entriesMatching({ actions, notActions }: Statement, action: string): string {
  const predicate = actionsMatching(action);
  const answers = (element: Value): string =>
    flatMap(itemsOf(element, true).items, ({ value }) =>
      leaves(value).map(({ value: leaf }) => answerOf(is(leaf, predicate))),
    ).join('');
  return `${answers(actions)}/${answers(notActions)}`;
}

function answerOf({ yes, no }: Judgement): string {
  return yes.isAlways() ? 'y' : no.isAlways() ? 'n' : '?';
}

/** Where a statement names a resource. A statement without resources applies to the resource of its policy. */
export function namesResource({ resources, notResources }: Statement, taken: ResourceTest): Judgement {
  return any(
    all(isAbsent(resources), isAbsent(notResources)),
    listedOrLeft(resources, notResources, resourcesMatching(taken)),
  );
}

function listedOrLeft(listed: Value, left: Value, predicate: Predicate): Judgement {
  return any(
    exists(itemsOf(listed, true), (item) => is(item.value, predicate)),
    all(isPresent(left), not(exists(itemsOf(left, true), (item) => is(item.value, predicate)))),
  );
}

/**
 * A policy's action that matches a given action. An interpolated part can be anything that the rest of the string
 * permits.
 */
export function actionsMatching(action: string): Predicate {
  const lower = action.toLowerCase();
  return {
    known: ({ raw }) => {
      const pattern = actionPattern(raw);
      return pattern !== undefined && covers(pattern, lower);
    },
    text: canNameAction(action),
    collection: false,
  };
}

/** A policy's resource that matches the resources to check. */
export function resourcesMatching(taken: ResourceTest): Predicate {
  return {
    known: ({ raw }) => taken(raw),
    text: (text) => taken(shapeOf(text)),
    reference: () => taken(UNKNOWN_PIECE),
    collection: false,
  };
}
