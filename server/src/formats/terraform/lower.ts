import { flatMap } from '../../base/flat-map.ts';
import type { ResourceEdit, InsertItemEdit, NewValue, ReplaceEdit, SetEdit } from '../../model/edit.ts';
import { leaves } from '../../model/navigate.ts';
import type { Leaf, Step, Value } from '../../model/value.ts';
import type { NewNode, TreeEdit } from '../../syntax/tree-edit.ts';
import { pairOf, resolved, type MapNode, type Tree } from '../../syntax/tree.ts';
import { inFile, locate, type Located } from '../located.ts';
import { isRefusal, refusal, isOfParent, stepsInItem, withList, type Refusal } from '../lowering.ts';
import { newNode } from '../new-node.ts';
import { lowerValueEdit } from '../value-edits.ts';
import { attributeOfItem, type ItemAttribute } from './attribute-list.ts';
import { asBlocks, innerNames, NO_BLOCKS, withBlocks } from './block-names.ts';
import { labelsOf, objectsOf } from './bodies.ts';
import { translationOf } from './translated.ts';
import { isGeneratedFile, reasonMade } from './cdktf.ts';
import { changeable, nativeHolderOf, removable, type Changeable } from './changeable.ts';
import { whyNotReferable } from './placed-fix.ts';
import { withoutEmptyRules } from './emptied-rule.ts';
import { blockAfter, blocksOfList, isBlock } from './block-list.ts';
import { isContent, reshapesContent } from './dynamic-content.ts';
import { configurationSyntax } from '../terraform-files.ts';
import { lowerPolicySourceEdit } from './lower-policy-source.ts';
import { nativeScalar, type Companion, type NativeSource } from './mapping.ts';
import { replacedPart } from './lower-part.ts';
import { lowerTerraformSecret } from './lower-secret.ts';
import { placesOf, type NativePlace } from './mapping-places.ts';
import type { BodyPlace } from './native.ts';
import { newCompanion, newResource } from './new-resource.ts';
import { stepsOf } from './place-steps.ts';
import type { TerraformResource } from './resource.ts';
import { withoutVersions } from './write-only.ts';
import { nativeValue, unnameable, writerFor } from './written-value.ts';

/** An edit in canonical terms as edits of the bodies of native resources, or as a new resource. */
export function lowerTerraformEdit(
  resource: TerraformResource,
  edit: ResourceEdit,
  leaf: Leaf,
): readonly TreeEdit[] | Refusal {
  const direct = lowered(resource, edit, leaf);
  const edits = isRefusal(direct) ? direct : withoutEmptyRules(resource.made.mapping, withoutVersions(direct));
  if (isRefusal(edits)) return edits;
  if (edits.some(reshapesContent)) return refusal('a dynamic block generates it');
  const { native, readings } = resource.made;
  for (const one of edits) {
    const refused = whyNotReferable(one, native.place!.tree.doc, readings);
    if (refused) return refused;
  }
  return edits;
}

function lowered(resource: TerraformResource, proposed: ResourceEdit, leaf: Leaf): readonly TreeEdit[] | Refusal {
  const { place } = resource.made.native;
  if (!place) return refusal('the document is generated; change its source');
  if (isGeneratedFile(place.tree)) return refusal(reasonMade(place));
  const unnamed = unnameable(proposed, resource);
  if (unnamed) return unnamed;
  if (proposed.op === 'addResource') return newResource(resource, proposed, resource.made.sourceOf(proposed.type));
  if (proposed.op === 'giveSecret') return lowerTerraformSecret(resource, proposed, leaf);
  if (proposed.op === 'setAttribute') return refusal('Terraform has no such attribute');
  const item = proposed.op === 'insertItem' ? attributeOfItem(resource, proposed) : undefined;
  if (item) return insertedItem(resource, item);
  const edit = withList(proposed);
  if (edit.op === 'insertItem' && edit.path !== undefined) return insertedInto(resource, edit, edit.path, leaf);
  if (edit.op === 'replacePart') return replacedPart(resource, edit, leaf);
  if (edit.op !== 'set') {
    const nativeEdit = edit.op === 'replace' ? translated(edit, leaf) : edit;
    const change = edit.op === 'remove' || edit.op === 'removeItem' ? removable : changeable;
    const writer = writerFor(resource);
    const named =
      'value' in nativeEdit ? nativeEdit.value : nativeEdit.op === 'splitStatement' ? nativeEdit.statements : null;
    return (
      lowerPolicySourceEdit(nativeEdit, leaf, writer, place.tree) ??
      lowerValueEdit(nativeEdit, leaf, writer, (value) => {
        const located = change(resource, value);
        // `file` does not parse templates: interpolations in the file are literal text.
        const isTemplate = isRefusal(located) || configurationSyntax(located.tree.doc) !== undefined;
        return !isTemplate && JSON.stringify(newNode(named, writer)).includes('${')
          ? refusal('its file cannot refer to the configuration')
          : located;
      })
    );
  }
  return edit.item ? setInItem(resource, edit, edit.item) : set(resource, edit, leaf);
}

/** Writes an attribute of a block that represents one list item. */
function setInItem(resource: TerraformResource, edit: SetEdit, item: Value): readonly TreeEdit[] | Refusal {
  const located = changeable(resource, item);
  if (isRefusal(located)) return located;
  const { tree, node } = located;
  const place = placesOf(resource.made.mapping, edit.path, resource.nativeType).find(({ path }) => path.includes('[]'));
  const value = place && nativeValue(edit.value, place.binding, writerFor(resource));
  if (!place || value === undefined) return refusal('Terraform has no single argument for it');
  return node.kind === 'map'
    ? [setIn(tree, node, stepsInItem(place), value, place.binding)]
    : refusal('the item is not a block');
}

/** Adds a translated item to the end of the list at a path. */
function insertedInto(
  resource: TerraformResource,
  edit: InsertItemEdit,
  path: string,
  leaf: Leaf,
): readonly TreeEdit[] | Refusal {
  const writer = writerFor(resource);
  const binding = placesOf(resource.made.mapping, path, resource.nativeType)[0]?.binding;
  const items = nativeValue([edit.value], binding, writer);
  if (!Array.isArray(items)) return refusal('Terraform has no arguments for all of it');
  const blocks = blocksOfList(edit.list);
  if (blocks)
    return [
      blockAfter(blocks, edit.behind, withBlocks((items as readonly NewNode[])[0]!, innerNames(binding) ?? NO_BLOCKS)),
    ];
  return lowerValueEdit({ ...edit, value: items[0] as NewValue }, leaf, writer, (value) => changeable(resource, value));
}

/** Adds a list item that Terraform represents by an attribute. */
function insertedItem(
  resource: TerraformResource,
  { place, value, there }: ItemAttribute,
): readonly TreeEdit[] | Refusal {
  const target = bodyFor(resource, place);
  if (there || !target)
    return refusal(there ? 'the list already contains the item' : 'Terraform has no single argument for it');
  return written(resource, value, place, target);
}

/** The translated replacement of a value that was translated when it was read. */
function translated(edit: ReplaceEdit, leaf: Leaf): ReplaceEdit {
  const binding = translationOf(leaves(edit.target).some(({ value }) => value === leaf) ? leaf : edit.target);
  return binding && (edit.value === null || typeof edit.value !== 'object')
    ? { ...edit, value: nativeScalar(binding, edit.value) }
    : edit;
}

/** The steps of values that are set elsewhere: variables, locals and outputs. */
const NAMED_VALUES: ReadonlySet<Step['what']> = new Set(['default', 'allowed', 'given', 'local', 'output']);

function set(resource: TerraformResource, edit: SetEdit, leaf: Leaf): readonly TreeEdit[] | Refusal {
  const current = resource.get(edit.path);
  const marked =
    leaf === current || (current.state === 'choice' && current.branches.some((branch) => branch.value === leaf));
  const holder: Value = marked ? leaf : current;
  const places = placesOf(resource.made.mapping, edit.path, resource.nativeType);
  if (holder.state !== 'absent' && !isNull(holder)) {
    if (isOfParent(resource, edit.path, holder)) return refusal('its parent has another value');
    const located = changeable(resource, holder);
    return isRefusal(located) ? located : replaced(resource, edit, places, located);
  }
  if (isNull(holder)) {
    const located = locate(holder);
    const [from] = holder.origin.steps;
    if (from && NAMED_VALUES.has(from.what)) {
      const found = changeable(resource, holder);
      return isRefusal(found) ? found : replaced(resource, edit, places, found);
    }
    if (located && holder.origin.edit === 'here') return replaced(resource, edit, places, located);
  }
  if (current.state === 'choice' && !marked) return refusal('its value depends on the scenario');
  return missing(resource, edit, places);
}

/**
 * Writes a new value: into an existing block; otherwise as a separate resource; otherwise in the syntax of older
 * provider versions.
 */
function missing(
  resource: TerraformResource,
  edit: SetEdit,
  places: readonly NativePlace[],
): readonly TreeEdit[] | Refusal {
  if (isSet(resource, edit)) return refusal('other instances of the block already have it');
  const usual = places.filter((place) => !place.legacy);
  for (const place of usual) {
    const target = bodyFor(resource, place);
    if (target) return written(resource, edit.value, place, target);
  }
  const own = resource.made.native.place;
  const old = places.find(
    (place) => place.legacy && !place.inText && place.holder === resource.made.source && stepsOf(place),
  );
  const companion = usual.find((place) => 'join' in place.holder && exists(resource, place.holder));
  // Two settings for the same property would conflict.
  const isOldWay = old && own && blocksOf(own.body, stepsOf(old)![0]!) !== undefined;
  if (old && own && (isOldWay || !companion)) return written(resource, edit.value, old, own);
  if (!companion && places.some((place) => place.inText)) return refusal('the setting belongs in a JSON string');
  return newCompanion(resource, companion, edit);
}

/** Whether another instance of a block sets the value that is missing here. */
function isSet(resource: TerraformResource, { path }: SetEdit): boolean {
  return resource.made
    .alike(resource)
    .some(
      (one) =>
        leaves(one.get(path)).some(({ value }) => value.state !== 'absent' && !isNull(value)) &&
        leaves(resource.get(path)).every(({ value }) => value.state === 'absent'),
    );
}

function isNull(value: Value): boolean {
  return value.state === 'known' && value.value === null;
}

/** Whether the allowed provider versions support the type of a source or companion. */
function exists({ made: { provider } }: TerraformResource, holder: NativeSource | Companion): boolean {
  return (
    !('join' in holder) ||
    holder.since === undefined ||
    provider?.highest === undefined ||
    provider.highest >= holder.since
  );
}

function replaced(
  resource: TerraformResource,
  edit: SetEdit,
  places: readonly NativePlace[],
  { tree, node, user = { tree, node } }: Changeable,
): readonly TreeEdit[] | Refusal {
  const binding = bindingAt(resource, places, user);
  const value = nativeValue(edit.value, binding, writerFor(resource));
  if (value === undefined) return refusal('Terraform has no arguments for all of it');
  const inner = isBlock(tree, node) ? innerNames(binding) : undefined;
  return [{ op: 'replace', tree, at: node, value: inner ? asBlocks(value, inner) : value }];
}

/** The body that receives a new attribute: that of the resource, or of a companion that certainly belongs to it. */
function bodyFor(resource: TerraformResource, place: NativePlace): BodyPlace | undefined {
  if (!stepsOf(place)) return undefined;
  if (place.holder === resource.made.source) return resource.made.native.place;
  const joined = resource.made.joined.find((join) => join.companion === place.holder);
  return joined?.when.yes.isAlways() ? joined.native.place : undefined;
}

/** Writes an attribute with its enclosing blocks. A single block is edited, whether it is an object or a list. */
function written(
  resource: TerraformResource,
  canonical: NewValue,
  place: NativePlace,
  { tree, body, elsewhere }: BodyPlace,
): readonly TreeEdit[] | Refusal {
  const value: NewNode | undefined = nativeValue(canonical, place.binding, writerFor(resource));
  if (value === undefined) return refusal('Terraform has no arguments for all of it');
  const steps = stepsOf(place);
  if (!steps) return refusal('Terraform has no single argument for it');
  if (elsewhere.has(steps[0]!)) return refusal('another file overrides it');
  let at: MapNode = body;
  let rest = steps;
  while (rest.length > 1) {
    const blocks = blocksOf(at, rest[0]!);
    if (!blocks) break;
    const [only, ...others] = blocks;
    if (!only || others.length > 0) return refusal('another value is there');
    at = only;
    rest = rest.slice(1);
  }
  // The content has the value, so it is missing where the dynamic block generates nothing.
  if (isContent(at) && pairOf(at, rest[0]!)) return refusal('a dynamic block generates it');
  // The flag is in the block of the value, or in the body around it.
  const flag = place.flag?.split('.').at(-1);
  return [
    ...(flag === undefined ? [] : [setIn(tree, at, [...rest.slice(0, -1), flag], true, place.binding)]),
    setIn(tree, at, rest, value, place.binding),
  ];
}

/** Sets a value in a body. In HCL, missing parents are nested blocks, and the value can contain nested blocks. */
function setIn(
  tree: Tree,
  at: MapNode,
  path: readonly string[],
  value: NewNode,
  binding: NativePlace['binding'],
): TreeEdit {
  if (tree.language !== 'hcl' || at.style !== 'block') return { op: 'set', tree, at, path, value };
  const inner = innerNames(binding);
  return { op: 'set', tree, at, path, value: inner ? asBlocks(value, inner) : value, blocks: path.length - 1 };
}

/** The bodies of the nested blocks of a type, including dynamic ones; undefined if there are none. */
function blocksOf(body: MapNode, type: string): readonly MapNode[] | undefined {
  const named = body.pairs.filter((pair) => pair.name === type).map((pair) => pair.value);
  const dynamic = flatMap(
    flatMap(
      body.pairs.filter((pair) => pair.name === 'dynamic'),
      (pair) => labelsOf(pair.value),
    ).filter((pair) => pair.name === type),
    (pair) => objectsOf(pair.value),
  );
  if (named.length === 0 && dynamic.length === 0) return undefined;
  return [
    ...flatMap(named, (node) => objectsOf(node)),
    ...flatMap(dynamic, (block) => objectsOf(resolved(pairOf(block, 'content')?.value))),
  ];
}

/** The binding of a value's place, in a companion or in the resource itself, together with the body. */
function bindingAt(
  resource: TerraformResource,
  places: readonly NativePlace[],
  located: Located,
): NativePlace['binding'] | undefined {
  const native = nativeHolderOf(resource, inFile(located));
  const joined = resource.made.joined.find((join) => join.native === native);
  const holder =
    joined && native !== resource.made.native ? joined.companion : (resource.made.source ?? joined?.companion);
  return (places.find((place) => place.holder === holder) ?? places[0])?.binding;
}
