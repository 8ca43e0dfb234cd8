/** The value below which a fraction of all values lies, by nearest rank. */
export function percentile(values: readonly number[], fraction: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(fraction * sorted.length) - 1))]!;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/**
 * The interval in which the median of all values lies with a probability of 95 %, by those that were measured: the
 * number of values below it is binomially distributed, whatever the values are.
 */
export function medianInterval(values: readonly number[]): readonly [low: number, high: number] {
  const reach = 0.98 / Math.sqrt(values.length);
  return [percentile(values, 0.5 - reach), percentile(values, 0.5 + reach)];
}
