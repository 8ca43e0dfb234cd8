/**
 * The number of examples of a property that takes long, or the time that they may take. An ordinary run has few, which
 * are the same each time; `RUNS_FACTOR=20` multiplies them and `SEED` chooses others, as the fuzz workflow does every
 * night.
 */
export function runs(usual: number): number {
  return Math.ceil(usual * Number(process.env['RUNS_FACTOR'] ?? 1));
}

/** Every `nth` of many examples, and all of them where `RUNS_FACTOR` asks for more. */
export function sample<T>(all: readonly T[], nth: number): readonly T[] {
  const every = Math.max(1, Math.floor(nth / runs(1)));
  return all.filter((_, index) => index % every === 0);
}
