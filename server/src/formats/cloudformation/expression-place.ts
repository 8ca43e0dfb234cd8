/** The context of a place in a template: the loop iterations and the conditions around it. */
import { flatMap } from '../../base/flat-map.ts';
import { Guard } from '../../base/guard.ts';
import { resolved, type Node } from '../../syntax/tree.ts';
import { argumentList, callOf, plainText } from './call.ts';
import type { Template } from './evaluate.ts';
import { expandedPairs, isLoop } from './loop.ts';

/**
 * The template in each iteration of the loops around a place, which `around` leads to from the root; the template
 * itself outside of loops.
 */
export function iterationsAt(template: Template, around: readonly Node[]): readonly Template[] {
  const innermost = around.at(-1);
  for (const [index, node] of around.entries()) {
    const loop =
      node.kind === 'map'
        ? node.pairs.find(({ name, value }) => isLoop(name) && value === around[index + 1])
        : undefined;
    if (node.kind !== 'map' || !loop || !innermost) continue;
    const iterations = expandedPairs(template, node).pairs.filter(
      ({ pair }) =>
        pair !== loop && (pair.value === innermost || around.includes(pair.value) || around.includes(pair.key)),
    );
    const templates = [
      ...new Set(iterations.filter((iteration) => iteration.template !== template).map((turn) => turn.template)),
    ];
    if (templates.length > 0)
      return flatMap(templates, (iteration) =>
        iterationsAt(
          iteration,
          around.slice(
            around.findIndex((one) => iterations.some(({ pair }) => pair.value === one || pair.key === one)),
          ),
        ),
      );
  }
  return [template];
}

/**
 * The scenarios in which a place is reached: those of the Fn::If branches, resource or output around it. All scenarios
 * if there would be none.
 */
export function reachedAt(template: Template, around: readonly Node[]): Guard {
  let reached = Guard.always;
  around.forEach((node, index) => {
    const call = callOf(node);
    const list = call?.name === 'Fn::If' ? argumentList(call) : undefined;
    const branch =
      list?.findIndex(
        (argument) => resolved(argument) === around.slice(index + 1).find((inner) => resolved(argument) === inner),
      ) ?? -1;
    const name = branch > 0 ? plainText(list![0]) : undefined;
    if (name === undefined) return;
    const { yes, no } = template.conditions.named(name);
    reached = reached.and(branch === 1 ? yes : no);
  });
  const [root, , body] = around;
  const section = root?.kind === 'map' ? root.pairs.find(({ value }) => value === around[1])?.name : undefined;
  const own =
    (section === 'Resources' || section === 'Outputs') && body?.kind === 'map'
      ? body.pairs.find(({ name }) => name === 'Condition')
      : undefined;
  const name = own && template.text(own.value);
  if (name !== undefined && !around.includes(own!.value)) reached = reached.and(template.conditions.named(name).yes);
  return reached.satisfiable() ? reached : Guard.always;
}
