/**
 * Override files: their arguments replace arguments, and their nested blocks replace all blocks of the same type,
 * literal or dynamic. https://developer.hashicorp.com/terraform/language/files/override
 */
import type { Value } from '../../model/value.ts';
import { pairOf, type MapNode, type Tree } from '../../syntax/tree.ts';
import { labelsOf } from './bodies.ts';

/** A body with the tree that it is in. */
export interface PlacedBody {
  readonly tree: Tree;
  readonly body: MapNode;
}

/** The last of several bodies of one block that has an argument. */
export function lastWith(bodies: readonly PlacedBody[], name: string): PlacedBody | undefined {
  return bodies.findLast(({ body }) => pairOf(body, name));
}

/** The arguments and types of blocks that a body says something of. */
export function namesIn(body: MapNode): ReadonlySet<string> {
  return new Set(
    body.pairs.flatMap((pair) =>
      pair.name === 'dynamic' ? labelsOf(pair.value).map(({ name }) => name) : [pair.name],
    ),
  );
}

/** The value of a body with what those that override it say instead, in their order. */
export function overridden(base: Value, overriding: readonly Value[]): Value {
  return overriding.reduce((value, next) => {
    if (value.state !== 'object' || next.state !== 'object') return value;
    // Of entries with one key the last counts.
    return { ...value, entries: [...value.entries, ...next.entries] };
  }, base);
}
