/** Lazily computed, memoized values. */
export function once<T>(work: () => T): () => T {
  let done: { readonly value: T } | undefined;
  return () => (done ??= { value: work() }).value;
}

/** A memoized function of an object, for questions that are asked repeatedly. */
export function remembering<Asked extends object, Answer>(answer: (asked: Asked) => Answer): (asked: Asked) => Answer {
  const known = new WeakMap<Asked, { readonly its: Answer }>();
  return (asked) => {
    let kept = known.get(asked);
    if (!kept) known.set(asked, (kept = { its: answer(asked) }));
    return kept.its;
  };
}
