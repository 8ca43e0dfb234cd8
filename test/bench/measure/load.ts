/** How busy the machine is with other work, which makes all times longer. */
import { performance } from 'node:perf_hooks';

/**
 * How much longer a loop takes than its processor time, as a factor: 1 on an idle machine, 2 if the process gets half
 * of a processor. Several short loops are run; the median is told.
 */
export function loadFactor(rounds = 9): number {
  const factors = Array.from({ length: rounds }, () => {
    const [start, before] = [performance.now(), process.cpuUsage()];
    let sum = 0;
    for (let i = 0; i < 2e7; i++) sum = (sum + i * 7) % 1_000_003;
    if (sum < 0) throw new Error('unreachable');
    const { user, system } = process.cpuUsage(before);
    return (performance.now() - start) / Math.max(1, (user + system) / 1000);
  });
  return factors.toSorted((a, b) => a - b)[rounds >> 1]!;
}

/** Above this, times are not comparable. */
export const MOST_LOAD = 1.15;
