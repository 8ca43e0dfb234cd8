/** The order of list items. Terraform has lists and sets; values have only lists, which are marked accordingly. */
import type { List, Order, Value } from '../../../model/value.ts';

/** The same list, marked with an order. */
export function ordered(list: List, order: Order): List {
  return { ...list, order };
}

/** The order of a list; undefined if it is unknown whether it is a set. */
export function orderOf(value: Value): Order | undefined {
  return value.state === 'list' ? value.order : undefined;
}

/** Compares strings as Terraform does: by bytes, which is the order of code points. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  // Surrogates sort after all other code units.
  const [m, n] = [a, b].map((text) => (i < text.length ? rankOf(text.charCodeAt(i)) : -1));
  return m! - n!;
}

function rankOf(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
