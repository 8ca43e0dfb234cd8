/** The order of items in layers with few crossings of links between adjacent layers. */
import type { LayerLink } from './layers.ts';

/** The maximum number of sweeps through all layers. */
const MOST_SWEEPS = 12;

/**
 * Sorts the items of each layer by the mean position of their neighbors in the layer before, down and up in turns, and
 * returns the best order. Items with equal means keep their order, so that equal graphs have equal orders.
 */
export function minimizeCrossings(
  layers: readonly (readonly string[])[],
  links: readonly LayerLink[],
): readonly (readonly string[])[] {
  const above = neighbors(links, 'to', 'from');
  const below = neighbors(links, 'from', 'to');
  let current = layers.map((layer) => [...layer]);
  let best = { layers: current, crossings: crossingsOf(current, below) };
  for (let sweep = 0; sweep < MOST_SWEEPS && best.crossings > 0; sweep++) {
    current = sweep % 2 === 0 ? sorted(current, above) : sorted(current.toReversed(), below).reverse();
    const crossings = crossingsOf(current, below);
    if (crossings < best.crossings) best = { layers: current, crossings };
  }
  return best.layers;
}

type Neighbors = ReadonlyMap<string, readonly string[]>;

function neighbors(links: readonly LayerLink[], of: 'from' | 'to', other: 'from' | 'to'): Neighbors {
  const found = new Map<string, string[]>();
  for (const link of links) found.set(link[of], [...(found.get(link[of]) ?? []), link[other]]);
  return found;
}

/** Each layer sorted by the neighbors in the layer before it. */
function sorted(layers: readonly (readonly string[])[], before: Neighbors): string[][] {
  const result: string[][] = [];
  for (const layer of layers) {
    const places = placesIn(result.at(-1) ?? []);
    const means = new Map(
      layer.map((item, index) => {
        const found = (before.get(item) ?? []).flatMap((one) => places.get(one) ?? []);
        return [item, found.length > 0 ? found.reduce((sum, place) => sum + place, 0) / found.length : index] as const;
      }),
    );
    result.push(result.length === 0 ? [...layer] : layer.toSorted((one, other) => means.get(one)! - means.get(other)!));
  }
  return result;
}

/** The number of pairs of links that cross between adjacent layers. */
export function crossingsOf(layers: readonly (readonly string[])[], below: Neighbors | readonly LayerLink[]): number {
  const targets: Neighbors = Array.isArray(below) ? neighbors(below, 'from', 'to') : (below as Neighbors);
  let count = 0;
  for (const [index, layer] of layers.slice(0, -1).entries()) {
    const places = placesIn(layers[index + 1]!);
    const ends = layer.flatMap((item) =>
      (targets.get(item) ?? []).flatMap((one) => places.get(one) ?? []).sort((one, other) => one - other),
    );
    for (const [first, end] of ends.entries()) for (const other of ends.slice(first + 1)) if (other < end) count++;
  }
  return count;
}

function placesIn(layer: readonly string[]): ReadonlyMap<string, number> {
  return new Map(layer.map((item, index) => [item, index]));
}
