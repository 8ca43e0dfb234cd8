/** Work that is done on demand for its outcome for the first time, and not again. */
export function once<T>(work: () => T): () => T {
  let done: { readonly value: T } | undefined;
  return () => (done ??= { value: work() }).value;
}

/** A question about an object whose answers are kept, for each is asked several times. */
export function remembering<Asked extends object, Answer>(answer: (asked: Asked) => Answer): (asked: Asked) => Answer {
  const known = new WeakMap<Asked, { readonly its: Answer }>();
  return (asked) => {
    let kept = known.get(asked);
    if (!kept) known.set(asked, (kept = { its: answer(asked) }));
    return kept.its;
  };
}
