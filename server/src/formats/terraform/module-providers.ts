/** The AWS providers of one module: those of its files, and those that its call passes. */
import type { ProviderAccounts } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';
import { valueOf, type Node, type Tree } from '../../syntax/tree.ts';
import type { DirectoryFiles } from './module-source.ts';
import { lastWith, type PlacedBody } from './overrides.ts';
import { accountsOf, isPassed, providerAccounts } from './provider-accounts.ts';
import { providersOf } from './provider-region.ts';

/** What a call passes to a module, by the name of a provider there; undefined in the root module. */
export interface PassedProviders {
  readonly region?: (provider: string) => Value | undefined;
  /** The accounts of a provider, if it names them. */
  readonly accounts?: (provider: string) => ReadonlySet<string> | undefined;
}

export class ModuleProviders {
  readonly #files: DirectoryFiles;
  readonly #passed: PassedProviders;
  readonly #argument: (tree: Tree, node: Node) => Value;
  readonly #accounts = new Map<string, ReadonlySet<string> | undefined>();
  #written: ReadonlyMap<string, readonly PlacedBody[]> | undefined;

  constructor(files: DirectoryFiles, passed: PassedProviders, argument: (tree: Tree, node: Node) => Value) {
    this.#files = files;
    this.#passed = passed;
    this.#argument = argument;
  }

  /** Whether a block configures the default provider. */
  hasDefault(): boolean {
    const bodies = this.#blocks().get('aws');
    return bodies !== undefined && !isPassed(bodies);
  }

  /** The accounts of the providers in the files of the module. */
  written(): ProviderAccounts | undefined {
    return providerAccounts(this.#blocks(), this.#argument);
  }

  /** The accounts of a provider, from its block or from the module call; undefined if neither names any. */
  accountsOf(provider: string): ReadonlySet<string> | undefined {
    if (!this.#accounts.has(provider)) this.#accounts.set(provider, this.#findAccounts(provider));
    return this.#accounts.get(provider);
  }

  /** The Region of a provider, from its block or from the module call. */
  regionOf(provider: string): Value | undefined {
    const bodies = this.#blocks().get(provider);
    if (!bodies) return this.#passed.region?.(provider);
    const placed = lastWith(bodies, 'region');
    const node = placed && valueOf(placed.body, 'region');
    return node && this.#argument(placed.tree, node);
  }

  #findAccounts(provider: string): ReadonlySet<string> | undefined {
    const { accounts } = this.#passed;
    const bodies = this.#blocks().get(provider);
    if (!bodies || (isPassed(bodies) && accounts)) return accounts?.(provider);
    const ids = accountsOf(bodies, this.#argument);
    return ids.length === 0 ? undefined : new Set(ids);
  }

  #blocks(): ReadonlyMap<string, readonly PlacedBody[]> {
    return (this.#written ??= providersOf(this.#files));
  }
}
