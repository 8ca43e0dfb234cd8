/**
 * Appends items to a list. `push(...items)` overflows the stack with about 100,000 items, which a list in a document
 * can have.
 */
export function pushAll<T>(list: T[], items: Iterable<T>): void {
  for (const item of items) list.push(item);
}
