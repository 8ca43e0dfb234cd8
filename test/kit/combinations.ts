/** Combinations of one choice from each of several lists. */

/** All combinations. */
export function product<T>(lists: readonly (readonly T[])[]): readonly (readonly T[])[] {
  return lists.reduce<readonly (readonly T[])[]>(
    (before, list) => before.flatMap((one) => list.map((choice) => [...one, choice])),
    [[]],
  );
}

/** Few combinations in which each choice of a list occurs with each choice of each other list, and the first of all. */
export function pairwise<T>(lists: readonly (readonly T[])[]): readonly (readonly T[])[] {
  const indexes = product(lists.map((list) => list.map((_, index) => index)));
  const open = new Set(indexes.flatMap(pairsOf));
  const chosen: (readonly number[])[] = [];
  while (open.size > 0) {
    let [best, most] = [indexes[0]!, 0];
    for (const one of indexes) {
      const fresh = pairsOf(one).filter((pair) => open.has(pair)).length;
      if (fresh > most) [best, most] = [one, fresh];
    }
    for (const pair of pairsOf(best)) open.delete(pair);
    chosen.push(best);
  }
  return chosen.map((one) => one.map((index, list) => lists[list]![index]!));
}

function pairsOf(one: readonly number[]): readonly string[] {
  return one.flatMap((a, i) => one.slice(i + 1).map((b, j) => `${i}=${a} ${i + 1 + j}=${b}`));
}
