/** The order of paths and their parts: what is open comes first. */
import type { Judgement } from '../model/judgement.ts';
import { never, sometimes } from '../model/quantified.ts';

/** The rank of what is open by default, then in some scenario, then perhaps, then never. */
export function rankOf(open: Judgement): number {
  if (open.yes.holdsByDefault()) return 0;
  if (sometimes(open)) return 1;
  return never(open) ? 3 : 2;
}

/** Items by their rank; those of one rank keep their order. */
export function byRank<Item>(items: readonly Item[], openOf: (item: Item) => Judgement): readonly Item[] {
  return items
    .map((item) => ({ item, rank: rankOf(openOf(item)) }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ item }) => item);
}

/**
 * At most some items, of which those that are open are the last to be left out. The order is that of the ranks only if
 * there are more.
 */
export function mostOpen<Item>(
  items: readonly Item[],
  most: number,
  openOf: (item: Item) => Judgement,
): readonly Item[] {
  return items.length <= most ? items : byRank(items, openOf).slice(0, most);
}
