import type { Problem } from '../../model/finding.ts';
import { resolved, valueOf, type Node, type Tree } from '../../syntax/tree.ts';
import { spanOf } from '../located.ts';
import { argumentList, argumentText, callOf, everyNode } from './call.ts';
import { isLoop } from './loop.ts';
import { conditionOrder, conditionsNamedIn } from './condition-order.ts';

/**
 * What is wrong with the conditions of a template: names that nothing defines, conditions that depend on themselves. A
 * template with macros is left alone, because they can add conditions, and so is one that is broken, because what is named may
 * be in the part that could not be read.
 */
export function documentProblems(tree: Tree, template: Node | undefined): readonly Problem[] {
  const section = valueOf(template, 'Conditions');
  const makesMore = section?.kind === 'map' && section.pairs.some((pair) => isLoop(pair.name));
  if (hasMacros(template) || makesMore || tree.problems.length > 0) return [];
  const problems: Problem[] = [];
  const report = (at: Node, message: string): void => void problems.push({ at: spanOf(tree, at), message, kind: 'document' });
  for (const { name, at } of namedConditions(template)) {
    if (!valueOf(section, name)) report(at, `There is no condition named ${name} in Conditions, so CloudFormation will reject the template; define it or correct the name.`);
  }
  const conditions = section?.kind === 'map' ? section.pairs : [];
  const { circular } = conditionOrder(new Map(conditions.map((pair) => [pair.name, conditionsNamedIn(pair.value)])));
  for (const { key, name } of conditions) {
    if (circular.has(name)) report(key, `The condition ${name} depends on itself, so CloudFormation will reject the template; break the circle.`);
  }
  return problems;
}

const KNOWN_TRANSFORMS: ReadonlySet<string> = new Set(['AWS::LanguageExtensions', 'AWS::Serverless-2016-10-31', 'AWS::SecretsManager-2020-07-23', 'AWS::SecretsManager-2024-09-16', 'AWS::CodeDeployBlueGreen']);

/** Whether macros can change the template in ways that are not seen in it. */
export function hasMacros(template: Node | undefined): boolean {
  const transform = valueOf(template, 'Transform');
  const names = transform?.kind === 'list' ? transform.items.map((item) => item.value) : transform ? [transform] : [];
  const section = valueOf(template, 'Conditions');
  return names.some((name) => name.kind !== 'scalar' || !KNOWN_TRANSFORMS.has(name.value))
    || [template, section].some((node) => node?.kind === 'map' && node.pairs.some((pair) => pair.name.startsWith('Fn::') && !isLoop(pair.name)));
}

/** Every place that names a condition. */
function* namedConditions(template: Node | undefined): Iterable<{ name: string; at: Node }> {
  for (const section of ['Conditions', 'Resources', 'Outputs']) {
    const node = valueOf(template, section);
    for (const inner of everyNode(node)) {
      const call = callOf(inner);
      // Outside of Conditions, `Condition` in a map alone is the name of a property.
      const isCondition = call?.name === 'Condition' && (call.short || section === 'Conditions');
      const at = call?.name === 'Fn::If' ? resolved(argumentList(call)?.[0]) : isCondition ? call.argument : undefined;
      if (at?.kind === 'scalar' && (call?.name === 'Fn::If' || argumentText(call!) !== undefined)) yield { name: at.value, at };
    }
    if (section === 'Conditions' || node?.kind !== 'map') continue;
    for (const pair of node.pairs) {
      const condition = valueOf(pair.value, 'Condition');
      if (condition?.kind === 'scalar' && !callOf(condition)) yield { name: condition.value, at: condition };
    }
  }
}
