/**
 * Memoized functions. Results are held as long as their object keys, so a result of a document is released with the
 * document. A result of `undefined` is kept like any other, and a call that throws is not: the next one computes again.
 *
 * The key is the first argument (for `memoize2` and `memoizeText` the first two). Further arguments are the context of
 * the computation. They must follow from the key, such as the stack of a policy, because the first call decides.
 *
 * What the computation of a result reads (`reads.ts`) is noted again with each use.
 */
import { ownText } from './own-text.ts';
import { noteAll, noting, type Reads } from './reads.ts';

/** The arguments after the key, at most two: a list of them would be created in each call. */
type Few = [unknown?, unknown?];

/** The arguments after the key as a list. */
function given(first: unknown, second: unknown): Few {
  return second !== undefined ? [first, second] : first !== undefined ? [first] : [];
}

/** A function of one object. */
export function memoize<Key extends object, Context extends Few, Result>(
  compute: (key: Key, ...context: Context) => Result,
): (key: Key, ...context: Context) => Result {
  const results = new WeakMap<Key, Result>();
  // Few results depend on reads, so they are kept apart.
  let readsOf: WeakMap<Key, Reads> | undefined;
  // What a call needs only for the first time is in a function of its own, because functions in it would be created in
  // each call.
  const computed = (key: Key, context: Context): Result => {
    const { result, reads } = noting(() => compute(key, ...context));
    results.set(key, result);
    if (reads) (readsOf ??= new WeakMap()).set(key, reads);
    return result;
  };
  const memoized = (key: Key, first?: unknown, second?: unknown): Result => {
    const known = results.get(key);
    // A lookup of its own tells a result of undefined from none, so that the others need no wrapper.
    if (known === undefined && !results.has(key)) return computed(key, given(first, second) as Context);
    if (readsOf) noteAll(readsOf.get(key));
    return known as Result;
  };
  return memoized;
}

/** A map for each object. A function of its own, because functions of one scope keep what any of them uses. */
function mapOfEach<Key extends object, Text extends string, Held>(): (key: Key) => Map<Text, Held> {
  return memoize((_: Key) => new Map<Text, Held>());
}

/** The same by objects. */
function weakMapOfEach<One extends object, Other extends object, Held>(): (one: One) => WeakMap<Other, Held> {
  return memoize((_: One) => new WeakMap<Other, Held>());
}

/** A function of two objects. */
export function memoize2<One extends object, Other extends object, Context extends Few, Result>(
  compute: (one: One, other: Other, ...context: Context) => Result,
): (one: One, other: Other, ...context: Context) => Result {
  const resultsOf = weakMapOfEach<One, Other, Result>();
  let readsOf: ((one: One) => WeakMap<Other, Reads>) | undefined;
  const computed = (one: One, other: Other, context: Context): Result => {
    const { result, reads } = noting(() => compute(one, other, ...context));
    resultsOf(one).set(other, result);
    if (reads) (readsOf ??= weakMapOfEach())(one).set(other, reads);
    return result;
  };
  const memoized = (one: One, other: Other, first?: unknown, second?: unknown): Result => {
    const results = resultsOf(one);
    const known = results.get(other);
    if (known === undefined && !results.has(other)) return computed(one, other, given(first, second) as Context);
    if (readsOf) noteAll(readsOf(one).get(other));
    return known as Result;
  };
  return memoized;
}

/**
 * A function of an object and a string. Strings are held as long as the object, which can outlive the document that
 * they are parts of, so copies are held, and given to the function. Where the object outlives documents, `most` bounds
 * their number. All results are dropped when it is reached.
 */
export function memoizeText<Key extends object, Text extends string, Context extends Few, Result>(
  compute: (key: Key, text: Text, ...context: Context) => Result,
  most = Infinity,
): (key: Key, text: Text, ...context: Context) => Result {
  const resultsOf = mapOfEach<Key, Text, Result>();
  let readsOf: ((key: Key) => Map<Text, Reads>) | undefined;
  const computed = (key: Key, text: Text, context: Context): Result => {
    const own = ownText(text) as Text;
    const { result, reads } = noting(() => compute(key, own, ...context));
    const results = resultsOf(key);
    if (results.size >= most) {
      results.clear();
      readsOf?.(key).clear();
    }
    results.set(own, result);
    if (reads) (readsOf ??= mapOfEach())(key).set(own, reads);
    return result;
  };
  const memoized = (key: Key, text: Text, first?: unknown, second?: unknown): Result => {
    const results = resultsOf(key);
    const known = results.get(text);
    if (known === undefined && !results.has(text)) return computed(key, text, given(first, second) as Context);
    if (readsOf) noteAll(readsOf(key).get(text));
    return known as Result;
  };
  return memoized;
}

/**
 * A function of a string, whose results are held as long as the function, with copies of the strings. Many such
 * functions are never called, so they begin without maps.
 */
export function memoizeName<Name extends string, Result>(compute: (name: Name) => Result): (name: Name) => Result {
  let results: Map<Name, Result> | undefined;
  let readsOf: Map<Name, Reads> | undefined;
  return (name) => {
    const known = results?.get(name);
    if (known !== undefined || results?.has(name)) {
      noteAll(readsOf?.get(name));
      return known as Result;
    }
    const own = ownText(name) as Name;
    const { result, reads } = noting(() => compute(own));
    (results ??= new Map()).set(own, result);
    if (reads) (readsOf ??= new Map()).set(own, reads);
    return result;
  };
}

/** A function of a text whose last result is kept, with the text. */
export function memoizeLast<Result>(compute: (text: string) => Result): (text: string) => Result {
  let last: { readonly text: string; readonly result: Result } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, result: compute(text) };
    return last.result;
  };
}

/**
 * Memoizes a function of document texts that reads nothing that is recorded (`reads.ts`). Its results are kept when the
 * document changes elsewhere, with their texts.
 * @param most The length of all kept texts, at which they are dropped.
 */
export function memoizeParts<Result>(compute: (part: string) => Result, most: number): (part: string) => Result {
  const results = new Map<string, Result>();
  let length = 0;
  return (part) => {
    const known = results.get(part);
    if (known !== undefined || results.has(part)) return known as Result;
    const copy = ownText(part);
    const result = compute(copy);
    length += copy.length;
    if (length > most) {
      results.clear();
      length = copy.length;
    }
    results.set(copy, result);
    return result;
  };
}

/**
 * A recursive function of one object.
 * @param meanwhile The result of a call for an object whose result is still computed, where the recursion is a cycle.
 */
export function memoizeCyclic<Key extends object, Context extends Few, Result>(
  compute: (key: Key, ...context: Context) => Result,
  meanwhile: (key: Key, ...context: Context) => Result,
): (key: Key, ...context: Context) => Result {
  const computing = new WeakSet<Key>();
  const guarded = memoize((key: Key, ...context: Context): Result => {
    computing.add(key);
    try {
      return compute(key, ...context);
    } finally {
      computing.delete(key);
    }
  });
  return (key, ...context) => (computing.has(key) ? meanwhile(key, ...context) : guarded(key, ...context));
}

/** Numbers objects from 0, in the order of their first use. */
export function numbering<Key extends object>(): (key: Key) => number {
  let next = 0;
  return memoize((_: Key) => next++);
}
