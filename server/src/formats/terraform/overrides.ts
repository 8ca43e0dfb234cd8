/**
 * Override files: their arguments replace arguments, and their nested blocks replace all blocks of the same type,
 * literal or dynamic. https://developer.hashicorp.com/terraform/language/files/override
 */
import { flatMap } from '../../base/flat-map.ts';
import type { Value } from '../../model/value.ts';
import { pairOf, type MapNode, type Tree } from '../../syntax/tree.ts';
import { labelsOf } from './bodies.ts';

/** A body with its tree. */
export interface PlacedBody {
  readonly tree: Tree;
  readonly body: MapNode;
}

/** The last of several bodies of one block that contains an argument. */
export function lastWith(bodies: readonly PlacedBody[], name: string): PlacedBody | undefined {
  return bodies.findLast(({ body }) => pairOf(body, name));
}

/** The arguments and block types in a body. */
export function memberNames(body: MapNode): ReadonlySet<string> {
  return new Set(
    flatMap(body.pairs, (pair) =>
      pair.name === 'dynamic' ? labelsOf(pair.value).map(({ name }) => name) : [pair.name],
    ),
  );
}

/** The value of a body with the override bodies applied in order. */
export function overridden(base: Value, overriding: readonly Value[]): Value {
  return overriding.reduce((value, next) => {
    if (value.state !== 'object' || next.state !== 'object') return value;
    // The last of several entries with the same key applies.
    return { ...value, entries: [...value.entries, ...next.entries] };
  }, base);
}
