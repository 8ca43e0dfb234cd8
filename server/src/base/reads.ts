/**
 * Records of what a computation reads, so that its result can be reused as long as all of that is the same. What is
 * read notes it at a gate with `note`; a computation whose reads matter runs in `noting`. Memoized functions
 * (`memoize.ts`, `once.ts`) keep the reads of each result and note them again with each use, so that the first user is
 * not the only one that depends on them. The record is module state, like budgets, and never left set between steps.
 */

/** What was read: objects that are equal only to themselves. */
export type Reads = ReadonlySet<object>;

/** The reads of a computation that runs. */
class Record {
  reads: Set<object> | undefined;
}

let record: Record | undefined;

/** Whether computations are recorded. */
let isRecording = true;

/** Whether documents are analyzed once: no computation is recorded. */
export function isUnrecorded(): boolean {
  return !isRecording;
}

/** Whether a computation is recorded, so that what it reads must be noted. */
export function isNoting(): boolean {
  return record !== undefined;
}

/** Notes that the current computation reads something. */
export function note(read: object): void {
  if (record) (record.reads ??= new Set()).add(read);
}

/** Notes reads of an earlier computation whose result is used again. */
export function noteAll(reads: Reads | undefined): void {
  if (!record || !reads) return;
  record.reads ??= new Set();
  for (const read of reads) record.reads.add(read);
}

/**
 * The result of a computation with its reads; undefined if there are none. The computation around it reads the same.
 */
export function noting<T>(work: () => T): { readonly result: T; readonly reads: Reads | undefined } {
  if (!isRecording) return { result: work(), reads: undefined };
  const around = record;
  const own = new Record();
  record = own;
  try {
    const result = work();
    return { result, reads: own.reads };
  } finally {
    record = around;
    noteAll(own.reads);
  }
}

/** Computes something whose reads do not matter, because its answer is noted instead. */
export function unnoted<T>(work: () => T): T {
  const around = record;
  record = undefined;
  try {
    return work();
  } finally {
    record = around;
  }
}

/**
 * Does work on documents that are analyzed once, so that no result is reused in another version of them: records would
 * only cost time and memory. What it memoizes has no reads, so the same trees must not be analyzed with records later.
 */
export function unrecorded<T>(work: () => T): T {
  const [around, before] = [record, isRecording];
  record = undefined;
  isRecording = false;
  try {
    return work();
  } finally {
    record = around;
    isRecording = before;
  }
}
