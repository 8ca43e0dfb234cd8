/** Checks the files of groups in batches, on this thread and on others. */
import { flatMap } from '../../base/flat-map.ts';
import { readFileSync, statSync } from 'node:fs';
import type { Uri } from '../../base/span.ts';
import type { Progress, Steps } from '../../base/steps.ts';
import { ParseCache } from '../../engine/parse-cache.ts';
import { mergedUse, type EntryUse } from '../../engine/suppressing.ts';
import type { Incomplete } from '../../formats/format.ts';
import type { Group } from '../lint.ts';
import type { World } from '../world.ts';
import { batchesOf, linkedBatches, type Batch, type FullBytes } from './batches.ts';
import { checkingBatch, type BatchResult, type CheckedFile } from './check-batch.ts';
import type { WorkerResults } from './worker-results.ts';

/** A batch of a group. */
export interface Job {
  /** The index of the group. */
  readonly group: number;
  readonly batch: Batch;
}

/** The result of a group. */
export interface CheckedGroup {
  /** One for each file of the group; undefined if the run was interrupted before. */
  readonly files: readonly (CheckedFile | undefined)[];
  readonly incomplete: readonly Incomplete[];
  readonly entryUse: EntryUse | undefined;
  /** The text of a document that a finding refers to, as it was analyzed. */
  readonly textOf: (doc: Uri) => string;
}

/** The sizes of the files of each group, in bytes. */
export function sizesOf(groups: readonly Group[]): readonly (readonly number[])[] {
  return groups.map(({ files }) => files.map(({ path }) => statSync(path, { throwIfNoEntry: false })?.size ?? 0));
}

/** The batches of all groups. */
export function jobsOf(
  groups: readonly Group[],
  sizes: readonly (readonly number[])[],
  fullBytes: FullBytes,
): readonly Job[] {
  return flatMap(groups, (group, index) =>
    batchesOfGroup(group, sizes[index]!, fullBytes).map((batch) => ({ group: index, batch })),
  );
}

/** What is checked. */
export interface ToCheck {
  readonly groups: readonly Group[];
  readonly sizes: readonly (readonly number[])[];
  readonly jobs: readonly Job[];
}

/**
 * Checks all files in steps. The result does not depend on batches: those whose files depend on each other are united,
 * and results are put together in the order of the files.
 * @param pool Other threads that check the same groups.
 */
export function* checkingGroups(
  { groups, sizes, jobs: first }: ToCheck,
  world: Pick<World, 'interrupted'>,
  pool?: WorkerResults,
): Steps<readonly CheckedGroup[]> {
  const total = groups.reduce((sum, { files }) => sum + files.length, 0);
  const texts = groups.map(() => new Map<Uri, string>());
  /** The results by group and batch. */
  const known = groups.map(() => new Map<Batch, BatchResult | undefined>());
  let jobs = first;
  while (jobs.length > 0) {
    jobs = largestFirst(jobs, sizes);
    const results = yield* checkingJobs(jobs, groups, { world, pool, total, texts });
    for (const [index, { group, batch }] of jobs.entries()) known[group]!.set(batch, results[index]);
    jobs = flatMap(known, (of, group) => {
      const links = flatMap([...of.values()], (result) => result?.links ?? []);
      return linkedBatches([...of.keys()], links).map(({ parts, whole }) => {
        for (const part of parts) of.delete(part);
        return { group, batch: whole };
      });
    });
  }
  return groups.map(({ reader, files }, index) => ({
    ...unitedResults(files.length, known[index]!),
    textOf: (doc) => texts[index]!.get(doc) ?? reader.text(doc),
  }));
}

/**
 * Jobs in the order in which they are begun: a large one at the end would keep one thread busy while the others wait.
 */
function largestFirst(jobs: readonly Job[], sizes: readonly (readonly number[])[]): readonly Job[] {
  const sizeOf = ({ group, batch }: Job): number => batch.reduce((sum, index) => sum + sizes[group]![index]!, 0);
  return jobs
    .map((job) => ({ job, size: sizeOf(job) }))
    .toSorted((a, b) => b.size - a.size)
    .map(({ job }) => job);
}

function batchesOfGroup({ files }: Group, sizes: readonly number[], fullBytes: FullBytes): readonly Batch[] {
  return batchesOf(
    files.map(({ uri, path }, index) => ({ uri, size: sizes[index]!, text: () => textAt(path) })),
    fullBytes,
  );
}

/** The text of a file as far as it is ASCII; empty if it cannot be read, which the analysis reports. */
function textAt(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

interface Work {
  readonly world: Pick<World, 'interrupted'>;
  readonly pool: WorkerResults | undefined;
  readonly total: number;
  /** Receives the texts that other threads have read, by group. */
  readonly texts: readonly Map<Uri, string>[];
}

/** The results of jobs, in their order. */
function* checkingJobs(
  jobs: readonly Job[],
  groups: readonly Group[],
  { world, pool, total, texts }: Work,
): Steps<readonly (BatchResult | undefined)[]> {
  const results: (BatchResult | undefined)[] = jobs.map(() => undefined);
  const cache = cacheFor(jobs.map(({ batch }) => batch));
  let left = jobs.length;
  let done = 0;
  const receive = (): void => {
    if (!pool) return;
    if (world.interrupted?.()) pool.stop();
    for (const received of pool.received()) {
      results[received.index] = received.result;
      for (const [doc, text] of received.texts) texts[jobs[received.index]!.group]!.set(doc, text);
      done += jobs[received.index]!.batch.length;
      left--;
    }
  };
  const progress = (stage: Progress['stage'], more: number): Progress => ({
    stage: done === 0 ? stage : 'checking',
    done: Math.min(done + more, total),
    total,
  });
  pool?.begin(jobs);
  let next = 0;
  for (;;) {
    const index = pool ? pool.take() : next++;
    const job = jobs[index];
    if (!job) break;
    const steps = checkingBatch(groups[job.group]!, job.batch, cache, world);
    for (;;) {
      const step = steps.next();
      if (step.done) {
        results[index] = step.value;
        break;
      }
      receive();
      yield progress(step.value.stage, step.value.done);
    }
    done += job.batch.length;
    left--;
    receive();
  }
  while (left > 0) {
    pool!.wait();
    receive();
    yield progress('checking', 0);
  }
  return results;
}

/** A cache that holds the trees of the largest batch, which are used several times. */
export function cacheFor(batches: readonly Batch[]): ParseCache {
  return new ParseCache({ limit: Math.max(MOST_TREES, 2 * Math.max(...batches.map(({ length }) => length))) });
}

/**
 * The number of trees that are held, if no batch has more files. Templates are read together with those that they
 * include.
 */
const MOST_TREES = 256;

function unitedResults(
  count: number,
  results: ReadonlyMap<Batch, BatchResult | undefined>,
): Pick<CheckedGroup, 'files' | 'incomplete' | 'entryUse'> {
  const files: (CheckedFile | undefined)[] = Array.from({ length: count }, () => undefined);
  const incomplete = new Map<string, Incomplete>();
  const uses: EntryUse[] = [];
  for (const [batch, result] of [...results].sort(([[a = 0]], [[b = 0]]) => a - b)) {
    if (!result) continue;
    for (const [position, index] of batch.entries()) files[index] = result.files[position];
    for (const one of result.incomplete) incomplete.set(`${one.doc} ${one.reason}`, one);
    uses.push(result.entryUse);
  }
  const isWhole = [...results.values()].every((result) => result !== undefined);
  const use = mergedUse(uses);
  return {
    files,
    incomplete: [...incomplete.values()],
    entryUse: uses.length === 0 ? undefined : isWhole ? use : { ...use, complete: [] },
  };
}
