import type { Range, Uri } from '../base/span.ts';
import type { Part, Resource, Stack } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import { nodesAround, type Tree } from '../syntax/tree.ts';
import { valuesAt } from './values-at.ts';

/** What stands under a position. */
export type Target =
  | { readonly what: 'resource'; readonly resource: Resource; readonly range: Range }
  | {
      readonly what: 'property';
      readonly resource: Resource;
      readonly path: string;
      readonly range: Range;
      /** Where its name is written, if that is in this document. */
      readonly key: Range | undefined;
    };

/** The resource in whose text a position is, if there is one. */
export function resourceAt(
  stack: Stack,
  doc: Uri,
  offset: number,
): { readonly resource: Resource; readonly part: Part } | undefined {
  let found: { resource: Resource; part: Part } | undefined;
  for (const resource of stack.resources)
    for (const part of resource.parts) {
      if (part.doc !== doc || part.range.start > offset || part.range.end < offset) continue;
      if (!found || size(part.range) < size(found.part.range)) found = { resource, part };
    }
  return found;
}

/** The resource whose name or type a position is at. */
export function namedAt(stack: Stack, tree: Tree, offset: number): Target | undefined {
  const inside = resourceAt(stack, tree.doc, offset);
  if (inside && !inside.part.isFile && contains(inside.part.nameAt, offset))
    return { what: 'resource', resource: inside.resource, range: inside.part.nameAt };
  const node = nodesAround(tree, { start: offset, end: offset }).at(-1);
  if (node?.kind !== 'scalar') return undefined;
  if (inside && node.value === inside.part.nativeType && isValueOfType(node))
    return { what: 'resource', resource: inside.resource, range: node };
  return inside ? undefined : typeKey(stack, tree, node);
}

function isValueOfType(node: ReturnType<typeof nodesAround>[number]): boolean {
  return node.parent?.kind === 'map' && node.parent.pairs.some((pair) => pair.name === 'Type' && pair.value === node);
}

/** In Terraform the type is the key above the names. Where it has several resources it is about none of them. */
function typeKey(
  stack: Stack,
  tree: Tree,
  node: ReturnType<typeof nodesAround>[number] & { kind: 'scalar' },
): Target | undefined {
  const pair = node.parent?.kind === 'map' ? node.parent.pairs.find((candidate) => candidate.key === node) : undefined;
  if (!pair) return undefined;
  const within = stack.resources.filter((resource) =>
    resource.parts.some(
      (part) =>
        part.nativeType === pair.name &&
        part.doc === tree.doc &&
        part.range.start >= pair.start &&
        part.range.end <= pair.end,
    ),
  );
  return within.length === 1 ? { what: 'resource', resource: within[0]!, range: node } : undefined;
}

/** The one of some properties of a resource whose key or value a position is at; of several the innermost. */
export function propertyAt(resource: Resource, paths: readonly string[], doc: Uri, offset: number): Target | undefined {
  let found: { path: string; range: Range; key: Range | undefined } | undefined;
  for (const path of paths)
    for (const value of valuesAt(resource, path)) {
      const range = placeOf(value, doc, offset);
      const { key } = value.origin;
      if (range && (!found || size(range) < size(found.range)))
        found = { path, range, key: key?.doc === doc ? key : undefined };
    }
  return found && { what: 'property', resource, ...found };
}

/** A place of a value that holds a position: where it is used, its key, or where it is written. */
function placeOf({ origin, state }: Value, doc: Uri, offset: number): Range | undefined {
  // What is not written has the place of its holder, which is about something else.
  if (state === 'absent') return undefined;
  const { key, use } = origin;
  if (key?.doc === doc && contains(key, offset)) return key;
  // Inside an object or a list the position is at something else.
  if (state === 'object' || state === 'list') return undefined;
  return use.doc === doc && contains(use, offset) ? use : undefined;
}

function contains(range: Range, offset: number): boolean {
  return range.start <= offset && offset <= range.end;
}

function size(range: Range): number {
  return range.end - range.start;
}
