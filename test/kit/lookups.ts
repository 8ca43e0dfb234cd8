import { work as cubes } from '../../server/src/base/slot.ts';

/**
 * How often a map was asked and how many limits of scenarios were compared while something was done: what most of the
 * work with guards consists of, and the same on every machine.
 */
export function lookups(work: () => unknown): number {
  const { get } = Map.prototype;
  const before = cubes.comparisons;
  let count = 0;
  Map.prototype.get = function (this: Map<unknown, unknown>, key: unknown) {
    count++;
    return get.call(this, key);
  };
  try {
    work();
  } finally {
    Map.prototype.get = get;
  }
  return count + cubes.comparisons - before;
}
