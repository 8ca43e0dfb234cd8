import { flatMap } from '../../base/flat-map.ts';
import type { ScenarioVariable } from '../../base/guard.ts';
import { Guard } from '../../base/guard.ts';
import type { Span, Uri } from '../../base/span.ts';
import { endsStep, finished } from '../../base/steps.ts';
import { isSecretName, isUserName } from '../../model/credential.ts';
import { choice, mapLeaves, unknown } from '../../model/navigate.ts';
import type { Origin, Value } from '../../model/value.ts';
import { type Node, resolved, textOf, type Tree, valueOf } from '../../syntax/tree.ts';
import { domainOf, valueOfDomain, type Domain } from '../domain.ts';
import { spanOf, usedAt } from '../located.ts';
import { plainValue } from '../plain.ts';
import { comparedLiterals, type Compared, type ComparedLiterals } from './compared-literals.ts';
import { NO_INPUTS, type GivenText, type TemplateInputs } from './inputs.ts';
import { charactersOfParameter, parameterLimit, textsOfPattern, type ParameterLimit } from './parameter-limit.ts';
import { isListType, textOfScalar, typedValue } from './parameter-type.ts';

export interface TemplateParameter {
  readonly name: string;
  readonly type: string;
  /** Whether it is marked as secret. A user name that is marked is hidden, but does not count as a credential. */
  readonly secret: boolean;
  /** Whether its values must not be shown, because of a mark or its name. */
  readonly hidden: boolean;
  /** Undefined if its values are unknown, because it is read from Systems Manager, or if `value` is set. */
  readonly domain: Domain | undefined;
  /** The value from outside, if it is given. */
  readonly value?: Value;
  /** Whether the selected scenario sets a value that is not allowed, so that the template cannot be deployed. */
  readonly refused?: true;
}

/** The values from the deployment or the parent template. */
export interface GivenInputs {
  readonly inputs?: TemplateInputs;
  /** The value that the parent template passes; if absent, the parameter has its default. */
  passed?(parameter: string): Value;
  /** The pseudo parameters of the parent template that are the same in both. */
  readonly pseudo?: ReadonlyMap<string, TemplateParameter>;
  /** The literals that parameters are compared with, if there are others than those in the template. */
  readonly compared?: ComparedLiterals;
}

/** The pseudo parameters whose values depend on the account and Region of the deployment. */
export const PSEUDO_PARAMETERS = [
  'AWS::AccountId',
  'AWS::NotificationARNs',
  'AWS::Partition',
  'AWS::Region',
  'AWS::StackId',
  'AWS::StackName',
  'AWS::URLSuffix',
];

/** The pseudo parameters that are the same in a stack and its nested stacks. */
export const SHARED_PSEUDO_PARAMETERS = ['AWS::AccountId', 'AWS::Partition', 'AWS::Region', 'AWS::URLSuffix'];

/** Whether a parameter is a pseudo parameter that is the same in a stack and its nested stacks. */
export function isSharedPseudo(parameter: string): boolean {
  return SHARED_PSEUDO_PARAMETERS.includes(parameter);
}

/** The parameters of a template by name, including pseudo parameters. */
export function readParameters(
  tree: Tree,
  template: Node | undefined,
  given: GivenInputs = {},
): ReadonlyMap<string, TemplateParameter> {
  return finished(readingParameters(tree, template, given));
}

/** Does `readParameters` in steps. */
export function* readingParameters(
  tree: Tree,
  template: Node | undefined,
  given: GivenInputs = {},
): Generator<void, ReadonlyMap<string, TemplateParameter>, undefined> {
  const compared = given.compared ?? comparedLiterals(tree);
  const parameters = new Map<string, TemplateParameter>();
  const deployments = deploymentsOf(tree.doc, given.inputs ?? NO_INPUTS);
  for (const name of PSEUDO_PARAMETERS) {
    const around = isSharedPseudo(name) ? given.pseudo?.get(name) : undefined;
    if (around) {
      parameters.set(name, around);
      continue;
    }
    // Every account ID has twelve digits.
    const limit = name === 'AWS::AccountId' ? { limit: (text: string) => /^\d{12}$/.test(text), limitedAs: name } : {};
    const source = {
      id: idOf(tree.doc, name),
      kind: 'parameter',
      name,
      compared: compared.get(name) ?? [],
      ...limit,
    } as const;
    const text = given.inputs?.scenario?.parameters.get(name);
    const nowhere: Origin = { use: { doc: tree.doc, start: 0, end: 0 }, steps: [], edit: 'none' };
    parameters.set(name, {
      name,
      type: 'String',
      secret: false,
      hidden: false,
      domain: domainOf(text === undefined ? source : { ...source, pinned: { text, value: textValue(text, nowhere) } }),
    });
  }
  const section = valueOf(template, 'Parameters');
  if (section?.kind !== 'map') return parameters;
  for (const [index, { name, key, value }] of section.pairs.entries()) {
    if (endsStep(index)) yield;
    parameters.set(
      name,
      new Reading(tree, name, spanOf(tree, key), resolved(value), compared.get(name) ?? []).parameter(
        deployments,
        given.passed,
      ),
    );
  }
  return parameters;
}

function idOf(doc: Uri, name: string): string {
  return `${doc}#${name}`;
}

/** The deployments of a template as one scenario variable, so that the values of one deployment stay together. */
interface Deployments {
  /** Undefined unless there are several. */
  readonly variable: ScenarioVariable | undefined;
  readonly ways: readonly Way[];
  /** The spellings of a parameter's value in the selected scenario. */
  chosen(parameter: string): GivenText | undefined;
}

interface Way {
  readonly name: string;
  given(parameter: string): GivenText | undefined;
  /** Whether a deployment does not state the value of the parameter. */
  isOpen(parameter: string): boolean;
}

const CHOSEN = 'the chosen scenario';

function deploymentsOf(doc: Uri, { deployments, scenario }: TemplateInputs): Deployments {
  const names = deployments.map(({ name }) => name);
  return {
    variable:
      names.length > 1
        ? { id: idOf(doc, '\u0000deployment'), kind: 'deployment', name: 'deployment', domain: names }
        : undefined,
    ways: deployments.map(({ name, parameters, open }) => ({
      name,
      given: (parameter) => parameters.get(parameter),
      isOpen: (parameter) => open?.has(parameter) ?? false,
    })),
    chosen: (parameter) => {
      const text = scenario?.parameters.get(parameter);
      return text === undefined ? undefined : { text };
    },
  };
}

/** One parameter, as written. */
class Reading {
  readonly #tree: Tree;
  readonly #name: string;
  readonly #nameAt: Span;
  readonly #body: Node | undefined;
  readonly #compared: readonly Compared[];
  readonly #type: string;
  readonly #secret: boolean;
  readonly #hidden: boolean;

  constructor(tree: Tree, name: string, nameAt: Span, body: Node | undefined, compared: readonly Compared[]) {
    this.#tree = tree;
    this.#name = name;
    this.#nameAt = nameAt;
    this.#body = body;
    this.#compared = compared;
    this.#type = textOf(valueOf(body, 'Type')) ?? 'String';
    const isMasked = textOf(valueOf(body, 'NoEcho'))?.toLowerCase() === 'true';
    this.#secret = isMasked && !isUserName(name);
    this.#hidden = isMasked || isSecretName(name);
  }

  parameter(deployments: Deployments, passed: GivenInputs['passed']): TemplateParameter {
    const own = { name: this.#name, type: this.#type, secret: this.#secret, hidden: this.#hidden };
    if (this.#type.startsWith('AWS::SSM::Parameter::Value<')) return { ...own, domain: undefined };
    if (passed) return { ...own, domain: undefined, value: this.#passed(passed(this.#name)) };
    const chosen = deployments.chosen(this.#name);
    if (chosen)
      return { ...own, domain: this.#pinned(chosen, CHOSEN), ...(this.#allows(chosen.text) ? {} : { refused: true }) };
    const { variable, ways } = deployments;
    if (variable) return { ...own, domain: undefined, value: this.#byDeployment(variable, ways) };
    const only = ways[0];
    const given = only?.given(this.#name);
    if (only && given) return { ...own, domain: this.#pinned(given, only.name) };
    return { ...own, domain: this.#domain(only && !only.isOpen(this.#name) ? this.#fallback() : undefined) };
  }

  #pinned(given: GivenText, by: string): Domain {
    return this.#domain({ text: given.text, value: this.#given(given, by) });
  }

  /** The values in each deployment of the template. */
  #byDeployment(variable: ScenarioVariable, ways: readonly Way[]): Value {
    return choice(
      this.#nowhere(),
      ways.map(({ name, given, isOpen }, index) => {
        const text = given(this.#name);
        const otherwise = (): Value => (isOpen(this.#name) ? this.#anything() : this.#byDefault());
        return {
          guard: Guard.of(variable, [index]).named({ kind: 'deployment', name: 'deployment', value: name }),
          value: text ? this.#given(text, name) : otherwise(),
        };
      }),
    );
  }

  /** The value that the parent template passes, or the default. */
  #passed(value: Value): Value {
    return typedValue(
      mapLeaves(value, (leaf) => {
        if (leaf.state === 'absent') return leaf.open ? unknown(this.#nowhere(), 'parameter') : this.#byDefault();
        return usedAt(leaf, leaf.origin.use, leaf.origin.key, { what: 'stack', name: this.#name, at: leaf.origin.use });
      }),
      this.#type,
    );
  }

  /** The possible values without a deployment. */
  #anything(): Value {
    const domain = this.#domain();
    const fallback = domain.variable.preferred === undefined ? undefined : domain.values[domain.variable.preferred];
    return valueOfDomain(domain, this.#nowhere(), (value) =>
      usedAt(value, value.origin.use, undefined, {
        what: value === fallback ? 'default' : 'allowed',
        name: this.#name,
        at: value.origin.use,
      }),
    );
  }

  #byDefault(): Value {
    const fallback = this.#fallback()?.value;
    return fallback
      ? usedAt(fallback, fallback.origin.use, undefined, { what: 'default', name: this.#name, at: fallback.origin.use })
      : unknown(this.#nowhere(), 'parameter');
  }

  #nowhere(): Origin {
    return { use: this.#nameAt, steps: [], edit: 'none' };
  }

  #given({ text, at }: GivenText, by: string): Value {
    const origin: Origin = {
      use: at ?? this.#nameAt,
      edit: 'shared',
      steps: [{ what: 'given', name: this.#name, by, ...(at ? { at } : {}) }],
      ...(this.#hidden ? { secret: true, ...(this.#secret ? {} : { secretByName: true }) } : {}),
    };
    return typedValue(textValue(text, origin), this.#type);
  }

  #fallback(): Compared | undefined {
    return this.#read(valueOf(this.#body, 'Default'));
  }

  #read(node: Node | undefined): Compared | undefined {
    return node?.kind === 'scalar'
      ? { text: textOfScalar(node), value: typedValue(plainValue(this.#tree, node), this.#type) }
      : undefined;
  }

  /**
   * Whether a string is an allowed value and satisfies the other constraints, as far as these apply to the whole value.
   */
  #allows(text: string): boolean {
    if (this.#type !== 'String' && this.#type !== 'Number') return true;
    const allowed = valueOf(this.#body, 'AllowedValues');
    const isAllowed =
      allowed?.kind !== 'list' ||
      allowed.items.some(({ value }) => {
        const node = resolved(value);
        return node?.kind !== 'scalar' || node.value === text || this.#read(node)?.text === text;
      });
    return isAllowed && parameterLimit(this.#body, this.#type)?.(text) !== false;
  }

  #domain(pinned?: Compared): Domain {
    const fallback = this.#fallback();
    const allowed = valueOf(this.#body, 'AllowedValues');
    const written =
      allowed?.kind === 'list'
        ? flatMap(allowed.items, (item) => this.#read(resolved(item.value)) ?? [])
        : this.#ofPattern(fallback);
    const limit = allLimits(parameterLimit(this.#body, this.#type), written && this.#isLimitedTo(written));
    const limitOfParts = this.#type === 'String' ? charactersOfParameter(this.#body, this.#type) : undefined;
    return domainOf({
      id: idOf(this.#tree.doc, this.#name),
      kind: 'parameter',
      name: this.#name,
      secret: this.#hidden,
      ...(isListType(this.#type) ? {} : { single: true }),
      compared: limit ? this.#compared.filter(({ text }) => limit(text)) : this.#compared,
      ...(limit ? { limit } : {}),
      ...(limitOfParts ? { limitOfParts } : {}),
      ...(pinned ? { pinned } : {}),
      ...(fallback ? { fallback } : {}),
      ...(written && this.#isWhole(written) ? { allowed: written } : {}),
    });
  }

  /**
   * The values in a pattern, if the template compares the parameter with all of them, so that there is no other value.
   */
  #ofPattern(fallback: Compared | undefined): readonly Compared[] | undefined {
    const named = fallback ? [fallback, ...this.#compared] : this.#compared;
    const texts = textsOfPattern(this.#body, this.#type)?.map((text) => named.find((one) => one.text === text));
    return texts?.every((one) => one !== undefined) ? texts : undefined;
  }

  /**
   * Whether a parameter is restricted to its allowed values. In a list, each item must be allowed, so many lists are
   * possible. Only an allowed value with a comma can be a complete list.
   * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
   */
  #isWhole(allowed: readonly Compared[]): boolean {
    return !isListType(this.#type) || allowed.some(({ text }) => text.includes(','));
  }

  #isLimitedTo(allowed: readonly Compared[]): ParameterLimit | undefined {
    const texts = new Set(allowed.map(({ text }) => text));
    if (texts.size === 0) return undefined;
    return this.#isWhole(allowed)
      ? (text) => texts.has(text)
      : (text) => text.split(',').every((item) => texts.has(item.trim()));
  }
}

function allLimits(...limits: readonly (ParameterLimit | undefined)[]): ParameterLimit | undefined {
  const set = limits.filter((limit) => limit !== undefined);
  return set.length === 0 ? undefined : (text) => set.every((fits) => fits(text));
}

function textValue(text: string, origin: Origin): Value {
  return { state: 'known', origin, raw: text, quoted: true, value: text };
}
