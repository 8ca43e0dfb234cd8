import { NewReference, NewText, type AddResourceEdit, type Edit, type NewValue, type ReplaceEdit, type SetEdit } from '../../model/edit.ts';
import { leaves } from '../../model/navigate.ts';
import type { Leaf, Value } from '../../model/value.ts';
import type { NewNode, TreeEdit } from '../../syntax/tree-edit.ts';
import { pairOf, resolved, type MapNode, type Node, type Tree } from '../../syntax/tree.ts';
import { editable, isRefusal, refusal, standsAbove, type Refusal } from '../lowering.ts';
import { locate } from '../located.ts';
import { newNode, type ReferenceWriter } from '../new-node.ts';
import { lowerValueEdit } from '../value-edits.ts';
import { attributeOfItem, type ItemAttribute } from './attribute-list.ts';
import { objectsOf } from './bodies.ts';
import { translationOf } from './canonical.ts';
import { parseTemplate } from './expression/parser.ts';
import { nativeScalar, placesOf, type Binding, type Companion, type Place, type Scalar } from './mapping.ts';
import type { BodyPlace, NativeResource } from './native.ts';
import type { TerraformResource } from './resource.ts';

/** A change in canonical terms as changes to the bodies of native resources, or as a new companion. */
export function lowerTerraformEdit(resource: TerraformResource, edit: Edit, leaf: Leaf): readonly TreeEdit[] | Refusal {
  if (resource.generated) return refusal('the document is generated; change its source');
  if (edit.op === 'addResource') return added(resource, edit);
  const item = edit.op === 'insertItem' ? attributeOfItem(resource, edit) : undefined;
  if (item) return insertedItem(resource, item);
  if (edit.op === 'replace') return lowerValueEdit(translated(edit, leaf), leaf, WRITER);
  if (edit.op !== 'set') return lowerValueEdit(edit, leaf, WRITER);
  return set(resource, edit, leaf);
}

/** An item of a list for which Terraform has an attribute, as that attribute. */
function insertedItem(resource: TerraformResource, { place, value, there }: ItemAttribute): readonly TreeEdit[] | Refusal {
  const target = bodyFor(resource, place);
  if (there || !target) return refusal(there ? 'the list has such an item already' : 'Terraform has no single place for it');
  return written(target, place.path.split('.'), nativeValue(value, place.binding));
}

/** A value that takes the place of one that was translated, in Terraform's words. */
function translated(edit: ReplaceEdit, leaf: Leaf): ReplaceEdit {
  const binding = translationOf(leaves(edit.target).some(({ value }) => value === leaf) ? leaf : edit.target);
  return binding && (edit.value === null || typeof edit.value !== 'object') ? { ...edit, value: nativeScalar(binding, edit.value as Scalar) } : edit;
}

const WRITER: ReferenceWriter = {
  reference: (to) => `\${${expressionFor(to)}}`,
  text: ({ pieces }) => pieces.map((piece) => typeof piece === 'string' ? piece.replaceAll('${', '$${') : `\${${expressionFor(piece)}}`).join(''),
};

/** `aws_s3_bucket.b.arn`, with the instance key where the resource has several. */
function expressionFor({ to, attribute }: NewReference): string {
  const { made } = to as TerraformResource;
  const native = made.source?.attributes[attribute ?? 'Ref'] ?? 'id';
  return `${to.family}${instanceKey(made.native)}.${native}`;
}

/** What picks the same instance from within a block that is repeated in the same way. */
function instanceKey({ place }: NativeResource): string {
  if (place && pairOf(place.body, 'for_each')) return '[each.key]';
  return place && pairOf(place.body, 'count') ? '[count.index]' : '';
}

function set(resource: TerraformResource, edit: SetEdit, leaf: Leaf): readonly TreeEdit[] | Refusal {
  const current = resource.get(edit.path);
  const marked = leaf === current || (current.state === 'choice' && current.branches.some((branch) => branch.value === leaf));
  const holder: Value = marked ? leaf : current;
  const places = placesOf(resource.made.mapping, edit.path, resource.nativeType);
  if (holder.state !== 'absent' && !isNull(holder)) {
    if (standsAbove(resource, edit.path, holder)) return refusal('another value stands in the place of what holds it');
    const located = editable(holder);
    if (isRefusal(located)) return located;
    const binding = bindingAt(resource, places, located.tree, located.node);
    return [{ op: 'replace', tree: located.tree, at: located.node, value: nativeValue(edit.value, binding) }];
  }
  if (isNull(holder)) {
    const located = locate(holder);
    if (located && holder.origin.edit === 'here') return [{ op: 'replace', tree: located.tree, at: located.node, value: nativeValue(edit.value, bindingAt(resource, places, located.tree, located.node)) }];
  }
  if (current.state === 'choice' && !marked) return refusal('its value depends on the scenario');
  for (const place of places) {
    const target = bodyFor(resource, place);
    if (!target) continue;
    return written(target, place.path.split('.').filter((step) => step !== ''), nativeValue(edit.value, place.binding));
  }
  return newCompanion(resource, places.find((place) => !place.legacy && 'join' in place.holder), edit);
}

function isNull(value: Value): boolean {
  return value.state === 'known' && value.value === null;
}

/** The body that a new attribute goes to: the resource's own, or that of a companion that certainly belongs to it. */
function bodyFor(resource: TerraformResource, place: Place): BodyPlace | undefined {
  if (place.legacy || place.path.includes('[]')) return undefined;
  if (place.holder === resource.made.source) return resource.made.native.place;
  const joined = resource.made.joined.find((join) => join.companion === place.holder);
  return joined?.when.yes.isAlways() ? joined.native.place : undefined;
}

/** Writes an attribute, with the blocks around it. A block that is an array of one object is gone into. */
function written({ tree, body, elsewhere }: BodyPlace, steps: readonly string[], value: NewNode): readonly TreeEdit[] | Refusal {
  if (elsewhere.has(steps[0]!)) return refusal('another file overrides it');
  let at: Node = body;
  let rest = steps;
  while (rest.length > 1) {
    const next = resolved(pairOf(at, rest[0]!)?.value);
    if (!next) break;
    const [only, ...others] = objectsOf(next);
    if (!only || others.length > 0) return refusal('another value stands in the place');
    at = only;
    rest = rest.slice(1);
  }
  return [{ op: 'set', tree, at, path: rest, value }];
}

/** A canonical value as Terraform writes it at a place. */
function nativeValue(value: NewValue, binding: Binding | { readonly over: string } | undefined): NewNode {
  if (binding && !(typeof binding === 'object' && 'over' in binding) && (value === null || typeof value !== 'object')) return nativeScalar(binding, value as Scalar);
  return newNode(nativeObject(value, binding), WRITER);
}

/** An object of canonical properties under its native names; what has no native name is left out. */
function nativeObject(value: NewValue, binding: Binding | { readonly over: string } | undefined): NewValue {
  if (value === null || typeof value !== 'object' || value instanceof NewReference || value instanceof NewText) return value;
  if (Array.isArray(value)) return value.map((item: NewValue) => nativeObject(item, binding));
  if (typeof binding !== 'object' || !('properties' in binding)) return value;
  const written: Record<string, NewValue> = {};
  for (const [name, inner] of Object.entries(value) as [string, NewValue][]) {
    const under: Binding | undefined = binding.properties[name];
    if (under === undefined) continue;
    const path = typeof under === 'string' ? under : 'from' in under ? (typeof under.from === 'string' ? under.from : under.from[0]!) : 'in' in under ? under.in : 'each' in under ? under.each : undefined;
    const native = inner === null || typeof inner !== 'object' ? nativeScalar(under, inner as Scalar) : nativeObject(inner, under);
    if (path) written[path] = native;
    else if (typeof native === 'object' && native !== null) Object.assign(written, native);
  }
  return written;
}

/** The binding of the place at which a value stands: of the companion, or of the resource itself, whose body holds it. */
function bindingAt(resource: TerraformResource, places: readonly Place[], tree: Tree, node: Node): Place['binding'] | undefined {
  const inside = (native: NativeResource): boolean => native.place?.tree === tree && node.start >= native.place.body.start && node.end <= native.place.body.end;
  const joined = resource.made.joined.find((join) => inside(join.native));
  const holder = joined && !inside(resource.made.native) ? joined.companion : resource.made.source ?? joined?.companion;
  return (places.find((place) => place.holder === holder) ?? places[0])?.binding;
}

/** A new companion in the owner's file, repeated as the owner is. */
function newCompanion(resource: TerraformResource, place: Place | undefined, edit: SetEdit): readonly TreeEdit[] | Refusal {
  const owner = resource.made.native.place;
  if (!place || !('join' in place.holder) || !place.holder.create || !owner) return refusal('Terraform has no single place for it');
  const companion: Companion = place.holder;
  if (resource.external) return refusal('the resource itself is not here');
  if (resource.made.open) return refusal('files that are not read may hold it already');
  if (resource.made.joined.some((join) => join.companion === companion)) return refusal(`a ${companion.type} holds it in other scenarios`);
  const { native } = resource.made;
  if (!/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(native.name)) return refusal('the name of the resource is no identifier, so nothing can refer to it');
  const repeated = repetition(native);
  if (isRefusal(repeated)) return repeated;
  const body: Record<string, NewNode> = {
    ...repeated,
    [companion.join.by]: `\${${native.family}${instanceKey(native)}.${companion.join.refersTo[0]}}`,
    ...companion.create,
  };
  const path = place.path.split('.').filter((step) => step !== '');
  const name = resource.made.freeAddress(companion.type, native.name);
  const at = placeForNew(owner.tree, companion.type);
  const base = [...at.path, name];
  return [
    ...Object.entries(body).map(([key, value]): TreeEdit => ({ op: 'set', tree: owner.tree, at: at.node, path: [...base, key], value })),
    { op: 'set', tree: owner.tree, at: at.node, path: [...base, ...path], value: nativeValue(edit.value, place.binding) },
  ];
}

/** The arguments that repeat the owner and choose its provider, so that the companion is there exactly when it is. */
function repetition({ place }: NativeResource): Record<string, NewNode> | Refusal {
  const copied: Record<string, NewNode> = {};
  for (const name of ['count', 'for_each', 'provider']) {
    if (place?.elsewhere.has(name)) return refusal(`another file says the ${name} of the owner`);
    const node = place && resolved(pairOf(place.body, name)?.value);
    if (!node) continue;
    if (node.kind === 'scalar' && parseTemplate(node.value).problems.length > 0) return refusal(`the ${name} of the owner cannot be read`);
    copied[name] = copyOf(node);
  }
  return copied;
}

function copyOf(node: Node): NewNode {
  switch (node.kind) {
    case 'map': return Object.fromEntries(node.pairs.map((pair) => [pair.name, copyOf(pair.value)]));
    case 'list': return node.items.map((item) => copyOf(item.value));
    case 'alias': return null;
    case 'scalar': {
      if (node.style === 'double') return node.value;
      return node.value === 'true' ? true : node.value === 'false' ? false : node.value === 'null' ? null : Number(node.value);
    }
  }
}

/** Where a new resource of a type goes in a file: below `resource`, whether that is an object or an array of objects. */
function placeForNew(tree: Tree, type: string): { readonly node: Node; readonly path: readonly string[] } {
  const [root] = objectsOf(tree.roots[0]).filter((map) => pairOf(map, 'resource'));
  const file = root ?? tree.roots[0]!;
  const resource = resolved(pairOf(file, 'resource')?.value);
  if (!resource) return { node: file, path: ['resource', type] };
  const level: MapNode | undefined = objectsOf(resource).find((map) => pairOf(map, type)) ?? objectsOf(resource).at(-1);
  if (!level) return { node: file, path: ['resource', type] };
  const names = objectsOf(pairOf(level, type)?.value).at(-1);
  return names ? { node: names, path: [] } : { node: level, path: [type] };
}

function added(resource: TerraformResource, edit: AddResourceEdit): readonly TreeEdit[] | Refusal {
  return refusal(`adding ${edit.type} beside ${resource.address} is not known for Terraform`);
}
