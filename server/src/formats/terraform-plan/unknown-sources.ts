/** The resources of a plan whose values can depend on something that is only known after apply. */
import { flatMap } from '../../base/flat-map.ts';
import { addTo } from '../../base/groups.ts';
import type { Address } from '../../model/value.ts';
import { isTrueNode } from '../../syntax/scalar.ts';
import { textOf, valueOf, type Node } from '../../syntax/tree.ts';
import { addressSteps, withoutKeys } from './addresses.ts';
import type { ConfiguredModule, ConfiguredResource, PlanConfiguration } from './configuration.ts';
import type { PlanItem } from './items.ts';
import { follow } from './references.ts';

/** The maximum number of dependents of a resource to search. */
const MOST_DEPENDENTS = 1024;

/**
 * Whether a resource can have values that depend on something unknown. The configuration in a plan lists neither locals
 * nor dynamic blocks, so a resource can use each unknown resource that its module can name, except those that depend on
 * it, because Terraform has no cycles. A dynamic block with an unknown number of blocks requires such a resource.
 * Functions that are evaluated during apply, such as `timestamp()`, are not considered.
 */
export class UnknownSources {
  readonly #root: Node | undefined;
  readonly #items: readonly PlanItem[];
  readonly #configuration: PlanConfiguration;
  #unknown: readonly Address[] | undefined;
  #dependents: ReadonlyMap<Address, readonly Address[]> | undefined;
  readonly #answers = new Map<Address, boolean>();
  readonly #passed = new Map<string, Passed>();

  constructor(root: Node | undefined, items: readonly PlanItem[], configuration: PlanConfiguration) {
    this.#root = root;
    this.#items = items;
    this.#configuration = configuration;
  }

  /** Whether an unknown value can be in a resource, given its address without instance keys. */
  reach(family: Address): boolean {
    let answer = this.#answers.get(family);
    if (answer === undefined) {
      const configured = this.#configuration.resources.get(family);
      answer = !configured || this.#reach(family, configured.module);
      this.#answers.set(family, answer);
    }
    return answer;
  }

  #reach(family: Address, module: ConfiguredModule): boolean {
    this.#unknown ??= unknownResources(this.#root, this.#items);
    let dependents: ReadonlySet<Address> | 'too many' | undefined;
    return this.#unknown.some((other) => {
      if (other === family || !this.#isVisible(other, module)) return false;
      dependents ??= this.#dependentsOf(family);
      return dependents === 'too many' || !dependents.has(other);
    });
  }

  /** Whether a module can name a resource: one of its own or of a called module, or one that its call passes. */
  #isVisible(other: Address, module: ConfiguredModule): boolean {
    if (other.startsWith(module.path)) return true;
    if (!module.around) return false;
    const passed = this.#passedTo(module, module.around);
    return passed.resources.has(other) || (passed.open && this.#isVisible(other, module.around));
  }

  #passedTo(module: ConfiguredModule, around: ConfiguredModule): Passed {
    let passed = this.#passed.get(module.path);
    if (!passed) {
      const { references, complete } = followAll(module.call, around);
      passed = { resources: new Set(references), open: !complete };
      this.#passed.set(module.path, passed);
    }
    return passed;
  }

  /** The resources that depend on a resource, directly or indirectly. */
  #dependentsOf(family: Address): ReadonlySet<Address> | 'too many' {
    this.#dependents ??= dependentsIn(this.#configuration.resources);
    const found = new Set<Address>();
    const open = [family];
    for (let next = open.pop(); next !== undefined; next = open.pop())
      for (const dependent of this.#dependents.get(next) ?? []) {
        if (found.has(dependent)) continue;
        if (found.size >= MOST_DEPENDENTS) return 'too many';
        found.add(dependent);
        open.push(dependent);
      }
    return found;
  }
}

/** The resources that the arguments of a call depend on; open if others in the calling module are possible. */
interface Passed {
  readonly resources: ReadonlySet<Address>;
  readonly open: boolean;
}

/** The addresses, without instance keys, of the resources with unknown values that contribute to something. */
function unknownResources(root: Node | undefined, items: readonly PlanItem[]): readonly Address[] {
  const relevant = relevantResources(root);
  const unknown = items.filter(({ marked, unknown }) => !marked || hasUnknown(unknown));
  return [...new Set(unknown.map(({ address }) => withoutKeys(address)))].filter(
    (family) => relevant?.has(family) !== false,
  );
}

/**
 * The resources that contribute to changes, which plans list since Terraform 1.2; undefined if the plan lists none.
 * https://developer.hashicorp.com/terraform/internals/json-format
 */
function relevantResources(root: Node | undefined): ReadonlySet<Address> | undefined {
  const list = valueOf(root, 'relevant_attributes');
  if (list?.kind !== 'list') return undefined;
  return new Set(list.items.map(({ value }) => withoutKeys(textOf(valueOf(value, 'resource')) ?? '')));
}

function hasUnknown(marks: Node | undefined): boolean {
  switch (marks?.kind) {
    case 'map':
      return marks.pairs.some((pair) => hasUnknown(pair.value));
    case 'list':
      return marks.items.some(({ value }) => hasUnknown(value));
    default:
      return isTrueNode(marks);
  }
}

/** The direct dependents of each resource in the configuration. */
function dependentsIn(resources: ReadonlyMap<Address, ConfiguredResource>): ReadonlyMap<Address, readonly Address[]> {
  const dependents = new Map<Address, Address[]>();
  for (const [family, { module, node }] of resources)
    for (const reference of [...followAll(node, module).references, ...dependsOn(node, module)])
      addTo(dependents, reference, family);
  return dependents;
}

/** The resources in `depends_on`. */
function dependsOn(node: Node, module: ConfiguredModule): readonly Address[] {
  const list = valueOf(node, 'depends_on');
  if (list?.kind !== 'list') return [];
  return flatMap(list.items, ({ value }) => {
    const steps = addressSteps(textOf(value) ?? '');
    return steps.length > 1 ? [module.path + steps.map(({ name }) => name).join('.')] : [];
  });
}

/** The resources that the expressions of a resource or call refer to, by address without instance keys. */
function followAll(
  node: Node | undefined,
  module: ConfiguredModule,
): { readonly references: readonly Address[]; readonly complete: boolean } {
  const expressions = flatMap(['expressions', 'for_each_expression', 'count_expression'], (name) =>
    expressionsIn(valueOf(node, name)),
  );
  const { references, complete } = follow(
    expressions,
    { module, prefix: undefined, key: '', repeated: node },
    () => [],
  );
  return { references: references.map(({ family }) => family), complete };
}

/** The expressions in a body. */
function expressionsIn(node: Node | undefined): readonly Node[] {
  switch (node?.kind) {
    case 'map':
      return valueOf(node, 'references') ? [node] : flatMap(node.pairs, (pair) => expressionsIn(pair.value));
    case 'list':
      return flatMap(node.items, ({ value }) => expressionsIn(value));
    default:
      return [];
  }
}
