import type { Node } from '../../syntax/tree.ts';
import { argumentList, argumentText, callOf, everyNode, plainText } from './call.ts';

export interface ConditionOrder {
  /** The names of all conditions, each after those that it depends on. */
  readonly order: readonly string[];
  /** Those that depend on themselves. */
  readonly circular: ReadonlySet<string>;
}

/** In which order conditions can be decided one by one, and which cannot be decided at all, given the conditions that each names. */
export function conditionOrder(section: ReadonlyMap<string, readonly string[]>): ConditionOrder {
  const named = new Map([...section].map(([name, others]) => [name, others.filter((other) => section.has(other))]));
  const order: string[] = [];
  const circular = new Set<string>();
  // Tarjan's strongly connected components, without recursion, because a chain may be as long as the document.
  const number = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const onStack = new Set<string>();
  for (const root of section.keys()) {
    if (number.has(root)) continue;
    const path: { readonly name: string; next: number }[] = [];
    const enter = (name: string): void => {
      number.set(name, number.size);
      lowest.set(name, number.get(name)!);
      stack.push(name);
      onStack.add(name);
      path.push({ name, next: 0 });
    };
    enter(root);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const { name } = top;
      const other = named.get(name)![top.next++];
      if (other !== undefined) {
        if (!number.has(other)) enter(other);
        else if (onStack.has(other)) lowest.set(name, Math.min(lowest.get(name)!, number.get(other)!));
        continue;
      }
      path.pop();
      const above = path.at(-1)?.name;
      if (above !== undefined) lowest.set(above, Math.min(lowest.get(above)!, lowest.get(name)!));
      if (lowest.get(name) !== number.get(name)) continue;
      const component = stack.splice(stack.lastIndexOf(name));
      for (const member of component) onStack.delete(member);
      if (component.length > 1 || named.get(name)!.includes(name)) for (const member of component) circular.add(member);
      order.push(...component);
    }
  }
  return { order, circular };
}

/** The conditions that an expression names. */
export function conditionsNamedIn(expression: Node): readonly string[] {
  return [...everyNode(expression)].flatMap((node) => {
    const call = callOf(node);
    if (call?.name === 'Condition') return argumentText(call) ?? [];
    return call?.name === 'Fn::If' ? plainText(argumentList(call)?.[0]) ?? [] : [];
  });
}
