import { flatMap } from '../../base/flat-map.ts';
import {
  NewCopy,
  NewPseudo,
  NewReference,
  NewText,
  type NewValue,
  type ResourceEdit,
  type SetAttributeEdit,
} from '../../model/edit.ts';
import { leaves } from '../../model/navigate.ts';
import type { Resource } from '../../model/resource.ts';
import type { Leaf, Value } from '../../model/value.ts';
import { Tagged, type NewNode, type TreeEdit } from '../../syntax/tree-edit.ts';
import { pairOf, resolved, valueOf, type Node, type Pair, type Tree } from '../../syntax/tree.ts';
import { locate } from '../located.ts';
import { editable, isRefusal, refusal, isOfParent, stepsInItem, withList, type Refusal } from '../lowering.ts';
import { newNode, type ReferenceWriter } from '../new-node.ts';
import { lowerValueEdit } from '../value-edits.ts';
import { callOf, longCallOf, mergedPair } from './call.ts';
import { isCalledBy, dependsOnResource } from './depends.ts';
import { namedPlaceholder } from './join-layer.ts';
import { lowerTemplateSecret } from './lower-secret.ts';
import type { NativeWords } from './resource.ts';
import { lowerPartEdit } from './lower-part.ts';

/** The source of a resource in its template. */
export interface TemplatePlace {
  readonly tree: Tree;
  /** The pair of the resource; its key is the logical ID. */
  readonly pair: Pair;
  readonly resource: Resource;
  /** Whether a loop generates other resources from the same source. */
  readonly isInLoop: boolean;
  /** The syntax of its properties, if different from the canonical names. */
  readonly words?: NativeWords;
}

/** A change to a resource as changes to the template's tree. */
export function lowerTemplateEdit(
  place: TemplatePlace,
  proposed: ResourceEdit,
  leaf: Leaf,
): readonly TreeEdit[] | Refusal {
  const edit = withList(proposed);
  if (place.resource.generated) return refusal(generatedReason(place.resource));
  if (place.pair.value.kind === 'alias') return refusal('the resource is defined in a shared location');
  const named = namedIn(edit);
  if (named.some((to) => stackOf(to) !== stackOf(place.resource)))
    return refusal('it would refer to a resource in another template');
  if (named.length > 0 && place.isInLoop)
    return refusal('it would refer to the resource of one iteration in all iterations');
  const waiting = edit.op === 'addResource' ? undefined : named.find((to) => isCircle(place, to));
  if (waiting)
    return refusal(
      `${waiting.displayName} depends on this resource, so the reference would create a circular dependency`,
    );
  const writer = writerFor(place.tree);
  if (edit.op === 'addResource' && place.isInLoop)
    return refusal('a loop creates the resource; add the other one to the loop');
  if (edit.op === 'addResource') return added(place, edit.name, edit.type, edit.properties, writer);
  if (edit.op === 'giveSecret') return lowerTemplateSecret(place, edit, leaf);
  if (edit.op === 'setAttribute') return withAttribute(place, edit, leaf);
  if (edit.op === 'replacePart') return lowerPartEdit(edit, leaf, writer);
  if (isOfJoin(edit, leaf)) return refusal('it is part of a concatenated string');
  if (edit.op !== 'set') return lowerValueEdit(edit, leaf, writer);
  if (edit.item) return setInItem(edit.item, stepsInItem(edit), newNode(edit.value, writer));
  const current = place.resource.get(edit.path);
  const marked =
    leaf === current || (current.state === 'choice' && current.branches.some((branch) => branch.value === leaf));
  const written = marked ? leaf : current;
  if (written.state === 'absent' && !isNoValue(written)) {
    const natives = place.words?.writtenAs(edit.path, edit.value) ?? [{ path: edit.path, value: edit.value }];
    return isRefusal(natives)
      ? natives
      : allOf(natives.map((one) => missing(place, one.path.split('.'), newNode(one.value, writer))));
  }
  if (isWhole(place, written)) return refusal('a function returns the properties; set them directly instead');
  if (isOfParent(place.resource, edit.path, written)) return refusal('its parent has another value');
  return replaced(written, newNode(edit.value, writer));
}

function generatedReason({ parts: [own], displayName }: Resource): string {
  return own?.construct === undefined
    ? 'the template is generated; change its source'
    : `the AWS CDK generated the template; change ${displayName} in its source`;
}

/** All edits, or the first reason for which one is not possible. */
function allOf(edits: readonly (readonly TreeEdit[] | Refusal)[]): readonly TreeEdit[] | Refusal {
  return edits.find(isRefusal) ?? (edits as readonly (readonly TreeEdit[])[]).flat();
}

/** Whether a value is absent because of `AWS::NoValue`. */
function isNoValue(leaf: Value): boolean {
  return leaf.state === 'absent' && locate(leaf) !== undefined;
}

/** Sets a property of a list item. */
function setInItem(item: Value, path: readonly string[], value: NewNode): readonly TreeEdit[] | Refusal {
  const located = editable(item);
  if (isRefusal(located)) return located;
  const { tree, node } = located;
  return node.kind === 'map' && !callOf(node)
    ? [{ op: 'set', tree, at: node, path, value }]
    : refusal('the item is not an object literal');
}

/** Whether `AWS::NoValue` replaces all properties of a resource, even in a branch of a function. */
function isWhole({ pair }: TemplatePlace, value: Value): boolean {
  const properties = pairOf(pair.value, 'Properties')?.value;
  for (let node = locate(value)?.node; node && isNoValue(value); node = node.parent) {
    if (node.kind === 'map' && !callOf(node)) return false;
    if (node === properties) return true;
  }
  return false;
}

/** Sets an attribute beside the properties. */
function withAttribute(
  { tree, pair, resource }: TemplatePlace,
  { name, value }: SetAttributeEdit,
  leaf: Leaf,
): readonly TreeEdit[] | Refusal {
  const attribute = resource.attribute(name);
  const chosen = leaves(attribute).find((one) => one.value === leaf)?.value ?? attribute;
  if (!mergedPair(pair.value, name)) return [{ op: 'set', tree, at: pair.value, path: [name], value }];
  return chosen.state === 'choice' || chosen.state === 'absent'
    ? refusal('its value depends on the scenario')
    : replaced(chosen, value);
}

function replaced(current: Value, value: NewNode): readonly TreeEdit[] | Refusal {
  const located = editable(current);
  return isRefusal(located) ? located : [{ op: 'replace', tree: located.tree, at: located.node, value }];
}

/** Sets an absent property, with its absent parents. */
function missing(
  { tree, pair }: TemplatePlace,
  steps: readonly string[],
  value: NewNode,
): readonly TreeEdit[] | Refusal {
  let at: Node = pair.value;
  let path: readonly string[] = ['Properties', ...steps];
  for (;;) {
    if (at.kind === 'alias' || callOf(at))
      return refusal('a function returns the parent; set the property in each branch');
    if (at.kind === 'list' || (at.kind === 'scalar' && !at.empty)) return refusal('another value is there');
    const next: Pair | undefined = path.length > 1 ? pairOf(at, path[0]!) : undefined;
    if (!next) return [{ op: 'set', tree, at, path, value }];
    at = next.value;
    path = path.slice(1);
  }
}

function added(
  { tree, pair }: TemplatePlace,
  name: string,
  type: string,
  properties: NewValue,
  writer: ReferenceWriter,
): readonly TreeEdit[] | Refusal {
  const root = resolved(tree.roots[0]);
  const resources = valueOf(root, 'Resources')!;
  const written = valueOf(pair.value, 'Condition');
  const condition = written?.kind === 'scalar' && !callOf(written) ? written.value : undefined;
  if (condition !== undefined && !pairOf(resolved(valueOf(root, 'Conditions')), condition))
    return refusal('the template does not define the condition of the resource');
  if (!/^[\w.:]+$/.test(pair.name)) return refusal('the logical ID of the resource is not valid');
  let unique = name;
  for (let n = 2; pairOf(resources, unique); n++) unique = `${name}${n}`;
  return [
    {
      op: 'set',
      tree,
      at: resources,
      path: [unique],
      value: {
        Type: type,
        ...(condition === undefined ? {} : { Condition: condition }),
        Properties: newNode(properties, writer),
      },
    },
  ];
}

/** Whether an edit would remove an item of Fn::Join, or add an item that is not a string. */
function isOfJoin(edit: ResourceEdit, leaf: Leaf): boolean {
  if (
    !('target' in edit) ||
    (edit.op === 'replace' &&
      (typeof edit.value !== 'object' || edit.value instanceof NewText || edit.value instanceof NewReference))
  )
    return false;
  const node = locate(leaves(edit.target).find(({ value }) => value === leaf)?.value ?? edit.target)?.node;
  const list = node?.parent;
  const items = list?.kind === 'list' ? list.parent : undefined;
  if (items?.kind !== 'list' || items.items[1]?.value !== list) return false;
  return (callOf(items) ?? (items.parent && longCallOf(items.parent)))?.name === 'Fn::Join';
}

/** The resources that the new value of an edit refers to. */
function namedIn(edit: ResourceEdit): readonly Resource[] {
  switch (edit.op) {
    case 'set':
    case 'replace':
    case 'insertItem':
    case 'mergeCondition':
    case 'addMember':
      return referencesOf(edit.value);
    case 'addResource':
      return referencesOf(edit.properties);
    case 'splitStatement':
      return referencesOf(edit.statements);
    default:
      return [];
  }
}

function referencesOf(value: NewValue): readonly Resource[] {
  if (value instanceof NewReference) return [value.to];
  if (value instanceof NewText) return value.references.map(({ to }) => to);
  if (value instanceof NewCopy) return [];
  return typeof value === 'object' && value !== null
    ? flatMap(Object.values(value), (inner) => referencesOf(inner))
    : [];
}

/** Whether a reference would be circular: to the resource itself, or to one that depends on it. */
function isCircle({ tree, pair }: TemplatePlace, to: Resource): boolean {
  const id = logicalIdOf(to);
  return dependsOnResource(tree, id, pair.name) || isCalledBy(pair.value, id);
}

/** The prefix of a logical ID: the nested stacks around its template. */
function stackOf({ family }: Resource): string {
  return family.slice(0, family.lastIndexOf('/') + 1);
}

/** The logical ID within the resource's own template, which can be a nested stack. */
function logicalIdOf({ family }: Resource): string {
  return family.slice(family.lastIndexOf('/') + 1);
}

/** Short forms in YAML, full forms in JSON. */
function writerFor(tree: Tree): ReferenceWriter {
  const yaml = tree.language === 'yaml';
  return {
    reference: ({ to, attribute }: NewReference) => {
      const id = logicalIdOf(to);
      if (yaml) return attribute ? new Tagged('!GetAtt', `${id}.${attribute}`) : new Tagged('!Ref', id);
      return attribute ? { 'Fn::GetAtt': [id, attribute] } : { Ref: id };
    },
    text: ({ pieces }: NewText) => {
      const [first, ...others] = pieces;
      if (first instanceof NewPseudo && others.length === 0)
        return yaml ? new Tagged('!Ref', first.name) : { Ref: first.name };
      const text = pieces.map((piece) => (typeof piece === 'string' ? escaped(piece) : placeholder(piece))).join('');
      return yaml ? new Tagged('!Sub', text) : { 'Fn::Sub': text };
    },
    within: (inner) =>
      inner.placeholders === 'all' ? WITHIN_SUB : inner.placeholders === 'parts' ? WITHIN_JOIN : undefined,
  };
}

/** In an Fn::Sub string, references are placeholders, and text that looks like a placeholder is escaped. */
const WITHIN_SUB: ReferenceWriter = {
  reference: placeholder,
  text: ({ pieces }) =>
    pieces.map((piece) => (typeof piece === 'string' ? escaped(piece) : placeholder(piece))).join(''),
  literal: escaped,
};

/** In a concatenated string, the part that contains the change determines its encoding. */
const WITHIN_JOIN: ReferenceWriter = {
  reference: (to) => namedPlaceholder(nameOf(to)),
  text: ({ pieces }) =>
    pieces.map((piece) => (typeof piece === 'string' ? piece : namedPlaceholder(nameOf(piece)))).join(''),
};

function placeholder(piece: NewReference | NewPseudo): string {
  return `\${${nameOf(piece)}}`;
}

/** The placeholder of Fn::Sub for a reference. */
function nameOf(piece: NewReference | NewPseudo): string {
  if (piece instanceof NewPseudo) return piece.name;
  const { to, attribute } = piece;
  return `${logicalIdOf(to)}${attribute ? `.${attribute}` : ''}`;
}

function escaped(text: string): string {
  return text.replaceAll('${', '${!');
}
