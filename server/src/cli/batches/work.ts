/** The work of a thread: it takes jobs until there are none. */
import { finished } from '../../base/steps.ts';
import { RULES } from '../../rules/index.ts';
import { groupsOf, type Groups } from '../lint.ts';
import type { World } from '../world.ts';
import { checkingBatch, shownTexts } from './check-batch.ts';
import { cacheFor } from './check-groups.ts';
import { SHARED, type Answer, type Jobs, type WorkerSetup } from './worker-pool.ts';
import type { ThreadData } from '../worker-thread.ts';

/** Answers jobs until the other end of the port is closed. An error of a job is answered too. */
export function answerJobs({ port }: ThreadData): void {
  let setup: WorkerSetup | undefined;
  let groups: Groups['groups'] | undefined;
  port.on('message', (message: WorkerSetup | Jobs) => {
    if (!('jobs' in message)) {
      setup = message;
      try {
        groups = groupsFrom(setup);
      } catch {
        // The error of a job is answered.
      }
      return;
    }
    const { jobs, shared } = message;
    const answer = (one: Answer): void => {
      port.postMessage(one);
      Atomics.add(shared, SHARED.answers, 1);
      Atomics.notify(shared, SHARED.answers);
    };
    try {
      groups ??= groupsFrom(setup!);
      const cache = cacheFor(jobs.map(({ batch }) => batch));
      const interrupted = (): boolean => Atomics.load(shared, SHARED.stopped) === 1;
      for (;;) {
        const index = Atomics.add(shared, SHARED.next, 1);
        const job = jobs[index];
        if (!job) break;
        const group = groups[job.group]!;
        const result = finished(checkingBatch(group, job.batch, cache, { interrupted }));
        answer({ index, result, texts: result ? shownTexts(result, group.reader) : new Map() });
      }
    } catch (error) {
      answer({ error: error instanceof Error ? error.message : String(error) });
    }
  });
}

function groupsFrom({ world: given, inputs, options }: WorkerSetup): Groups['groups'] {
  const world: World = {
    ...given,
    rules: RULES,
    out: () => undefined,
    err: () => undefined,
    // The main thread has read it.
    stdin: () => new Uint8Array(),
    display: { color: false, columns: 80, terminal: false },
  };
  return groupsOf(inputs, options, world).groups;
}
