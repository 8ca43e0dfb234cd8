import type { Span } from '../../base/span.ts';
import { unknown } from '../../model/navigate.ts';
import type { EditPlace, Known, Member, Value } from '../../model/value.ts';
import { readScalar } from '../../syntax/scalar.ts';
import { childrenOf, resolved, valueOf, type MapNode, type Node, type ScalarNode, type Tree } from '../../syntax/tree.ts';
import { valueOfDomain } from '../domain.ts';
import { locatedAt, originOf, spanOf, usedAt } from '../located.ts';
import { lazyElement, lazyMember, MAX_DEPTH } from '../plain.ts';
import { callOf, longCallOf, pairsWithMerges } from './call.ts';
import { Conditions } from './conditions.ts';
import { callValue, placeholderValue } from './functions.ts';
import { readParameters, type Parameter } from './parameters.ts';
import { withDynamicReferences } from './dynamic-reference.ts';

/** The number of nodes that aliases and merge keys may repeat in one template. */
const MOST_REPEATED = 200_000;

/** The evaluation of one template: nodes in, values out, each node once. */
export class Template {
  readonly tree: Tree;
  readonly root: Node | undefined;
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly conditions: Conditions;
  readonly #resources: ReadonlySet<string>;
  readonly #made: (name: string) => string | undefined;
  readonly #values = new Map<Node, Value>();
  readonly #shared = new Map<Node, Value>();
  readonly #evaluating = new Set<Node>();
  readonly #aliased: ReadonlySet<string>;
  #depth = 0;
  #exhausted = false;
  /** How many nodes were repeated by aliases and merge keys so far. */
  #repeated = 0;

  /** `made` gives the address of what a transform makes of the template, for the names that stand for it. */
  constructor(tree: Tree, made: (name: string) => string | undefined = () => undefined) {
    this.tree = tree;
    this.root = resolved(tree.roots[0]);
    const resources = valueOf(this.root, 'Resources');
    this.#resources = new Set(resources?.kind === 'map' ? resources.pairs.map((pair) => pair.name) : []);
    this.#made = made;
    this.parameters = readParameters(tree, this.root);
    this.#aliased = new Set(tree.language === 'yaml' ? [...tree.text.matchAll(/\*([^\s,\]{}]+)/g)].map((m) => m[1]!) : []);
    this.conditions = new Conditions({
      tree,
      domain: (name) => this.parameters.get(name)?.domain,
      evaluate: (node) => this.evaluate(node),
    }, valueOf(this.root, 'Conditions'));
  }

  /** The address of the resource that a name stands for. */
  addressOf(name: string): string | undefined {
    return this.#resources.has(name) ? name : this.#made(name);
  }

  mapping(name: string): Node | undefined {
    return valueOf(valueOf(this.root, 'Mappings'), name);
  }

  /** How many nodes were worked out so far. */
  get evaluations(): number {
    return this.#values.size + this.#shared.size;
  }

  /** Whether something was left unknown because it is too much to work out. */
  get exhausted(): boolean {
    return this.#exhausted || this.#repeated > MOST_REPEATED;
  }

  /** The value of a node. `key` is the key under which it stands. */
  evaluate(node: Node, key?: Span, edit: EditPlace = 'here'): Value {
    const place = node.anchor && this.#aliased.has(node.anchor.name) ? 'shared' : edit;
    const memo = place === 'shared' ? this.#shared : this.#values;
    const held = memo.get(node);
    if (held) return held;
    const origin = originOf(this.tree, node, key, place);
    if (this.#depth >= MAX_DEPTH) {
      this.#exhausted = true;
      return locatedAt(unknown(origin, 'budget'), this.tree, node);
    }
    if (this.#evaluating.has(node)) return locatedAt(unknown(origin, 'syntax'), this.tree, node);
    this.#evaluating.add(node);
    this.#depth++;
    const call = callOf(node);
    const value = call ? callValue(this, call, node, origin, place) : this.#written(node, key, place);
    this.#depth--;
    this.#evaluating.delete(node);
    if (value.state === 'unknown' && value.why === 'budget') this.#exhausted = true;
    const located = locatedAt(value, this.tree, node);
    memo.set(node, located);
    return located;
  }

  /** The value of a node whose own tag is passed over, as the argument of a short form. */
  evaluateUntagged(node: Node, edit: EditPlace): Value {
    const call = longCallOf(node);
    if (call) return callValue(this, call, node, originOf(this.tree, node, undefined, edit), edit);
    return this.#written(node, undefined, edit);
  }

  /** The value of a parameter at a place that refers to it. */
  parameterValue(name: string, node: Node, key: Span | undefined): Value | undefined {
    const parameter = this.parameters.get(name);
    if (!parameter) return undefined;
    const origin = { ...originOf(this.tree, node, key, 'shared'), ...(parameter.secret ? { secret: true } : {}) };
    if (!parameter.domain) return unknown(origin, 'parameter');
    const { domain } = parameter;
    return valueOfDomain(domain, origin, (value) => {
      const fallback = domain.variable.preferred !== undefined && domain.values[domain.variable.preferred] === value;
      const placed = usedAt(value, origin.use, key, { what: fallback ? 'default' : 'allowed', name, at: value.origin.use });
      return withDynamicReferences(parameter.secret ? { ...placed, origin: { ...placed.origin, secret: true } } : placed);
    });
  }

  /** What stands for `${name}` in a text of Fn::Sub, given the node of that text. */
  placeholder(node: Node, name: string): Value {
    return placeholderValue(this, node, name);
  }

  #written(node: Node, key: Span | undefined, edit: EditPlace): Value {
    const origin = originOf(this.tree, node, key, edit);
    switch (node.kind) {
      case 'scalar': return this.#scalar(node, key, edit);
      case 'map': return { state: 'object', origin, ...this.#entries(node, edit) };
      case 'list': return {
        state: 'list', origin,
        open: node.items.some((item) => callOf(item.value)?.name === 'Fn::Transform'),
        items: node.items.map((item) => lazyElement(() => this.evaluate(item.value, undefined, edit))),
      };
      case 'alias': {
        if (!node.target) return unknown(origin, 'syntax');
        if (!this.#repeat(node.target)) return unknown(origin, 'budget');
        return usedAt(this.evaluate(node.target, key, 'shared'), origin.use, key, undefined);
      }
    }
  }

  #scalar(node: ScalarNode, key: Span | undefined, edit: EditPlace): Value {
    const known: Known = { state: 'known', origin: originOf(this.tree, node, key, edit), ...readScalar(node) };
    return withDynamicReferences(known);
  }

  #entries(node: MapNode, edit: EditPlace): { entries: readonly Member[]; open: boolean } {
    const { pairs, complete } = pairsWithMerges(node);
    if (!complete) this.#exhausted = true;
    let open = !complete;
    const entries: Member[] = [];
    for (const { pair, merged } of pairs) {
      if (pair.name === 'Fn::Transform' || pair.name.startsWith('Fn::ForEach::')) {
        open = true;
        continue;
      }
      if (merged && !this.#repeat(pair.value)) {
        open = true;
        continue;
      }
      const keyAt = spanOf(this.tree, pair.key);
      entries.push(lazyMember(pair.name, keyAt, () => this.evaluate(pair.value, keyAt, merged ? 'shared' : edit)));
    }
    return { entries, open };
  }

  /** Whether a node may be used once more. A few lines of aliases can stand for more than any machine can read. */
  #repeat(node: Node): boolean {
    const open: Node[] = [node];
    while (open.length > 0 && this.#repeated <= MOST_REPEATED) {
      const next = resolved(open.pop());
      this.#repeated++;
      if (next) open.push(...childrenOf(next));
    }
    return this.#repeated <= MOST_REPEATED;
  }
}
