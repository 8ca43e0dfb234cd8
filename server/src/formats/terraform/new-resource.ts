/**
 * New resources: companions of a resource, or separate resources after it. Both have the same repetition as that
 * resource.
 */
import { within } from '../../base/span.ts';
import { ownEntry } from '../../base/table.ts';
import type { AddResourceEdit, SetEdit } from '../../model/edit.ts';
import type { NewNode, TreeEdit } from '../../syntax/tree-edit.ts';
import { pairAround, pairOf, resolved, type MapNode, type Node, type Tree } from '../../syntax/tree.ts';
import { isRefusal, refusal, type Refusal } from '../lowering.ts';
import { blockNames, withBlocks } from './block-names.ts';
import { objectsOf } from './bodies.ts';
import { copyOf } from './copy-node.ts';
import { parseScalar } from './expression/template.ts';
import type { Companion, NativeSource } from './mapping.ts';
import type { NativePlace } from './mapping-places.ts';
import type { BodyPlace, NativeResource } from './native.ts';
import type { TerraformResource } from './resource.ts';
import { stepsOf } from './place-steps.ts';
import { isIdentifier, moduleOf, nativeValue, repetitionKey, writerFor } from './written-value.ts';

/** A new companion in the owner's file, with the owner's repetition. */
export function newCompanion(
  resource: TerraformResource,
  place: NativePlace | undefined,
  edit: SetEdit,
): readonly TreeEdit[] | Refusal {
  const { native } = resource.made;
  if (!place || !('join' in place.holder) || !place.holder.create || !native.place)
    return refusal('Terraform has no single argument for it');
  const companion: Companion = place.holder;
  if (resource.external) return refusal('the resource is not in this configuration');
  if (resource.made.open) return refusal('files that are not read can contain it');
  if (resource.made.joined.some((join) => join.companion === companion))
    return refusal(`a ${companion.type} contains it in other scenarios`);
  if (resource.made.alike(resource).some(({ made: { joined } }) => joined.some((join) => join.companion === companion)))
    return refusal(`other instances of ${native.type}.${native.name} have a ${companion.type}`);
  if (!isIdentifier(native.name))
    return refusal('the resource name is not an identifier, so references are not possible');
  const repeated = repetition(native);
  if (isRefusal(repeated)) return repeated;
  const value = nativeValue(edit.value, place.binding, writerFor(resource));
  if (value === undefined) return refusal('Terraform has no arguments for all of it');
  const body: Record<string, NewNode> = {
    ...repeated,
    [companion.join.by]: `\${${native.type}.${native.name}${repetitionKey(native)}.${companion.join.refersTo[0]}}`,
    ...companion.create,
  };
  const path = stepsOf(place);
  if (!path) return refusal('Terraform has no single argument for it');
  const name = resource.made.freeAddress(`${moduleOf(native)}${companion.type}`, native.name);
  if (native.place.tree.language === 'hcl')
    return blockBehind(
      native.place,
      'resource',
      [companion.type, name],
      withBlocks({ ...body, ...withMember(body, path, value) }, blockNames(companion.properties)),
    );
  const { at, base, tree } = placeFor(native.place, companion.type, name);
  return [
    ...Object.entries(body).map(([key, written]): TreeEdit => ({
      op: 'set',
      tree,
      at,
      path: [...base, key],
      value: written,
    })),
    { op: 'set', tree, at, path: [...base, ...path], value },
  ];
}

/** A new resource of a canonical type next to another one, with the native type that a mapping prefers. */
export function newResource(
  beside: TerraformResource,
  { type, name, properties }: AddResourceEdit,
  source: NativeSource | undefined,
): readonly TreeEdit[] | Refusal {
  const { native } = beside.made;
  if (!source || source.legacy || source.fan || source.when || !native.place)
    return refusal(`${type} has no single Terraform resource`);
  if (beside.made.open) return refusal('files that are not read can contain it');
  const repeated = repetition(native);
  if (isRefusal(repeated)) return repeated;
  const body = nativeValue(properties, { properties: source.properties }, writerFor(beside));
  if (body === undefined) return refusal(`${source.types[0]!} has no arguments for all of it`);
  const nativeType = source.types[0]!;
  const free = beside.made.freeAddress(`${moduleOf(native)}${nativeType}`, snakeCase(name));
  const value = { ...repeated, ...(body as Record<string, NewNode>) };
  if (native.place.tree.language === 'hcl')
    return blockBehind(native.place, 'resource', [nativeType, free], withBlocks(value, blockNames(source.properties)));
  const { at, base, tree } = placeFor(native.place, nativeType, free);
  return [{ op: 'set', tree, at, path: base, value }];
}

/** A new block after that of its owner. */
export function blockBehind(
  { tree, body }: BodyPlace,
  type: 'resource' | 'variable',
  labels: readonly string[],
  value: NewNode,
): readonly TreeEdit[] | Refusal {
  const map = tree.roots[0];
  const behind = map?.kind === 'map' ? pairAround(map, body) : undefined;
  return map?.kind === 'map' && behind
    ? [{ op: 'addBlock', tree, map, behind, type, labels, value }]
    : refusal('the resource is not in a block of its own');
}

/** An object with a value under a path. */
function withMember(
  object: Readonly<Record<string, NewNode>>,
  [first, ...rest]: readonly string[],
  value: NewNode,
): Readonly<Record<string, NewNode>> {
  const inner = ownEntry(object, first!) as Readonly<Record<string, NewNode>> | undefined;
  return { [first!]: rest.length === 0 ? value : { ...inner, ...withMember(inner ?? {}, rest, value) } };
}

/** `AuditBucketPolicy` in Terraform's naming style. */
export function snakeCase(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/[^\p{L}\p{N}_-]/gu, '_')
    .toLowerCase();
}

/**
 * The arguments that copy the owner's repetition and provider, so that the new resource exists in the same scenarios.
 */
function repetition({ place }: NativeResource): Record<string, NewNode> | Refusal {
  const copied: Record<string, NewNode> = {};
  for (const name of ['count', 'for_each', 'provider'] as const) {
    if (place?.elsewhere.has(name)) return refusal(`another file sets ${name} of the resource`);
    const node = place && resolved(pairOf(place.body, name)?.value);
    if (!node) continue;
    if (node.kind === 'scalar' && parseScalar(node).problems.length > 0)
      return refusal(`${name} of the resource cannot be read`);
    copied[name] = copyOf(place.tree, node);
  }
  return copied;
}

interface NewPlace {
  readonly tree: Tree;
  readonly at: Node;
  /** The keys on the path from the node to the body of the new resource. */
  readonly base: readonly string[];
}

/**
 * The place of a new resource in the file of its owner, in the style of the file: next to others of its type, otherwise
 * in the object that contains the owner. `resource` and the types below it can be objects or arrays of objects.
 */
function placeFor({ tree, body }: BodyPlace, type: string, name: string): NewPlace {
  const file = objectsOf(tree.roots[0]).find((map) => within(body, map)) ?? tree.roots[0]!;
  const levels = file.kind === 'map' ? file.pairs.filter((pair) => pair.name === 'resource') : [];
  const level = levels.findLast((pair) => within(body, pair.value)) ?? levels.at(-1);
  const types: readonly MapNode[] = level ? objectsOf(level.value) : [];
  const around = types.find((map) => pairOf(map, type)) ?? types.find((map) => within(body, map)) ?? types.at(-1);
  if (!around) return { tree, at: file, base: ['resource', type, name] };
  const names = objectsOf(pairOf(around, type)?.value).at(-1);
  return names ? { tree, at: names, base: [name] } : { tree, at: around, base: [type, name] };
}
