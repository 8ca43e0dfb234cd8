/** Values of templates as text, with their value in every scenario of the parameters. */
import { OTHER, type Guard, type ScenarioVariable } from '../../server/src/base/guard.ts';
import { Template } from '../../server/src/formats/cloudformation/evaluate.ts';
import { leaves, memberAt } from '../../server/src/model/navigate.ts';
import type { Leaf, Value } from '../../server/src/model/value.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { pairOf, valueOf } from '../../server/src/syntax/tree.ts';
import { scenariosOf, type Scenario } from '../base/scenarios.ts';

export function templateOf(text: string, doc = 'file:///t.yaml'): Template {
  return new Template(parse(doc, text));
}

/** The value of a property of a resource. */
export function propertyOf(template: Template, resource: string, path: string): Value {
  const body = valueOf(valueOf(template.root, 'Resources'), resource);
  return memberAt(template.evaluate(pairOf(body, 'Properties')!.value), path.split('.'));
}

/** A value as text: each thing that it can be, with the scenarios of some parameters in which it is. */
export function valueText(value: Value, scenarios: readonly Scenario[]): string {
  return leaves(value)
    .map(({ guard, value: leaf }) => `${leafText(leaf, scenarios)}${whenText(guard, scenarios)}`)
    .join(' | ');
}

/** Every scenario of some parameters of a template. */
export function scenariosIn(template: Template, ...parameters: readonly string[]): readonly Scenario[] {
  return scenariosOf(parameters.map((name) => template.parameters.get(name)!.domain!.variable));
}

/** Empty for always, else the scenarios; where none of the parameters decides, the names of the circumstances. */
export function whenText(guard: Guard, scenarios: readonly Scenario[]): string {
  if (guard.isAlways()) return '';
  const within = scenarios
    .filter((scenario) => guard.contains(scenario))
    .map(scenarioText)
    .join(', ');
  return ` if ${
    within ||
    guard
      .describe()
      .map(({ name, value }) => `${name} is ${String(value)}`)
      .join(' and ') ||
    'never'
  }`;
}

function scenarioText(scenario: Scenario): string {
  return [...scenario].map(([variable, index]) => labelOf(variable, index)).join(' ');
}

function labelOf({ name, domain }: ScenarioVariable, index: number): string {
  return `${name}=${domain[index] === OTHER ? '*' : domain[index]!}`;
}

function leafText(leaf: Leaf, scenarios: readonly Scenario[]): string {
  const text = stateText(leaf, scenarios);
  return leaf.origin.secret ? `secret(${text})` : text;
}

function stateText(leaf: Leaf, scenarios: readonly Scenario[]): string {
  switch (leaf.state) {
    case 'known':
      return JSON.stringify(leaf.value);
    case 'template':
      return leaf.pieces
        .map((piece) => (typeof piece === 'string' ? JSON.stringify(piece) : leafText(piece, scenarios)))
        .join(' + ');
    case 'reference':
      return leaf.attribute === undefined ? leaf.to : `${leaf.to}.${leaf.attribute}`;
    case 'absent':
      return leaf.open ? 'absent or not' : 'absent';
    case 'unknown':
      return `?${leaf.why}${leaf.refs.length > 0 ? ` of ${leaf.refs.join(', ')}` : ''}`;
    case 'list':
      return `[${[...leaf.items.map((item) => valueText(item.value, scenarios)), ...(leaf.open ? ['…'] : [])].join(', ')}]`;
    case 'object':
      return `{${[...leaf.entries.map((entry) => `${entry.key}: ${valueText(entry.value, scenarios)}`), ...(leaf.open ? ['…'] : [])].join(', ')}}`;
  }
}
