import { pushAll } from '../../base/push-all.ts';
import { spend } from '../../base/budget.ts';
import type { ScenarioVariable } from '../../base/guard.ts';
import { isolated } from '../../base/isolation.ts';
import { finished } from '../../base/steps.ts';
import type { Span } from '../../base/span.ts';
import { unknown } from '../../model/navigate.ts';
import type { EditPlace, Known, Member, Origin, Value } from '../../model/value.ts';
import { readScalar } from '../../syntax/scalar.ts';
import {
  childrenOf,
  resolved,
  valueOf,
  type Item,
  type MapNode,
  type Node,
  type Pair,
  type ScalarNode,
  type Tree,
} from '../../syntax/tree.ts';
import { placeholderOfDomain, valueOfDomain } from '../domain.ts';
import { keySpan, locatedAt, originOf, usedAt } from '../located.ts';
import { lazyItems, lazyMember, lazyMemberOf, MAX_VALUE_DEPTH } from '../plain.ts';
import { hiddenByName } from '../secret-places.ts';
import { aliasedIn } from './aliased.ts';
import { callOf, longCallOf, plainText } from './call.ts';
import { TemplateConditions } from './conditions.ts';
import { hasDynamicReference, withDynamicReferences } from './dynamic-reference.ts';
import { callValue, placeholderValue } from './functions.ts';
import { expandedPairs, type ExpandedPairs } from './loop.ts';
import { differsByIteration, NO_BINDINGS, textOfIteration, type LoopBindings } from './loop-text.ts';
import { modulesAmong, nameInModule } from './modules.ts';
import { isSingleType } from './parameter-type.ts';
import { isSharedPseudo, readingParameters, type GivenInputs, type TemplateParameter } from './parameters.ts';
import { withComparedValues } from './compared-values.ts';
import { asSecretWithItems } from './secret-value.ts';

/** The maximum number of nodes repeated by aliases and merge keys in a template. */
const MOST_REPEATED = 200_000;

/** The context of a template. */
export interface TemplateEnvironment extends GivenInputs {
  /** The address of a resource that a transform generates, by the name that refers to it. */
  made?(name: string): string | undefined;
  /** The prefix of the logical IDs of a nested stack, so that its addresses are unique. */
  readonly prefix?: string;
  /** The output of a nested stack that is a resource of this template. */
  output?(stack: string, output: string): Value | undefined;
  /** The parent template, with which it shares unknown comparisons of its parameters. */
  readonly around?: Template;
}

/** The state shared by all scopes of a template. */
interface Shared {
  readonly surroundings: TemplateEnvironment;
  readonly comparisons: Map<string, ScenarioVariable>;
  parameters?: ReadonlyMap<string, TemplateParameter>;
  conditions?: TemplateConditions;
  resources?: ReadonlySet<string>;
  modules?: ReadonlySet<string>;
  sections: Map<string, ExpandedPairs>;
  depth: number;
  exhausted: boolean;
  evaluations: number;
  /** The number of nodes repeated by aliases, merge keys and loops so far. */
  repeated: number;
}

/** The evaluation of a template, or of one iteration of a loop: nodes to values, each node once. */
export class Template {
  readonly tree: Tree;
  readonly root: Node | undefined;
  /** The identifiers of the loops around it, with their values in this iteration. */
  readonly bindings: LoopBindings;
  readonly #shared: Shared;
  readonly #values = new Map<Node, Value>();
  readonly #sharedValues = new Map<Node, Value>();
  /** The nodes that are evaluated, each inside the one before. Few at a time, so a list is faster than a set. */
  readonly #evaluating: Node[] = [];
  readonly #compares: boolean;
  #comparing: Template | undefined;
  #pairsHere: ((pair: Pair, keyAt: Span) => Value) | undefined;
  #itemsHere: ((item: Item) => Value) | undefined;

  constructor(
    tree: Tree,
    surroundings: TemplateEnvironment = {},
    iteration?: { readonly of: Template; readonly bindings: LoopBindings; readonly compares: boolean },
  ) {
    this.tree = tree;
    this.root = iteration ? iteration.of.root : resolved(tree.roots[0]);
    this.bindings = iteration?.bindings ?? NO_BINDINGS;
    this.#compares = iteration?.compares ?? false;
    this.#shared = iteration
      ? iteration.of.#shared
      : {
          surroundings,
          comparisons: surroundings.around?.comparisons ?? new Map(),
          sections: new Map(),
          depth: 0,
          exhausted: false,
          evaluations: 0,
          repeated: 0,
        };
  }

  /** The same template in an iteration of a loop. */
  bound(bindings: LoopBindings): Template {
    return new Template(this.tree, {}, { of: this, bindings, compares: this.#compares });
  }

  /**
   * The same template for operands of conditions and keys of mappings, in which AWS::Region, AWS::Partition and
   * AWS::AccountId have the values that the template compares them with. Elsewhere each is one placeholder: a mapping
   * by Region does not split every ARN into one branch per row.
   */
  get comparing(): Template {
    if (this.#compares) return this;
    return (this.#comparing ??= new Template(this.tree, {}, { of: this, bindings: this.bindings, compares: true }));
  }

  get parameters(): ReadonlyMap<string, TemplateParameter> {
    return this.#shared.parameters ?? finished(this.readingParameters());
  }

  /** Reads the parameters in steps. */
  *readingParameters(): Generator<void, ReadonlyMap<string, TemplateParameter>, undefined> {
    const { surroundings } = this.#shared;
    return (this.#shared.parameters ??= yield* readingParameters(this.tree, this.root, {
      ...surroundings,
      ...(surroundings.around ? { pseudo: surroundings.around.parameters } : {}),
    }));
  }

  /** Unknown comparisons with parameters, shared with parent and nested templates. */
  get comparisons(): Map<string, ScenarioVariable> {
    return this.#shared.comparisons;
  }

  get conditions(): TemplateConditions {
    return (this.#shared.conditions ??= new TemplateConditions(
      { tree: this.tree, domain: (name) => this.parameters.get(name)?.domain, template: this },
      this.section('Conditions'),
    ));
  }

  /** The entries of a section, including those of loops. */
  section(name: string): ExpandedPairs {
    const { sections } = this.#shared;
    let section = sections.get(name);
    if (!section) {
      const node = valueOf(this.root, name);
      // Entries of a section that its own loops refer to do not exist until the section is expanded.
      sections.set(name, NO_PAIRS);
      sections.set(name, (section = node?.kind === 'map' ? expandedPairs(this, node) : NO_PAIRS));
    }
    return section;
  }

  /** The address of the resource with a name. */
  addressOf(name: string): string | undefined {
    const { surroundings } = this.#shared;
    const resources = (this.#shared.resources ??= new Set(this.section('Resources').pairs.map((pair) => pair.name)));
    const id = resources.has(name) ? name : surroundings.made?.(name);
    if (id !== undefined) return this.qualified(id);
    const inside = nameInModule(this.modules, name);
    return inside === undefined ? undefined : this.qualified(inside);
  }

  /** The names of the modules among the resources. */
  get modules(): ReadonlySet<string> {
    return (this.#shared.modules ??= modulesAmong(this.section('Resources').pairs));
  }

  /** The address of a logical ID of this template. */
  qualified(name: string): string {
    return `${this.#shared.surroundings.prefix ?? ''}${name}`;
  }

  /** The value of an output of a nested stack. */
  output(stack: string, output: string): Value | undefined {
    return this.#shared.surroundings.output?.(stack, output);
  }

  mapping(name: string): Node | undefined {
    return valueOf(valueOf(this.root, 'Mappings'), name);
  }

  /** The number of evaluated nodes so far. */
  get evaluations(): number {
    return this.#shared.evaluations;
  }

  /** Whether a value was left unknown because the evaluation limit was reached. */
  get exhausted(): boolean {
    return this.#shared.exhausted || this.#shared.repeated > MOST_REPEATED;
  }

  /** Records that something was omitted because a limit was reached. */
  exhaust(): void {
    this.#shared.exhausted = true;
  }

  /** The string of a plain scalar in this iteration; undefined for other nodes, including calls. */
  text(node: Node | undefined): string | undefined {
    const text = plainText(node);
    return text === undefined ? undefined : textOfIteration(text, this.bindings);
  }

  /** The value of a node. `key` is its key. */
  evaluate(node: Node, key?: Span, edit: EditPlace = 'here'): Value {
    const shared = this.#shared;
    const place =
      (node.anchor && aliasedIn(this.tree).has(node.anchor.name)) || differsByIteration(this.tree, node, this.bindings)
        ? 'shared'
        : edit;
    const memo = place === 'shared' ? this.#sharedValues : this.#values;
    const held = memo.get(node);
    if (held) return held;
    const origin = originOf(this.tree, node, key, place);
    if (shared.depth >= MAX_VALUE_DEPTH) {
      shared.exhausted = true;
      return locatedAt(unknown(origin, 'budget'), this.tree, node);
    }
    if (this.#evaluating.includes(node)) return locatedAt(unknown(origin, 'syntax'), this.tree, node);
    this.#evaluating.push(node);
    shared.depth++;
    const { depth } = shared;
    let value: Value;
    try {
      spend();
      value = isolated(
        () => origin.use,
        () => {
          const call = callOf(node);
          return call ? callValue(this, call, node, origin, place) : this.#written(node, origin, place, true);
        },
        () => unknown(origin, 'computed'),
      );
    } finally {
      shared.depth = depth - 1;
      this.#evaluating.pop();
    }
    if (value.state === 'unknown' && value.why === 'budget') shared.exhausted = true;
    const located = locatedAt(hiddenByName(this.tree, node, value), this.tree, node);
    memo.set(node, located);
    shared.evaluations++;
    return located;
  }

  /** The value of a node without its own tag, as the argument of a short form. */
  evaluateUntagged(node: Node, edit: EditPlace): Value {
    const call = longCallOf(node);
    if (call) return callValue(this, call, node, originOf(this.tree, node, undefined, edit), edit);
    return this.#written(node, originOf(this.tree, node, undefined, edit), edit);
  }

  /** The value of a parameter at a reference. */
  parameterValue(name: string, node: Node, key: Span | undefined): Value | undefined {
    const parameter = this.parameters.get(name);
    if (!parameter) return undefined;
    const place = originOf(this.tree, node, key, 'shared');
    const origin: Origin = parameter.secret ? { ...place, secret: true } : place;
    const secret = (value: Value): Value =>
      parameter.secret ? asSecretWithItems(value) : parameter.hidden ? asSecretWithItems(value, true) : value;
    if (parameter.value) {
      const given = this.#compares ? withComparedValues(parameter.value, this.parameters) : parameter.value;
      return withDynamicReferences(secret(usedAt(given, origin.use, key, undefined)));
    }
    if (!parameter.domain)
      return unknown(origin, 'parameter', [], isSingleType(parameter.type) ? { single: true } : undefined);
    const { domain } = parameter;
    const placeholder = !this.#compares && isSharedPseudo(name) ? placeholderOfDomain(domain, origin) : undefined;
    if (placeholder) return placeholder;
    return valueOfDomain(domain, origin, (value) => {
      const fallback = domain.variable.preferred !== undefined && domain.values[domain.variable.preferred] === value;
      const given = value.origin.steps[0]?.what === 'given';
      return withDynamicReferences(
        secret(
          usedAt(
            value,
            origin.use,
            key,
            given ? undefined : { what: fallback ? 'default' : 'allowed', name, at: value.origin.use },
          ),
        ),
      );
    });
  }

  /** The value of `${name}` in a string of Fn::Sub, given the node of that string. */
  placeholder(node: Node, name: string): Value {
    return placeholderValue(this, node, name);
  }

  /**
   * The literal value at a node, with the given origin.
   * @param isLocated Whether the node is that of the value.
   */
  #written(node: Node, origin: Origin, edit: EditPlace, isLocated = false): Value {
    switch (node.kind) {
      case 'scalar':
        return this.#scalar(node, origin, isLocated);
      case 'map': {
        const { entries, open } = this.#entries(node, edit);
        // An object has room for the properties that it is made with. Adding one takes much more.
        return isLocated
          ? { state: 'object', origin, entries, open, located: { tree: this.tree, node } }
          : { state: 'object', origin, entries, open };
      }
      case 'list': {
        const open = node.items.some((item) => callOf(item.value)?.name === 'Fn::Transform');
        const items = lazyItems(node.items, this.#readingItems(edit));
        return isLocated
          ? { state: 'list', origin, open, items, located: { tree: this.tree, node } }
          : { state: 'list', origin, open, items };
      }
      case 'alias': {
        if (!node.target) return unknown(origin, 'syntax');
        if (!this.repeat(node.target)) return unknown(origin, 'budget');
        return usedAt(this.evaluate(node.target, origin.key, 'shared'), origin.use, origin.key, undefined);
      }
    }
  }

  #scalar(node: ScalarNode, origin: Origin, isLocated: boolean): Value {
    const { raw, quoted, value } = readScalar(node);
    const text = textOfIteration(raw, this.bindings);
    if (text === raw && isLocated && !hasDynamicReference(raw))
      return { state: 'known', origin, raw, quoted, value, located: { tree: this.tree, node } };
    if (text === raw) return withDynamicReferences({ state: 'known', origin, raw, quoted, value } satisfies Known);
    // The same text can have another value in each iteration.
    return withDynamicReferences({
      state: 'known',
      origin: { ...origin, edit: 'shared', steps: this.bindings.steps },
      raw: text,
      quoted: true,
      value: text,
    });
  }

  #entries(node: MapNode, edit: EditPlace): { entries: readonly Member[]; open: boolean } {
    // Most maps have no entries other than the literal ones.
    if (this.bindings === NO_BINDINGS && !node.pairs.some(({ name }) => name === '<<' || name.startsWith('Fn::'))) {
      const read = this.#readingPairs(edit);
      const entries = node.pairs.map((pair) => lazyMemberOf(pair.name, keySpan(this.tree, pair), read, pair));
      return { entries, open: false };
    }
    const { pairs, open } = expandedPairs(this, node);
    const entries = pairs.map(({ pair, name, template, when, merged }): Member => {
      const keyAt = keySpan(this.tree, pair);
      return lazyMember(name, keyAt, () => template.evaluate(pair.value, keyAt, merged ? 'shared' : edit), when);
    });
    return { entries, open };
  }

  /** A function that reads the values of pairs: the same for most maps. */
  #readingPairs(edit: EditPlace): (pair: Pair, keyAt: Span) => Value {
    if (edit !== 'here') return (pair, keyAt) => this.evaluate(pair.value, keyAt, edit);
    return (this.#pairsHere ??= ({ value }, keyAt) => this.#plainScalar(value, keyAt) ?? this.evaluate(value, keyAt));
  }

  #readingItems(edit: EditPlace): (item: Item) => Value {
    if (edit !== 'here') return (item) => this.evaluate(item.value, undefined, edit);
    return (this.#itemsHere ??= ({ value }) => this.#plainScalar(value) ?? this.evaluate(value));
  }

  /**
   * The value of a scalar without tag, anchor and loops; undefined for other nodes. Most values of a template are
   * such scalars, which only the member or item that holds them reads, and which keeps the value.
   */
  #plainScalar(node: Node, key?: Span): Value | undefined {
    const shared = this.#shared;
    if (node.kind !== 'scalar' || node.tag || node.anchor || this.bindings !== NO_BINDINGS) return undefined;
    if (shared.depth >= MAX_VALUE_DEPTH) return undefined;
    spend();
    shared.evaluations++;
    const value = this.#scalar(node, originOf(this.tree, node, key), true);
    return locatedAt(hiddenByName(this.tree, node, value), this.tree, node);
  }

  /** Whether a node can be repeated. A few lines of aliases or loops can expand beyond any limit. */
  repeat(node: Node): boolean {
    const shared = this.#shared;
    const open: Node[] = [node];
    while (open.length > 0 && shared.repeated <= MOST_REPEATED) {
      const next = resolved(open.pop());
      shared.repeated++;
      if (next) pushAll(open, childrenOf(next));
    }
    return shared.repeated <= MOST_REPEATED;
  }
}

const NO_PAIRS: ExpandedPairs = { pairs: [], open: false };
