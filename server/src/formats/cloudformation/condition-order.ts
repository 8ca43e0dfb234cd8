import { flatMap } from '../../base/flat-map.ts';
import type { Node } from '../../syntax/tree.ts';
import { argumentList, argumentText, callOf, everyNode, plainText } from './call.ts';
import { strongComponents } from './strong-components.ts';

export interface ConditionOrder {
  /** The names of all conditions, each after those that it depends on. */
  readonly order: readonly string[];
  /** The conditions that depend on themselves. */
  readonly circular: ReadonlySet<string>;
}

/**
 * The order in which conditions can be evaluated one by one, and those that cannot be evaluated at all, given the
 * references of each.
 */
export function conditionOrder(section: ReadonlyMap<string, readonly string[]>): ConditionOrder {
  const components = strongComponents(
    section.keys(),
    (name) => section.get(name)!,
    (name) => section.has(name),
  );
  const circular = components.filter(
    ([first, ...others]) => others.length > 0 || section.get(first!)!.includes(first!),
  );
  return { order: components.flat(), circular: new Set(circular.flat()) };
}

/** The conditions that an expression refers to. */
export function conditionsNamedIn(expression: Node): readonly string[] {
  return flatMap([...everyNode(expression)], (node) => {
    const call = callOf(node);
    if (call?.name === 'Condition') return argumentText(call) ?? [];
    return call?.name === 'Fn::If' ? (plainText(argumentList(call)?.[0]) ?? []) : [];
  });
}
