import type { Problem } from '../../model/finding.ts';
import type { Parameter } from '../../model/resource.ts';
import { TRUE } from '../../base/guard.ts';
import { pairOf, valueOf, type Node } from '../../syntax/tree.ts';
import { inputOf } from '../inputs.ts';
import { namedBlocks } from './bodies.ts';
import { Common } from './common.ts';
import type { Scope } from './expression/scope.ts';
import { Module } from './module.ts';
import type { ModuleSource } from './module-source.ts';
import type { NativeStack } from './native.ts';
import { awsProviderOf } from './provider-version.ts';

/** A Terraform directory with the modules that it calls. */
export class Configuration {
  readonly #source: ModuleSource;
  readonly #common: Common;
  readonly #root: Module;
  #visited = false;

  /** `problems` are those with the modules that are known already. */
  constructor(source: ModuleSource, problems: readonly Problem[] = []) {
    this.#source = source;
    this.#common = new Common(source.files.folder);
    problems.forEach((problem) => this.#common.report(problem));
    this.#root = new Module(source, { path: '', family: '', exists: TRUE, inputs: undefined }, this.#common);
  }

  /** The resources of the directory, in the order of its files, and of the modules that it calls. */
  native(): NativeStack {
    return {
      resources: this.#root.resources(), open: this.#source.files.open, handedOn: this.#root.handedOn(), parameters: this.#inputs(), provider: awsProviderOf(this.#source.files.configuration),
      sources: this.#root.sources().map(({ part }) => part), unusedDocuments: () => this.#root.unusedDocuments(),
    };
  }

  /** What is wrong, as far as it was seen: the list grows as more is worked out. */
  get problems(): readonly Problem[] {
    return this.#common.problems;
  }

  /** How many templates were worked out. */
  get evaluations(): number {
    return this.#common.evaluations;
  }

  /** Whether modules were left out because there are too many. */
  get exhausted(): boolean {
    return this.#common.exhausted;
  }

  /** What the template in a string stands in; of a module that is called several times, in the first of them. */
  scopeOf(node: Node): Scope | undefined {
    if (!this.#common.scopes.has(node) && !this.#visited) {
      this.#visited = true;
      this.#root.visit();
    }
    return this.#common.scopes.get(node);
  }

  /** The variables of the directory. */
  #inputs(): readonly Parameter[] {
    return this.#source.files.configuration.flatMap((tree) => namedBlocks(tree.roots[0], 'variable').map(({ name, pair, body }) =>
      inputOf(tree, pair, `var.${name}`, textOf(valueOf(body, 'sensitive')) === 'true', pairOf(body, 'default'))));
  }
}

function textOf(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' ? node.value : undefined;
}
