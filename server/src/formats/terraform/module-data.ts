import { flatMap } from '../../base/flat-map.ts';
import { bothTruths } from '../../base/guard.ts';
import type { Span } from '../../base/span.ts';
import { resolved, type MapNode, type Pair, type Tree } from '../../syntax/tree.ts';
import type { ResourcePart } from '../../model/resource.ts';
import type { Address, Origin, Value } from '../../model/value.ts';
import { spanOf } from '../located.ts';
import type { Block, DirectoryBlocks } from './blocks.ts';
import { dataAttribute, type DataSource } from './data-sources.ts';
import { EVERY_INSTANCE, type TraversalHead } from './expression/scope.ts';
import type { RenderTemplate } from './file-functions.ts';
import { splatOf, type Instances } from './instances.ts';
import type { ModulePlace } from './module.ts';
import { repetitionOf, type Instance } from './repetition.ts';
import type { PlacedSource } from './unused-policies.ts';

/** The context of a module's data sources. */
export interface ModuleDataContext {
  readonly blocks: DirectoryBlocks;
  readonly place: ModulePlace;
  readonly instances: Instances;
  /** The value of the bodies of an instance of a block. */
  bodyOf(block: Block, nameAt: Span, instance: Instance): Value;
  /** The Region of the provider of a block. */
  regionOf(block: Block): Value | undefined;
  readonly render: RenderTemplate;
  /** Called for an attribute that depends on itself. */
  cycle(): void;
}

/** The data sources of one module. */
export class ModuleData {
  readonly #context: ModuleDataContext;
  readonly #bodies = new Map<string, Value>();
  /** The values being evaluated, so that a cycle resolves to unknown. */
  readonly #underWay = new Set<string>();

  constructor(context: ModuleDataContext) {
    this.#context = context;
  }

  /** The value of an attribute; undefined if unknown. */
  value({ type, name, key, attribute }: TraversalHead, origin: Origin): Value | undefined {
    const { blocks, instances } = this.#context;
    const address = `data.${type}.${name}`;
    if (!blocks.data.has(address)) return undefined;
    const all = instances.of(address);
    if (key === EVERY_INSTANCE)
      return splatOf(
        all,
        repetitionOf(blocks.data.get(address)!.bodies)?.pair.name,
        (one) => this.#attribute(address, one, attribute, origin),
        origin,
      );
    const instance = all.length === 1 && all[0]!.key === '' ? all[0] : all.find((one) => one.key === key);
    return instance && this.#attribute(address, instance, attribute, origin);
  }

  #attribute(address: Address, instance: Instance, attribute: string, origin: Origin): Value | undefined {
    const doing = `${address}${instance.key}`;
    if (this.#underWay.has(doing)) {
      this.#context.cycle();
      return undefined;
    }
    this.#underWay.add(doing);
    const value = dataAttribute(this.#source(address, instance), attribute, origin);
    this.#underWay.delete(doing);
    return value;
  }

  /** The data sources, one per instance, with their blocks. */
  placed(): readonly PlacedSource[] {
    const { blocks, place, instances } = this.#context;
    return flatMap([...blocks.data], ([address, { type, tree, pair, bodies }]) =>
      instances
        .of(address)
        .map((instance): PlacedSource => ({
          source: () => this.#source(address, instance),
          part: {
            address: `${place.path}${address}`,
            nativeType: type,
            doc: tree.doc,
            nameAt: spanOf(tree, pair.key),
            ...rangesOf(tree, pair, bodies[0]!.body),
            ...(repetitionOf(bodies) ? { repeated: true } : {}),
            when: bothTruths(place.when, instance.when),
            ...(place.caller ? { caller: place.caller } : {}),
            ...(place.shownAt ? { shownAt: place.shownAt } : {}),
          },
        })),
    );
  }

  /** The arguments and blocks of an instance. */
  body(address: Address, instance: Instance): Value {
    const key = address + instance.key;
    let body = this.#bodies.get(key);
    if (!body) {
      const block = this.#context.blocks.data.get(address)!;
      body = this.#context.bodyOf(block, spanOf(block.tree, block.pair.key), instance);
      this.#bodies.set(key, body);
    }
    return body;
  }

  #source(address: Address, instance: Instance): DataSource {
    const block = this.#context.blocks.data.get(address)!;
    const { type, tree, pair } = block;
    return {
      region: () => this.#context.regionOf(block),
      render: this.#context.render,
      address: `${this.#context.place.path}${address}${instance.key}`,
      type,
      body: this.body(address, instance),
      nameAt: spanOf(tree, pair.key),
    };
  }
}

/**
 * The range of a block: its name and body, or only its body if it is one of several with the same name. The ranges of
 * list items start there.
 */
export function rangesOf(tree: Tree, pair: Pair, body: MapNode): Pick<ResourcePart, 'range' | 'body'> {
  const { value } = pair;
  if (value === body || value.kind !== 'list') return { range: spanOf(tree, pair) };
  const own = spanOf(tree, value.items.find((item) => resolved(item.value) === body) ?? body);
  return value.items.length > 1 ? { range: own } : { range: spanOf(tree, pair), body: own };
}
