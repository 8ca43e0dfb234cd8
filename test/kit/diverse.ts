import { runs } from './runs.ts';

/**
 * The examples that have something which those before them lack: each feature of any example is one of `times` that are
 * chosen, if so many have it. More examples of what is there already, such as the templates of further rules of one
 * form, add none. `RUNS_FACTOR` multiplies `times`.
 */
export function diverse<T>(all: readonly T[], featuresOf: (one: T) => Iterable<string>, times = 1): readonly T[] {
  const most = runs(times);
  const seen = new Map<string, number>();
  return all.filter((one) => {
    const features = [...new Set(featuresOf(one))];
    if (features.every((feature) => (seen.get(feature) ?? 0) >= most)) return false;
    for (const feature of features) seen.set(feature, (seen.get(feature) ?? 0) + 1);
    return true;
  });
}
