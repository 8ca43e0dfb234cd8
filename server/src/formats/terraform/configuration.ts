import { flatMap } from '../../base/flat-map.ts';
import { byText } from '../../base/order.ts';
import type { Uri } from '../../base/span.ts';
import type { EvaluatedExpression } from '../../model/expression.ts';
import type { Problem } from '../../model/finding.ts';
import type { Parameter } from '../../model/resource.ts';
import type { Address } from '../../model/value.ts';
import { TRUE } from '../../base/guard.ts';
import { type Node, pairOf, textOf, type Tree, valueOf } from '../../syntax/tree.ts';
import { inputOf } from '../inputs.ts';
import type { KnownUnits } from '../format.ts';
import { namesAround } from './around.ts';
import { BlockFacts } from './block-facts.ts';
import { blocksOf } from './blocks.ts';
import { namedBlocks } from './bodies.ts';
import { isGeneratedFile } from './cdktf.ts';
import { ConfigurationContext } from './configuration-context.ts';
import { makingGraph, type ConfigurationSource } from './configuration-graph.ts';
import { sharedByBlocks } from './content.ts';
import { directoriesOf } from './content-blocks.ts';
import { findingExpressionProblems } from './expression-problems.ts';
import { configurationExpressionAt } from './expressions.ts';
import type { EvaluationBudget, Scope } from './expression/scope.ts';
import { Module } from './module.ts';
import type { DirectoryFiles, ModuleSource } from './module-source.ts';
import type { NativeStack } from './native.ts';
import { awsProviderOf } from './provider-version.ts';
import type { ReadFiles } from './read-files.ts';
import { SoleReadings } from './sole-reading.ts';
import { comparedIn, readVariables } from './variables.ts';

/** A Terraform directory with its modules. */
export class TerraformConfiguration {
  readonly #source: ModuleSource;
  readonly #common: ConfigurationContext;
  readonly #root: Module;
  readonly #files: () => readonly string[];
  /** The addresses of the blocks whose expressions are known, or that all are. */
  readonly #visited = new Set<Address | 'all'>();

  private constructor(source: ModuleSource, common: ConfigurationContext, files: () => readonly string[]) {
    this.#source = source;
    this.#files = files;
    this.#common = common;
    this.#root = new Module(source, { path: '', family: '', when: TRUE, inputs: undefined }, common);
  }

  /**
   * Reads a directory in steps. `read` returns the files that expressions read, `problems` starts with the problems of
   * the modules.
   */
  static *reading(
    source: ModuleSource,
    { read, contents }: Pick<ReadFiles, 'read' | 'contents'>,
    problems: readonly Problem[] = [],
    known?: KnownUnits,
  ): Generator<void, TerraformConfiguration, undefined> {
    const facts = known && (yield* knownBlocks({ root: source, files: contents }, known));
    const common = new ConfigurationContext(source.files.folder, read, facts);
    for (const problem of problems) common.report(problem);
    for (const tree of treesOf(source).values())
      for (const problem of yield* findingExpressionProblems(tree)) common.report(problem);
    for (const { source: called } of directoriesOf(source)) yield* preparing(called.files);
    yield;
    return new TerraformConfiguration(source, common, contents);
  }

  /**
   * Reads the resources of the directory in steps, in the order of its files, and those of the modules that it calls.
   */
  *readingNative(): Generator<void, NativeStack, undefined> {
    const resources = yield* this.#root.readingResources();
    yield;
    return {
      resources,
      open: this.#source.files.open,
      completable: this.#root.completable(),
      parameters: this.#inputs(),
      accounts: this.#root.accounts(),
      provider: awsProviderOf(this.#source.files.configuration),
      readings: new SoleReadings(this.#source),
      configuration: { root: this.#source, files: this.#files, graph: this.#common.facts?.graph },
      variables: this.#common.facts?.variables,
      sources: this.#root.sources().map(({ part, source }) => ({ ...part, arguments: () => source().body })),
      unusedDocuments: () => this.#root.unusedDocuments(),
      expressionAt: (doc, offset) => this.#expressionAt(doc, offset),
    };
  }

  /** The problems found so far. Evaluation adds to the list. */
  get problems(): readonly Problem[] {
    return this.#common.problems;
  }

  /** The number of evaluated templates. */
  get evaluations(): number {
    return this.#common.evaluations;
  }

  /** Whether something was omitted because of a limit. */
  get exhausted(): boolean {
    return this.#common.isExhausted;
  }

  /**
   * The scope of the template in a string, per distinguished instance; empty for a string that is not a template. Their
   * order is that of the addresses, because the order of evaluation depends on earlier requests.
   */
  #scopesOf(tree: Tree, node: Node): readonly Scope[] {
    this.#visit(tree, node);
    const scopes = this.#common.scopes.get(node) ?? [];
    return scopes.length < 2 ? scopes : scopes.toSorted((one, other) => byText(orderOf(one), orderOf(other)));
  }

  /**
   * Evaluates the block of a node. Other blocks evaluate the arguments of a module call too, and in a called module,
   * other blocks than resources are only evaluated for those that refer to them.
   */
  #visit(tree: Tree, node: Node): void {
    const [kind = '', ...names] = namesAround(node);
    const address = addressOf(kind, names);
    const isAlone = address !== undefined && (kind === 'resource' || this.#source.files.configuration.includes(tree));
    const visited = isAlone ? address : 'all';
    if (this.#visited.has('all') || this.#visited.has(visited)) return;
    this.#visited.add(visited);
    this.#root.visit(isAlone ? (one) => one === address : undefined);
  }

  #expressionAt(doc: Uri, offset: number): EvaluatedExpression | undefined {
    const trees = treesOf(this.#source);
    return configurationExpressionAt(
      { tree: (one) => trees.get(one), scopesOf: (tree, node) => this.#scopesOf(tree, node) },
      doc,
      offset,
    );
  }

  /** The variables of the directory. */
  #inputs(): readonly Parameter[] {
    return flatMap(this.#source.files.configuration, (tree) =>
      namedBlocks(tree.roots[0], 'variable').map(({ name, pair, body }) =>
        inputOf(
          tree,
          pair,
          `var.${name}`,
          textOf(valueOf(body, 'sensitive')) === 'true',
          pairOf(body, 'default'),
          body,
          isGeneratedFile(tree) ? 'generated' : 'here',
        ),
      ),
    );
  }
}

/** Reads the blocks and variables of a directory in steps, so that its modules are made in little time. */
function* preparing(files: DirectoryFiles): Generator<void, void, undefined> {
  yield* blocksOf.steps(files);
  yield* comparedIn.steps(files);
  readVariables(files);
}

/** What is known of the blocks of a configuration, which is kept for its next version. */
function* knownBlocks(
  configuration: ConfigurationSource,
  known: KnownUnits,
): Generator<void, ((nesting: EvaluationBudget) => BlockFacts) | undefined, undefined> {
  const { folder } = configuration.root.files;
  const last = known.get(folder);
  const before = last instanceof BlockFacts ? last : undefined;
  const graph = yield* makingGraph(configuration, before?.graph);
  if (!graph) return undefined;
  const shared = JSON.stringify(sharedByBlocks(configuration.root, graph));
  return (nesting) => {
    const facts = new BlockFacts({ graph, root: configuration.root }, shared, before, nesting);
    known.keep(folder, facts);
    return facts;
  };
}

/** The configuration files of a directory and of the modules that it calls. */
function treesOf({ files, modules }: ModuleSource, found = new Map<Uri, Tree>()): ReadonlyMap<Uri, Tree> {
  for (const tree of files.configuration) {
    if (found.has(tree.doc)) return found;
    found.set(tree.doc, tree);
  }
  for (const module of modules.values()) treesOf(module, found);
  return found;
}

/** The address of a block that can be evaluated by itself; undefined for other blocks. */
function addressOf(kind: string, [type, name]: readonly string[]): Address | undefined {
  switch (kind) {
    case 'resource':
      return `${type}.${name}`;
    case 'data':
      return `data.${type}.${name}`;
    case 'locals':
      return `local.${type}`;
    case 'output':
      return `output.${type}`;
    default:
      return undefined;
  }
}

/** Orders the instances of a block, those of a number by that. */
function orderOf({ within, instance = '' }: Scope): string {
  return `${within} ${instance}`.replaceAll(/\d+/g, (digits) => digits.padStart(8, '0'));
}
