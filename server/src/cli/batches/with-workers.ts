/** Checks groups, with the help of other threads if there is much to check. */
import type { Steps } from '../../base/steps.ts';
import type { Groups } from '../lint.ts';
import { withSettingsFor } from '../long-check.ts';
import type { World } from '../world.ts';
import { shrinkingBatches } from './batches.ts';
import { checkingGroups, jobsOf, sizesOf, type CheckedGroup } from './check-groups.ts';
import { WorkerPool } from './worker-pool.ts';

/**
 * The results of groups, in their order. `given` is undefined if other threads could not make the same groups; then,
 * and if there is little to check, this thread checks all.
 */
export function* withWorkers(
  groups: Groups['groups'],
  given: Groups['given'] | undefined,
  world: World,
): Steps<readonly CheckedGroup[]> {
  const { workers, cwd, today, program } = world;
  const started = workers?.started ?? [];
  const setup = given && { ...given, world: { cwd, today, program } };
  // Threads that run already make their groups while this one makes the jobs.
  if (setup) for (const { port } of started) port.postMessage(setup);
  const sizes = sizesOf(groups);
  const bytes = sizes.flat().reduce((sum, size) => sum + size, 0);
  const worth = workers && setup ? Math.min(workers.most, Math.floor(bytes / workers.bytesEach)) : 0;
  const jobs = jobsOf(groups, sizes, shrinkingBatches(1 + worth));
  const work = { groups, sizes, jobs };
  // The main thread takes jobs too, so another thread for the last job would only load the engine.
  const number = Math.min(worth, jobs.length - 1);
  if (!workers || !setup || number < 1) {
    for (const unneeded of started) unneeded.close();
    return yield* withSettingsFor(bytes, checkingGroups(work, world));
  }
  const pool = new WorkerPool(workers.program, started, number, setup);
  try {
    return yield* withSettingsFor(bytes / (number + 1), checkingGroups(work, world, pool));
  } finally {
    pool.close();
  }
}
