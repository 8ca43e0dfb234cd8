/**
 * Lookups by names that a document gives. A plain object answers `constructor`, `toString` or `__proto__` with what it inherits, so a name of a document is
 * looked up in a `Map`, in a `Table`, or by `ownEntry`. The lint rule `local/own-names` finds other lookups.
 */

declare const NO_PROTOTYPE: unique symbol;

/** An object that inherits nothing, so that it has exactly the names that were put into it. */
export type Table<T> = Readonly<Record<string, T>> & { readonly [NO_PROTOTYPE]?: true };

/** Makes a table of an object literal. */
export function table<T>(entries: Readonly<Record<string, T>>): Table<T> {
  return Object.assign(Object.create(null) as Record<string, T>, entries);
}

/** What an object itself has under a name, and nothing that it inherits; undefined if there is no object. */
export function ownEntry<T>(entries: Readonly<Record<string, T>> | undefined | null, name: string): T | undefined {
  return entries && Object.hasOwn(entries, name) ? entries[name] : undefined; // eslint-disable-line local/own-names -- the one place that has looked first
}

/** Gives an object an entry of its own under a name, `__proto__` too, and returns the value. */
export function putEntry<T>(entries: Record<string, T>, name: string, value: T): T {
  Object.defineProperty(entries, name, { value, enumerable: true, configurable: true, writable: true });
  return value;
}
