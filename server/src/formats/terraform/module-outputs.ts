import { unknown } from '../../model/navigate.ts';
import type { Origin, Value } from '../../model/value.ts';
import { valueOf, type Node, type Tree } from '../../syntax/tree.ts';
import { usedAt } from '../located.ts';
import { lazyMember } from '../plain.ts';
import type { DirectoryBlocks } from './blocks.ts';
import { asSecret } from './expression/origin.ts';
import { EVERY_INSTANCE, type TraversalHead } from './expression/scope.ts';
import { collectionOf, splatOf, type Instances } from './instances.ts';
import { lastWith } from './overrides.ts';
import { repetitionOf } from './repetition.ts';

/** The context of a module's outputs. */
export interface ModuleOutputsContext {
  readonly blocks: DirectoryBlocks;
  readonly instances: Instances;
  /** The instances of a called module with their keys; undefined if the module was not read. */
  calledBy(
    name: string,
  ): readonly { readonly key: string; readonly module: { readonly outputs: ModuleOutputs } }[] | undefined;
  /** The value of the argument of an output. */
  valueOf(tree: Tree, node: Node): Value;
  /** Called for an output that depends on itself. */
  cycle(): void;
}

/** The outputs of one module, and those of the modules that it calls. */
export class ModuleOutputs {
  readonly #context: ModuleOutputsContext;
  readonly #values = new Map<string, Value>();
  /** The outputs being evaluated, so that a cycle resolves to unknown. */
  readonly #underWay = new Set<string>();

  constructor(context: ModuleOutputsContext) {
    this.#context = context;
  }

  /** The value of an output; undefined if there is none. */
  value(name: string): Value | undefined {
    const held = this.#values.get(name);
    if (held) return held;
    const block = this.#context.blocks.outputs.get(name);
    const placed = block && lastWith(block.bodies, 'value');
    const node = placed && valueOf(placed.body, 'value');
    if (!node) return undefined;
    if (this.#underWay.has(name)) {
      this.#context.cycle();
      return undefined;
    }
    this.#underWay.add(name);
    const value = this.#context.valueOf(placed.tree, node);
    this.#underWay.delete(name);
    const sensitive = valueOf(lastWith(block.bodies, 'sensitive')?.body, 'sensitive');
    const kept = sensitive?.kind === 'scalar' && sensitive.value === 'true' ? asSecret(value) : value;
    this.#values.set(name, kept);
    return kept;
  }

  /** The outputs as an object with the given origin. */
  whole(origin: Origin): Value {
    const entries = [...this.#context.blocks.outputs.keys()].map((name) =>
      lazyMember(name, origin.use, () => this.value(name) ?? unknown(origin, 'computed')),
    );
    return { state: 'object', origin, entries, open: false };
  }

  /** An output of a called module; undefined if the module was not read, or its instance is unknown. */
  called({ name, key, attribute }: TraversalHead, origin: Origin): Value | undefined {
    const { blocks, instances } = this.#context;
    const called = this.#context.calledBy(name);
    const output = (wanted: string | undefined): Value | undefined => {
      const one = called?.find(({ key }) => key === wanted);
      const value = one && one.module.outputs.value(attribute);
      return (
        value &&
        usedAt(value, origin.use, origin.key, {
          what: 'output',
          name: `module.${name}.${attribute}`,
          at: value.origin.use,
        })
      );
    };
    if (key !== EVERY_INSTANCE) return output(called?.length === 1 && called[0]!.key === '' ? '' : key);
    return (
      called &&
      splatOf(
        instances.of(`module.${name}`),
        repetitionOf(blocks.modules.get(name)!.bodies)?.pair.name,
        (one) => output(one.key),
        origin,
      )
    );
  }

  /**
   * A called module as the collection of its instances, each an object of its outputs; undefined if they are unknown.
   */
  calledWhole(name: string, origin: Origin): Value | undefined {
    const called = this.#context.calledBy(name);
    if (!called || (called.length === 1 && called[0]!.key === '')) return undefined;
    return collectionOf(
      this.#context.instances.of(`module.${name}`),
      (key) => called.find((one) => one.key === key)!.module.outputs.whole(origin),
      origin,
    );
  }
}
