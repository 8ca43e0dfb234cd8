/** Horizontal positions of items in layers: each close to its neighbors, none on another. */
import type { LayerLink } from './layers.ts';

/** The number of times that all layers are aligned, down and up. */
const ROUNDS = 6;

/** The center of each item. The leftmost item starts at zero. */
export function centersOf(
  layers: readonly (readonly string[])[],
  links: readonly LayerLink[],
  widthOf: (item: string) => number,
  gap: number,
): ReadonlyMap<string, number> {
  const centers = new Map<string, number>();
  for (const layer of layers)
    for (const [item, center] of spacedCenters(
      layer,
      layer.map(() => 0),
      widthOf,
      gap,
    ))
      centers.set(item, center);
  const above = new Map<string, string[]>();
  const below = new Map<string, string[]>();
  for (const { from, to } of links) {
    below.set(from, [...(below.get(from) ?? []), to]);
    above.set(to, [...(above.get(to) ?? []), from]);
  }
  const align = (layer: readonly string[], neighbors: (item: string) => readonly string[]): void => {
    const wanted = layer.map((item) => mean(neighbors(item).map((one) => centers.get(one)!)) ?? centers.get(item)!);
    for (const [item, center] of spacedCenters(layer, wanted, widthOf, gap)) centers.set(item, center);
  };
  for (let round = 0; round < ROUNDS; round++) {
    for (const layer of layers) align(layer, (item) => above.get(item) ?? []);
    for (const layer of layers.toReversed()) align(layer, (item) => below.get(item) ?? []);
  }
  // Last, each item goes right below what leads to it, so that chains and long links are straight.
  for (const layer of layers) align(layer, (item) => above.get(item) ?? []);
  const left = Math.min(...[...centers].map(([item, center]) => center - widthOf(item) / 2));
  return new Map([...centers].map(([item, center]) => [item, Math.round(center - left)]));
}

/**
 * The centers of a row in order, with a gap between items, as close as possible to the wanted ones by least squares:
 * the pool-adjacent-violators algorithm, on the centers without the space that the items before take.
 */
export function spacedCenters(
  row: readonly string[],
  wanted: readonly number[],
  widthOf: (item: string) => number,
  gap: number,
): readonly (readonly [item: string, center: number])[] {
  const offsets: number[] = [];
  for (const [index, item] of row.entries())
    offsets.push(
      index === 0 ? 0 : offsets[index - 1]! + Math.ceil((widthOf(row[index - 1]!) + widthOf(item)) / 2 + gap + 1),
    );
  const pools: { sum: number; count: number }[] = [];
  for (const [index, value] of wanted.entries()) {
    let pool = { sum: value - offsets[index]!, count: 1 };
    for (
      let before = pools.at(-1);
      before && before.sum / before.count > pool.sum / pool.count;
      before = pools.at(-1)
    ) {
      pool = { sum: before.sum + pool.sum, count: before.count + pool.count };
      pools.pop();
    }
    pools.push(pool);
  }
  const placed = pools.flatMap(({ sum, count }) => Array.from({ length: count }, () => sum / count));
  return row.map((item, index) => [item, placed[index]! + offsets[index]!]);
}

function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}
