/**
 * The objects in a state, in both formats.
 * https://developer.hashicorp.com/terraform/internals/json-format, and for state files
 * https://github.com/hashicorp/terraform/blob/main/internal/states/statefile/version4.go
 */
import type { Address } from '../../model/value.ts';
import { type MapNode, type Node, type Pair, pairOf, textOf, type Tree, valueOf } from '../../syntax/tree.ts';
import { sensitivePaths, sensitiveShape, type Sensitive } from './sensitive.ts';

/** An existing instance of a resource that Terraform manages. */
export interface RecordedObject {
  /** The address with the instance key: `module.a.aws_s3_bucket.b[0]`. */
  readonly address: Address;
  readonly type: string;
  readonly name: string;
  /** The attributes. */
  readonly whole: MapNode;
  /** The node with its name. */
  readonly named: Node;
  /** The pair with its attributes. */
  readonly body: Pair;
  readonly attributes: MapNode;
  sensitive(): Sensitive;
}

/** The objects of a state, in document order. Data sources and deposed objects are omitted. */
export function* recordedObjects(tree: Tree): Iterable<RecordedObject> {
  const root = tree.roots[0];
  const values = valueOf(root, 'values');
  yield* values ? shown(valueOf(values, 'root_module')) : written(root);
}

/** Why the resources of a state are not read, as a clause about its document; undefined if they are. */
export function unreadReason(tree: Tree): string | undefined {
  const root = tree.roots[0];
  if (root?.kind !== 'map' || valueOf(root, 'values')) return undefined;
  if (valueOf(root, 'encrypted_data')) return 'is an encrypted state, so its resources are not checked';
  const version = textOf(valueOf(root, 'version'));
  if (version === undefined || version === '4') return undefined;
  return /^[0-3]$/.test(version)
    ? `is a state of version ${version}, written by Terraform before 0.12, so its resources are not checked; use "terraform show -json" of a newer version`
    : 'is a state of an unknown version, so its resources are not checked';
}

/** The objects in the output of `terraform show -json`. */
function* shown(module: Node | undefined): Iterable<RecordedObject> {
  const open: Node[] = module ? [module] : [];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const item of itemsOf(valueOf(next, 'resources'))) {
      const [address, body] = [valueOf(item, 'address'), pairOf(item, 'values')];
      const [type, name] = [textOf(valueOf(item, 'type')), textOf(valueOf(item, 'name'))];
      if (item.kind !== 'map' || isPassedOver(item) || valueOf(item, 'deposed_key')) continue;
      if (address?.kind !== 'scalar' || type === undefined || name === undefined || body?.value.kind !== 'map')
        continue;
      yield {
        address: address.value,
        type,
        name,
        whole: item,
        named: address,
        body,
        attributes: body.value,
        sensitive: () => sensitiveShape(valueOf(item, 'sensitive_values')),
      };
    }
    for (const child of itemsOf(valueOf(next, 'child_modules')).toReversed()) open.push(child);
  }
}

/** The objects in a state file. `attributes_flat`, which versions before 0.12 wrote, is not supported. */
function* written(root: Node | undefined): Iterable<RecordedObject> {
  for (const resource of itemsOf(valueOf(root, 'resources'))) {
    const named = valueOf(resource, 'name');
    const type = textOf(valueOf(resource, 'type'));
    if (isPassedOver(resource) || named?.kind !== 'scalar' || type === undefined) continue;
    const module = textOf(valueOf(resource, 'module'));
    const family = `${module === undefined || module === '' ? '' : `${module}.`}${type}.${named.value}`;
    for (const instance of itemsOf(valueOf(resource, 'instances'))) {
      const body = pairOf(instance, 'attributes');
      if (instance.kind !== 'map' || body?.value.kind !== 'map' || valueOf(instance, 'deposed')) continue;
      const key = valueOf(instance, 'index_key');
      const index =
        key?.kind !== 'scalar'
          ? ''
          : key.style === 'double'
            ? `[${JSON.stringify(key.value)}]`
            : key.value === 'null'
              ? ''
              : `[${key.value}]`;
      yield {
        address: family + index,
        type,
        name: named.value,
        whole: instance,
        named: index === '' ? named : key!,
        body,
        attributes: body.value,
        sensitive: () => sensitivePaths(valueOf(instance, 'sensitive_attributes')),
      };
    }
  }
}

function isPassedOver(item: Node): boolean {
  return textOf(valueOf(item, 'mode')) === 'data';
}

function itemsOf(node: Node | undefined): readonly Node[] {
  return node?.kind === 'list' ? node.items.map((item) => item.value) : [];
}
