import { flatMap } from '../../base/flat-map.ts';
import { bothTruths, type Truth } from '../../base/guard.ts';
import type { Value } from '../../model/value.ts';
import { spanOf } from '../located.ts';
import type { Block, DirectoryBlocks } from './blocks.ts';
import { MAX_MODULES, type ConfigurationContext } from './configuration-context.ts';
import { isDownloaded } from './downloaded.ts';
import type { Instances } from './instances.ts';
import type { Module, ModulePlace } from './module.ts';
import type { ModuleSource } from './module-source.ts';
import { providerPassed } from './provider-region.ts';
import { addressKey, type Instance } from './repetition.ts';

/** One instance of a module call, with its key. */
export interface CalledInstance {
  readonly key: string;
  readonly module: Module;
}

/** The context of a module's calls. */
export interface ModuleCallsContext {
  readonly source: ModuleSource;
  readonly place: ModulePlace;
  readonly common: ConfigurationContext;
  readonly blocks: DirectoryBlocks;
  readonly instances: Instances;
  /** The value that a call passes for a variable. */
  argumentOf(block: Block, variable: string, instance: Instance): Value | undefined;
  /** The truth of that value as a condition, named; undefined if it is not one expression. */
  truthOf(block: Block, variable: string, instance: Instance): Truth | undefined;
  /** The Region of a provider. */
  regionOf(provider: string): Value | undefined;
  accountsOf(provider: string): ReadonlySet<string> | undefined;
  make(source: ModuleSource, place: ModulePlace): Module;
}

/** The modules that a module calls, created on demand. */
export class ModuleCalls {
  readonly #context: ModuleCallsContext;
  readonly #called = new Map<string, readonly CalledInstance[] | undefined>();

  constructor(context: ModuleCallsContext) {
    this.#context = context;
  }

  /** All called modules that were read. */
  modules(): readonly Module[] {
    return flatMap([...this.#context.blocks.modules.keys()], (name) =>
      (this.of(name) ?? []).map(({ module }) => module),
    );
  }

  /** The module instances of a call; undefined if the module was not read. */
  of(name: string): readonly CalledInstance[] | undefined {
    if (this.#called.has(name)) return this.#called.get(name);
    const { source, blocks, common, instances } = this.#context;
    const found = source.modules.get(name);
    const block = blocks.modules.get(name);
    if (!found || !block || common.modules >= MAX_MODULES) {
      if (found && block) common.exhaust();
      this.#called.set(name, undefined);
      return undefined;
    }
    const called = instances.of(`module.${name}`).map((instance) => this.#instance(found, name, block, instance));
    this.#called.set(name, called);
    return called;
  }

  #instance(source: ModuleSource, name: string, block: Block, instance: Instance): CalledInstance {
    const { place, argumentOf, truthOf, regionOf, accountsOf, make } = this.#context;
    const module = make(source, {
      path: `${place.path}module.${name}${addressKey(instance)}.`,
      family: `${place.family}module.${name}.`,
      when: bothTruths(place.when, instance.when),
      caller: { address: `${place.family}module.${name}`, at: spanOf(block.tree, block.pair.key) },
      ...shownAt(place, source, block),
      inputs: (variable) => argumentOf(block, variable, instance),
      truths: (variable) => truthOf(block, variable, instance),
      region: (provider) => {
        const passed = providerPassed(block, provider);
        return passed === undefined ? undefined : regionOf(passed);
      },
      accounts: (provider) => {
        const passed = providerPassed(block, provider);
        return passed === undefined ? undefined : accountsOf(passed);
      },
    });
    return { key: instance.key, module };
  }
}

/** Where findings in a called module are shown, if it is downloaded: at the first call above it that is not. */
function shownAt(place: ModulePlace, { files }: ModuleSource, { tree, pair }: Block): Pick<ModulePlace, 'shownAt'> {
  if (place.shownAt) return { shownAt: place.shownAt };
  return isDownloaded(`${files.folder}/`)
    ? { shownAt: { name: spanOf(tree, pair.key), call: spanOf(tree, pair) } }
    : {};
}
