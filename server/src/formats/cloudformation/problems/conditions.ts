import { resolved, valueOf, type MapNode, type Node } from '../../../syntax/tree.ts';
import { argumentList, argumentText, callOf } from '../call.ts';
import { conditionOrder, conditionsNamedIn } from '../condition-order.ts';
import { REJECTED, type ReportProblem } from './report.ts';
import { mayBePart } from '../sections.ts';
import type { Visit } from './walk.ts';

/**
 * References to undefined conditions.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/conditions-section-structure.html
 */
export class ConditionNames {
  /** Undefined if conditions can be in another part of the template. */
  readonly #section: ReadonlySet<string> | undefined;
  readonly #report: ReportProblem;

  constructor(template: MapNode, report: ReportProblem) {
    const section = valueOf(template, 'Conditions');
    this.#section =
      !section && mayBePart(template)
        ? undefined
        : new Set(section?.kind === 'map' ? section.pairs.map(({ name }) => name) : []);
    this.#report = report;
    for (const name of ['Resources', 'Outputs']) {
      const members = valueOf(template, name);
      for (const { value } of members?.kind === 'map' ? members.pairs : []) {
        const condition = valueOf(value, 'Condition');
        if (condition?.kind === 'scalar' && !callOf(condition)) this.#check(condition.value, condition);
      }
    }
  }

  visit({ call, place }: Visit): void {
    if (call.name === 'Fn::If') {
      const condition = resolved(argumentList(call)?.[0]);
      if (condition?.kind === 'scalar') this.#check(condition.value, condition);
      // Outside of Conditions, a `Condition` key in a map is a property.
    } else if (call.name === 'Condition' && (call.short || place.section === 'Conditions')) {
      const name = argumentText(call);
      if (name !== undefined) this.#check(name, call.argument);
    }
  }

  #check(name: string, at: Node): void {
    if (this.#section?.has(name) === false)
      this.#report(
        at,
        `There is no condition named ${name} in Conditions. ${REJECTED}; define it or correct the name.`,
        { kind: 'condition', name },
      );
  }
}

/** Conditions that depend on themselves. */
export function circularConditions(template: MapNode, report: ReportProblem): void {
  const section = valueOf(template, 'Conditions');
  const conditions = section?.kind === 'map' ? section.pairs : [];
  const { circular } = conditionOrder(new Map(conditions.map((pair) => [pair.name, conditionsNamedIn(pair.value)])));
  for (const { key, name } of conditions) {
    if (circular.has(name))
      report(key, `The condition ${name} depends on itself. ${REJECTED}; remove the circular reference.`);
  }
}
