import type { Range } from './span.ts';

/** Whether a range is within a distance of the start of any of some places. */
export function nearAny(places: readonly Range[], distance: number): (range: Range) => boolean {
  const starts = places.map(({ start }) => start).sort((a, b) => a - b);
  return ({ start, end }) => {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle]! < start - distance) low = middle + 1;
      else high = middle;
    }
    return low < starts.length && starts[low]! <= end + distance;
  };
}
