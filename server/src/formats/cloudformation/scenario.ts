/** A selected scenario, and the parts of it that apply to a template. */
import { OTHER } from '../../base/guard.ts';
import { valueOf, type Tree } from '../../syntax/tree.ts';
import type { ChosenScenario, Deployment } from './inputs.ts';
import { readParameters, type Parameter } from './parameters.ts';

/** One thing that is to be so. Without a kind the name is that of a condition, else of a parameter, whichever the template has. */
export interface ScenarioTerm {
  readonly kind?: 'condition' | 'parameter';
  readonly name: string;
  /** For a condition `true` or `false`. */
  readonly value: string;
}

/** What is shown in place of the value of a secret parameter. */
const HIDDEN = 'a secret value';

/** A scenario as far as it concerns one template. */
export interface ScenarioOfTemplate {
  readonly chosen: ChosenScenario;
  /** The same for people, without secrets. */
  readonly shown: readonly Required<ScenarioTerm>[];
}

/** What of a scenario a template within another one has. What its parameters are the template around it says. */
export function scenarioWithin(tree: Tree, terms: readonly ScenarioTerm[]): ScenarioOfTemplate | undefined {
  const names = new Set(conditionNames(tree));
  return scenarioOf(
    tree,
    terms.filter(({ kind, name }) => kind !== 'parameter' && names.has(name)),
  );
}

/** What of a scenario a template has; undefined if it has none of it. */
export function scenarioOf(tree: Tree, terms: readonly ScenarioTerm[]): ScenarioOfTemplate | undefined {
  if (terms.length === 0) return undefined;
  const names = new Set(conditionNames(tree));
  const declared = readParameters(tree, tree.roots[0]);
  const conditions = new Map<string, boolean>();
  const parameters = new Map<string, string>();
  for (const { kind, name, value } of terms) {
    const truth = /^(?:true|false)$/i.test(value) ? value.toLowerCase() === 'true' : undefined;
    if (kind !== 'parameter' && names.has(name) && truth !== undefined) conditions.set(name, truth);
    else if (kind !== 'condition' && declared.has(name)) parameters.set(name, value);
  }
  if (conditions.size + parameters.size === 0) return undefined;
  return {
    chosen: { conditions, parameters },
    shown: [
      ...[...conditions].map(([name, value]) => ({ kind: 'condition', name, value: String(value) }) as const),
      ...[...parameters].map(
        ([name, value]) => ({ kind: 'parameter', name, value: declared.get(name)!.hidden ? HIDDEN : value }) as const,
      ),
    ],
  };
}

/** What a scenario of a template can be made of. */
export interface ScenarioChoices {
  /** The names of its conditions, in the order of the template. */
  readonly conditions: readonly string[];
  readonly parameters: readonly ParameterChoice[];
}

export interface ParameterChoice {
  readonly name: string;
  /** The values that the template and its deployments name. There are none for a secret one. */
  readonly values: readonly string[];
  /** Whether it can have other values. */
  readonly open: boolean;
  readonly secret: boolean;
}

/** What a scenario of a template can be made of; pseudo parameters are left out when nothing is compared with them. */
export function scenarioChoices(tree: Tree, deployments: readonly Deployment[]): ScenarioChoices {
  const parameters = [...readParameters(tree, tree.roots[0]).values()].map((parameter) =>
    choiceOf(parameter, deployments),
  );
  return {
    conditions: conditionNames(tree),
    parameters: parameters.filter(({ name, values }) => !name.startsWith('AWS::') || values.length > 0),
  };
}

function choiceOf({ name, hidden: secret, domain }: Parameter, deployments: readonly Deployment[]): ParameterChoice {
  const known = domain?.variable.domain ?? [OTHER];
  const given = deployments.flatMap(({ parameters }) => parameters.get(name)?.text ?? []);
  const values = secret ? [] : [...new Set([...known.filter((value) => value !== OTHER), ...given])];
  return { name, values, open: secret || known.includes(OTHER), secret };
}

function conditionNames(tree: Tree): readonly string[] {
  const section = valueOf(tree.roots[0], 'Conditions');
  return section?.kind === 'map'
    ? [...new Set(section.pairs.map(({ name }) => name))].filter((name) => name !== '' && !name.startsWith('Fn::'))
    : [];
}
