/** The order of list items. Terraform has lists and sets; values have only lists, which are marked accordingly. */
import type { List, Order, Value } from '../../../model/value.ts';

/** The same list, whose order is said to be this. */
export function ordered(list: List, order: Order): List {
  return { ...list, order };
}

/** The order of a list; undefined if it is not known whether it is a set. */
export function orderOf(value: Value): Order | undefined {
  return value.state === 'list' ? value.order : undefined;
}

/** Whether two texts are in order, as Terraform sorts them: by their bytes, which is by their code points. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  // Halves of what is beyond the basic plane come after everything else.
  const [m, n] = [a, b].map((text) => (i < text.length ? rankOf(text.charCodeAt(i)) : -1));
  return m! - n!;
}

function rankOf(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
