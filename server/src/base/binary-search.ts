/**
 * The number of items at the beginning of a list that meet a condition, which is the index of the first item that does
 * not. The list must be partitioned: after an item that does not meet the condition, none does. A list in ascending
 * order is, for `item < value` and `item <= value`. Takes logarithmic time.
 * @param count The number of items that are searched.
 */
export function partitionPoint<T>(items: ArrayLike<T>, isBefore: (item: T) => boolean, count = items.length): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(items[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
