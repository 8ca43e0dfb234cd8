import { mapLeaves, unknown } from '../../model/navigate.ts';
import type { Origin, Value } from '../../model/value.ts';
import type { Domain } from '../domain.ts';
import { valueOfDomain } from '../domain.ts';
import { usedAt } from '../located.ts';
import type { DirectoryFiles } from './module-source.ts';
import { completed, type DefaultOf } from './type-constraint.ts';
import { readVariables, type VariableBlock } from './variables.ts';

/** What a call gives a variable of a module; undefined when it says nothing of it. */
export type Inputs = (name: string) => Value | undefined;

/** The variables of one module. Those of the root are given from outside, those of the others by whoever calls them. */
export class ModuleVariables {
  readonly #blocks: ReadonlyMap<string, VariableBlock>;
  readonly #inputs: Inputs | undefined;
  readonly #defaultOf: DefaultOf;
  readonly #given = new Map<string, Value | undefined>();

  constructor(files: DirectoryFiles, inputs: Inputs | undefined, defaultOf: DefaultOf) {
    this.#blocks = readVariables(files);
    this.#inputs = inputs;
    this.#defaultOf = defaultOf;
  }

  /** What is known of the values of a variable that nobody has given one. */
  domain(name: string): Domain | undefined {
    return this.#inputs ? undefined : this.#blocks.get(name)?.domain;
  }

  /** The value of `var.NAME` at the place that the origin describes. */
  value(name: string, origin: Origin): Value {
    const variable = this.#blocks.get(name);
    if (!variable) return unknown(origin, 'parameter');
    const secret = variable.secret ? { ...origin, secret: true } : origin;
    if (this.#inputs) {
      const value = this.#givenTo(name, variable, this.#inputs);
      return value ? this.#used(name, variable, value, origin, 'variable') : unknown(secret, 'parameter');
    }
    const { domain } = variable;
    return valueOfDomain(domain, secret, (value) => {
      const fallback = domain.variable.preferred !== undefined && domain.values[domain.variable.preferred] === value;
      return this.#used(name, variable, value, origin, fallback ? 'variable' : 'allowed');
    });
  }

  /** What a call gives a variable, else its default. */
  #givenTo(name: string, { fallback, nullable }: VariableBlock, inputs: Inputs): Value | undefined {
    if (!this.#given.has(name)) {
      const given = inputs(name);
      const orDefault = given && fallback && !nullable ? mapLeaves(given, (leaf) => leaf.state === 'known' && leaf.value === null ? fallback : leaf) : given;
      this.#given.set(name, orDefault ?? fallback);
    }
    return this.#given.get(name);
  }

  #used(name: string, { secret, type }: VariableBlock, value: Value, origin: Origin, what: 'variable' | 'allowed'): Value {
    const placed = usedAt(completed(value, type, this.#defaultOf), origin.use, origin.key, { what, name: `var.${name}`, at: value.origin.use });
    return secret ? { ...placed, origin: { ...placed.origin, secret: true } } : placed;
  }
}
