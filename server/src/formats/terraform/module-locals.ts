import { Guard, type Truth } from '../../base/guard.ts';
import type { Span } from '../../base/span.ts';
import { unknown } from '../../model/navigate.ts';
import type { Origin, Value } from '../../model/value.ts';
import type { ScalarNode, Tree } from '../../syntax/tree.ts';
import { spanOf, usedAt } from '../located.ts';
import type { DirectoryBlocks } from './blocks.ts';
import { attributeValue } from './body-value.ts';
import { truthOf } from './evaluate.ts';
import type { Scope } from './expression/scope.ts';
import { needsEvaluation, parseScalar } from './expression/template.ts';

interface Options {
  readonly blocks: DirectoryBlocks;
  /** The value of a string in a local. */
  readonly templateOf: (tree: Tree, node: ScalarNode, key: Span | undefined) => Value;
  /** The scope of the expression of a local. */
  readonly scopeOf: (tree: Tree, node: ScalarNode) => Scope;
  /** What the ids of its scenario variables begin with. */
  readonly within: string;
  /** The truth of a local that is known from an earlier version, or that is computed. */
  readonly known: (name: string, compute: () => Truth) => Truth;
  /** Called for a local that depends on itself. */
  readonly cycle: () => void;
}

/** The locals of one module. */
export class ModuleLocals {
  readonly #options: Options;
  readonly #values = new Map<string, Value>();
  readonly #truths = new Map<string, Truth>();
  /** What is being evaluated, so that a cycle resolves to unknown. */
  readonly #underWay = new Set<string>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** The value of `local.NAME` at the place that the origin describes. */
  value(name: string, origin: Origin): Value {
    const local = this.#options.blocks.locals.get(name);
    const key = `local.${name}`;
    if (!local) return unknown(origin, 'computed');
    if (this.#underWay.has(key)) {
      this.#options.cycle();
      return unknown(origin, 'syntax');
    }
    let value = this.#values.get(name);
    if (!value) {
      this.#underWay.add(key);
      value = attributeValue(local.tree, local.pair.value, undefined, this.#options.templateOf);
      this.#underWay.delete(key);
      this.#values.set(name, value);
    }
    return usedAt(value, origin.use, origin.key, {
      what: 'local',
      name: key,
      at: spanOf(local.tree, local.pair.value),
    });
  }

  /** The truth of a local as a condition, named; undefined if it is not one expression, or depends on itself. */
  truth(name: string): Truth | undefined {
    const known = this.#truths.get(name);
    if (known) return known;
    const local = this.#options.blocks.locals.get(name);
    const node = local?.pair.value;
    const key = `truth of local.${name}`;
    if (!local || node?.kind !== 'scalar' || !needsEvaluation(node)) return undefined;
    if (this.#underWay.has(key)) {
      this.#options.cycle();
      return undefined;
    }
    this.#underWay.add(key);
    const truth = this.#options.known(name, () => {
      const written = truthOf(parseScalar(node).expression, this.#options.scopeOf(local.tree, node), true);
      // Locals build on each other.
      return Guard.condensed(written, `${this.#options.within}${key}`, `local.${name}`);
    });
    this.#underWay.delete(key);
    this.#truths.set(name, truth);
    return truth;
  }
}
