/** A selected scenario, and the parts of it that apply to a template. */
import { flatMap } from '../../base/flat-map.ts';
import { OTHER } from '../../base/guard.ts';
import type { ScenarioTerm } from '../../model/scenario.ts';
import { valueOf, type Tree } from '../../syntax/tree.ts';
import type { ChosenScenario, Deployment } from './inputs.ts';
import { readParameters, type TemplateParameter } from './parameters.ts';

/** Shown instead of the value of a secret parameter. */
const HIDDEN = 'a secret value';

/** The part of a scenario that applies to one template. */
export interface ScenarioOfTemplate {
  readonly chosen: ChosenScenario;
  /** The same for messages, with secrets redacted. */
  readonly shown: readonly Required<ScenarioTerm>[];
}

/** The part of a scenario that applies to a nested template. Its parameters are set by the parent template. */
export function scenarioWithin(tree: Tree, terms: readonly ScenarioTerm[]): ScenarioOfTemplate | undefined {
  const names = new Set(conditionNames(tree));
  return scenarioOf(
    tree,
    terms.filter(({ kind, name }) => kind !== 'parameter' && names.has(name)),
  );
}

/** The part of a scenario that applies to a template; undefined if none of it does. */
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

/** The terms that a scenario of a template can have. */
export interface ScenarioChoices {
  /** The names of its conditions, in document order. */
  readonly conditions: readonly string[];
  readonly parameters: readonly ParameterChoice[];
}

export interface ParameterChoice {
  readonly name: string;
  /** The values in the template and its deployments; empty for a secret parameter. */
  readonly values: readonly string[];
  /** Whether other values are possible. */
  readonly open: boolean;
  readonly secret: boolean;
}

/** The terms that a scenario of a template can have. Pseudo parameters are omitted if nothing is compared with them. */
export function scenarioChoices(tree: Tree, deployments: readonly Deployment[]): ScenarioChoices {
  const parameters = [...readParameters(tree, tree.roots[0]).values()].map((parameter) =>
    choiceOf(parameter, deployments),
  );
  return {
    conditions: conditionNames(tree),
    parameters: parameters.filter(({ name, values }) => !name.startsWith('AWS::') || values.length > 0),
  };
}

function choiceOf(
  { name, hidden: secret, domain }: TemplateParameter,
  deployments: readonly Deployment[],
): ParameterChoice {
  const known = domain?.variable.domain ?? [OTHER];
  const given = flatMap(deployments, ({ parameters }) => parameters.get(name)?.text ?? []);
  const values = secret ? [] : [...new Set([...known.filter((value) => value !== OTHER), ...given])];
  return { name, values, open: secret || known.includes(OTHER), secret };
}

function conditionNames(tree: Tree): readonly string[] {
  const section = valueOf(tree.roots[0], 'Conditions');
  return section?.kind === 'map'
    ? [...new Set(section.pairs.map(({ name }) => name))].filter((name) => name !== '' && !name.startsWith('Fn::'))
    : [];
}
