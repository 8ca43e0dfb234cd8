import type { ScenarioVariable, Truth } from '../../base/guard.ts';
import { nameOf } from '../../base/uri.ts';
import { mapLeaves, unknown } from '../../model/navigate.ts';
import type { Origin, Step, Value } from '../../model/value.ts';
import type { Domain } from '../domain.ts';
import { valueOfDomain } from '../domain.ts';
import { usedAt } from '../located.ts';
import type { DirectoryFiles } from './module-source.ts';
import { setOf } from './expression/functions/set.ts';
import { ordered } from './expression/order.ts';
import { asSecret } from './expression/origin.ts';
import { withTypeDefaults, type DefaultOf } from './type-constraint.ts';
import { readVariables, type VariableBlock } from './variables.ts';

/** The value that a call passes for a variable; undefined if it passes none. */
export type ModuleInputs = (name: string) => Value | undefined;

/** The truth of what a call passes for a variable, as a condition; undefined if it is not one expression. */
export type ModuleTruths = (name: string) => Truth | undefined;

/**
 * The variables of one module. Root variables are set from outside the configuration, those of other modules by their
 * callers.
 */
export class ModuleVariables {
  readonly #blocks: ReadonlyMap<string, VariableBlock>;
  readonly #inputs: ModuleInputs | undefined;
  readonly #passedTruth: ModuleTruths;
  readonly #defaultOf: DefaultOf;
  readonly #asBefore: (variable: ScenarioVariable) => ScenarioVariable;
  readonly #domains = new Map<string, Domain>();
  readonly #given = new Map<string, Value | undefined>();
  readonly #truths = new Map<string, Truth | undefined>();

  constructor(
    files: DirectoryFiles,
    { inputs, truths }: { readonly inputs: ModuleInputs | undefined; readonly truths?: ModuleTruths },
    defaultOf: DefaultOf,
    asBefore: (variable: ScenarioVariable) => ScenarioVariable = (variable) => variable,
  ) {
    this.#blocks = readVariables(files);
    this.#inputs = inputs;
    this.#passedTruth = truths ?? (() => undefined);
    this.#defaultOf = defaultOf;
    this.#asBefore = asBefore;
  }

  /** The known values of a variable that is not set. */
  domain(name: string): Domain | undefined {
    if (this.#inputs) return undefined;
    let domain = this.#domains.get(name);
    if (!domain) {
      const made = this.#blocks.get(name)?.domain;
      if (!made) return undefined;
      domain = { ...made, variable: this.#asBefore(made.variable) };
      this.#domains.set(name, domain);
    }
    return domain;
  }

  /** The value of `var.NAME` at the place that the origin describes. */
  value(name: string, origin: Origin): Value {
    const variable = this.#blocks.get(name);
    if (!variable) return unknown(origin, 'parameter');
    const secret = variable.secret ? { ...origin, secret: true } : origin;
    if (this.#inputs) {
      const value = this.#givenTo(name, variable, this.#inputs);
      const what = value === variable.fallback ? 'default' : 'passed';
      return value ? this.#used(variable, value, origin, { what, name: `var.${name}` }) : unknown(secret, 'parameter');
    }
    const domain = this.domain(name)!;
    return valueOfDomain(domain, secret, (value) => {
      const isGiven = domain.values[domain.variable.preferred ?? -1] === value && value !== variable.fallback;
      return this.#used(
        variable,
        value,
        origin,
        isGiven
          ? { what: 'given', name: `var.${name}`, by: fileOf(value) }
          : { what: value === variable.fallback ? 'default' : 'allowed', name: `var.${name}` },
      );
    });
  }

  /**
   * The truth of what a call passes for a variable, named; undefined if it is not one expression, or if the default
   * replaces null.
   */
  truth(name: string): Truth | undefined {
    if (!this.#truths.has(name)) {
      const variable = this.#blocks.get(name);
      const isWhole = variable && (!variable.fallback || variable.nullable);
      this.#truths.set(name, isWhole ? this.#passedTruth(name) : undefined);
    }
    return this.#truths.get(name);
  }

  /** The value that a call passes for a variable, otherwise its default. */
  #givenTo(name: string, { fallback, nullable }: VariableBlock, inputs: ModuleInputs): Value | undefined {
    if (!this.#given.has(name)) {
      const given = inputs(name);
      const orDefault =
        given && fallback && !nullable
          ? mapLeaves(given, (leaf) => (leaf.state === 'known' && leaf.value === null ? fallback : leaf))
          : given;
      this.#given.set(name, orDefault ?? fallback);
    }
    return this.#given.get(name);
  }

  #used({ secret, hidden, type, order }: VariableBlock, value: Value, origin: Origin, step: Step): Value {
    const placed = usedAt(inOrder(withTypeDefaults(value, type, this.#defaultOf), order), origin.use, origin.key, {
      ...step,
      at: value.origin.use,
    });
    return secret ? asSecret(placed) : hidden ? asSecret(placed, true) : placed;
  }
}

/** The name of the file with a value. */
function fileOf({ origin: { use } }: Value): string {
  return nameOf(use.doc);
}

/** A list converted to the type of its variable. */
function inOrder(value: Value, order: VariableBlock['order']): Value {
  if (!order) return value;
  return mapLeaves(value, (leaf) =>
    leaf.state !== 'list' ? leaf : order === 'set' ? setOf(leaf.origin, leaf.items, leaf.open) : ordered(leaf, order),
  );
}
