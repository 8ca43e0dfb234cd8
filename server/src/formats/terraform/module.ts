import { flatMap } from '../../base/flat-map.ts';
import type { Truth } from '../../base/guard.ts';
import type { Range, Span } from '../../base/span.ts';
import { finished } from '../../base/steps.ts';
import { unknown } from '../../model/navigate.ts';
import type { ProviderAccounts, ResourcePart } from '../../model/resource.ts';
import type { Address, Origin, Reference, Value } from '../../model/value.ts';
import { pairOf, type ScalarNode, type Tree } from '../../syntax/tree.ts';
import { locatedAt, spanOf } from '../located.ts';
import { plainValue } from '../plain.ts';
import { aroundBlock, NOTHING, roundsIn, withRounds, type Around } from './around.ts';
import { blocksOf, type Block, type DirectoryBlocks } from './blocks.ts';
import { attributeValue, bodyValue } from './body-value.ts';
import type { ConfigurationContext } from './configuration-context.ts';
import { blockKey } from './configuration-graph.ts';
import { refsOf } from './expression/combine.ts';
import { evaluate, shownText, truthOf } from './evaluate.ts';
import { needsEvaluation, parseScalar } from './expression/template.ts';
import { addressOf, unreadFacts, type ReferenceTarget, type Traversal } from './expression/references.ts';
import type { Scope } from './expression/scope.ts';
import { pathValue } from './file-functions.ts';
import { ModuleCalls } from './module-calls.ts';
import { ModuleData } from './module-data.ts';
import { ModuleLocals } from './module-locals.ts';
import { ModuleOutputs } from './module-outputs.ts';
import { readingResources } from './module-resources.ts';
import type { ModuleSource } from './module-source.ts';
import type { NativeResource } from './native.ts';
import { collectionOf, Instances, ONCE, splatOf } from './instances.ts';
import { ModuleVariables, type ModuleInputs, type ModuleTruths } from './module-variables.ts';
import { lastWith, overridden, type PlacedBody } from './overrides.ts';
import { ModuleProviders, type PassedProviders } from './module-providers.ts';
import { accountsTogether } from './provider-accounts.ts';
import { providerChosen } from './provider-region.ts';
import { addressKey, repetitionOf, type Instance } from './repetition.ts';
import { spansIn } from './template-spans.ts';
import { unusedDocuments, type PlacedSource } from './unused-policies.ts';
import { WrittenAttributes } from './written-attributes.ts';

/** The call site of a module. */
export interface ModulePlace extends PassedProviders {
  /** The prefix of its addresses: empty, `module.a.`, `module.a["x"].module.b.`. */
  readonly path: string;
  /** The prefix without instance keys. */
  readonly family: string;
  readonly when: Truth;
  /** The module call; undefined in the root module. */
  readonly caller?: ResourcePart['caller'];
  /** For a downloaded module: the call in the user's configuration that leads to it. */
  readonly shownAt?: ResourcePart['shownAt'];
  /** The value that the call sets for a variable; undefined in the root module, whose inputs come from outside. */
  readonly inputs: ModuleInputs | undefined;
  /** The truth of that value as a condition, named; undefined if it is not one expression. */
  readonly truths?: ModuleTruths;
}

/** One instance of a module: the scope of its expressions, and its resources. */
export class Module {
  readonly #source: ModuleSource;
  readonly #place: ModulePlace;
  readonly #common: ConfigurationContext;
  readonly #blocks: DirectoryBlocks;
  readonly #variables: ModuleVariables;
  readonly #instances: Instances;
  readonly #data: ModuleData;
  readonly #attributes: WrittenAttributes;
  readonly #calls: ModuleCalls;
  readonly #providers: ModuleProviders;
  readonly outputs: ModuleOutputs;
  readonly #locals: ModuleLocals;
  #resources: readonly NativeResource[] | undefined;

  constructor(source: ModuleSource, place: ModulePlace, common: ConfigurationContext) {
    this.#source = source;
    this.#place = place;
    this.#common = common;
    this.#blocks = blocksOf(source.files);
    this.#providers = new ModuleProviders(source.files, place, (tree, node) =>
      attributeValue(tree, node, undefined, (t, n, key) => this.#template(t, n, key, NOTHING)),
    );
    // A default in a type constraint cannot contain references.
    this.#variables = new ModuleVariables(
      source.files,
      place,
      ({ expression, text }, { origin: { use } }) =>
        evaluate(
          expression,
          this.#scope(text, () => use, NOTHING),
          { use, edit: 'none' },
        ),
      (variable) => common.asBefore(variable),
    );
    this.#instances = new Instances({
      blocks: this.#blocks,
      folder: source.files.folder,
      path: place.path,
      common,
      valueOf: ({ tree, pair }) =>
        attributeValue(tree, pair.value, undefined, (t, node, key) => this.#template(t, node, key, NOTHING)),
      shownOf: ({ tree, pair: { value } }) =>
        value.kind === 'scalar'
          ? shownText(parseScalar(value).expression, this.#scope(value.value, spansIn(tree, value), NOTHING))
          : undefined,
    });
    this.#locals = new ModuleLocals({
      blocks: this.#blocks,
      templateOf: (tree, node, key) => this.#template(tree, node, key, NOTHING),
      scopeOf: (tree, node) => this.#scope(node.value, spansIn(tree, node), NOTHING),
      within: `${common.folder}#${place.path}`,
      cycle: common.cycle,
      known: (name, compute) =>
        common.facts
          ? common.facts.of(blockKey(source.files.folder, 'local', name), `truth in ${place.path}`, compute)
          : compute(),
    });
    this.#data = new ModuleData({
      blocks: this.#blocks,
      place,
      instances: this.#instances,
      bodyOf: ({ bodies }, nameAt, instance) => this.#body(bodies, nameAt, aroundBlock(bodies, instance)),
      regionOf: (block) => this.#providers.regionOf(providerChosen(block)),
      render: common.render,
      cycle: common.cycle,
    });
    this.#attributes = new WrittenAttributes({
      blocks: this.#blocks,
      instances: this.#instances,
      path: place.path,
      argumentOf: (block, argument, instance) => this.#argument(block, argument, instance),
      cycle: common.cycle,
    });
    this.#calls = new ModuleCalls({
      source,
      place,
      common,
      blocks: this.#blocks,
      instances: this.#instances,
      argumentOf: (block, variable, instance) => this.#argument(block, variable, instance),
      truthOf: (block, variable, instance) => this.#argumentTruth(block, variable, instance),
      regionOf: (provider) => this.#providers.regionOf(provider),
      accountsOf: (provider) => this.#providers.accountsOf(provider),
      make: (called, at) => new Module(called, at, common),
    });
    this.outputs = new ModuleOutputs({
      blocks: this.#blocks,
      instances: this.#instances,
      calledBy: (name) => this.#calls.of(name),
      valueOf: (tree, value) =>
        attributeValue(tree, value, undefined, (t, node, key) => this.#template(t, node, key, NOTHING)),
      cycle: common.cycle,
    });
    common.addModule(source.files.configuration.reduce((sum, { text }) => sum + text.length, 0));
  }

  /** Its resources in file order, then those of called modules. */
  resources(): readonly NativeResource[] {
    return this.#resources ?? finished(this.readingResources());
  }

  /** Does `resources` in steps. */
  *readingResources(): Generator<void, readonly NativeResource[], undefined> {
    return (this.#resources ??= yield* readingResources({
      blocks: this.#blocks,
      folder: this.#source.files.folder,
      place: this.#place,
      instances: this.#instances,
      common: this.#common,
      accountsOf: (block) => this.#providers.accountsOf(providerChosen(block)),
      bodyOf: (bodies, nameAt, instance) => this.#body(bodies, nameAt, aroundBlock(bodies, instance)),
      called: () => this.#calls.modules(),
    }));
  }

  /** Its data sources and those of called modules. */
  sources(): readonly PlacedSource[] {
    return [...this.#data.placed(), ...flatMap(this.#calls.modules(), (module) => module.sources())];
  }

  /**
   * The policy documents that no resource uses, in this and in called modules. The caller has the exports of a module.
   */
  unusedDocuments(): readonly PlacedSource[] {
    const { open, configuration } = this.#source.files;
    const outside = { outputs: this.#place.path === '', unread: (name: string) => !this.#calls.of(name) };
    const here = open ? [] : unusedDocuments(configuration, this.#data.placed(), outside);
    return [...here, ...flatMap(this.#calls.modules(), (module) => module.unusedDocuments())];
  }

  /**
   * The resources that unread files can complete: those that are passed to a module, and those of partly read
   * directories.
   */
  completable(): ReadonlySet<Address> {
    const found = new Set<Address>();
    for (const [name, { bodies }] of this.#blocks.modules) {
      const called = this.#calls.of(name);
      if (!called || called.some(({ module }) => module.#source.files.open)) {
        for (const { tree, body } of bodies)
          for (const pair of body.pairs) {
            const around = this.#aroundCall(name);
            for (const ref of refsOf([
              attributeValue(tree, pair.value, undefined, (t, node, key) => this.#template(t, node, key, around)),
            ]))
              found.add(ref);
          }
      }
      for (const { module } of called ?? []) {
        if (module.#source.files.open) for (const { address } of module.resources()) found.add(address);
        for (const ref of module.completable()) found.add(ref);
      }
    }
    return found;
  }

  /**
   * Evaluates every template of the directory, so that its expressions are known, and those of the resources of called
   * modules.
   * @param isMeant Whether a block is evaluated, by its address: `aws_x.y`, `data.aws_x.y`, `module.y`, `local.y` or
   * `output.y`.
   */
  visit(isMeant: (address: Address) => boolean = () => true): void {
    this.visitInstances(isMeant);
    for (const { type, name, body } of this.resources()) if (isMeant(`${type}.${name}`)) refsOf([body]);
    for (const name of this.#blocks.locals.keys())
      if (isMeant(`local.${name}`)) refsOf([this.#locals.value(name, NOWHERE)]);
    for (const name of this.#blocks.outputs.keys()) {
      const value = isMeant(`output.${name}`) && this.outputs.value(name);
      if (value) refsOf([value]);
    }
    for (const address of this.#blocks.data.keys())
      if (isMeant(address))
        for (const instance of this.#instances.of(address)) refsOf([this.#data.body(address, instance)]);
    for (const [name, { bodies }] of this.#blocks.modules) {
      if (!isMeant(`module.${name}`)) continue;
      const around = this.#aroundCall(name);
      for (const { tree, body } of bodies)
        for (const pair of body.pairs)
          refsOf([attributeValue(tree, pair.value, undefined, (t, node, key) => this.#template(t, node, key, around))]);
    }
  }

  /** Evaluates what determines the instances of its blocks, and of those of called modules. */
  visitInstances(isMeant: (address: Address) => boolean): void {
    this.#instances.visit(isMeant);
    for (const module of this.#calls.modules()) module.visitInstances(isMeant);
  }

  /** The value of the bodies of a block, override files last. */
  #body(bodies: readonly PlacedBody[], nameAt: Span, around: Around): Value {
    const values = bodies.map((one) =>
      bodyValue(one.tree, one.body, nameAt, (tree, node, key, rounds) =>
        this.#template(tree, node, key, rounds ? withRounds(around, rounds) : around),
      ),
    );
    return overridden(values[0]!, values.slice(1));
  }

  #aroundCall(name: string): Around {
    const { bodies } = this.#blocks.modules.get(name)!;
    return aroundBlock(bodies, this.#instances.of(`module.${name}`)[0] ?? ONCE);
  }

  /** The value of a string that Terraform reads as a template. */
  #template(tree: Tree, node: ScalarNode, key: Span | undefined, around: Around): Value {
    if (!needsEvaluation(node)) return plainValue(tree, node, key);
    this.#common.evaluations++;
    const { expression } = parseScalar(node);
    const span = spansIn(tree, node);
    const scope: Scope = {
      ...this.#scope(node.value, span, around),
      instance: around.instances,
      place: { tree, node },
    };
    this.#common.recordScope(node, scope);
    const value = evaluate(expression, scope, { use: spanOf(tree, node), ...(key ? { key } : {}) });
    return value.state === 'choice' ? value : locatedAt(value, tree, node);
  }

  #scope(text: string, span: (range: Range) => Span, around: Around): Scope {
    const { path } = this.#place;
    return {
      text,
      span,
      within: path,
      nesting: this.#common.nesting,
      variable: (name, origin) => this.#variables.value(name, origin),
      local: (name, origin) => this.#locals.value(name, origin),
      localTruth: (name) => this.#locals.truth(name),
      argumentTruth: (name) => this.#variables.truth(name),
      bound: (name) => around.bound().get(name),
      resolve: (head, origin) =>
        head.kind === 'module' ? this.outputs.called(head, origin) : this.#data.value(head, origin),
      reference: (traversal, origin) => this.#reference(traversal, origin),
      domain: (name) => this.#variables.domain(name),
      condition: (condition, _, shown) =>
        this.#common.condition(
          'condition',
          roundsIn(condition, around) + condition,
          path,
          // `self` is another value in each block.
          () => around.instances || around.block(),
          shown,
        ),
      call: (name, args, origin) => this.#common.files(name, args, origin),
    };
  }

  #reference(traversal: Traversal, origin: Origin): Value {
    const target = addressOf(traversal);
    const called =
      traversal.root === 'module' && traversal.steps.length === 1
        ? this.outputs.calledWhole(target!.address.slice('module.'.length), origin)
        : undefined;
    if (called) return called;
    const { open, folder } = this.#source.files;
    const facts = unreadFacts(traversal, this.#place.path);
    if (!target) {
      const path = pathValue(traversal, { root: this.#common.folder, module: folder }, origin);
      return path ?? unknown(origin, 'computed', [], facts);
    }
    const to = `${this.#place.path}${target.address}`;
    if (!this.#blocks.resources.has(target.address) && !this.#blocks.data.has(target.address))
      return unknown(origin, 'computed', open ? [] : [to], facts);
    const isWhole = traversal.steps.length === (traversal.root === 'data' ? 2 : 1);
    const known = isWhole ? this.#whole(target.address, origin) : this.#splat(traversal, target, origin);
    if (known) return known;
    const instances = this.#instances.of(target.address);
    const picked = instances.find(({ key }) => key === target.key);
    const [only] = instances;
    return this.#attribute(traversal, target, picked ?? (only?.key === '' ? only : ONCE), origin);
  }

  /** An attribute of an instance of a resource or data source. */
  #attribute(traversal: Traversal, target: ReferenceTarget, instance: Instance, origin: Origin): Value {
    const reference: Reference = {
      state: 'reference',
      origin,
      to: `${this.#place.path}${target.address}${addressKey(instance)}`,
      ...(target.attribute === undefined ? {} : { attribute: target.attribute }),
    };
    return this.#attributes.value(reference, traversal, target, instance.key);
  }

  /** An attribute of all instances of a resource; undefined if they are not distinguished. */
  #splat(traversal: Traversal, target: ReferenceTarget, origin: Origin): Value | undefined {
    const block = this.#blocks.resources.get(target.address);
    const [first, splat, ...behind] = traversal.root === 'resource' ? traversal.steps.slice(1) : traversal.steps;
    if (!block || splat?.kind !== 'splat' || behind.length === 0 || behind.some(({ kind }) => kind !== 'attribute'))
      return undefined;
    const ofOne: Traversal = { ...traversal, root: target.address.split('.')[0]!, steps: [first!, ...behind] };
    return splatOf(
      this.#instances.of(target.address),
      repetitionOf(block.bodies)?.pair.name,
      (instance) => this.#attribute(ofOne, target, instance, origin),
      origin,
    );
  }

  /** A repeated resource as the collection of its instances; undefined if they are not distinguished. */
  #whole(address: Address, origin: Origin): Value | undefined {
    const instances = this.#instances.of(address);
    if (instances.length === 1 && instances[0]!.key === '') return undefined;
    return collectionOf(
      instances,
      (key) => ({ state: 'reference', origin, to: `${this.#place.path}${address}${key}` }),
      origin,
    );
  }

  /** The accounts of the AWS providers in its files and in those of called modules. */
  accounts(): ProviderAccounts | undefined {
    return accountsTogether(this.#providers.hasDefault(), this.#allAccounts());
  }

  #allAccounts(): readonly (ProviderAccounts | undefined)[] {
    return [this.#providers.written(), ...flatMap(this.#calls.modules(), (module) => module.#allAccounts())];
  }

  /** The truth of what a call sets for a variable; undefined if it is not one expression. */
  #argumentTruth({ bodies }: Block, variable: string, instance: Instance): Truth | undefined {
    const placed = lastWith(bodies, variable);
    const node = placed && pairOf(placed.body, variable)?.value;
    if (!placed || node?.kind !== 'scalar' || !needsEvaluation(node)) return undefined;
    const scope = this.#scope(node.value, spansIn(placed.tree, node), aroundBlock(bodies, instance));
    return truthOf(parseScalar(node).expression, scope, true);
  }

  /** The value that a call sets for a variable. */
  #argument({ bodies }: Block, variable: string, instance: Instance): Value | undefined {
    const placed = lastWith(bodies, variable);
    const pair = placed && pairOf(placed.body, variable);
    if (!placed || !pair) return undefined;
    const around = aroundBlock(bodies, instance);
    return attributeValue(placed.tree, pair.value, spanOf(placed.tree, pair.key), (t, node, key) =>
      this.#template(t, node, key, around),
    );
  }
}

const NOWHERE: Origin = { use: { doc: '', start: 0, end: 0 }, steps: [], edit: 'none' };
