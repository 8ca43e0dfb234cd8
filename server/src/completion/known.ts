/** What a statement says already, if known. */
import type { Reference } from '../policy/reference.ts';
import { itemsOf, leaves } from '../model/navigate.ts';
import { actionPattern, type ServiceActions } from '../policy/action.ts';
import { standsFor, type Named } from '../policy/words.ts';
import type { PolicyDocument, Statement } from '../model/policy.ts';
import type { Value } from '../model/value.ts';
import { MARK } from './cursor.ts';

/** The texts of an element that are known, apart from what is being typed. */
export function textsOf(value: Value): readonly string[] {
  return itemsOf(value, true).items.flatMap((item) =>
    leaves(item.value).flatMap(({ value: leaf }) =>
      leaf.state === 'known' && leaf.value !== null && !leaf.raw.includes(MARK) ? [leaf.raw] : [],
    ),
  );
}

/** The most actions of a statement that are looked at for what they take. */
const MOST_ACTIONS = 400;

/** The actions of a statement, those of patterns included; undefined if it names none, or all. */
export function actionsOf(statement: Statement, reference: Reference): readonly Named[] | undefined {
  const found: Named[] = [];
  for (const written of textsOf(statement.actions)) {
    const pattern = actionPattern(written);
    if (pattern) found.push(...(standsFor(pattern, reference) ?? []));
    if (found.length > MOST_ACTIONS) break;
  }
  return found.length > 0 ? found.slice(0, MOST_ACTIONS) : undefined;
}

/** The services that a statement names, those of the other statements after them, each once. */
export function servicesNamed(policy: PolicyDocument, statement: Statement | undefined): readonly string[] {
  const named = [...(statement ? [statement] : []), ...policy.statements].flatMap(({ actions, notActions }) => [
    ...textsOf(actions),
    ...textsOf(notActions),
  ]);
  return [
    ...new Set([
      ...(policy.service === undefined ? [] : [policy.service]),
      ...named.map((action) => action.split(':')[0]!.toLowerCase()),
    ]),
  ].filter((service) => /^[a-z0-9-]+$/.test(service));
}

/** The resource types that the actions of a statement take, with their services and how many of the actions take each. */
export function typesTaken(
  actions: readonly Named[],
  reference: Reference,
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
  // Of several that as many actions take the plainest comes first: an object before one behind an access point.
  const length = ({ service, type }: { readonly service: ServiceActions; readonly type: string }): number =>
    service.resourceType(type)?.arn.length ?? 0;
  return [...counts.values()].sort((a, b) => b.count - a.count || length(a) - length(b));
}
