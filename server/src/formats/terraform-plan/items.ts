/**
 * The items of a plan: changes, including deferred ones, or only planned values if there are no changes, and the
 * results of earlier reads of data sources.
 */
import { addTo } from '../../base/groups.ts';
import type { Address } from '../../model/value.ts';
import { type MapNode, type Node, type Pair, pairOf, resolved, textOf, type Tree, valueOf } from '../../syntax/tree.ts';
import { instanceOf, withoutKeys, type InstanceAddress } from './addresses.ts';

/** An instance of a resource or of a data source. */
export interface PlanItem {
  readonly address: Address;
  /** The address without instance keys. */
  readonly family: Address;
  /** The parts of the address; undefined if it is not valid. */
  readonly instance: InstanceAddress | undefined;
  readonly node: MapNode;
  readonly addressNode: Node;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  /** The planned values, and the pair with them. */
  readonly values: MapNode;
  readonly pair: Pair;
  /** The unknown parts of the values; undefined if the plan has no such data. */
  readonly unknown: Node | undefined;
  /** Whether the plan marks unknown values. */
  readonly marked: boolean;
  readonly sensitive: Node | undefined;
  /** Whether Terraform defers planning it, so that the values can change. */
  readonly deferred: boolean;
}

/** The instances in a plan. */
export class PlanItems {
  /** The resources that exist after the plan is applied, in document order. */
  readonly managed: readonly PlanItem[];
  /** Whether the plan lists every change, so that unlisted resources do not exist. */
  readonly complete: boolean;
  readonly #data: readonly PlanItem[];
  #byAddress: ReadonlyMap<Address, PlanItem> | undefined;
  #keys: ReadonlyMap<Address, readonly string[]> | undefined;

  constructor(tree: Tree) {
    const root = tree.roots[0];
    const changes = valueOf(root, 'resource_changes');
    const isListed = changes?.kind === 'list';
    this.complete = isListed && !isPartial(root);
    const listed = isListed
      ? [...changesIn(changes, false), ...changesIn(valueOf(root, 'deferred_changes'), true)]
      : outcomesIn(valueOf(valueOf(root, 'planned_values'), 'root_module'), false);
    this.managed = listed.filter(({ mode }) => mode === 'managed');
    // Data sources that are read during planning are changes. Those read before, because all their arguments were
    // known, are in the state only.
    const before = outcomesIn(valueOf(valueOf(valueOf(root, 'prior_state'), 'values'), 'root_module'), true).filter(
      ({ mode }) => mode === 'data',
    );
    this.#data = [...before, ...listed.filter(({ mode }) => mode === 'data')];
  }

  /** The data sources that generate policies. */
  get policies(): readonly PlanItem[] {
    return this.#data.filter(({ type }) => type === 'aws_iam_policy_document');
  }

  /** The instances of resources, and the listed instances of data sources. */
  get all(): readonly PlanItem[] {
    return [...this.#data, ...this.managed];
  }

  at(address: Address): PlanItem | undefined {
    this.#byAddress ??= new Map(this.all.map((item) => [item.address, item]));
    return this.#byAddress.get(address);
  }

  /** The instance keys of a resource in a module instance. */
  keysOf(resource: Address): readonly string[] {
    if (!this.#keys) {
      const keys = new Map<Address, string[]>();
      const seen = new Set<Address>();
      for (const { address, instance } of this.all) {
        if (!instance || seen.has(address)) continue;
        seen.add(address);
        addTo(keys, instance.module + instance.resource, instance.key);
      }
      this.#keys = keys;
    }
    return this.#keys.get(resource) ?? [];
  }
}

/** The native types of the instances in a plan, for resources and for data sources. */
export function planTypes(tree: Tree): { readonly managed: ReadonlySet<string>; readonly data: ReadonlySet<string> } {
  const managed = new Set<string>();
  const data = new Set<string>();
  const root = tree.roots[0];
  const lists = [valueOf(root, 'resource_changes'), valueOf(root, 'deferred_changes')];
  const add = (node: Node): void => {
    const type = textOf(valueOf(node, 'type'));
    if (type !== undefined) (textOf(valueOf(node, 'mode')) === 'data' ? data : managed).add(type);
  };
  for (const list of lists)
    if (list?.kind === 'list') for (const { value } of list.items) add(valueOf(value, 'resource_change') ?? value);
  if (lists[0]?.kind !== 'list') modulesBelow(valueOf(valueOf(root, 'planned_values'), 'root_module')).forEach(add);
  modulesBelow(valueOf(valueOf(valueOf(root, 'prior_state'), 'values'), 'root_module')).forEach(add);
  return { managed, data };
}

/**
 * Whether a plan states that it is incomplete: an error ended it, it was limited by `-target`, or some of it is
 * deferred. Terraform records this since 1.5 and 1.8.
 * https://github.com/hashicorp/terraform/blob/main/internal/terraform/context_plan.go
 */
function isPartial(root: Node | undefined): boolean {
  return textOf(valueOf(root, 'errored')) === 'true' || textOf(valueOf(root, 'complete')) === 'false';
}

/** The properties of an instance other than its address. */
type InstanceData = Pick<PlanItem, 'values' | 'pair' | 'unknown' | 'marked' | 'sensitive' | 'deferred'>;

/** The changes of a list whose result exists: neither deletions nor deposed objects. */
function changesIn(list: Node | undefined, deferred: boolean): readonly PlanItem[] {
  const found: PlanItem[] = [];
  if (list?.kind === 'list')
    for (const { value } of list.items) {
      const item = deferred ? valueOf(value, 'resource_change') : value;
      const change = valueOf(item, 'change');
      const pair = pairOf(change, 'after');
      const values = resolved(pair?.value);
      if (!pair || item?.kind !== 'map' || values?.kind !== 'map' || valueOf(item, 'deposed')) continue;
      const unknown = valueOf(change, 'after_unknown');
      const made = itemOf(item, {
        values,
        pair,
        unknown,
        marked: unknown !== undefined && !deferred,
        sensitive: valueOf(change, 'after_sensitive'),
        deferred,
      });
      if (made) found.push(made);
    }
  return found;
}

/** The instances in a module for plans that list only planned values, which omit unknown values. */
function outcomesIn(module: Node | undefined, marked: boolean): readonly PlanItem[] {
  const found: PlanItem[] = [];
  for (const item of modulesBelow(module)) {
    const pair = pairOf(item, 'values');
    const values = resolved(pair?.value);
    if (!pair || item.kind !== 'map' || values?.kind !== 'map') continue;
    const made = itemOf(item, {
      values,
      pair,
      unknown: undefined,
      marked,
      sensitive: valueOf(item, 'sensitive_values'),
      deferred: false,
    });
    if (made) found.push(made);
  }
  return found;
}

function itemOf(
  node: MapNode,
  { values, pair, unknown, marked, sensitive, deferred }: InstanceData,
): PlanItem | undefined {
  const addressNode = valueOf(node, 'address');
  const address = textOf(addressNode);
  const type = textOf(valueOf(node, 'type'));
  const name = textOf(valueOf(node, 'name'));
  const mode = textOf(valueOf(node, 'mode')) ?? 'managed';
  // The only other mode is ephemeral, which is not stored.
  if (
    !addressNode ||
    address === undefined ||
    type === undefined ||
    name === undefined ||
    (mode !== 'managed' && mode !== 'data')
  )
    return undefined;
  const instance = withKey(address, valueOf(node, 'index'));
  return {
    address: instance,
    family: withoutKeys(instance),
    instance: instanceOf(instance),
    node,
    addressNode,
    mode,
    type,
    name,
    values,
    pair,
    unknown,
    marked,
    sensitive,
    deferred,
  };
}

/** The address of an instance. Terraform 0.12 omits the key in planned values. */
function withKey(address: string, index: Node | undefined): string {
  if (index?.kind !== 'scalar' || address.endsWith(']') || index.value === 'null') return address;
  return `${address}[${index.style === 'plain' ? index.value : JSON.stringify(index.value)}]`;
}

function modulesBelow(module: Node | undefined): readonly Node[] {
  const open: Node[] = module ? [module] : [];
  const found: Node[] = [];
  for (let next = open.pop(); next; next = open.pop()) {
    const resources = valueOf(next, 'resources');
    if (resources?.kind === 'list') for (const item of resources.items) found.push(item.value);
    const children = valueOf(next, 'child_modules');
    if (children?.kind === 'list') for (const item of children.items.toReversed()) open.push(item.value);
  }
  return found;
}
