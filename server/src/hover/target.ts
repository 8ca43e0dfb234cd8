import { within, type Range, type Uri } from '../base/span.ts';
import type { ResourcePart, Resource, Stack } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import { nodesAround, textOf, valueOf, type Pair, type Tree } from '../syntax/tree.ts';
import { valuesAt } from './values-at.ts';

/** The resource or property at a position. */
export type HoverTarget =
  | { readonly what: 'resource'; readonly resource: Resource; readonly range: Range }
  | {
      readonly what: 'property';
      readonly resource: Resource;
      readonly path: string;
      readonly range: Range;
      /** The range of its key, if the key is in this document. */
      readonly key: Range | undefined;
      readonly value: Value;
      /** Set for the key of several items; the value is that of the first item. */
      readonly isFirst?: true;
    };

/** The innermost resource whose range contains a position. */
export function resourceAt(
  stack: Pick<Stack, 'resources'>,
  doc: Uri,
  offset: number,
): { readonly resource: Resource; readonly part: ResourcePart } | undefined {
  let found: { resource: Resource; part: ResourcePart } | undefined;
  for (const resource of stack.resources)
    for (const part of resource.parts) {
      if (part.doc !== doc || part.range.start > offset || part.range.end < offset) continue;
      if (!found || size(part.range) < size(found.part.range)) found = { resource, part };
    }
  return found;
}

/**
 * The resources that the block of a resource declares: the resource itself, and one that keeps the Terraform type for
 * what its CloudFormation type does not have. `aws_glue_job` is an `AWS::Glue::Job` and an `aws_glue_job`.
 */
export function declaredWith(stack: Stack, resource: Resource): readonly Resource[] {
  const [part] = resource.parts;
  return [
    resource,
    ...stack.resources.filter(
      (other) =>
        other !== resource &&
        other.type !== resource.type &&
        other.type === part?.nativeType &&
        other.parts.some(({ doc, range }) => doc === part.doc && range.start === part.range.start),
    ),
  ];
}

/**
 * A resource and the others that its block declares: those that the SAM transform creates for it, and those of
 * `declaredWith`.
 */
export function writtenWith(stack: Stack, resource: Resource): readonly Resource[] {
  const [part] = resource.parts;
  if (!part) return [resource];
  return [
    resource,
    ...stack.resources.filter(
      (other) =>
        other !== resource &&
        other.parts.some(({ doc, range }) => doc === part.doc && range.start === part.range.start),
    ),
  ];
}

/** The resource whose name or type a position is at. */
export function namedAt(stack: Pick<Stack, 'resources'>, tree: Tree, offset: number): HoverTarget | undefined {
  const inside = resourceAt(stack, tree.doc, offset);
  if (inside && !inside.part.isFile && contains(inside.part.nameAt, offset))
    return { what: 'resource', resource: inside.resource, range: inside.part.nameAt };
  const node = nodesAround(tree, { start: offset, end: offset }).at(-1);
  if (node?.kind !== 'scalar') return undefined;
  if (inside && isNamedBy(node, inside.part.nativeType))
    return { what: 'resource', resource: inside.resource, range: rangeOf(node) };
  return inside ? undefined : (typeKey(stack, tree, node) ?? besideInstances(stack, tree, node));
}

/** In a state, the type and the name are beside the instances. */
function besideInstances(
  { resources }: Pick<Stack, 'resources'>,
  { doc }: Tree,
  node: Scalar,
): HoverTarget | undefined {
  const name = node.parent?.kind === 'map' ? valueOf(node.parent, 'name') : undefined;
  if (!name) return undefined;
  const resource = resources.find(({ parts }) =>
    parts.some((part) => part.doc === doc && within(name, part.nameAt) && isNamedBy(node, part.nativeType)),
  );
  return resource && { what: 'resource', resource, range: rangeOf(node) };
}

type Scalar = ReturnType<typeof nodesAround>[number] & { kind: 'scalar' };

/** The range alone: a node leads to its whole tree. */
function rangeOf({ start, end }: Range): Range {
  return { start, end };
}

/**
 * Whether a scalar is the type of the map that it is in, or in a plan or state of Terraform its name beside the type.
 */
function isNamedBy(node: Scalar, nativeType: string): boolean {
  if (node.parent?.kind !== 'map') return false;
  const name = node.parent.pairs.find((pair) => pair.value === node)?.name;
  if (name === 'Type' || name === 'type') return node.value === nativeType;
  return name === 'name' && node.parent.pairs.some((pair) => pair.name === 'type' && textOf(pair.value) === nativeType);
}

/** In Terraform, the keyword and the type are keys above the names. A key with several blocks has no target. */
function typeKey(stack: Pick<Stack, 'resources'>, tree: Tree, node: Scalar): HoverTarget | undefined {
  const pair = node.parent?.kind === 'map' ? node.parent.pairs.find((candidate) => candidate.key === node) : undefined;
  if (!pair) return undefined;
  const isKeyword = isBlockOfOne(pair);
  const within = stack.resources.filter((resource) =>
    resource.parts.some(
      (part) =>
        (isKeyword || part.nativeType === pair.name) &&
        part.doc === tree.doc &&
        part.range.start >= pair.start &&
        part.range.end <= pair.end,
    ),
  );
  // A block can declare several instances, and resources of two types, see `declaredWith`.
  const [first] = within;
  return first && within.every((other) => startOf(other) === startOf(first))
    ? { what: 'resource', resource: first, range: rangeOf(node) }
    : undefined;
}

/** Where the block of a resource starts. */
function startOf({ parts }: Resource): number | undefined {
  return parts[0]?.range.start;
}

/** Whether a pair is a block of Terraform with two labels, such as `resource "aws_s3_bucket" "site"`. */
function isBlockOfOne({ name, value }: Pair): boolean {
  if (name !== 'resource' || value.kind !== 'map' || value.pairs.length !== 1) return false;
  const labeled = value.pairs[0]!.value;
  return labeled.kind === 'map' && labeled.pairs.length === 1;
}

/** The innermost of some properties of a resource whose key or value contains a position. */
export function resourcePropertyAt(
  resource: Resource,
  paths: readonly string[],
  doc: Uri,
  offset: number,
): HoverTarget | undefined {
  let found: { path: string; range: Range; key: Range | undefined; value: Value } | undefined;
  for (const path of paths)
    for (const value of valuesAt(resource, path)) {
      const range = placeOf(value, doc, offset);
      const { key } = value.origin;
      if (range && (!found || size(range) < size(found.range)))
        found = { path, range, key: key?.doc === doc ? key : undefined, value };
    }
  return found && { what: 'property', resource, ...found };
}

/** The range of a value that contains a position: its key or where it is used. */
function placeOf({ origin, state }: Value, doc: Uri, offset: number): Range | undefined {
  // An absent value has the range of its holder, which is a different target.
  if (state === 'absent') return undefined;
  const { key, use } = origin;
  if (key?.doc === doc && contains(key, offset)) return key;
  // A position inside an object or list has a more specific target.
  if (state === 'object' || state === 'list') return undefined;
  return use.doc === doc && contains(use, offset) ? use : undefined;
}

function contains(range: Range, offset: number): boolean {
  return range.start <= offset && offset <= range.end;
}

function size(range: Range): number {
  return range.end - range.start;
}
