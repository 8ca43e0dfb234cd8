/**
 * Safe lookups by names from documents. A plain object inherits `constructor`, `toString` and `__proto__`, so names
 * from documents are looked up in a `Map`, in a `Table`, or with `ownEntry`. `tools/lint/own-names.ts` finds other
 * lookups.
 */

declare const NO_PROTOTYPE: unique symbol;

/** An object without a prototype, which has exactly its own names. */
export type Table<T> = Readonly<Record<string, T>> & { readonly [NO_PROTOTYPE]?: true };

/** Makes a table from an object literal. */
export function table<T>(entries: Readonly<Record<string, T>>): Table<T> {
  return Object.assign(Object.create(null) as Record<string, T>, entries);
}

/** The own property of an object with a name, without inherited ones; undefined if there is no object. */
export function ownEntry<T>(entries: Readonly<Record<string, T>> | undefined | null, name: string): T | undefined {
  return entries && Object.hasOwn(entries, name) ? entries[name] : undefined; // own-names: the one place that has looked first
}

/** Sets an own property of an object, even `__proto__`, and returns the value. */
export function putEntry<T>(entries: Record<string, T>, name: string, value: T): T {
  Object.defineProperty(entries, name, { value, enumerable: true, configurable: true, writable: true });
  return value;
}
