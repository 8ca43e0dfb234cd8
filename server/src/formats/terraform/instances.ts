import { Guard, MAYBE, TRUE, type Truth } from '../../base/guard.ts';
import { once } from '../../base/once.ts';
import { ownText } from '../../base/own-text.ts';
import type { Span, Uri } from '../../base/span.ts';
import { choice, unknown } from '../../model/navigate.ts';
import type { Address, Origin, Value } from '../../model/value.ts';
import { spanOf } from '../located.ts';
import type { Block, DirectoryBlocks } from './blocks.ts';
import type { BoundNames } from './body-value.ts';
import type { ConfigurationContext } from './configuration-context.ts';
import { blockKeyAt } from './configuration-graph.ts';
import { ordered } from './expression/order.ts';
import {
  countBound,
  countBoundOfAll,
  eachBound,
  existenceOver,
  instancesOver,
  isCountedOnce,
  isIdleByDefault,
  repeatedText,
  repeatsAlong,
  repetitionOf,
  type Instance,
  type Repetition,
} from './repetition.ts';

/** A block without repetition. */
export const ONCE: Instance = { key: '', bound: new Map(), when: TRUE };

export interface InstancesOptions {
  readonly blocks: DirectoryBlocks;
  readonly folder: Uri;
  /** The prefix of the module's addresses. */
  readonly path: string;
  readonly common: ConfigurationContext;
  /** The value of a `count` or `for_each`. */
  readonly valueOf: (repeated: Repetition) => Value;
  /** The source of a `count` or `for_each` template with secrets redacted; undefined if it is not a template. */
  readonly shownOf: (repeated: Repetition) => string | undefined;
}

/** The instances of the blocks of a module. */
export class Instances {
  readonly #options: InstancesOptions;
  readonly #held = new Map<Address, readonly Instance[]>();
  readonly #existences = new Map<Address, Truth>();
  readonly #existing = new Set<Address>();
  readonly #underWay = new Set<Address>();

  constructor(options: InstancesOptions) {
    this.#options = options;
  }

  /**
   * The instances of a block; a single one that represents all if they are being evaluated or are not distinguished.
   */
  of(address: Address): readonly Instance[] {
    const held = this.#held.get(address);
    if (held) return held;
    const repeated = this.#repetition(address);
    if (!repeated) return [ONCE];
    if (this.#underWay.has(address)) {
      this.#options.common.cycle();
      return [{ ...ONCE, when: MAYBE }];
    }
    const { folder, path, common } = this.#options;
    const key = blockKeyAt(folder, address);
    const known = common.facts?.get<KnownInstances>(key, `instances of ${path}`);
    const instances = known ? this.#asKnown(address, repeated, known) : this.#evaluated(address, repeated);
    if (!known) common.facts?.of(key, `instances of ${path}`, () => instances.map(withoutPlaces));
    this.#held.set(address, instances);
    return instances;
  }

  /** Evaluates the repetition of some blocks, so that its expressions are known. */
  visit(isMeant: (address: Address) => boolean): void {
    const { resources, data, modules } = this.#options.blocks;
    for (const address of [...resources.keys(), ...data.keys(), ...[...modules.keys()].map((name) => `module.${name}`)])
      if (isMeant(address)) for (const { bound } of this.of(address)) void bound;
  }

  /** Instances that are known from an earlier version. The values that they bind are evaluated on demand. */
  #asKnown(address: Address, repeated: Repetition, known: KnownInstances): readonly Instance[] {
    const evaluated = once(() => this.#evaluated(address, repeated));
    return known.map((one, index) => ({
      ...one,
      get bound() {
        return evaluated()[index]!.bound;
      },
    }));
  }

  #evaluated(address: Address, repeated: Repetition): readonly Instance[] {
    this.#underWay.add(address);
    const { name, value } = repeated.pair;
    const at = spanOf(repeated.tree, value);
    const over = this.#options.valueOf(repeated);
    const along = this.#along(address, repeated);
    const apart = along === undefined ? instancesOver(name, over, at) : this.#alongside(name, along, at);
    const instances = apart ?? [ofAll(name, over, at, this.#existence(address))];
    this.#underWay.delete(address);
    return instances;
  }

  #block(address: Address): Block | undefined {
    const { resources, data, modules } = this.#options.blocks;
    if (address.startsWith('data.')) return data.get(address);
    return address.startsWith('module.') ? modules.get(address.slice('module.'.length)) : resources.get(address);
  }

  #repetition(address: Address): Repetition | undefined {
    const block = this.#block(address);
    return block && repetitionOf(block.bodies);
  }

  /** The other resource that a block is repeated over, with one instance for each of its instances. */
  #along(address: Address, repeated: Repetition): Address | undefined {
    const along = repeatsAlong(repeated.pair.name, repeatedText(repeated));
    return along !== undefined && along !== address && this.#options.blocks.resources.has(along) ? along : undefined;
  }

  /**
   * The instances of a block that is repeated over the instances of a resource; undefined if those are not
   * distinguished.
   */
  #alongside(name: string, along: Address, at: Span): readonly Instance[] | undefined {
    const others = this.of(along);
    if (others.length === 1 && others[0]!.key === '') return undefined;
    return others.map(({ key, when }, index): Instance => {
      if (name === 'count') return { key: `[${index}]`, when, bound: countBound(index, at) };
      const origin: Origin = { use: at, steps: [], edit: 'none' };
      const own = String(JSON.parse(key.slice(1, -1)));
      return {
        key,
        when,
        bound: eachBound(
          { state: 'known', origin, raw: own, quoted: true, value: own },
          { state: 'reference', origin, to: `${this.#options.path}${along}${key}` },
          at,
        ),
      };
    });
  }

  /**
   * The scenarios in which a block with `count` or `for_each` has instances. An unknown repetition is a scenario
   * variable.
   */
  #existence(address: Address): Truth {
    const repeated = this.#repetition(address);
    if (!repeated) return TRUE;
    const held = this.#existences.get(address);
    if (held) return held;
    if (this.#existing.has(address)) {
      this.#options.common.cycle();
      return MAYBE;
    }
    this.#existing.add(address);
    const along = this.#along(address, repeated);
    const when = along === undefined ? this.#existenceOver(repeated) : this.#existence(along);
    this.#existences.set(address, when);
    return when;
  }

  #existenceOver(repeated: Repetition): Truth {
    const { name } = repeated.pair;
    const over = this.#options.valueOf(repeated);
    const known = existenceOver(name, over);
    if (known) return known;
    const { yes, no } = this.#opaque(repeated);
    return { yes: isIdleByDefault(name, over) ? yes.assumed() : yes, no };
  }

  #opaque(repeated: Repetition): Truth {
    const text = repeatedText(repeated);
    const name = madeBy(repeated.pair.name, this.#options.shownOf(repeated) ?? text);
    const variable = this.#options.common.condition('exists', text, this.#options.path, () => '', name);
    return {
      yes: Guard.of(variable, [0]).named({ kind: 'condition', name, value: true }),
      no: Guard.of(variable, [1]).named({ kind: 'condition', name, value: false }),
    };
  }
}

/** Instances without the values that they bind, which have places. */
type KnownInstances = readonly Omit<Instance, 'bound'>[];

function withoutPlaces({ key, shownKey, when }: Instance): KnownInstances[number] {
  return { key: ownText(key), when, ...(shownKey === undefined ? {} : { shownKey }) };
}

/** The condition that a `count` or `for_each` is not empty. */
function madeBy(name: string, text: string): string {
  if (name !== 'count') return `length(${text}) > 0`;
  return /^[\w.[\]"*-]+(?:\(.*\))?$/.test(text) ? `${text} > 0` : `(${text}) > 0`;
}

/** The instance that represents all of a block. */
function ofAll(name: string, over: Value, at: Span, when: Truth): Instance {
  const all: Instance = { key: '', bound: boundOfAll(name, over, at), when };
  return isCountedOnce(all) ? { ...all, shownKey: '[0]' } : all;
}

/** The values of `each` and `count` in a block whose instances are not distinguished. */
function boundOfAll(name: string, over: Value, at: Span): BoundNames {
  if (name === 'count') return countBoundOfAll(over, at);
  return over.state === 'reference' && over.attribute === undefined
    ? eachBound(unknown(over.origin, 'computed'), over, at)
    : new Map();
}

/**
 * The result of a splat over the instances of a block: a list with one value per instance. Undefined if they are not
 * distinguished or have keys, because splats apply to lists only. `repeated` is the repetition argument.
 */
export function splatOf(
  instances: readonly Instance[],
  repeated: string | undefined,
  valueOf: (instance: Instance) => Value | undefined,
  origin: Origin,
): Value | undefined {
  if (repeated === 'for_each') return undefined;
  const isCounted = repeated === 'count';
  const [only] = instances;
  const values = instances.map(valueOf);
  if (!only || values.includes(undefined)) return undefined;
  if (instances.length > 1) {
    if (!isCounted) return undefined;
    return ordered(
      { state: 'list', origin, open: false, items: instances.map(({ when }, at) => ({ value: values[at]!, when })) },
      'sequence',
    );
  }
  const list = (items: readonly Value[]): Value =>
    ordered({ state: 'list', origin, open: false, items: items.map((value) => ({ value, when: TRUE })) }, 'sequence');
  if (!isCounted && only.when === TRUE && only.bound.size === 0) return list([values[0]!]);
  if (!isCounted || only.key !== '' || !isCountedOnce(only)) return undefined;
  return choice(origin, [
    { guard: only.when.yes, value: list([values[0]!]) },
    { guard: only.when.no, value: list([]) },
  ]);
}

/** The instances as the value of the block in expressions: a list for `count`, an object by key for `for_each`. */
export function collectionOf(instances: readonly Instance[], valueOf: (key: string) => Value, origin: Origin): Value {
  const keyed = instances.map(({ key, when }) => ({
    key: JSON.parse(key.slice(1, -1)) as string | number,
    value: valueOf(key),
    when,
  }));
  if (keyed.every(({ key }) => typeof key === 'number'))
    return ordered(
      { state: 'list', origin, open: false, items: keyed.map(({ value, when }) => ({ value, when })) },
      'sequence',
    );
  return {
    state: 'object',
    origin,
    open: false,
    entries: keyed.map(({ key, value, when }) => ({ key: String(key), keyAt: origin.use, value, when })),
  };
}
