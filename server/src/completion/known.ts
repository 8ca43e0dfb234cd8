/** The known content of the statement around the cursor. */
import { flatMap } from '../base/flat-map.ts';
import type { IamReference } from '../policy/data/reference.ts';
import { itemsOf, leaves } from '../model/navigate.ts';
import { actionPattern, type ServiceActions } from '../policy/data/action.ts';
import { matchedActions, type NamedAction } from '../policy/data/words.ts';
import type { PolicyDocument, Statement } from '../model/policy.ts';
import type { Value } from '../model/value.ts';
import { MARK } from './typing.ts';

/** The known strings of an element, without the typed one. */
export function otherTexts(value: Value): readonly string[] {
  return flatMap(itemsOf(value, true).items, (item) =>
    flatMap(leaves(item.value), ({ value: leaf }) =>
      leaf.state === 'known' && leaf.value !== null && !leaf.raw.includes(MARK) ? [leaf.raw] : [],
    ),
  );
}

/** The maximum number of actions whose resource types are considered. */
const MOST_ACTIONS = 400;

/**
 * The actions of a statement, including those that patterns match; undefined if there are none, or if it matches all
 * actions.
 */
export function knownActions(statement: Statement, reference: IamReference): readonly NamedAction[] | undefined {
  const found: NamedAction[] = [];
  for (const written of otherTexts(statement.actions)) {
    const pattern = actionPattern(written);
    if (pattern) found.push(...(matchedActions(pattern, reference) ?? []));
    if (found.length > MOST_ACTIONS) break;
  }
  return found.length > 0 ? found.slice(0, MOST_ACTIONS) : undefined;
}

/** The services of a statement, then those of other statements, without duplicates. */
export function servicesNamed(policy: PolicyDocument, statement: Statement | undefined): readonly string[] {
  const named = flatMap([...(statement ? [statement] : []), ...policy.statements], ({ actions, notActions }) => [
    ...otherTexts(actions),
    ...otherTexts(notActions),
  ]);
  return [
    ...new Set([
      ...(policy.service === undefined ? [] : [policy.service]),
      ...named.map((action) => action.split(':')[0]!.toLowerCase()),
    ]),
  ].filter((service) => /^[a-z0-9-]+$/.test(service));
}

/**
 * The resource types that the actions of a statement support, with their services and the number of actions for each.
 */
export function typesTaken(
  actions: readonly NamedAction[],
  reference: IamReference,
): readonly { readonly service: ServiceActions; readonly type: string; readonly count: number }[] {
  const counts = new Map<string, { readonly service: ServiceActions; readonly type: string; count: number }>();
  for (const { service: prefix, action } of actions) {
    const service = reference.service(prefix);
    if (service)
      for (const { type } of action.resources) {
        const key = `${prefix} ${type}`;
        const one = counts.get(key);
        if (one) one.count++;
        else counts.set(key, { service, type, count: 1 });
      }
  }
  // With equal counts, the shortest ARN format comes first: an object before one behind an access point.
  const length = ({ service, type }: { readonly service: ServiceActions; readonly type: string }): number =>
    service.resourceType(type)?.arn.length ?? 0;
  return [...counts.values()].sort((a, b) => b.count - a.count || length(a) - length(b));
}
