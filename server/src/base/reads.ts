/**
 * Records of what a computation reads, so that its result can be reused as long as all of that is the same. What is
 * read notes it at a gate with `note`; a computation whose reads matter runs in `noting`. Memoized functions
 * (`memoize.ts`, `once.ts`) keep the reads of each result and note them again with each use, so that the first user is
 * not the only one that depends on them. The record is module state, like budgets, and never left set between steps.
 */

/** The number of reads up to which they are copied into the record of a later computation, and not nested in it. */
const FEW = 8;

/**
 * What was read: objects that are equal only to themselves, in the order of their first reads. The reads of one
 * computation are often those of a thousand others, as the policies of a role are of all that has the role, so a record
 * has them as one entry.
 */
export class Reads implements Iterable<object> {
  readonly #entries: Set<object>;
  #hasNested = false;

  constructor(reads: Iterable<object> = []) {
    this.#entries = new Set(reads);
  }

  add(read: object): void {
    this.#entries.add(read);
  }

  /** Adds reads of a computation that has ended. */
  addAll(reads: Reads): void {
    if (reads.#entries.size > FEW) {
      this.#entries.add(reads);
      this.#hasNested = true;
      return;
    }
    for (const entry of reads.#entries) this.#entries.add(entry);
    this.#hasNested ||= reads.#hasNested;
  }

  /** Each read once, in the order of their first reads. */
  all(): ReadonlySet<object> {
    if (!this.#hasNested) return this.#entries;
    const all = new Set<object>();
    const nested = new Set<Reads>();
    const open = [this.#entries.values()];
    while (open.length > 0) {
      const { done, value } = open.at(-1)!.next();
      if (done) open.pop();
      else if (!(value instanceof Reads)) all.add(value);
      else if (!nested.has(value)) {
        nested.add(value);
        open.push(value.#entries.values());
      }
    }
    return all;
  }

  [Symbol.iterator](): Iterator<object> {
    return this.all().values();
  }
}

/** The reads of a computation that runs. */
class Record {
  reads: Reads | undefined;
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
  if (record) (record.reads ??= new Reads()).add(read);
}

/** Notes reads of an earlier computation whose result is used again. */
export function noteAll(reads: Reads | undefined): void {
  if (record && reads) (record.reads ??= new Reads()).addAll(reads);
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
