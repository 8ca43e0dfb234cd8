import { bothTruths, eitherTruth, FALSE, Guard, notTruth, TRUE, type Truth } from '../../base/guard.ts';
import { resolved, valueOf, type Node } from '../../syntax/tree.ts';
import type { Template } from './evaluate.ts';
import type { ChosenScenario } from './inputs.ts';

/**
 * The scenarios in which a template can be deployed according to its Rules, within the selected scenario. Assertions
 * that depend on unknown values are ignored, because they exclude nothing known.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html
 */
export function deployable(template: Template, scenario: ChosenScenario | undefined): Truth {
  const all = [...assertions(template), ...(scenario ? chosenConditions(template, scenario) : [])];
  // The scenarios of assertions about different parameters multiply, and every resource exists within them.
  return all.reduce(
    (sum, one, index) => Guard.condensed(bothTruths(sum, one), `${template.tree.doc}#rules ${index}`, 'Rules'),
    TRUE,
  );
}

function* assertions(template: Template): Iterable<Truth> {
  const section = valueOf(template.root, 'Rules');
  for (const { value } of section?.kind === 'map' ? section.pairs : []) {
    const rule = resolved(value);
    const premise = valueOf(rule, 'RuleCondition');
    const list = valueOf(rule, 'Assertions');
    const when = premise ? template.conditions.decide(premise) : TRUE;
    for (const item of list?.kind === 'list' ? list.items : []) {
      const assertion: Node | undefined = valueOf(item.value, 'Assert');
      const truth = assertion && eitherTruth(notTruth(when), template.conditions.decide(assertion));
      if (truth && restsOnParameters(truth)) yield truth;
    }
  }
}

function* chosenConditions(template: Template, { conditions, parameters }: ChosenScenario): Iterable<Truth> {
  for (const name of parameters.keys()) if (template.parameters.get(name)?.refused) yield FALSE;
  for (const [name, value] of conditions) {
    if (!template.conditions.written(name)) continue;
    const truth = template.conditions.named(name);
    yield value ? truth : notTruth(truth);
  }
}

/** Whether a truth is decided by parameters alone. */
function restsOnParameters({ yes, no }: Truth): boolean {
  return [yes, no].every((guard) => guard.exact && [...guard.variables()].every(({ kind }) => kind !== 'condition'));
}
