/**
 * Plans, as `terraform show -json` prints them.
 * https://developer.hashicorp.com/terraform/internals/json-format
 */
import { TRUE } from '../../base/guard.ts';
import type { Address } from '../../model/value.ts';
import type { Parameter } from '../../model/resource.ts';
import { inputOf } from '../inputs.ts';
import { spanOf } from '../located.ts';
import { pairOf, valueOf, type MapNode, type Node, type Tree } from '../../syntax/tree.ts';
import type { NativeResource, NativeStack } from '../terraform/native.ts';
import { configurationOf, withoutKeys, type ConfiguredResource } from './configuration.ts';
import { plannedValue, type BlockNames } from './planned-value.ts';

/** The resources that will exist when a plan is carried out. `blocksOf` names the nested blocks of a native type. */
export function planResources(tree: Tree, blocksOf: (nativeType: string) => BlockNames): NativeStack {
  const root = tree.roots[0];
  const configured = configurationOf(root);
  const parameters = inputsOf(tree);
  const changes = valueOf(root, 'resource_changes');
  if (changes?.kind === 'list') {
    return { open: false, parameters, resources: changes.items.flatMap((item) => item.value.kind === 'map' ? changed(tree, item.value, configured, blocksOf) : []) };
  }
  return { open: true, parameters, resources: [...plannedModules(valueOf(valueOf(root, 'planned_values'), 'root_module'))].flatMap((node) => planned(tree, node)) };
}

/** The variables of the configuration that was planned. */
function inputsOf(tree: Tree): readonly Parameter[] {
  const variables = valueOf(valueOf(valueOf(tree.roots[0], 'configuration'), 'root_module'), 'variables');
  if (variables?.kind !== 'map') return [];
  return variables.pairs.map((pair) => inputOf(tree, pair, `var.${pair.name}`, textOf(valueOf(pair.value, 'sensitive')) === 'true', pairOf(pair.value, 'default')));
}

/** The native types that a plan names. */
export function planTypes(tree: Tree): ReadonlySet<string> {
  const root = tree.roots[0];
  const changes = valueOf(root, 'resource_changes');
  const nodes = changes?.kind === 'list' ? changes.items.map((item) => item.value) : [...plannedModules(valueOf(valueOf(root, 'planned_values'), 'root_module'))];
  return new Set(nodes.flatMap((node) => textOf(valueOf(node, 'type')) ?? []));
}

/** A change whose outcome exists: not a deletion, not a data source, not a leftover object. */
function changed(tree: Tree, item: MapNode, configured: ReadonlyMap<Address, ConfiguredResource>, blocksOf: (type: string) => BlockNames): readonly NativeResource[] {
  const change = valueOf(item, 'change');
  const after = valueOf(change, 'after');
  if (textOf(valueOf(item, 'mode')) === 'data' || valueOf(item, 'deposed') || after?.kind !== 'map') return [];
  const named = nameOf(tree, item, after);
  if (!named) return [];
  const own = configured.get(named.family);
  const body = plannedValue({
    tree, after, unknown: valueOf(change, 'after_unknown'), sensitive: valueOf(change, 'after_sensitive'),
    expressions: own?.expressions, module: own?.module ?? '', blocks: blocksOf(named.type), key: named.part.nameAt,
  });
  return [{ ...named, body }];
}

/** A resource of a plan that lists outcomes alone, in which what is unknown is left out. */
function planned(tree: Tree, item: Node): readonly NativeResource[] {
  const values = valueOf(item, 'values');
  if (item.kind !== 'map' || textOf(valueOf(item, 'mode')) === 'data' || values?.kind !== 'map') return [];
  const named = nameOf(tree, item, values);
  if (!named) return [];
  const body = plannedValue({ tree, after: values, unknown: undefined, sensitive: valueOf(item, 'sensitive_values'), expressions: undefined, module: '', blocks: new Set(), key: named.part.nameAt });
  return [{ ...named, body: body.state === 'object' ? { ...body, open: true } : body }];
}

function nameOf(tree: Tree, item: MapNode, values: MapNode): Omit<NativeResource, 'body'> | undefined {
  const addressNode = valueOf(item, 'address');
  const address = textOf(addressNode);
  const type = textOf(valueOf(item, 'type'));
  const name = textOf(valueOf(item, 'name'));
  if (!addressNode || address === undefined || type === undefined || name === undefined) return undefined;
  const body = values.parent?.kind === 'map' ? values.parent.pairs.find((pair) => pair.value === values) : undefined;
  return {
    address, type, name, exists: TRUE, place: undefined,
    family: withoutKeys(address),
    part: {
      address, nativeType: type, doc: tree.doc, range: spanOf(tree, item), nameAt: spanOf(tree, addressNode), exists: TRUE,
      ...(body ? { body: spanOf(tree, body) } : {}),
    },
  };
}

function* plannedModules(module: Node | undefined): Iterable<Node> {
  const open: Node[] = module ? [module] : [];
  for (let next = open.pop(); next; next = open.pop()) {
    const resources = valueOf(next, 'resources');
    if (resources?.kind === 'list') for (const item of resources.items) yield item.value;
    const children = valueOf(next, 'child_modules');
    if (children?.kind === 'list') for (const item of children.items.toReversed()) open.push(item.value);
  }
}

function textOf(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' ? node.value : undefined;
}
